"""`/angkatan/<id>`: one batch of a provider: its seats, and everybody who was referred to it with how far each is."""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, together, training
from services.console.pages.calon.words import enrolment_state
from services.console.pages.kursus import batch_state
from services.console.pages.rujukan_masuk.words import TONES, short

page = Page(__name__, "/angkatan/<uuid:id>", needs=("enrolments:write",), roles=("provider",))

SHOWN = 100


@page.get
def show(id: str) -> ResponseReturnValue:
    batch = training.get(f"/v1/batches/{id}").ask().must()
    found = together(
        course=training.get(f"/v1/courses/{batch['course_id']}"),
        people=training.get("/v1/enrolments", batch=str(id), limit=SHOWN, after=request.args.get("sesudah")),
    )
    return page.render(
        batch=batch,
        course=found["course"],
        people=found["people"],
        state=batch_state(batch["status"]),
        tones=TONES,
        words=enrolment_state,
        short=short,
        next=found["people"].or_empty().get("next"),
    )
