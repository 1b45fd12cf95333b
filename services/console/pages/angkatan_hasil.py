"""P5 `/angkatan/<id>/hasil`: how the course ended for everybody of a batch, in one form; who is refused stays on it."""

import re
from collections.abc import Mapping
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import DayField, Form, Page, notice, t, together, training
from services.console.houses import Answer
from services.console.pages.rujukan_masuk import contacts
from services.console.pages.rujukan_masuk.words import short
from shared import clock

page = Page(__name__, "/angkatan/<uuid:id>/hasil", needs=("enrolments:write",), roles=("provider",))

Body = dict[str, Any]
SHOWN = 100
"""A class of more does not exist in practice; who is beyond has a page of their own."""

ALONE = (403, 404, 410)
"""Refusals that tell of one person's record, and elsewhere make a page of their own: others were recorded here."""

STALE = 412
"""Somebody else changed it since the page was shown."""

FINISHED = "FINISHED"
"""The course is over for this person, and there is no result of a test yet."""

_CHOICES = {
    "": ("belum dicatat", "not recorded"),
    "COMPETENT": ("kompeten", "competent"),
    "NOT_YET_COMPETENT": ("belum kompeten", "not yet competent"),
    FINISHED: ("selesai, hasil uji menyusul", "finished, the result follows"),
}


_NUMBER = re.compile("[0-9]{1,18}")
"""Of a version. No other digits: a header takes no letters beyond ASCII."""


class Results(Form):
    """What is the same for all; what differs stands in the rows."""

    finished_on = DayField()
    certificate_until = DayField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.finished_on.label.text = t("Selesai pada", "Finished on")
        self.certificate_until.label.text = t("Sertifikat berlaku sampai", "The certificates are valid until")


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(id, Results())


@page.post()
def record(id: str) -> ResponseReturnValue:
    """Each person is recorded alone: one who is refused keeps nobody else back, and stays with the reason beside."""
    form = Results()
    if not form.validate_on_submit():
        return _render(id, form, status=422)
    asked = _people(id).ask()
    asked.must()
    sent = {one["id"]: changes for one in asked.items() if _open(one) and (changes := _changes(one, form))}
    now = {one["id"]: one for one in asked.items()}
    done = together(
        **{
            one: training.patch(f"/v1/enrolments/{one}", changes, if_match=f'"{_version(now[one])}"')
            for one, changes in sent.items()
        }
    )
    refused = {one: answer for one, answer in done.items() if not answer.ok}
    alone = [one["id"] for one in asked.items() if _open(one) and one["id"] not in sent and _number(one)]
    recorded = len(done) - len(refused)
    if recorded:
        notice(t("Hasil {n} peserta tercatat.", "The results of {n} trainees are recorded.", n=recorded))
    if not refused and not alone and sent:
        return page.go(id=id)
    if not sent:
        form.others.append(
            t("Pilih dulu hasil paling sedikit satu peserta.", "Choose the result of at least one trainee.")
        )
    told = [answer for answer in refused.values() if not answer.silent and answer.status not in (*ALONE, STALE)]
    if told:
        form.refused(told[0])
    elif refused:
        form.others.append(t("{n} peserta belum tercatat.", "{n} trainees are not recorded.", n=len(refused)))
    why = {one: _why(answer, now[one]) for one, answer in refused.items()}
    if alone:
        said = t("Nomor sertifikat tanpa hasil belum disimpan.", "A certificate number without a result is not saved.")
        form.others.append(said)
        why |= dict.fromkeys(alone, t("Pilih juga hasilnya.", "Choose the result too."))
    return _render(id, form, refused=why, status=422)


def _changes(enrolment: Body, form: Results) -> Body:
    """What the house is sent of one row; nothing where nothing was chosen, or only what stands there already."""
    chosen = request.form.get(f"result-{enrolment['id']}", "")
    number = _number(enrolment)
    if chosen not in _CHOICES or not chosen:
        return {}
    if chosen == _stands(enrolment):
        # The day typed above is of those whose result is recorded now.
        return {"certificate_number": number} if number else {}
    found: Body = {"state": "COMPLETED"} if enrolment["state"] == "ENROLLED" else {}
    if chosen != FINISHED:
        found["result"] = chosen
    if form.finished_on.data:
        found["finished_on"] = form.finished_on.data.isoformat()
    if number:
        found["certificate_number"] = number
    if form.certificate_until.data and chosen == "COMPETENT":
        found["certificate_until"] = form.certificate_until.data.isoformat()
    return found


def _stands(enrolment: Body) -> str:
    """What the row says before anybody chooses."""
    return (enrolment.get("result") or FINISHED) if enrolment["state"] == "COMPLETED" else ""


def _number(enrolment: Body) -> str:
    """The number that was typed, where it is another one than stands there."""
    typed = request.form.get(f"number-{enrolment['id']}", "").strip()
    return "" if typed == (enrolment.get("certificate_number") or "") else typed


def _version(enrolment: Body) -> str:
    """The one that the page was made of; what somebody else recorded since then is not written over unseen."""
    shown = request.form.get(f"version-{enrolment['id']}", "")
    return shown if _NUMBER.fullmatch(shown) else str(enrolment["version"])


def _why(answer: Answer, now: Body) -> str:
    """The words of a refusal, for its row."""
    problem: Mapping[str, Any] = answer.body
    if answer.status == STALE:
        stands = t(*_CHOICES[_stands(now)])
        said = t(
            "Ada yang mencatat lain sejak halaman ini dibuka; sekarang: {stands}. Periksa, lalu simpan lagi.",
            "Somebody recorded something else since this page was opened; now: {stands}. Look again, then save again.",
            stands=stands,
        )
        number = now.get("certificate_number")
        return f"{said} {t('Nomor sekarang: {n}.', 'The number now: {n}.', n=number)}" if number else said
    faults = [f"{one.get('message', '')} {one.get('fix', '')}".strip() for one in problem.get("errors", [])]
    return " ".join(faults) or str(
        problem.get("detail") or problem.get("title") or t("Layanan tidak menjawab.", "No answer.")
    )


def _open(enrolment: Body) -> bool:
    """May something still be recorded of this person?"""
    state, result = enrolment["state"], enrolment.get("result")
    return bool(state == "ENROLLED" or (state == "COMPLETED" and result != "COMPETENT"))


def _people(id: str) -> Any:
    return training.get("/v1/enrolments", batch=str(id), limit=SHOWN, state=["ENROLLED", "COMPLETED"])


def _render(
    id: str, form: Results, *, refused: Mapping[str, str] | None = None, status: int = 200
) -> ResponseReturnValue:
    batch = training.get(f"/v1/batches/{id}").ask().must()
    found = together(course=training.get(f"/v1/courses/{batch['course_id']}"), people=_people(id))
    rows = found["people"].items()
    names = together(**contacts.questions(one["candidate_id"] for one in rows))
    known = contacts.by_candidate(names)
    shown = [
        {
            **one,
            "name": known.get(one["candidate_id"], {}).get("full_name", ""),
            "short": short(one),
            "open": _open(one),
            "chosen": request.form.get(f"result-{one['id']}", _stands(one)),
            "number": request.form.get(f"number-{one['id']}", one.get("certificate_number") or ""),
            "refused": (refused or {}).get(one["id"], ""),
            "said": t(*_CHOICES[one.get("result") or ""]) if one.get("result") in _CHOICES else "",
        }
        for one in rows
    ]
    return page.render(
        batch=batch,
        course=found["course"],
        people=found["people"],
        contacts=contacts.answers(names)[:1],
        rows=sorted(shown, key=lambda row: (not row["open"], not row["name"], row["name"].lower(), row["short"])),
        choices={code: t(*words) for code, words in _CHOICES.items()},
        over=batch["ends"] <= clock.today().isoformat(),
        form=form,
        status=status,
    )
