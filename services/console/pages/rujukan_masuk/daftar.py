"""P4 `/rujukan-masuk`: the referrals that wait for the provider's answer, the one that lapses first on top."""

from datetime import timedelta
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Entry, Page, together, training
from services.console.pages.rujukan_masuk import contacts
from services.console.pages.rujukan_masuk.words import short
from shared import clock

page = Page(
    __name__,
    "/rujukan-masuk",
    needs=("enrolments:write",),
    roles=("provider",),
    menu=Entry("Rujukan masuk", "Referrals", 27),
)

Body = dict[str, Any]
OLDEST = timedelta(hours=73)
"""A referral that nobody answered lapses after 72 hours, so none that waits was changed before."""

MOST_PAGES = 5


@page.get
def show() -> ResponseReturnValue:
    rows, last = _recent()
    if not last.silent:
        last.must()
    waiting = sorted((one for one in rows if one["state"] == "APPLIED"), key=lambda one: one["hold_until"] or "")
    wanted = {f"c{one['course_id']}": training.get(f"/v1/courses/{one['course_id']}") for one in waiting}
    wanted |= {f"b{one['batch_id']}": training.get(f"/v1/batches/{one['batch_id']}") for one in waiting}
    wanted |= contacts.questions(one["candidate_id"] for one in waiting)
    beside = together(**wanted)
    known = contacts.by_candidate(beside)
    return page.render(
        answer=last,
        contacts=contacts.answers(beside)[:1],
        waiting=[
            {
                **one,
                "course": beside[f"c{one['course_id']}"].or_empty(),
                "batch": beside[f"b{one['batch_id']}"].or_empty(),
                "name": known.get(one["candidate_id"], {}).get("full_name", ""),
            }
            for one in waiting
        ],
        short=short,
        more=last.or_empty().get("next"),
    )


def _recent() -> tuple[list[Body], Answer]:
    """Everything that changed since the oldest that can wait, and the last answer (its `next`: there was more)."""
    rows: list[Body] = []
    after = None
    since = (clock.now() - OLDEST).isoformat()
    for _ in range(MOST_PAGES):
        answer = training.get("/v1/enrolments", updated_since=since, limit=100, after=after).ask()
        rows += answer.items()
        after = answer.or_empty().get("next")
        if not after:
            break
    return rows, answer
