"""Which orders one person is shown: those that are open to them first, then those that a paper or a course opens.

Law and score stay apart: the law says in which of the two lists an order stands, the score in which place of it. One
list by score alone hid the open orders of somebody who wishes for work that is closed to them, below "may apply now".
"""

from collections.abc import Sequence

from services.matching.matcher.ranking.values import Ranked

SURE = 2
"""Places that each of the two lists has for certain, as long as it can fill them."""


def side_by_side(open_now: Sequence[Ranked], by_a_way: Sequence[Ranked], places: int) -> list[Ranked]:
    """At most `places` orders, open ones first, each list in its own order. What is open has the first place of all.

    Places that are not sure go to whichever list has the higher score next.
    """
    of_open = min(SURE, len(open_now), places)
    of_others = min(SURE, len(by_a_way), places - of_open)
    while of_open + of_others < min(places, len(open_now) + len(by_a_way)):
        if of_others == len(by_a_way) or (
            of_open < len(open_now) and open_now[of_open].score >= by_a_way[of_others].score
        ):
            of_open += 1
        else:
            of_others += 1
    return [*open_now[:of_open], *by_a_way[:of_others]]
