"""P1 `/kursus`: a provider's own courses, what the province said of each, and the seats of their batches."""

from datetime import datetime, timedelta
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, t, together, training, visitor
from shared import clock

page = Page(
    __name__,
    "/kursus",
    needs=("courses:write",),
    roles=("provider",),
    menu=Entry("Kursus kami", "Our courses", 20),
    home_of=("provider",),
)

Body = dict[str, Any]
SHOWN = 12
"""Courses on a page; the batches of all of them are asked for at once."""
STALE_AFTER = timedelta(days=14)
"""Free seats that nobody has looked at for so long are asked about."""

_REVIEW = {
    "PENDING": ("unknown", "menunggu ditinjau", "waits for review"),
    "APPROVED": ("ok", "disetujui, terbit", "approved, published"),
    "REJECTED": ("stop", "ditolak", "rejected"),
}
REASONS = {
    "NOT_ACCREDITED": ("lembaga atau programnya belum terakreditasi", "provider or programme is not accredited"),
    "UNCLEAR_OUTCOMES": ("hasil belajarnya belum jelas", "what is learned is not clear"),
    "WRONG_CERTIFICATE": ("sertifikatnya tidak sesuai", "the certificate does not fit"),
    "UNLAWFUL_COST": ("biaya untuk peserta melanggar aturan", "what the trainee pays is against the law"),
    "DUPLICATE": ("sudah ada kursus yang sama", "the same course is there already"),
    "OTHER": ("sebab lain; hubungi peninjau provinsi", "another reason; ask the province's reviewer"),
}
_BATCH = {
    "PLANNED": ("info", "direncanakan", "planned"),
    "OPEN": ("ok", "menerima pendaftaran", "takes registrations"),
    "FULL": ("warn", "penuh", "full"),
    "CLOSED": ("plain", "pendaftaran sudah ditutup", "registration is closed"),
    "RUNNING": ("info", "berjalan", "running"),
    "DONE": ("plain", "selesai", "finished"),
    "CANCELLED": ("stop", "dibatalkan", "cancelled"),
}


@page.get
def show() -> ResponseReturnValue:
    someone = visitor()
    own = someone.organisation if someone else None
    since = (clock.now() - timedelta(hours=73)).isoformat()  # what is older has lapsed
    first = together(
        courses=training.get("/v1/courses", provider=own, limit=SHOWN, after=request.args.get("sesudah")),
        waiting=training.get("/v1/enrolments", updated_since=since, limit=100),
    )
    if not first["courses"].silent:
        first["courses"].must()
    courses = first["courses"].items()
    batches = together(**{one["id"]: training.get(f"/v1/courses/{one['id']}/batches", limit=50) for one in courses})
    return page.render(
        answer=first["courses"],
        waiting=first["waiting"],
        to_answer=sum(one["state"] == "APPLIED" for one in first["waiting"].items()),
        courses=[{**one, **reviewed(one), "batches": batches[one["id"]]} for one in courses],
        batch_state=batch_state,
        stale=_stale,
        next=first["courses"].or_empty().get("next"),
    )


def _stale(batch: Body) -> bool:
    """Nobody has said for two weeks how many seats there are, and people may still be sent there."""
    if batch["status"] not in ("PLANNED", "OPEN", "FULL"):
        return False
    said = batch.get("seats_confirmed_at")
    return said is None or datetime.fromisoformat(said) < clock.now() - STALE_AFTER


def batch_state(batch: Body) -> tuple[str, str]:
    """Tone and words of what a batch is today: the house keeps what it was when somebody last touched it."""
    status, today = batch["status"], clock.today().isoformat()
    if status in ("OPEN", "FULL"):
        if batch["ends"] < today:
            status = "DONE"
        elif batch["starts"] <= today and batch.get("closes") != today:
            status = "RUNNING"
        elif status == "OPEN" and (batch.get("closes") or today) < today:
            status = "CLOSED"
    tone, indonesian, english = _BATCH.get(status, ("unknown", status, status))
    return tone, t(indonesian, english)


def reviewed(course: Body) -> Body:
    """What the province said: ``{tone, said, why}``."""
    if course.get("status") == "WITHDRAWN":
        return {"tone": "unknown", "said": t("ditarik", "withdrawn"), "why": ""}
    review = course.get("review") or {}
    tone, indonesian, english = _REVIEW.get(review.get("state", ""), _REVIEW["PENDING"])
    why = REASONS.get(review.get("reason") or "")
    return {"tone": tone, "said": t(indonesian, english), "why": t(*why) if why else ""}
