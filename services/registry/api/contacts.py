"""Routes for providers and companies: whom they were sent, by name, number and phone."""

from typing import Any

from services.registry.actions import contacts
from services.registry.api.context import current_caller, house
from services.registry.schemas.contacts import ContactArgsSchema, ContactPageSchema, ContactSchema
from shared.http.blueprints import Blueprint
from shared.http.cursors import next_link

blp = Blueprint("contacts", __name__, url_prefix="/v1/contacts", description="People who were sent to an organisation")

Answer = dict[str, Any]


@blp.route("", methods=["GET"])
@blp.arguments(ContactArgsSchema, location="query")
@blp.response(200, ContactPageSchema)
def listed(args: Answer) -> tuple[Answer, dict[str, str]]:
    """Everybody who was sent to your organisation and lets it see them. Each gets a row in their trail"""
    found = contacts.page(current_caller(), house(), args)
    return found, next_link(found["next"])


@blp.route("/<candidate_id>", methods=["GET"])
@blp.response(200, ContactSchema)
def one(candidate_id: str) -> Answer:
    """Name, number and phone of one of them, from the referral or application until 30 days after its end"""
    return contacts.show(current_caller(), house(), candidate_id)
