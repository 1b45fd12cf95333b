"""P5 `/angkatan/<id>/hadir`: who was there on a day of a batch, by name with consent; to print and to tick."""

from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue
from wtforms import HiddenField, SelectMultipleField

from services.console.frame import Form, Page, already, day, notice, t, together, training
from services.console.frame.forms import read_day
from services.console.pages.rujukan_masuk import contacts
from services.console.pages.rujukan_masuk.words import short
from shared import clock

page = Page(__name__, "/angkatan/<uuid:id>/hadir", needs=("enrolments:write",), roles=("provider",))

Body = dict[str, Any]


class Came(Form):
    """Ticks: whoever stood on the page and is not ticked was not there.

    ``was``: what stood there, `<id>:1`, `:0` or `:-` for nobody recorded it. What was left as it stood is not sent, so
    that two people, or two tabs, may fill one list.
    """

    day = HiddenField()
    shown = SelectMultipleField(validate_choice=False)
    present = SelectMultipleField(validate_choice=False)
    was = SelectMultipleField(validate_choice=False)

    def said(self) -> dict[str, list[str]]:
        """As the house takes it: whom this page changed, or whom nobody had recorded."""
        shown, present = self.shown.data or [], set(self.present.data or [])
        stood = dict(one.split(":", 1) for one in self.was.data or [] if ":" in one)
        changed = [one for one in shown if stood.get(one, "-") != ("1" if one in present else "0")]
        return {
            "present": [one for one in changed if one in present],
            "absent": [one for one in changed if one not in present],
        }


@page.get
def show(id: str) -> ResponseReturnValue:
    """`?tanggal=`: of that day, as people write it; else of today, or of the last day of a batch that is over."""
    typed = request.args.get("tanggal", "").strip()
    wanted = _read(typed)
    return _render(id, wanted, unread=typed if typed and wanted is None else "")


@page.post()
def record(id: str) -> ResponseReturnValue:
    form = Came()
    wanted = _read(form.day.data or "")
    if not form.validate_on_submit() or wanted is None:
        return _render(id, wanted, form, status=422)
    said = form.said()
    if form.shown.data and not any(said.values()):
        already()
        return page.go(id=id, tanggal=wanted.isoformat())
    done = training.put(f"/v1/batches/{id}/attendance", {"day": wanted.isoformat(), **said}).ask()
    if not done.ok:
        form.refused(done)
        return _render(id, wanted, form, status=422)
    notice(
        t(
            "Tercatat untuk {d}: {n} hadir, {m} tidak.",
            "Recorded for {d}: {n} present, {m} absent.",
            d=day(wanted),
            n=len(said["present"]),
            m=len(said["absent"]),
        )
    )
    return page.go(id=id, tanggal=wanted.isoformat())


def _render(
    id: str, wanted: date | None, form: Came | None = None, *, unread: str = "", status: int = 200
) -> ResponseReturnValue:
    batch = training.get(f"/v1/batches/{id}").ask().must()
    today = clock.today().isoformat()
    begun = batch["starts"] <= today
    asked = wanted.isoformat() if wanted else min(today, batch["ends"]) if begun else None
    found = together(
        course=training.get(f"/v1/courses/{batch['course_id']}"),
        list=training.get(f"/v1/batches/{id}/attendance", day=asked),
    )
    listed = found["list"]
    if not listed.silent:
        listed.must()
    people: list[Body] = listed.or_empty().get("people", [])
    names = together(**contacts.questions(one["candidate_id"] for one in people))
    known = contacts.by_candidate(names)
    rows = [
        {
            **one,
            "ticked": one["enrolment_id"] in (form.present.data or ()) if form else one["on_the_day"],
            "name": known.get(one["candidate_id"], {}).get("full_name", ""),
            "referral": short({"id": one["enrolment_id"]}),
        }
        for one in people
    ]
    return page.render(
        batch=batch,
        course=found["course"],
        answer=listed,
        contacts=contacts.answers(names)[:1],
        asked=asked,
        unread=unread,
        may=begun and asked is not None and batch["starts"] <= asked <= min(batch["ends"], today),
        begun=begun,
        days=listed.or_empty().get("days", []),
        rows=sorted(rows, key=lambda row: (not row["name"], row["name"].lower(), row["referral"])),
        form=form or Came(),
        status=status,
    )


def _read(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return read_day(typed)
