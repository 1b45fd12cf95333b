"""When nothing but time is missing: the day on which an order opens by itself, without a course and without a birthday.

An order whose registration begins later, a ban or an entry ban that ends, a law that turns. Such a wait is no path
(nothing can be done on the way) but it is the smallest change of all, and the answer must not end on "no".
"""

from datetime import date

import numpy as np

from services.matching.matcher.pathway.aims import open_rows
from services.matching.matcher.pathway.gaps import Ledger
from services.matching.matcher.pathway.question import Question
from services.matching.matcher.pathway.standing import Standing


def opens_by_itself(question: Question) -> tuple[str, date] | None:
    """The first day on which an order that is closed today is open to the person as they are, and the best paid one."""
    day, catalogue = question.day, question.world.catalogue
    turning = [turn for turn in question.world.law.turning_days() if day < turn]
    books = {id(book): book for book in map(question.book_on, (day, *turning))}
    dated = dict.fromkeys(book.leaves[leaf] for book in books.values() for leaf in book.dated)
    ledger = Ledger(Standing(question.person, day, [*dated, *catalogue.dated], turning), question.supply.teaching)
    standing = ledger.standing
    opening = np.unique(np.concatenate([book.columns().first[book.columns().kind >= 0] for book in books.values()]))
    opens = {date.fromordinal(first) for first in opening[opening > day.toordinal()].tolist()}
    for first in sorted({*opens, *standing.firsts[1:]}):
        book = question.book_on(first)
        open_ = open_rows(book, ledger.kinds(book, standing.stretch_of(first)), first) & question.wanted(book)
        if open_.any():
            wage = book.columns().wage
            return min((-float(wage[row]), book.ids[row]) for row in np.flatnonzero(open_).tolist())[1], first
    return None
