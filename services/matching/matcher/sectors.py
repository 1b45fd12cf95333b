"""Sectors of work, as the province speaks of them: for sums over many orders, never for a rule or a score."""

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text
from shared.codes import sectors

K_ANONYMITY = 10
"""Sums of fewer people are shown nowhere: in a village everybody would know who they are, and a slice of
fewer would judge persons."""

SECTORS: dict[str, Text] = {code: Text(*names) for code, names in sectors.SECTORS.items()}


def sector_of(order: Order) -> str:
    """A household is a sector of its own whatever the work; else the occupation decides."""
    return sectors.sector_of(order.isco08, household=order.employer.type == "HOUSEHOLD")
