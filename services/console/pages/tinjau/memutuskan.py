"""A reviewer's decision about what was read, the same for courses and job orders: look, decide, say, show again."""

from collections.abc import Callable
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, notice
from services.console.frame.ask import House
from services.console.pages.tinjau.menolak import Decide, Reject

Show = Callable[[Answer, Decide, int], ResponseReturnValue]


def decide(
    page: Page, house: House, path: str, act: str, form: Decide, *, yes: str, said: str, show: Show
) -> ResponseReturnValue:
    """Send the decision about exactly the version that was on the page.

    Args:
        path: of the document, ``/v1/courses/<id>``; the decision goes to ``act`` below it.
        yes: the decision of a form that rejects nothing; a :class:`Reject` is ``REJECTED`` with its reason.
        show: the page again, with the form and a status, where the decision could not be taken.
    """
    asked = house.get(path).ask()
    asked.must()
    if not form.validate_on_submit():
        return show(asked, form, 422)
    decision: dict[str, Any] = {"decision": yes}
    if isinstance(form, Reject):
        decision = {"decision": "REJECTED", "reason": form.reason.data}
    done = house.post(f"{path}/{act}", decision, if_match=form.seen).ask()
    if not done.ok:
        form.refused(done)
        return show(asked, form, 409)
    notice(said)
    return page.go(id=path.rpartition("/")[2])
