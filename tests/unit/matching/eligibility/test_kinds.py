"""What every kind of requirement says of itself holds. Whoever adds one adds a line to SAMPLES."""

import dataclasses
import inspect
import pkgutil
from importlib import import_module
from typing import Any

import pytest

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law import rules
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.requirements import kinds
from services.matching.matcher.requirements.kinds import parse_tree
from services.matching.matcher.requirements.status import Status
from tests.builders import TODAY

SAMPLES: dict[str, dict[str, Any]] = {
    "age": {"min": 21, "max": 45},
    "birth_date": {"from": "1990-01-01", "until": "2000-01-01"},
    "certificate": {"certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"},
    "condition": {"code": "NOT_PREGNANT"},
    "driving_licence": {"class": "B1"},
    "education": {"level": "SMP"},
    "experience": {"isco08": "9111", "months": 12},
    "hours": {"isco08": "9111", "hours": 200},
    "language": {"language": "ja", "test": "JLPT", "result": "N4"},
    "no_record": {"record": "DEPORTATION"},
    "prior_programme": {"programme": "TITP"},
    "ranked": {"test": "EPS_TOPIK"},
    "sex": {"is": "F"},
}


def test_every_kind_has_a_sample() -> None:
    assert set(SAMPLES) == set(kinds.BY_KIND)


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_kind_speaks_reads_one_field_of_a_person_and_has_its_sentences(kind: str) -> None:
    ask = parse_tree({"kind": kind, **SAMPLES[kind]})
    assert type(ask) is kinds.BY_KIND[kind]
    assert ask.phrase().id and ask.phrase().en
    assert ask.RULE in kinds.WORDINGS
    assert ask.FACET in {field.name for field in dataclasses.fields(Person)}
    nobody = Person(id="", consent="GIVEN")
    assert ask.judge(nobody, TODAY) in tuple(Status)
    assert ask.had(nobody, TODAY) is None or ask.FACET not in nobody.unasked


@pytest.mark.parametrize("kind", SAMPLES)
def test_a_course_that_gives_just_this_is_enough_for_it(kind: str) -> None:
    """Where nobody teaches what is missing, an answer names such a course: `nearest_change`."""
    ask = parse_tree({"kind": kind, **SAMPLES[kind]})
    assert bool(ask.lesson()) is ask.LEARNABLE
    if ask.LEARNABLE:
        course = dataclasses.replace(Course(id=""), **ask.lesson())
        graduate = held_after(Person(id="", consent="GIVEN"), [(course, TODAY)])
        assert ask.judge(graduate, TODAY) is Status.MET


def test_every_rule_that_stands_in_a_file_has_its_place_among_the_others() -> None:
    """A rule without a place would never be asked, and nothing else would say so."""
    files = [import_module(f"{rules.__name__}.{one.name}") for one in pkgutil.iter_modules(rules.__path__)]
    written = {
        f"{file.__name__}.{name}"
        for file in files
        for name, one in vars(file).items()
        if inspect.isfunction(one) and one.__module__ == file.__name__ and not name.startswith("_")
        if list(inspect.signature(one).parameters) == ["order", "law"]
    }
    assert written == {f"{one.__module__}.{one.__name__}" for one in rules.RULES}
