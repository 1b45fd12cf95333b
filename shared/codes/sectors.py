"""Sectors of work, as the province speaks of them: for sums and lists, never for a rule or a score."""

SECTORS: dict[str, tuple[str, str]] = {
    "HOUSEHOLD": ("rumah tangga", "households"),
    "CARE": ("perawatan", "care and nursing"),
    "HOSPITALITY": ("hotel, makanan, dan kebersihan", "hotels, food and cleaning"),
    "AGRICULTURE": ("pertanian dan perkebunan", "farms and plantations"),
    "SEA": ("laut dan perikanan", "sea and fishery"),
    "CONSTRUCTION": ("bangunan", "construction"),
    "MANUFACTURING": ("pabrik dan bengkel", "factories and workshops"),
    "OTHER": ("lain-lain", "other work"),
}
"""Code → name in Indonesian and English."""

_BY_PREFIX = (
    ("CARE", ("222", "322", "325", "53")),
    ("SEA", ("315", "622", "835", "9216")),
    ("AGRICULTURE", ("61", "62", "63", "92")),
    ("CONSTRUCTION", ("71", "931", "834")),
    ("HOSPITALITY", ("51", "911", "912", "94")),
    ("MANUFACTURING", ("72", "73", "74", "75", "81", "82", "932")),
)
"""The first line whose ISCO-08 prefix fits; longer exceptions stand before the groups they are taken from."""


def sector_of(isco08: str | None, *, household: bool = False) -> str:
    """A household is a sector of its own whatever the work; else the occupation decides."""
    if household:
        return "HOUSEHOLD"
    return next((sector for sector, prefixes in _BY_PREFIX if (isco08 or "").startswith(prefixes)), "OTHER")
