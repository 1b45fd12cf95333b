"""When a person who is ready to apply could leave: the papers of later stages with the time they usually take."""

from collections.abc import Iterable
from datetime import date, timedelta

from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules.papers import PAPERS
from services.matching.matcher.requirements.base import judge
from services.matching.matcher.requirements.paper import NeedsPaper
from services.matching.matcher.requirements.status import Stage, Status

USUAL_DAYS = {paper.code: paper.usual_days for paper in PAPERS}


def can_leave_from(person: Person, applied: Iterable[AppliedRule], ready_on: date) -> date:
    """`ready_on` plus the slowest missing paper of the agreement, plus the slowest missing one of the departure.

    Papers of one stage are asked for side by side; a departure paper needs the agreement. A paper that is on record
    today but runs out before `ready_on` counts as missing. `applied`: the rules of the order. The times are usual
    practice, not law (`USUAL_PRACTICE`).
    """
    missing: dict[Stage, int] = {}
    for demand in applied:
        if demand.stage is Stage.APPLY or not isinstance(demand.ask, NeedsPaper):
            continue
        if judge(demand.ask, person, ready_on) is not Status.MET:
            missing[demand.stage] = max(missing.get(demand.stage, 0), USUAL_DAYS[demand.ask.code])
    agreed = later(ready_on, missing.get(Stage.AGREEMENT, 0))
    return later(agreed, missing.get(Stage.DEPARTURE, 0))


def later(day: date, days: int) -> date:
    """So many days later, but never beyond the calendar."""
    return day + timedelta(days=min(days, (date.max - day).days))
