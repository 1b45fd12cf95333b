"""For every question: the day that is asked about, and the policies that are asked with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from shared import clock


@dataclass(frozen=True, slots=True)
class Moment:
    """`day`: of law, ages and open orders. `known_on`: policies as known at the end of that day; None = now."""

    day: date
    known_on: date | None

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> "Moment":
        day, known_on = asked.get("as_of_date"), asked.get("known_on")
        return cls(
            day=date.fromisoformat(day) if day else clock.today(),
            known_on=date.fromisoformat(known_on) if known_on else None,
        )
