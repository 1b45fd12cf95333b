"""The next step of an application, the same for officers and companies: ask, move, say, show again."""

from collections.abc import Callable, Collection
from typing import Any

from flask import abort
from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, Step, already, notice, placement, t
from services.console.pages.calon.words import application_state, application_states

WAY = ("APPLIED", "SELECTED", "AGREED", "DEPARTED")
Show = Callable[[dict[str, Any], Form, int], ResponseReturnValue]


def step(page: Page, id: str, state: str, acts: Collection[str], show: Show) -> ResponseReturnValue:
    """Move the application on; the house does nothing that the law does not allow.

    Args:
        acts: the states that a visitor of this page may choose.
        show: the page again, with the form and a status, where the step could not be taken.
    """
    if state not in acts:
        abort(404)
    asked = placement.get(f"/v1/applications/{id}").ask()
    application, form = asked.must(), Step()
    stands = application["state"]
    if not form.validate_on_submit():
        return show(application, form, 422)
    if stands == state:
        already(application_state(state))
        return page.go(id=id)
    if form.moved_on(stands, application_state(stands)):
        return show(application, form, 409)
    done = placement.patch(f"/v1/applications/{id}", {"state": state}, if_match=asked.version).ask()
    if not done.ok:
        form.refused_step(done, application_states())
        application = placement.get(f"/v1/applications/{id}").ask().must()
        if application["state"] == state:  # pressed twice at once: the other press was faster
            already(application_state(state))
            return page.go(id=id)
        return show(application, form, 409)
    notice(t("Dicatat: {what}.", "Recorded: {what}.", what=application_state(state)))
    return page.go(id=id)
