"""What is told of the weights that rank; fitting and promoting them is done by command (`learning/`)."""

from services.matching.actions.house import House
from shared.documents.mongo import Document
from shared.http.callers import Caller


def show(caller: Caller, house: House) -> Document:
    """The weights of this process, the promotion behind them, and their examination. Slices have ten people or more."""
    caller.need("recommendations:read", "operations:read")
    ranking = house.rankings.current()
    promotion = house.models.in_force()
    fit = house.models.fit(ranking.fingerprint)
    return {
        "fingerprint": ranking.fingerprint,
        "cards": [ranking.order_card.version, ranking.course_card.version],
        "fitted_at": fit["fitted_at"] if fit else None,
        "rows": fit["rows"] if fit else None,
        "outcomes": fit["outcomes"] if fit else None,
        "metrics": fit["metrics"] if fit else None,
        "promotion": promotion and {"number": promotion["_id"], **promotion},
    }
