"""What is told of the weights that rank; fitting and promoting them is done by command (`learning/`)."""

from services.matching.actions.house import House
from services.matching.matcher.ltr.bounds import MOST_ERROR
from shared.codes.anonymity import K_ANONYMITY
from shared.documents.mongo import Document
from shared.http.callers import Caller

SHOWN = 20
MEASURES = ("people", "ndcg", "calibration_error")


def show(caller: Caller, house: House) -> Document:
    """The weights of this process, the promotion behind them, and their examination. Slices have ten people or more."""
    caller.need("recommendations:read", "operations:read")
    ranking = house.rankings.current()
    promotion = house.models.in_force()
    fits = house.models.fits()
    fit = next((one for one in fits if one["_id"] == ranking.fingerprint), None)
    return {
        "fingerprint": ranking.fingerprint,
        "cards": [ranking.order_card.version, ranking.course_card.version],
        "fitted_at": fit["fitted_at"] if fit else None,
        "rows": fit["rows"] if fit else None,
        "outcomes": fit["outcomes"] if fit else None,
        "metrics": fit["metrics"] if fit else None,
        "promotion": promotion and {"number": promotion["_id"], **promotion},
        "fits": [_in_short(one) for one in fits[:SHOWN]],
        "history": [{"number": one["_id"], **one} for one in house.models.history(SHOWN)],
        "examined": [
            {"at": one["at"], **{name: one["metrics"][name] for name in MEASURES}}
            for one in house.models.exams(ranking.fingerprint)
        ],
    }


def _in_short(fit: Document) -> Document:
    measured = {name: fit["metrics"].get(name) for name in MEASURES}
    kept = {name: fit[name] for name in ("fitted_at", "rows", "outcomes")}
    return {"fingerprint": fit["_id"], **kept, **measured, "gates": gates(measured)}


def gates(measured: Document) -> list[Document]:
    """The bounds that a model meets or misses by itself; the others compare it with what is in force."""
    people, error = measured["people"], measured["calibration_error"]
    if people is None or error is None:
        return []
    return [
        {"gate": "PEOPLE", "value": people, "bound": K_ANONYMITY, "passed": people >= K_ANONYMITY},
        {"gate": "CALIBRATION", "value": error, "bound": MOST_ERROR, "passed": error <= MOST_ERROR},
    ]
