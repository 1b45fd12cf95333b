"""`/pengawas/aturan/<id>/<nomor>`: one proposed law: its text, what it would change for people, who may decide it.

Whoever proposed it cannot approve it: the house refuses that, and this page says who must be asked instead.
"""

from datetime import date, timedelta
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Answer, Page, already, notice, placement, t, visitor
from services.console.pages.pengawas import words
from services.console.pages.pengawas.isi_aturan import lines
from services.console.pages.pengawas.mengusulkan import effect_of, effect_without
from services.console.pages.tinjau.menolak import Decide

page = Page(__name__, "/pengawas/aturan/<uuid:id>/<int:nomor>", needs=("policies:approve",))

Body = dict[str, Any]
_DECIDED = {"approve": "APPROVED", "reject": "REJECTED"}


class RejectPolicy(Decide):
    reason = StringField(validators=[DataRequired(), Length(max=300)])

    def __init__(self) -> None:
        super().__init__()
        self.reason.label.text = t("Alasan", "Reason")


@page.get
def show(id: str, nomor: int) -> ResponseReturnValue:
    return _render(placement.get(f"/v1/policies/{id}").ask(), nomor)


@page.post("/setujui")
def approve(id: str, nomor: int) -> ResponseReturnValue:
    """From now on it is law, on its own days."""
    said = t(
        "Disetujui. Berlaku pada hari-hari yang tertulis di bawah.", "Approved. It holds on the days that stand below."
    )
    return _decide(id, nomor, "approve", Decide(), None, said)


@page.post("/tolak")
def reject(id: str, nomor: int) -> ResponseReturnValue:
    """Turn it down, or take one's own back; the reason is kept."""
    form = RejectPolicy()
    said = t("Usulan ditolak; alasannya tersimpan.", "The proposal was turned down; the reason is kept.")
    return _decide(id, nomor, "reject", form, {"reason": (form.reason.data or "").strip()}, said)


def _decide(id: str, number: int, act: str, form: Decide, body: Body | None, said: str) -> ResponseReturnValue:
    asked = placement.get(f"/v1/policies/{id}").ask()
    if decided := _decided(asked, number, act):
        return _said_already(id, decided)
    if not form.validate_on_submit():
        return _render(asked, number, form, status=422)
    done = placement.post(f"/v1/policies/{id}/revisions/{number}/{act}", body, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        asked = placement.get(f"/v1/policies/{id}").ask()
        if decided := _decided(asked, number, act):  # pressed twice at once: the other press was faster
            return _said_already(id, decided)
        return _render(asked, number, form, status=409)
    notice(said)
    return page.go(id=id, nomor=number)


def _decided(asked: Answer, number: int, act: str) -> Body | None:
    """The row, where just this was decided of it."""
    rows: list[Body] = asked.must()["revisions"]
    return next((one for one in rows if one["number"] == number and one["status"] == _DECIDED[act]), None)


def _said_already(id: str, row: Body) -> ResponseReturnValue:
    what = t("disetujui", "approved") if row["status"] == "APPROVED" else t("ditolak", "turned down")
    already(what, by=row["decided_by"], at=row["decided_at"])
    return page.go(id=id, nomor=row["number"])


def _render(asked: Answer, number: int, form: Decide | None = None, status: int = 200) -> ResponseReturnValue:
    policy = asked.must()
    row = next((one for one in policy["revisions"] if one["number"] == number), None)
    if row is None:
        abort(404)
    waits = row["status"] == "PROPOSED"
    someone = visitor()
    mine = someone is not None and row["proposed_by"] == someone.subject
    law = next((one for one in policy["revisions"] if one["number"] == policy.get("in_force")), None)
    return page.render(
        policy=policy,
        row=row,
        law=law,
        last_day=_day_before(row["valid_from"]) if row["action"] == "END" else "",
        parts=_beside(law, row),
        waits=waits,
        mine=mine,
        proposes=someone is not None and someone.may(["policies:propose"]),
        effect=_effect(policy, row) if waits else None,
        kind=words.policy_kind(policy["kind"]),
        confidence=words.confidence,
        words=words,
        form=form or Decide(),
        approving=Decide().of(policy),
        rejecting=(form if isinstance(form, RejectPolicy) else RejectPolicy()).of(policy),
        status=status,
    )


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def _beside(law: Body | None, row: Body) -> list[tuple[str, str | None, str | None]]:
    """(part, what the law says now, what the proposal says); None where it says nothing of it, as an end does."""
    before, after = _parts(law), _parts(row)
    return [(name, before.get(name), after.get(name)) for name in {**after, **before}]


def _parts(row: Body | None) -> dict[str, str]:
    """What a text says by part; what it says twice of one (a least and a most) stands in one line."""
    found: dict[str, list[str]] = {}
    for name, said in lines(row["content"]) if row and row.get("content") else ():
        found.setdefault(name, []).append(said)
    return {name: "; ".join(said) for name, said in found.items()}


def _effect(policy: Body, row: Body) -> Answer:
    if row["action"] == "END":
        return effect_without(policy["code"], row["valid_from"])
    return effect_of(policy["code"], policy["kind"], row)
