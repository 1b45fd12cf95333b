"""`/pengawas/rencana/<id>`: one plan as it was made: what it reaches, whom it serves, and who stands for it.

No names: people stand there as links, and opening one is a look that the trail keeps.
"""

import math
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import (
    Answer,
    Form,
    Page,
    matching,
    notice,
    number,
    placement,
    t,
    together,
    visitor,
)
from services.console.pages.groups import group_name

page = Page(__name__, "/pengawas/rencana/<uuid:id>", needs=("policies:propose", "policies:approve"))

Body = dict[str, Any]
SHOWN = 50
MOST_ORDERS = 20
"""Titles that are asked for: among fifty people few orders are many."""
RELOAD_SECONDS = 5
_FATES = {
    "BEST": ("mendapat pilihan terbaiknya", "gets the best option"),
    "ANOTHER": ("mendapat pilihan lain", "gets another option"),
    "FULL": ("tempatnya penuh", "the places are full"),
    "RESERVED": ("sudah punya tempat yang dipesan", "already holds a reserved place"),
    "DATA_NEEDED": ("datanya masih terlalu sedikit", "too little is known"),
    "NO_OPTION": ("belum ada pilihan resmi", "no legal option yet"),
}
_RULES = {
    "PLAN": ("rencana ini", "this plan"),
    "FIRST_COME": ("siapa cepat dia dapat", "first come, first served"),
    "GREEDY": ("yang terbaik lebih dulu", "the best first"),
}
_DIMENSIONS = {
    "all": ("semua", "all"),
    "regency": ("kabupaten", "regency"),
    "sex": ("jenis kelamin", "sex"),
    "education": ("sekolah", "schooling"),
    "island": ("pulau", "island"),
}


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(matching.get(f"/v1/allocations/{id}").ask(), Form())


@page.post("/tanda-tangan")
def sign(id: str) -> ResponseReturnValue:
    """A second person stands for the proposal."""
    return _done(
        id, "sign-off", t("Rencana ditandatangani. Ia tetap usulan.", "The plan was signed. It stays a proposal.")
    )


@page.post("/hentikan")
def cancel(id: str) -> ResponseReturnValue:
    """It is not made any more; who stopped it stays."""
    said = t("Rencana dihentikan. Tidak ada yang tersimpan darinya.", "The plan was cancelled. Nothing of it was kept.")
    return _done(id, "cancel", said)


def _done(id: str, act: str, said: str) -> ResponseReturnValue:
    """The plan's page after an act of the house, or with what was refused beside the plan as it stands then."""
    asked = matching.get(f"/v1/allocations/{id}").ask()
    asked.must()
    form = Form()
    if not form.validate_on_submit():
        return _render(asked, form, status=422)
    done = matching.post(f"/v1/allocations/{id}/{act}", once=form.once.data).ask()
    if not done.ok:
        form.refused(done)
        return _render(matching.get(f"/v1/allocations/{id}").ask(), form, status=409)
    notice(said)
    return page.go(id=id)


def _render(asked: Answer, form: Form, status: int = 200) -> ResponseReturnValue:
    plan = asked.must()
    someone = visitor()
    fates, shown = plan["fates"], plan["people"][:SHOWN]
    orders = _orders(shown)
    answer = page.render(
        plan=plan,
        ready=plan["state"] == "READY",
        below=_below(plan),
        form=form,
        mine=someone is not None and plan["made_by"] == someone.subject,
        signs=someone is not None and someone.may(["policies:approve"]),
        fates=[(t(*words), fates[code]) for code, words in _FATES.items() if fates.get(code)],
        fate={code: t(*words) for code, words in _FATES.items()},
        floors=[{**one, "name": group_name(one["group"])} for one in plan["floors"]],
        rules={code: t(*words) for code, words in _RULES.items()},
        dimensions={code: t(*words) for code, words in _DIMENSIONS.items()},
        group=lambda figure: group_name(figure["group"], figure["dimension"]),
        shown=shown,
        orders=orders,
        unheard=next((answer for answer in orders.values() if answer.silent), None),
        rest=max(0, plan["people_in_all"] - SHOWN),
        status=status,
    )
    if plan["state"] == "MAKING":
        # To the page itself: after a press that was refused this is the address of the press.
        answer.headers["Refresh"] = f"{RELOAD_SECONDS}; url={page.url(id=plan['id'])}"
    return answer


def _orders(rows: list[Body]) -> dict[str, Answer]:
    """The orders that people are given, each as its house tells it."""
    ids = list(dict.fromkeys(row["given"]["job_order"] for row in rows if row.get("given")))[:MOST_ORDERS]
    return together(**{id: placement.get(f"/v1/job-orders/{id}") for id in ids})


def _below(plan: Body) -> str | None:
    """How far the plan could be below the best there is, in percent; None where it is proved the best."""
    if plan["proved_best"] or not plan["at_most"]:
        return None
    hundredths = math.ceil(10_000 * (1 - plan["expected_placements"] / plan["at_most"]))
    return number(max(hundredths, 1) / 100)
