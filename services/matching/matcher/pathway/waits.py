"""When nothing but time is missing: the day on which an order opens by itself, without a course and without a birthday.

An order whose registration begins later, a ban or an entry ban that ends, a law that turns. Such a wait is no path
(nothing can be done on the way) but it is the smallest change of all, and the answer must not end on "no".
"""

from datetime import date

import numpy as np

from services.matching.matcher.pathway.aims import open_rows
from services.matching.matcher.pathway.gaps import GapEncoder
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.standing import StatusTimeline


def opens_by_itself(question: Question) -> tuple[str, date] | None:
    """The first day on which an order that is closed today is open to the person as they are, and the best paid one."""
    day, catalogue = question.day, question.world.catalogue
    turning = [turn for turn in question.world.law.turning_days() if day < turn]
    all_compiled = {id(compiled): compiled for compiled in map(question.compiled_on, (day, *turning))}
    dated = dict.fromkeys(compiled.leaves[leaf] for compiled in all_compiled.values() for leaf in compiled.dated)
    ledger = GapEncoder(
        StatusTimeline(question.person, day, [*dated, *catalogue.dated], turning), question.supply.teaching
    )
    standing = ledger.standing
    opening = np.unique(
        np.concatenate([compiled.columns().first[compiled.columns().kind >= 0] for compiled in all_compiled.values()])
    )
    opens = {date.fromordinal(first) for first in opening[opening > day.toordinal()].tolist()}
    for first in sorted({*opens, *standing.firsts[1:]}):
        compiled = question.compiled_on(first)
        open_ = open_rows(compiled, ledger.kinds(compiled, standing.stretch_of(first)), first) & question.wanted(
            compiled
        )
        if open_.any():
            wage = compiled.columns().wage
            return min((-float(wage[row]), compiled.ids[row]) for row in np.flatnonzero(open_).tolist())[1], first
    return None
