"""Orders that were asked for and that a day alone opens: a paper that begins, a ban that ends, a first day.

By the law such an order is closed today (`State.NO_PATH`, as `POST /v1/eligibility` says). An answer about a wish says
more than that word: from which day it is open, and that nothing is to be done until then.
"""

from collections.abc import Iterable
from datetime import date

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.verdicts.outcomes import CLOSES_FOR_ALL, cleared_on


def waiting(question: Question, orders: Iterable[Order]) -> dict[str, date]:
    """By order id the day from which the person as they are may apply. `orders`: closed to them today by the law.

    Nobody waits for an offer that is not lawful, or that a ban closes.
    """
    found: dict[str, date] = {}
    dated = _dated(question)
    for order in orders:
        if dated or (order.opens_on is not None and order.opens_on > question.day):
            day = _opens_on(question, order)
            if day is not None:
                found[order.id] = day
    return found


def _dated(question: Question) -> bool:
    """Does anything of the person begin or end on a day to come? Of most people nothing does."""
    person, day = question.person, question.day
    begins = (paper.valid_from for paper in person.certificates)
    ends = (record.until for record in person.records if record.kind == "ENTRY_BAN")
    return any(one is not None and one >= day for one in (*begins, *ends))


def _opens_on(question: Question, order: Order) -> date | None:
    """The day on which the last rule in the way is cleared, if all of them are by then."""
    person, day, last = question.person, question.day, question.day
    for rule in question.compiled_on(day).deciding(order.id):
        status = rule.ask.judge(person, day)
        if status is Status.MET:
            continue
        by = None if rule.code in CLOSES_FOR_ALL else cleared_on(rule, person, day, status)
        if by is None:
            return None
        last = max(last, by)
    return last if last > day and question.opens(order, person, last) else None
