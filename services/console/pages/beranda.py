"""L1 `/`: where everybody starts. An officer gets one search box and what waits; others are sent to their own start.

The queue of today is whoever was registered or worked on at this office since midnight, by initials and number: others
read along. What waits for a provider's answer stands there with the hour at which its seat is free again.
"""

from zoneinfo import ZoneInfo

from flask import redirect
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, everybody, matching, registry, t, together, training, visitor
from services.console.frame.called import role_name
from services.console.pdf import initials_of
from shared import clock

page = Page(__name__, "/", public=True, fresh=True, menu=Entry("Beranda", "Start", 10))

SHOWN = 8
ROLES = (
    ("officer", ("melayani calon", "serves people")),
    ("provider", ("kursus dan rujukan", "courses and referrals")),
    ("company", ("lowongan dan pelamar", "orders and applicants")),
    ("reviewer", ("menyetujui kursus dan lowongan", "approves courses and orders")),
    ("supervisor", ("aturan, laporan, rencana", "law, reports, plans")),
    ("village_task_force", ("mengirim orang", "sends people in")),
    ("manager", ("target dan janji forum", "targets and promises")),
    ("operator", ("keadaan layanan", "state of the services")),
)
"""Whom one may be with one click where no sign-in is real, and what they do here."""

WAITING_ASKED = 50
SENT_ASKED = 25


@page.get
def show() -> ResponseReturnValue:
    someone = visitor()
    if someone is None:
        return _for_everybody()
    if not someone.may(["candidates:read"]):
        return redirect(start_of(someone.role), 303)
    midnight = clock.now().astimezone(ZoneInfo("Asia/Makassar")).replace(hour=0, minute=0, second=0, microsecond=0)
    found = together(
        drafts=registry.get("/v1/drafts"),
        sent=registry.get("/v1/submissions", limit=SENT_ASKED) if someone.may(["candidates:write"]) else None,
        people=registry.get("/v1/candidates", updated_since=midnight.isoformat(), newest="true", limit=SHOWN),
        referrals=training.get("/v1/enrolments", state="APPLIED", limit=WAITING_ASKED) if someone.centre else None,
    )
    waiting = sorted(
        found["referrals"].items() if "referrals" in found else [], key=lambda one: one["hold_until"] or ""
    )
    courses = {one["course_id"]: training.get(f"/v1/courses/{one['course_id']}") for one in waiting[:SHOWN]}
    titles = together(**courses)
    return page.render(
        drafts=found["drafts"],
        sent=found.get("sent"),
        people=found["people"],
        queue=[{**one, "initials": initials_of(one["full_name"])} for one in found["people"].items()],
        referrals=found.get("referrals"),
        waiting=[{**one, "title": titles[one["course_id"]].or_empty().get("title")} for one in waiting[:SHOWN]],
        many=f"{len(waiting)}+" if len(waiting) == WAITING_ASKED else str(len(waiting)),
    )


def _for_everybody() -> ResponseReturnValue:
    """What the province has open today and where to look; where nobody is real, one click per role."""
    found = everybody(open=training.get("/v1/open-batches"), figures=matching.get("/v1/figures"))
    batches = found["open"].items()
    registered = [one for one in found["figures"].body.get("measures", []) if one["code"] == "REGISTERED"]
    return page.render(
        batches=len(batches),
        seats=sum(one["seats_left"] for one in batches),
        open=found["open"],
        figures=found["figures"],
        registered=registered[0]["total"] if registered else None,
        roles=[(role, role_name(role), t(*does)) for role, does in ROLES],
    )


def start_of(role: str) -> str:
    """The page at which people of this role start."""
    from flask import current_app

    for one in current_app.extensions["console.pages"].values():
        if role in one.home_of:
            return str(one.url())
    return "/bantuan"
