"""A driving licence of a class: covered by a heavier one, valid until a day, and given by a course."""

import pytest

from services.matching.matcher.pathway.batch_table import ChangeKind
from services.matching.matcher.pathway.search import find
from services.matching.matcher.pathway.smallest_change import smallest_change
from services.matching.matcher.requirements.driving_licence import NeedsDrivingLicence
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.status import Group, State, Status
from shared.conditions import Tree
from tests.builders import TODAY, a_batch, a_certificate, a_course, a_person, days
from tests.unit.matching.eligibility.asking import ask, demanding, outcome, state, status
from tests.unit.matching.pathway.small_worlds import a_world, batch_ids

B1 = {"kind": "driving_licence", "class": "B1"}


def a_licence(class_: str | None = "B1", valid_until: str | None = "2035-01-01") -> dict[str, object]:
    scheme = None if class_ is None else f"SIM_{class_}"
    return {**a_certificate(), "kind": "DRIVING_LICENCE", "scheme": scheme, "valid_until": valid_until}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ([a_licence("B1")], Status.MET),
        ([a_licence("B2")], Status.MET),
        ([a_licence("A")], Status.NOT_MET),
        ([a_licence("C")], Status.NOT_MET),
        ([a_licence(None)], Status.UNKNOWN),
        ([a_licence("B1", valid_until=None)], Status.UNKNOWN),
        ([a_licence("B1", valid_until=days(0))], Status.MET),
        ([a_licence("B1", valid_until=days(-1))], Status.NOT_MET),
        ([a_licence("B1", valid_until=days(-1)), a_licence("B2")], Status.MET),
        ([{**a_licence("B1"), "kind": "LICENCE"}], Status.NOT_MET),
        ([], Status.NOT_MET),
        (None, Status.UNKNOWN),
    ],
)
def test_a_heavier_class_covers_a_lighter_one_and_the_day_counts(held: list[object] | None, expected: Status) -> None:
    person = a_person(certificates=held)
    assert status(ask(person, demanding(B1)), "DRIVING_LICENCE") is expected


def test_what_is_missing_is_said_with_who_acts_and_where() -> None:
    missing = outcome(ask(a_person(certificates=[]), demanding(B1)), "DRIVING_LICENCE")
    assert (missing.group, missing.who, missing.needed) == (Group.LEARN, "PROVIDER", {"driving_licence": "B1"})
    assert missing.text.id == "Belum ada SIM B1 yang berlaku."
    assert missing.next_action is not None and "Satpas" in missing.next_action.en
    ended = outcome(ask(a_person(certificates=[a_licence("B2", days(-3))]), demanding(B1)), "DRIVING_LICENCE")
    assert ended.text.en == "The driving licence B1 has run out."
    assert ended.value == [{"class": "B2", "valid_until": days(-3)}]


def test_one_of_several_ways_names_the_licence_among_them() -> None:
    assert parse_tree({"any": [B1, {**B1, "class": "C"}]}).phrase().id == "SIM B1 atau SIM C"


@pytest.mark.parametrize("broken", [{}, {"class": "E"}, {"class": None}, {"class": 3}])
def test_a_class_that_nobody_knows_is_never_met(broken: dict[str, object]) -> None:
    order = demanding({"kind": "driving_licence", **broken})
    assert state(a_person(certificates=[a_licence("B2")]), order) is State.NO_PATH


def test_where_no_course_gives_it_one_is_named_that_would() -> None:
    person, order = a_person(certificates=[]), demanding(B1)
    miss = smallest_change(person, a_world([], [], [order]), TODAY)
    assert miss is not None and miss.change is ChangeKind.NEW_BATCH
    assert "SIM B1" in miss.text.id and "driving licence B1" in miss.text.en


def test_a_course_that_gives_the_licence_opens_the_order() -> None:
    course = a_course(certificate={"kind": "DRIVING_LICENCE", "scheme": "SIM_B2", "valid_months": 60}, hours_for=[])
    batch = a_batch(course)
    paths = find(a_person(certificates=[]), a_world([course], [batch], [demanding(B1)]), TODAY)
    assert batch_ids(paths.fastest) == (batch.id,)


def test_the_door_takes_it_and_refuses_a_class_that_there_is_not() -> None:
    assert Tree().deserialize(B1) == B1
    with pytest.raises(Exception, match="B9|class"):
        Tree().deserialize({**B1, "class": "B9"})


def test_equal_requirements_are_one() -> None:
    assert NeedsDrivingLicence("B1", ref="Permen 1") == parse_tree(B1)
