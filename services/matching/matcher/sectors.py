"""Sectors of work, as the province speaks of them: for sums over many orders, never for a rule or a score."""

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text

K_ANONYMITY = 10
"""Sums of fewer people are shown nowhere: in a village everybody would know who they are, and a slice of
fewer would judge persons."""

SECTORS: dict[str, Text] = {
    "HOUSEHOLD": Text("rumah tangga", "households"),
    "CARE": Text("perawatan", "care and nursing"),
    "HOSPITALITY": Text("hotel, makanan, dan kebersihan", "hotels, food and cleaning"),
    "AGRICULTURE": Text("pertanian dan perkebunan", "farms and plantations"),
    "SEA": Text("laut dan perikanan", "sea and fishery"),
    "CONSTRUCTION": Text("bangunan", "construction"),
    "MANUFACTURING": Text("pabrik dan bengkel", "factories and workshops"),
    "OTHER": Text("lain-lain", "other work"),
}

_BY_PREFIX = (
    ("CARE", ("222", "322", "325", "53")),
    ("SEA", ("315", "622", "835", "9216")),
    ("AGRICULTURE", ("61", "62", "63", "92")),
    ("CONSTRUCTION", ("71", "931", "834")),
    ("HOSPITALITY", ("51", "911", "912", "94")),
    ("MANUFACTURING", ("72", "73", "74", "75", "81", "82", "932")),
)
"""The first line whose ISCO-08 prefix fits; longer exceptions stand before the groups they are taken from."""


def sector_of(order: Order) -> str:
    """A household is a sector of its own whatever the work; else the occupation decides."""
    if order.employer.type == "HOUSEHOLD":
        return "HOUSEHOLD"
    code = order.isco08 or ""
    return next((sector for sector, prefixes in _BY_PREFIX if code.startswith(prefixes)), "OTHER")
