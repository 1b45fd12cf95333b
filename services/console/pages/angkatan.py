"""`/angkatan/<id>`: one batch of a provider: its seats, and everybody who was referred to it with how far each is."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, together, training
from services.console.pages.calon.words import enrolment_state
from services.console.pages.kursus import batch_state
from services.console.pages.rujukan_masuk import contacts
from services.console.pages.rujukan_masuk.words import TONES, short
from shared import clock

page = Page(__name__, "/angkatan/<uuid:id>", needs=("enrolments:write",), roles=("provider",))

SHOWN = 100


@page.get
def show(id: str) -> ResponseReturnValue:
    batch = training.get(f"/v1/batches/{id}").ask().must()
    found = together(
        course=training.get(f"/v1/courses/{batch['course_id']}"),
        people=training.get("/v1/enrolments", batch=str(id), limit=SHOWN, after=request.args.get("sesudah")),
    )
    names = together(**contacts.questions(one["candidate_id"] for one in found["people"].items()))
    return page.render(
        batch=batch,
        contacts=contacts.answers(names)[:1],
        known=contacts.by_candidate(names),
        course=found["course"],
        people=found["people"],
        state=batch_state(batch),
        over=batch["ends"] <= clock.today().isoformat(),
        tones=TONES,
        words=enrolment_state,
        short=short,
        next=found["people"].or_empty().get("next"),
    )
