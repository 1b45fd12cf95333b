"""The answer of the path search, for whoever shows it: plain values, ready for JSON."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.reading import Money

KINDS = ("FASTEST", "NEAREST", "BEST_PAID")


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One batch of one course. `closes`: the last day to register. `distance_km`: 0 online, None when not known."""

    course: str
    batch: str
    starts: date
    ends: date
    closes: date | None
    regency: str | None
    distance_km: int | None
    cost: int | None
    """Rupiah that the person pays; None when nobody said."""

    def as_payload(self) -> dict[str, Any]:
        return {
            "course": self.course,
            "batch": self.batch,
            "starts": self.starts.isoformat(),
            "ends": self.ends.isoformat(),
            "closes": self.closes.isoformat() if self.closes else None,
            "regency": self.regency,
            "distance_km": self.distance_km,
            "cost": self.cost,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Wait:
    """A birthday that the path waits for: from this day the person is old enough."""

    age: int
    until: date

    def as_payload(self) -> dict[str, Any]:
        return {"kind": "BIRTHDAY", "age": self.age, "until": self.until.isoformat()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """A lawful way to orders that are closed to the person today.

    `ready_on`: the day on which the person may apply. `can_leave_from`: when the papers of later stages can be
    complete, by usual practice. `unlocks`: the orders asked for that are lawful and open on `ready_on` with this path
    and not without it, best paid first. `wage`: of the best paid of them, None when none can be compared; `wage_idr`
    only where there is a rate.
    `beyond_wishes`: MAX_DISTANCE, BOARDING, READY_WITHIN, when no path keeps the person's wishes and this one breaks
    them.
    """

    kind: str
    steps: tuple[Step, ...]
    waits: tuple[Wait, ...]
    ready_on: date
    can_leave_from: date
    cost_to_candidate: int | None
    distance_km: int | None
    unlocks: tuple[str, ...]
    wage: Money | None
    wage_idr: float | None
    beyond_wishes: tuple[str, ...] = ()
    instead: bool = False
    """True: the best path of this kind is one of the others; this is the fastest that leads to other orders, or where
    there is none, by other batches."""

    @property
    def journey(self) -> tuple[str, ...]:
        """Its batches: two paths with the same ones are one and the same way."""
        return tuple(step.batch for step in self.steps)

    def as_payload(self) -> dict[str, Any]:
        wage = None if self.wage is None else {"amount": self.wage.amount, "currency": self.wage.currency}
        return {
            "kind": self.kind,
            "steps": [step.as_payload() for step in self.steps],
            "waits": [wait.as_payload() for wait in self.waits],
            "ready_on": self.ready_on.isoformat(),
            "can_leave_from": self.can_leave_from.isoformat(),
            "cost_to_candidate": self.cost_to_candidate,
            "distance_km": self.distance_km,
            "unlocks": list(self.unlocks),
            "wage": wage,
            "wage_idr": self.wage_idr,
            "beyond_wishes": list(self.beyond_wishes),
            "instead": self.instead,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Paths:
    """The best path of each kind; all three are None when there is no path, otherwise none of them is."""

    fastest: Path | None = None
    nearest: Path | None = None
    best_paid: Path | None = None

    def __bool__(self) -> bool:
        return self.fastest is not None

    def all(self) -> tuple[Path, ...]:
        """Those that exist, in the order of KINDS; two kinds may be the same journey."""
        return tuple(path for path in (self.fastest, self.nearest, self.best_paid) if path is not None)
