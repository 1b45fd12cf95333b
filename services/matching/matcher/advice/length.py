"""An answer is read over a slow line: one that would be longer than promised says less beside what it says first.

What goes is counted or stands whole elsewhere: a list of ids says how many there are, and `POST /v1/eligibility` tells
every rule of an order. No order, course or path and no rule in the way, with what to do about it, is left out.
"""

import json
from collections.abc import Callable
from typing import Any

from services.matching.matcher.advice import rules_told
from services.matching.matcher.advice.answer import Advice
from services.matching.matcher.requirements.status import Status

Row = dict[str, Any]

MOST_BYTES = 14_300
"""Of an answer with five courses and five orders; with its id and `as_of` it stays below 15,000. One that must say of
many of its rows that they are crowded is up to 600 bytes longer."""
ROWS = 10
"""Courses and orders of such an answer; one that asks for more of them may be longer."""
FEW_UNLOCKED, FEW_OPENED = 2, 3
"""Ids that a course and a path name in a long answer."""
FEW_RULES = 3
"""Rules by which the line of all other closed orders counts them in a long answer, the most frequent first."""
REASONS, SUGGESTIONS = 1, 1
"""Reasons of a row, and what would rank it higher, in a long answer."""


def fitted(answer: Row, advice: Advice) -> Row:
    """The answer, changed in place as far as it takes; what is missed least goes first."""
    most = MOST_BYTES * max(ROWS, len(advice.courses) + len(advice.placements)) / ROWS
    for shorten in SHORTER:
        if length_of(answer) <= most:
            break
        shorten(answer, advice)
    return answer


def length_of(answer: Row) -> int:
    """Bytes of the JSON that is sent."""
    return len(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode())


def _name_fewer(answer: Row, advice: Advice) -> None:
    """Fewer ids, and one group of closed orders beside the line that counts the others."""
    _name_at_most(FEW_UNLOCKED, FEW_OPENED, answer, advice)
    choice = bool(advice.placements or advice.courses)
    answer["blocked"] = rules_told.blocked(advice.blocked, advice.lang, most=1, choice=choice)
    for row in answer["blocked"]:
        row["job_orders"] = row["job_orders"][:1]
        if "rules" in row:
            row["rules"] = row["rules"][:FEW_RULES]


def _explain_less(answer: Row, advice: Advice) -> None:
    """Without the weaker reasons."""
    for rows in (answer["courses"], answer["placements"]):
        for row in rows:
            row["reasons"] = row["reasons"][:REASONS]
            row["missing"] = [one for one in row["missing"] if one["legal"]] or row["missing"][:SUGGESTIONS]


def _name_one(answer: Row, advice: Advice) -> None:
    _name_at_most(1, 1, answer, advice)


def _fold_the_last_papers(answer: Row, advice: Advice) -> None:
    """Of an order that is open: what is needed before departure, and was not looked at yet, is one row."""
    answer["requirements"] = rules_told.checklist_of(advice, shorter=True)


def _suggest_nothing(answer: Row, advice: Advice) -> None:
    """Without what would rank a row higher."""
    for rows in (answer["courses"], answer["placements"]):
        for row in rows:
            row["missing"] = [one for one in row["missing"] if one["legal"]]


def _count_the_closed(answer: Row, advice: Advice) -> None:
    """Closed orders as numbers alone, with the rule that closes most of them."""
    for row in answer["blocked"]:
        row["job_orders"] = []
        if "rules" in row:
            row["rules"] = row["rules"][:1]


def _compare_nothing_unknown(answer: Row, advice: Advice) -> None:
    """Without what is asked beside a rule of which nothing is known: its sentence says that."""
    for row in answer["requirements"]:
        if row["status"] == Status.UNKNOWN.name:
            row.pop("needed", None)


def _name_at_most(of_course: int, of_path: int, answer: Row, advice: Advice) -> None:
    """The order that a path is named by stays among them, or what the answer speaks of, or else the first it lists."""
    asked = advice.goal.order.id if advice.goal else None
    listed = {row["job_order"] for row in answer["placements"]}
    for rows, most in ((answer["courses"], of_course), (answer["pathways"], of_path)):
        for row in rows:
            ids = row["unlocks"]
            if len(ids) > most:
                aim = row["aim"]["job_order"] if "aim" in row else asked
                known = aim if aim in ids else next((id for id in ids if id in listed), None)
                last = known if known in ids[most:] else ids[most - 1]
                row |= {"unlocks": [*ids[: most - 1], last], "unlocks_count": row.get("unlocks_count", len(ids))}


SHORTER: tuple[Callable[[Row, Advice], None], ...] = (
    _name_fewer,
    _explain_less,
    _name_one,
    _fold_the_last_papers,
    _suggest_nothing,
    _count_the_closed,
    _compare_nothing_unknown,
)
