"""The law of the house: may this person apply for this order on this day? Never learned, never part of a score.

Two forms of one engine, equal on every pair:

* `check(person, order, law_on_day, day) -> Verdict`: every rule in plain words, with legal basis, the person's value,
  the needed value, the next action and who acts.
* `Table(law, orders)`: all people × all orders with numpy; `Table.states(people, day)` writes one small number a pair.

Both read the same list of demands (`rules.demands(order, law)`), each evaluates it in its own way.

The law of a day comes from `Law.from_records(policies).at(day, known_on)`. `judge(ask, person, day)` evaluates a single
requirement, also the leaves of a course's prerequisites.
"""

from services.matching.matcher.eligibility.check import check, hidden, state_of, under_age
from services.matching.matcher.eligibility.demands import Demand, last_lawful_day
from services.matching.matcher.eligibility.judge import age_on, birthday_of, hopeful, judge, reach
from services.matching.matcher.eligibility.law import Law, LawOnDay, Row
from services.matching.matcher.eligibility.people import People
from services.matching.matcher.eligibility.rules import demands
from services.matching.matcher.eligibility.rules.corridors import comparable
from services.matching.matcher.eligibility.rules.papers import PAPERS, USUAL_PRACTICE, PaperKind
from services.matching.matcher.eligibility.status import GROUPS, STATE_CODES, Group, Stage, State, Status
from services.matching.matcher.eligibility.table import Table
from services.matching.matcher.eligibility.verdict import Caution, Hidden, Outcome, Verdict

__all__ = [
    "GROUPS",
    "PAPERS",
    "STATE_CODES",
    "USUAL_PRACTICE",
    "Caution",
    "Demand",
    "Group",
    "Hidden",
    "Law",
    "LawOnDay",
    "Outcome",
    "PaperKind",
    "People",
    "Row",
    "Stage",
    "State",
    "Status",
    "Table",
    "Verdict",
    "age_on",
    "birthday_of",
    "check",
    "comparable",
    "demands",
    "hidden",
    "hopeful",
    "reach",
    "judge",
    "last_lawful_day",
    "state_of",
    "under_age",
]
