"""The seal of what a rule read: the same as long as nothing changed, another one as soon as anything did."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.matching.judging.facts import Facts
from services.matching.matcher.facts.people import Condition, Fitness, Paper, Person, Record
from services.matching.matcher.law.law import Law
from services.matching.matcher.law.rules import demands
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.education import NeedsEducation
from services.matching.matcher.requirements.groups import AllOf, AnyOf, Unreadable, leaves
from services.matching.matcher.requirements.health import NeedsCondition
from services.matching.matcher.requirements.kinds import ALL
from services.matching.matcher.requirements.paper import NeedsPaper
from services.matching.matcher.requirements.records import NeedsNoRecord, NoBan
from shared.judgements import SPECIFIC
from tests import builders as make
from tests.builders import TODAY

FACTS = Facts(b"k" * 32)
ONCE = Record("DEPORTATION", "MYS", None, None)
ANNA = Person(id="anna", consent="GIVEN", records=(ONCE,))
PASSPORT, VISA = Paper("PASSPORT", "UNCHECKED", None), Paper("WORK_VISA", "UNCHECKED", None)


@pytest.mark.parametrize(
    ("ask", "before", "after"),
    [
        (NoBan("MYS"), {}, {"records": (ONCE, ONCE)}),
        (NoBan("MYS"), {}, {"records": (replace(ONCE, until=date(2027, 1, 1)),)}),
        (NoBan("MYS"), {}, {"records": ()}),
        (NoBan("MYS"), {"records": ()}, {"records": (), "unasked": frozenset({"records"})}),
        (NeedsNoRecord("DEPORTATION"), {}, {"records": (ONCE, Record("PRISON", None, None, 2))}),
        (NeedsPaper("PASSPORT"), {}, {"requirements": (PASSPORT,)}),
        (NeedsPaper("PASSPORT"), {"requirements": (PASSPORT,)}, {"requirements": (replace(PASSPORT, status="MET"),)}),
        (NeedsCondition("HEARING"), {}, {"fitness": Fitness(conditions=(Condition("HEARING", True),))}),
        (AnyOf((NoBan("MYS"), NeedsPaper("PASSPORT"))), {}, {"requirements": (PASSPORT,)}),
        (AllOf((NoBan("MYS"), NeedsPaper("PASSPORT"))), {}, {"records": (ONCE, ONCE)}),
    ],
)
def test_another_fact_is_another_seal(ask: Requirement, before: dict[str, Any], after: dict[str, Any]) -> None:
    one, other = replace(ANNA, **before), replace(ANNA, **after)
    assert FACTS.seal(ask, one) == FACTS.seal(ask, replace(one, version=9)) != FACTS.seal(ask, other)


def test_what_the_rule_does_not_read_changes_nothing() -> None:
    other = replace(ANNA, requirements=(VISA,), birth_date=date(2000, 1, 1))
    assert FACTS.seal(NoBan("MYS"), ANNA) == FACTS.seal(NoBan("MYS"), other)
    assert FACTS.seal(NeedsPaper("PASSPORT"), ANNA) == FACTS.seal(NeedsPaper("PASSPORT"), other)
    assert FACTS.seal(NoBan("MYS"), ANNA) == FACTS.seal(NoBan("MYS"), replace(ANNA))


def test_the_same_rule_that_asks_for_something_else_is_another_question() -> None:
    """An order that moves to another country keeps rules and versions of the law."""
    assert FACTS.seal(NoBan("MYS"), ANNA) != FACTS.seal(NoBan("SGP"), ANNA)
    assert FACTS.seal(NeedsPaper("PASSPORT"), ANNA) != FACTS.seal(NeedsPaper("WORK_VISA"), ANNA)


def test_facts_of_two_people_are_never_told_to_be_alike_and_no_key_means_no_seal_by_hand() -> None:
    assert FACTS.seal(NoBan("MYS"), ANNA) != FACTS.seal(NoBan("MYS"), replace(ANNA, id="berta"))
    assert FACTS.seal(NoBan("MYS"), ANNA) != Facts(b"other" * 8).seal(NoBan("MYS"), ANNA)


def test_of_whom_nothing_is_on_record_the_seal_is_everybodys() -> None:
    nobody = replace(ANNA, records=())
    assert FACTS.seal(NoBan("MYS"), nobody) == FACTS.seal(NoBan("MYS"), replace(nobody, id="berta"))


def test_every_kind_that_reads_a_person_says_what() -> None:
    """Else an answer for it would outlive the facts it was given for."""
    for kind in ALL:
        if kind in (Requirement, Unreadable):
            continue
        assert kind.FACET or kind.SETTLED or kind.OF_THE_OFFER or kind.facts is not Requirement.facts, kind
    assert NeedsEducation.FACET == "education"


def test_every_rule_that_reads_health_or_records_is_specific() -> None:
    """Companies and providers hear of these only that there is one (`shared/judgements.py`)."""
    named = {kind.RULE for kind in ALL if kind.FACET in ("fitness", "records") and kind.RULE}
    built_in = {
        rule.code for rule in demands(make.an_order(), Law.from_records([]).at(TODAY)) if _reads_specific(rule.ask)
    }
    assert named | built_in <= SPECIFIC and {"FITNESS", "ENTRY_BAN"} <= built_in


def _reads_specific(ask: Requirement) -> bool:
    return any(leaf.FACET in ("fitness", "records") for leaf in leaves(ask))
