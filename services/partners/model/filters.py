"""Who hears which event: the one place that decides it, for feed, stream, webhook and for "why did I not get this?".

An entry is a row of the feed; an organisation and a subscription are as the store keeps them. Every refusal is a code.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.partners.model import organisation as organisations
from services.partners.model.events import CATALOGUE

Document = Mapping[str, Any]


def withheld_from(organisation: Document, entry: Document) -> str | None:
    """Why an organisation may not see an entry at all, or None when it may.

    `ERASED`, `NOT_FOR_YOUR_KIND`, `NOT_AGREED` (its agreement names other events), `OTHER_REGION`, `OTHER_PROVIDER`.
    """
    if entry.get("erased"):
        return "ERASED"
    kind = CATALOGUE.get(entry["type"])
    if kind is None or organisation["kind"] not in kind.audience:
        return "NOT_FOR_YOUR_KIND"
    if organisation["event_types"] and entry["type"] not in organisation["event_types"]:
        return "NOT_AGREED"
    if not in_regions(organisation["regions"], entry):
        return "OTHER_REGION"
    if organisation["kind"] == "PROVIDER" and kind.personal and entry["of"] != organisation["provider_id"]:
        return "OTHER_PROVIDER"
    return None


def passed_over(wanted: Document, entry: Document) -> str | None:
    """Why the filters of a subscription (or of one request) leave an entry out; None when they let it through.

    `TYPE_FILTER` or `REGION_FILTER`. Empty lists filter nothing.
    """
    if wanted["event_types"] and entry["type"] not in wanted["event_types"]:
        return "TYPE_FILTER"
    return None if in_regions(wanted["regions"], entry) else "REGION_FILTER"


def in_regions(regions: Sequence[str], entry: Document) -> bool:
    """Whether an entry belongs to one of these provinces and regencies; one without a place concerns everybody."""
    places = entry["regions"]
    return not regions or not places or any(organisations.covers(regions, place) for place in places)


def level_of(organisation: Document, wanted: str | None) -> str:
    """The payload level that is given: what is wished, and never more than agreed."""
    agreed: str = organisation["payload_level"]
    return "MINIMAL" if "MINIMAL" in (agreed, wanted) else agreed
