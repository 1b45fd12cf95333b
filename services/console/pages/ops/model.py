"""O6 `/ops/model`: which weights rank, since when and why, and how they did in their examination, by group."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, matching, t
from services.console.pages.groups import group_name

page = Page(__name__, "/ops/model", needs=("operations:read",), menu=Entry("Pengurutan", "Ranking", 24))

_SLICES = {
    "sex": ("jenis kelamin", "sex"),
    "island": ("pulau", "island"),
    "education": ("pendidikan", "schooling"),
    "age": ("umur", "age"),
}
_GATES = {
    "PEOPLE": ("orang yang diuji", "people examined"),
    "CALIBRATION": ("galat kalibrasi", "calibration error"),
}
_ACTS = {"PROMOTE": ("diberlakukan", "put in force"), "ROLLBACK": ("dikembalikan", "rolled back")}
NOTABLE = 0.05
"""nDCG that a model may lose on newer people before somebody should look; the bound of its slices."""


@page.get
def show() -> ResponseReturnValue:
    answer = matching.get("/v1/model").ask()
    if not answer.silent:
        answer.must()
    model = answer.or_empty()
    return page.render(
        answer=answer,
        model=model,
        group_name=group_name,
        slices={code: t(*words) for code, words in _SLICES.items()},
        gates={code: t(*words) for code, words in _GATES.items()},
        acts={code: t(*words) for code, words in _ACTS.items()},
        drift=_drift(model),
        notable=NOTABLE,
    )


def _drift(model: dict[str, Any]) -> dict[str, Any] | None:
    """The newest examination of what is in force beside the one of its fit; None where it never sat a second one."""
    later, first = model.get("examined") or [], model.get("metrics")
    if not later or not first:
        return None
    return {**later[0], "before": first["ndcg"], "by": later[0]["ndcg"] - first["ndcg"]}
