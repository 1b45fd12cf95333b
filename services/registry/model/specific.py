"""For the health and police desks: what UU 27/2022 art. 4(2) calls specific data, kept apart from the candidate.

Only codes leave this house: whether somebody is fit, whether a bodily condition that an order asks for is met,
whether a record bars an entry. A diagnosis is never written down, and a loan never leaves (it decides nothing).
"""

from collections.abc import Mapping
from enum import Enum
from typing import Any

Document = dict[str, Any]


class Fitness(str, Enum):
    FIT = "FIT"
    UNFIT = "UNFIT"
    TEMP_UNFIT = "TEMP_UNFIT"
    UNTESTED = "UNTESTED"


NOTHING: Document = {
    "fitness": {"status": Fitness.UNTESTED.value, "on": None},
    "conditions": [],
    "records": None,
    "loans": [],
}


def told(specific: Mapping[str, Any] | None) -> Document:
    """The part that events may carry: ``{fitness: {status, on, conditions}, records}``. Loans stay here.

    ``records`` is None where nobody asked, which is no clean record.
    """
    kept = specific or NOTHING
    return {
        "fitness": {
            **kept["fitness"],
            "conditions": [{"code": each["code"], "met": each["met"]} for each in kept["conditions"]],
        },
        "records": None
        if kept["records"] is None
        else [{part: each[part] for part in ("kind", "country", "until", "years")} for each in kept["records"]],
    }
