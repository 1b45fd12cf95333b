"""Partners as whoever manages them enters them, and as they see themselves."""

import re
from typing import Any

from marshmallow import Schema, ValidationError, fields, validates

from services.partners.model import organisation as model
from services.partners.schemas.shared import EventType, Region, listed
from shared.http.cursors import ChangedArgsSchema, PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, Instant, IsoDate, Text, Uuid
from shared.http.problems import say

_CODE = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,}")


class OrganisationInSchema(Schema):
    code = Text(max=40, required=True, metadata={"example": "kaltara", "pattern": "^[a-z0-9][a-z0-9-]{1,39}$"})
    name = Text(max=120, required=True)
    kind = Code(model.KINDS, required=True)
    legal_basis = Text(max=300, required=True, metadata={"example": "Perjanjian kerja sama 12/2026, Pasal 4"})
    contact = Text(max=254, required=True, metadata={"example": "piket@example.go.id", "description": "An e-mail."})
    event_types = listed(EventType(), load_default=list, metadata={"description": "Empty: all that its kind may see."})
    regions = listed(Region(), load_default=list, metadata={"description": "Empty: everywhere."})
    payload_level = Code(model.LEVELS, load_default="MINIMAL")
    provider_id = Uuid(load_default=None, allow_none=True, metadata={"description": "Of a PROVIDER, in training."})
    valid_until = IsoDate(load_default=None, allow_none=True, metadata={"description": "Last day, inclusive."})

    @validates("code")
    def _is_short_and_plain(self, value: str, **_: Any) -> None:
        if not _CODE.fullmatch(value):
            raise _complaint(
                "code_unreadable",
                "Kode mitra: 2 sampai 40 huruf kecil, angka, dan tanda hubung, seperti kaltara.",
                "A partner's code has 2 to 40 small letters, digits and hyphens, like kaltara.",
            )

    @validates("contact")
    def _is_an_address(self, value: str, **_: Any) -> None:
        if not _MAIL.fullmatch(value):
            raise _complaint(
                "not_an_email",
                "Ketik alamat surel, seperti piket@example.go.id.",
                "Type an e-mail address, like piket@example.go.id.",
            )


def _complaint(code: str, indonesian: str, english: str) -> ValidationError:
    return refuse(code, say(indonesian, english))


class OrganisationPatchSchema(OrganisationInSchema):
    """Any of the fields; what is left out stays. `status` SUSPENDED stops everything until it is ACTIVE again."""

    status = Code(model.STATUSES)

    class Meta:
        exclude = ("code",)

    def __init__(self, **options: object) -> None:
        super().__init__(partial=True, **options)  # type: ignore[arg-type]


class OrganisationOutSchema(OrganisationInSchema):
    id = Uuid()
    version = fields.Integer()
    status = fields.String(metadata={"enum": list(model.STATUSES)})
    created_at = Instant()
    updated_at = Instant()


class OrganisationArgsSchema(ChangedArgsSchema):
    code = Text(max=40, metadata={"description": "The partner of this code, if there is one."})


class OrganisationPageSchema(PageSchema):
    items = fields.List(fields.Nested(OrganisationOutSchema))


class KeyOutSchema(Schema):
    """Shown this once; only a hash is kept."""

    id = fields.String()
    key = fields.String()
    scopes = fields.List(fields.String())


class KeyRowSchema(Schema):
    id = fields.String()
    scopes = fields.List(fields.String())
    created_at = fields.DateTime()


class KeyListSchema(Schema):
    items = fields.List(fields.Nested(KeyRowSchema))


class NoticeSchema(Schema):
    id = fields.String()
    code = fields.String()
    about = fields.String()
    to = fields.String()
    text = fields.Dict()
    at = Instant()
    sent = fields.Boolean(metadata={"description": "By mail; without a mail server it is shown here only."})


class NoticePageSchema(PageSchema):
    items = fields.List(fields.Nested(NoticeSchema))
