"""L8 `/rujukan/<id>`: one referral: how far it is, its letter, and what the office can still do about it.

The letter is a rendering: the training house keeps its code, its days and its signature, and the paper is made anew
from them whenever somebody prints it.
"""

from typing import Any

from flask import Response, abort, current_app
from flask.typing import ResponseReturnValue

from services.console.frame import (
    Answer,
    Form,
    Page,
    Step,
    already,
    matching,
    notice,
    registry,
    t,
    together,
    training,
    visitor,
)
from services.console.houses import Question
from services.console.pages.calon import daftar_syarat, jalur
from services.console.pages.calon.words import enrolment_state, enrolment_states

page = Page(__name__, "/rujukan/<uuid:id>", needs=("referrals:write",))

Body = dict[str, Any]
STEPS = ("APPLIED", "SELECTED", "ENROLLED", "COMPLETED")
_REASONS = {
    "LAPSED": ("lembaga tidak menjawab dalam 72 jam", "the provider did not answer within 72 hours"),
    "DECLINED_BY_PROVIDER": ("tidak diterima lembaga", "declined by the provider"),
    "WITHDRAWN_BY_PERSON": ("ditarik oleh calon", "taken back by the person"),
    "NO_SHOW": ("tidak datang", "did not come"),
    "BATCH_CANCELLED": ("angkatan dibatalkan", "the batch was cancelled"),
    "DUPLICATE": ("orang yang sama sudah terdaftar di angkatan ini", "the same person was in this batch already"),
    "NOT_POSSIBLE": ("kursinya tidak dapat diberikan", "the seat could not be given"),
    "NOT_ADMITTED": (
        "syarat masuk tidak terpenuhi sampai hari pertama",
        "the entry requirements are not met by the first day",
    ),
    "OTHER": ("sebab lain", "another reason"),
}
_RESULTS = {"COMPETENT": ("kompeten", "competent"), "NOT_YET_COMPETENT": ("belum kompeten", "not yet competent")}


@page.get
def show(id: str) -> ResponseReturnValue:
    enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
    return _render(enrolment, Form())


@page.post("/tarik")
def revoke(id: str) -> ResponseReturnValue:
    """Take the referral back; the seat is free again."""
    form = Step()
    answer = training.get(f"/v1/enrolments/{id}").ask()
    enrolment = answer.must()
    if not form.validate_on_submit():
        return _render(enrolment, form, status=422)
    if enrolment["state"] == "DROPPED":
        already(_dropped(enrolment))
        return page.go(id=id)
    if form.moved_on(enrolment["state"], enrolment_state(enrolment["state"])):
        return _render(enrolment, form, status=409)
    done = training.patch(
        f"/v1/enrolments/{id}",
        {"state": "DROPPED", "drop_reason": "WITHDRAWN_BY_PERSON"},
        if_match=answer.version,
    ).ask()
    if not done.ok:
        form.refused_step(done, enrolment_states())
        enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
        if enrolment["state"] == "DROPPED":
            already(_dropped(enrolment))
            return page.go(id=id)
        return _render(enrolment, form, status=409)
    notice(t("Rujukan ditarik; kursinya bebas lagi.", "The referral was taken back; the seat is free again."))
    return page.go(id=id)


def _reason(enrolment: Body) -> str:
    """Why it ended, in words."""
    return t(*_REASONS[enrolment["drop_reason"]]) if enrolment.get("drop_reason") in _REASONS else ""


def _dropped(enrolment: Body) -> str:
    return ": ".join(filter(None, (enrolment_state(enrolment["state"]), _reason(enrolment))))


@page.post("/surat")
def issue(id: str) -> ResponseReturnValue:
    """Make the letter, or a new one that takes the place of the last; pressing twice makes one."""
    form = Form()
    enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
    if not form.validate_on_submit():
        return _render(enrolment, form, status=422)
    person = registry.get(f"/v1/candidates/{enrolment['candidate_id']}").ask().must()
    before = training.get(f"/v1/enrolments/{id}/letters").ask().items()
    kept = {name: before[0][name] for name in ("note", "recommendation")} if before else {}
    done = asked_for_letter(id, person, once=form.once.data, **kept).ask()
    if not done.ok:
        form.refused(done)
        return _render(enrolment, form, status=409)
    notice(t("Surat rujukan siap dicetak.", "The letter is ready to be printed."))
    return page.go(id=id, anchor="surat")


@page.post("/surat/cabut")
def take_back(id: str) -> ResponseReturnValue:
    """The letter is void from now on; the referral stands."""
    form = Form()
    enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
    if not form.validate_on_submit():
        return _render(enrolment, form, status=422)
    letter = _standing(training.get(f"/v1/enrolments/{id}/letters").ask())
    if letter is None:
        return page.go(id=id, anchor="surat")
    path = f"/v1/letters/{letter['code']}"
    done = training.patch(path, {"state": "REVOKED", "reason": "LOST"}, if_match=f'"{letter["version"]}"').ask()
    if not done.ok:
        form.refused(done)
        return _render(enrolment, form, status=409)
    notice(t("Surat dicabut: siapa pun yang memeriksanya sekarang melihat itu.",
             "The letter was taken back: whoever checks it now sees so."))  # fmt: skip
    return page.go(id=id, anchor="surat")


@page.file("/surat.pdf")
def paper(id: str) -> ResponseReturnValue:
    """The letter that stands, as PDF/UA. Without the path where advice is silent: the referral is what it certifies."""
    from services.console.pdf.letter import letter as pdf

    enrolment = training.get(f"/v1/enrolments/{id}").ask().must()
    letters = training.get(f"/v1/enrolments/{id}/letters").ask()
    letters.must()
    letter = _standing(letters)
    if letter is None:
        abort(404)
    told = letter["recommendation"]
    found = together(
        person=registry.get(f"/v1/candidates/{enrolment['candidate_id']}"),
        course=training.get(f"/v1/courses/{enrolment['course_id']}"),
        answer=matching.get(f"/v1/recommendations/{told}") if told else None,
    )
    answer = found["answer"].or_empty() if "answer" in found else {}
    someone = visitor()
    path = _path_with(answer, enrolment["batch_id"]) if answer else None
    # The checklist is that of what was asked for; a class that leads elsewhere has other grounds.
    bases = daftar_syarat.bases_of(answer) if path and not jalur.other_work(answer) else []
    content = pdf(
        letter,
        person=found["person"].must(),
        course=found["course"].or_empty(),
        path=path,
        bases=bases,
        officer=someone.name if someone else "",
        url=current_app.extensions["console.url"],
    )
    return Response(content, mimetype="application/pdf", headers={"Content-Disposition": "inline; filename=surat.pdf"})


def asked_for_letter(
    id: str, person: Body, *, once: str | None, note: str | None = None, recommendation: str | None = None
) -> Question:
    """The question that makes a letter: of the name only the initials go along."""
    from services.console.pdf import initials_of

    body = {"initials": initials_of(person["full_name"]), "note": note, "recommendation": recommendation}
    return training.post(f"/v1/enrolments/{id}/letters", body, once=f"{once}-letter" if once else None)


def _standing(letters: Answer) -> Body | None:
    """The letter that has not been taken back, if any."""
    return next((one for one in letters.items() if one["state"] != "REVOKED"), None)


def _path_with(answer: Body, batch: str) -> Body | None:
    """The first path of the answer that goes through this batch; another one would contradict the letter."""
    ways = [way for way in jalur.of(answer) if any(step["batch"] == batch for step in way["steps"])]
    return jalur.named(answer, ways[:1])[0] if ways else None


def _render(enrolment: Body, form: Form, status: int = 200) -> ResponseReturnValue:
    found = together(
        person=registry.get(f"/v1/candidates/{enrolment['candidate_id']}"),
        course=training.get(f"/v1/courses/{enrolment['course_id']}"),
        batch=training.get(f"/v1/batches/{enrolment['batch_id']}"),
        letters=training.get(f"/v1/enrolments/{enrolment['id']}/letters"),
    )
    state = enrolment["state"]
    return page.render(
        enrolment=enrolment,
        form=form,
        steps=STEPS,
        reached=STEPS.index(state) if state in STEPS else -1,
        state_words=enrolment_state,
        check_at=current_app.extensions["console.url"].split("://")[-1] + "/surat",
        reason=_reason(enrolment),
        result=t(*_RESULTS[enrolment["result"]]) if enrolment.get("result") in _RESULTS else "",
        person=found["person"],
        course=found["course"],
        batch=found["batch"],
        letters=found["letters"],
        letter=_standing(found["letters"]),
        status=status,
    )
