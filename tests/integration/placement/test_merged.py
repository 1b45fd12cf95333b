"""Two records turn out to be one person, with applications to one order in both: one goes on, one slot stays."""

from collections.abc import Callable

import httpx
import pytest

from services.placement.hears import hears
from shared.events.hearing import Hearing
from tests.integration.placement.conftest import Answer, Placement, created
from tests.integration.placement.judged import move, shown
from tests.support.served import a_rule, told

OpenOrder = Callable[..., Answer]
WAY = ("APPLIED", "SELECTED", "AGREED", "DEPARTED")


def an_application(placement: Placement, officer: httpx.Client, order: Answer, person: str, state: str) -> Answer:
    """Taken as far as `state`, with a slot where that needs one; "STOPPED" is stopped at the agreement."""
    application = created(officer, "/v1/applications", {"candidate_id": person, "job_order_id": order["id"]})
    placement.judge(application["id"])
    reached = "AGREED" if state == "STOPPED" else state
    for step in WAY[1 : WAY.index(reached) + 1]:
        if step == "AGREED":
            created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": person})
        answer = move(officer, application, step)
        assert answer.status_code == 200, answer.text
    if state == "STOPPED":
        placement.judge(application["id"], a_rule("AGE_18"))
    return application


def merge(placement: Placement, other: str, kept: str) -> None:
    pointer = {"id": other, "version": 2, "consent": "NONE", "merged_into": kept}
    Hearing(placement.database, hears(placement.rooms)).apply([told("registry.candidates.v1", other, 2, pointer)])


@pytest.mark.parametrize(
    ("of_kept", "of_other", "goes_on"),
    [
        ("APPLIED", "APPLIED", "kept"),
        ("APPLIED", "SELECTED", "other"),
        ("APPLIED", "AGREED", "other"),
        ("AGREED", "APPLIED", "kept"),
        ("AGREED", "AGREED", "kept"),
        ("APPLIED", "DEPARTED", "other"),
        ("DEPARTED", "AGREED", "kept"),
        ("SELECTED", "STOPPED", "other"),
    ],
)
def test_of_two_applications_to_one_order_the_one_that_is_further_along_goes_on_with_one_slot(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder, of_kept: str, of_other: str, goes_on: str
) -> None:
    order, kept, other = open_order(), placement.a_candidate(), placement.a_candidate()
    mine = an_application(placement, officer, order, kept, of_kept)
    theirs = an_application(placement, officer, order, other, of_other)
    merge(placement, other, kept)
    lives, over, reached = (mine, theirs, of_kept) if goes_on == "kept" else (theirs, mine, of_other)
    signed = reached in ("AGREED", "DEPARTED", "STOPPED")
    after, ended = shown(officer, lives), shown(officer, over)
    assert (after["state"], after["candidate_id"], after["reserved"]) == (reached, kept, signed)
    assert (ended["state"], ended["candidate_id"], ended["reserved"]) == ("WITHDRAWN", kept, False)
    quota = officer.get(f"/v1/job-orders/{order['id']}").json()["quota"]
    assert (quota["reserved"], quota["taken"]) == (0, int(signed))
    if reached in ("APPLIED", "SELECTED"):
        # What goes on is judged anew as the person who was kept, and signs for one slot.
        assert move(officer, lives, "AGREED").status_code == 409
        placement.judge(lives["id"])
        created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": kept})
        for step in WAY[WAY.index(reached) + 1 : 3]:
            assert move(officer, lives, step).status_code == 200
        quota = officer.get(f"/v1/job-orders/{order['id']}").json()["quota"]
        assert (quota["reserved"], quota["taken"]) == (0, 1)


def test_a_slot_that_either_record_held_is_the_one_persons(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, kept, other = open_order(), placement.a_candidate(), placement.a_candidate()
    application = an_application(placement, officer, order, kept, "SELECTED")
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": other})
    an_application(placement, officer, order, other, "APPLIED")
    merge(placement, other, kept)
    assert shown(officer, application)["reserved"] is True
    placement.judge(application["id"])
    assert move(officer, application, "AGREED").status_code == 200


def test_a_slot_that_the_other_record_held_without_an_application_is_told_with_the_one_that_was_kept(
    placement: Placement, officer: httpx.Client, open_order: OpenOrder
) -> None:
    order, kept, other = open_order(), placement.a_candidate(), placement.a_candidate()
    application = an_application(placement, officer, order, kept, "SELECTED")
    created(officer, f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": other})
    merge(placement, other, kept)
    # Matching reads it there: without it a full order would stop the very person who holds the slot.
    assert shown(officer, application)["reserved"] is True
