"""Short questions for the tests of the law: one person, one order, one law, one day."""

from datetime import date
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import Law
from services.matching.matcher.requirements.status import Stage, State, Status
from services.matching.matcher.verdicts.check import check
from services.matching.matcher.verdicts.verdict import Outcome, Verdict
from tests.builders import TODAY, a_factory_order, a_law, a_person, an_order


def ask(person: Person | None = None, order: Order | None = None, law: Law | None = None, day: date = TODAY) -> Verdict:
    """The verdict; everything left out is lawful and fits."""
    return check(person or a_person(), order or an_order(), (law or a_law()).at(day), day)


def state(*args: Any, **kwargs: Any) -> State:
    return ask(*args, **kwargs).state


def outcome(verdict: Verdict, rule: str) -> Outcome:
    """The one outcome of this rule."""
    (found,) = verdict.of(rule)
    return found


def status(verdict: Verdict, rule: str, stage: Stage = Stage.APPLY) -> Status:
    (found,) = [one.status for one in verdict.of(rule) if one.stage is stage]
    return found


def blocking(verdict: Verdict) -> set[str]:
    return {one.rule for one in verdict.blocking}


def demanding(*requirements: Any, **changes: Any) -> Order:
    """A factory order, which no gate concerns, with these requirements."""
    return a_factory_order(requirements={"all": list(requirements)}, **changes)
