"""A reviewer's decision about what was read, the same for courses and job orders: look, decide, say, show again."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, already, notice
from services.console.frame.ask import House
from services.console.pages.tinjau.menolak import Decide, Reject

Show = Callable[[Answer, Decide, int], ResponseReturnValue]


def decide(
    page: Page,
    house: House,
    path: str,
    act: str,
    form: Decide,
    *,
    yes: str,
    said: str,
    show: Show,
    borne: Callable[[dict[str, Any]], tuple[Any, ...]],
) -> ResponseReturnValue:
    """Send the decision about exactly the version that was on the page.

    Args:
        path: of the document, ``/v1/courses/<id>``; the decision goes to ``act`` below it.
        yes: the decision of a form that rejects nothing; a :class:`Reject` is ``REJECTED`` with its reason.
        borne: the decision that a document bears, with the reason of a rejection: one that is taken twice is one.
        show: the page again, with the form and a status, where the decision could not be taken.
    """
    asked = house.get(path).ask()
    document = asked.must()
    if not form.validate_on_submit():
        return show(asked, form, 422)
    decision: dict[str, Any] = {"decision": yes}
    if isinstance(form, Reject):
        decision = {"decision": "REJECTED", "reason": form.reason.data}
    if borne(document) == tuple(decision.values()):
        already()
        return page.go(id=path.rpartition("/")[2])
    done = house.post(f"{path}/{act}", decision, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        asked = house.get(path).ask()
        if borne(asked.must()) == tuple(decision.values()):  # pressed twice at once: the other press was faster
            already()
            return page.go(id=path.rpartition("/")[2])
        return show(asked, form, 409)
    notice(said)
    return page.go(id=path.rpartition("/")[2])


def stands(state: str, reason: str | None) -> tuple[Any, ...]:
    """A decision as a document bears it: a rejection has its reason beside."""
    return (state, reason) if state == "REJECTED" else (state,)
