"""What people need, as the matching house sums it up; kept here so that providers can plan by it."""

from collections.abc import Mapping
from typing import Any

from services.training.actions.house import House
from services.training.store import DEMAND
from shared.documents.mongo import Document


def page(house: House, args: Mapping[str, Any]) -> Document:
    """The sums of one regency. Sums are of ten and more, so whoever is known may read them."""
    return house.store.page(DEMAND, {"regency": args["regency"]}, args)
