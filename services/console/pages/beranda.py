"""L1 `/`: where everybody starts. An officer gets one search box and what waits; others are sent to their own start.

The queue of today is whoever was registered or worked on at this office since midnight, by initials and number: others
read along. What waits for a provider's answer stands there with the hour at which its seat is free again.
"""

from zoneinfo import ZoneInfo

from flask import redirect
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, registry, together, training, visitor
from services.console.pdf import initials_of
from shared import clock

page = Page(__name__, "/", public=True, fresh=True, menu=Entry("Beranda", "Start", 10))

SHOWN = 8
WAITING_ASKED = 50
SENT_ASKED = 25


@page.get
def show() -> ResponseReturnValue:
    someone = visitor()
    if someone is None:
        return page.render(search=None)
    if not someone.may(["candidates:read"]):
        return redirect(start_of(someone.role), 303)
    midnight = clock.now().astimezone(ZoneInfo("Asia/Makassar")).replace(hour=0, minute=0, second=0, microsecond=0)
    found = together(
        drafts=registry.get("/v1/drafts"),
        sent=registry.get("/v1/submissions", limit=SENT_ASKED) if someone.may(["candidates:write"]) else None,
        people=registry.get("/v1/candidates", updated_since=midnight.isoformat(), limit=SHOWN),
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


def start_of(role: str) -> str:
    """The page at which people of this role start."""
    from flask import current_app

    for one in current_app.extensions["console.pages"].values():
        if role in one.home_of:
            return str(one.url())
    return "/bantuan"
