"""Whatever order and repetition: a candidate has exactly what the newest state of each enrolment gives."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.registry.model import credits
from tests.unit.registry.people import a_candidate, an_enrolment


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The states of up to three enrolments, and the same states as they might arrive: any order, any repetition."""
    states = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        for version in range(1, draw(st.integers(1, 4)) + 1):
            hours = draw(st.one_of(st.none(), st.integers(1, 300)))
            gives = {"hours": [{"isco08": "5322", "destination": None, "hours": hours}]} if hours else {}
            state = an_enrolment(number, version, **gives)
            states.append(state if hours else {**state, "gives": None})
    again = draw(st.lists(st.sampled_from(states), max_size=6))
    return states, draw(st.permutations(states + again))


@given(histories())
def test_any_arrival_ends_in_the_newest_state_of_each(
    history: tuple[list[dict[str, Any]], list[dict[str, Any]]],
) -> None:
    states, arriving = history
    document, inbox = a_candidate(), dict[str, int]()
    for state in arriving:
        if state["version"] > inbox.get(state["id"], 0):  # as shared/events/inbox.py lets an action see it
            inbox[state["id"]] = state["version"]
            document = credits.credited(document, state) or document
    newest = {state["id"]: state for state in sorted(states, key=lambda state: state["version"])}
    expected = sum(entry["hours"] for state in newest.values() if state["gives"] for entry in state["gives"]["hours"])
    assert sum(entry["hours"] for entry in credits.with_credits(document)["training_hours"]) == expected
