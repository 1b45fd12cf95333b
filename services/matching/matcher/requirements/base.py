"""What a requirement is: one thing that the law, an order or a course asks, as a value that everybody reads alike.

A kind of requirement is one file of this folder: its value, how it is read from a payload, how a person is judged by
it, its words in two languages, the code of its rule, what proves it, whether it can be learned and which field of a
person it reads. `kinds.py` finds the files. Equal requirements are equal values, so that a thousand orders that ask the
same are answered once.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text
from services.matching.matcher.requirements.status import Status

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN


@dataclass(frozen=True, slots=True)
class Requirement:
    """The base of all kinds. What a kind does not say of itself stands here.

    `KIND`: its name in a requirement tree; "" for what only rules ask. `RULE`: the code under which an order's own
    requirement is told. `FACET`: the one field of a person that it reads. `DAY_MATTERS`: its answer may differ from day
    to day. `DATED`: it names such days itself. `LEARNABLE`: a course can meet it. `OF_THE_OFFER`: the order is judged
    and not the person. `BEYOND_THE_PERSON`: no paper of the person and no birthday can change the answer. `SETTLED`:
    order and law alone know it.
    """

    KIND: ClassVar[str] = ""
    RULE: ClassVar[str] = ""
    FACET: ClassVar[str | None] = None
    DAY_MATTERS: ClassVar[bool] = False
    DATED: ClassVar[bool] = False
    LEARNABLE: ClassVar[bool] = False
    OF_THE_OFFER: ClassVar[bool] = False
    BEYOND_THE_PERSON: ClassVar[bool] = False
    SETTLED: ClassVar[bool] = False

    ref: str | None = field(default=None, compare=False, kw_only=True)
    """Where it is written (shown beside the sentence)."""

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "Requirement | None":
        """From its payload in a tree; None when a value it cannot do without is missing or unreadable."""
        return None

    def meant(self, title: str | None, country: str | None, wait_until: date | None) -> "Requirement":
        """As an order of this title and country means it; `wait_until`: until when waiting for a birthday helps."""
        return self

    def judge(self, person: Person, day: date) -> Status:
        """MET, NOT_MET or UNKNOWN for this person on this day."""
        raise AssertionError(f"{type(self).__name__} cannot be judged")

    def reach(self, person: Person, day: date) -> int:
        """2 = met; 1 = papers that the person can bring, or a birthday in time, may still make it met; 0 = cannot.

        The same numbers are the first three `STATE_CODES`: the least reach of all APPLY rules is the state.
        """
        status = self.judge(person, day)
        if self.BEYOND_THE_PERSON:
            return 2 if status is MET else 0
        return int(status)

    @classmethod
    def laid_out(cls, facts: Sequence[tuple[Any, bool]]) -> Any:
        """Distinct facts (what a person has, did nobody ask?) as arrays for `reach_of`. Only kinds need it that read
        what nearly everybody has of their own, such as a birth date; None: each fact is judged by itself."""
        return None

    def reach_of(self, laid_out: Any, day: date) -> NDArray[np.int8]:
        """`reach` of somebody with each of the facts that were `laid_out`, the same numbers."""
        raise AssertionError(f"{type(self).__name__} reads facts one by one")

    def cleared_on(self, person: Person, day: date) -> date | None:
        """The day on which time alone clears it; None when it does not."""
        return None

    def turning_days(self, person: Person, last: date) -> Iterable[date]:
        """The days until `last` on which the calendar alone may change the answer."""
        return ()

    def not_asked(self, person: Person) -> bool:
        """Is the answer open because nobody asked the person for the list that this reads?"""
        return self.FACET is not None and self.FACET in person.unasked

    def facts(self, person: Person) -> Hashable | None:
        """What it reads of the person; None where nothing is on record."""
        return None if self.FACET is None else getattr(person, self.FACET) or None

    def unseen(self, person: Person) -> bool:
        """Does it pass only because nobody looked yet? Then it is no news that it is met."""
        return False

    def ended(self, person: Person, day: date) -> date | None:
        """The latest last day of what would answer it, had it not run out; None where nothing of it ran out."""
        return None

    def ran_out(self, person: Person, day: date) -> bool:
        """Was there something that would answer it, had it not run out?"""
        return self.ended(person, day) is not None

    def begins(self, person: Person, day: date) -> date | None:
        """Where it is not met only because what the person has counts from a later day: that day."""
        return None

    def ends(self, person: Person, day: date) -> date | None:
        """The last day of the longest paper that answers it today; None when nothing does or it does not end."""
        return None

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        """Closer wordings than the rule's own, the closest first: `RULE/VARIANT` where there is one."""
        if self.unseen(person):
            return ["UNSEEN"]
        if status is UNKNOWN and self.not_asked(person):
            return ["UNASKED"]
        if status is NOT_MET and self.begins(person, day) is not None:
            return ["NOT_YET"]
        return ["EXPIRED"] if status is NOT_MET and self.ran_out(person, day) else []

    def had(self, person: Person, day: date) -> Any:
        """What the person has for it, as a plain value (JSON) in the form of `wanted`; None when nothing is on record.

        None also where nobody asked, unlike an empty list or zero.
        """
        return None if self.not_asked(person) else self._had(person, day)

    def _had(self, person: Person, day: date) -> Any:
        return None

    def wanted(self) -> Any:
        """What is needed, as a plain value (JSON)."""
        return None

    def phrase(self) -> Text:
        """What is asked for, as a noun that fits into "Needs …"."""
        return NOTHING_SAID

    def on_record(self) -> Text:
        """What a paper or an answer would have to say, where nothing is on record, as a noun."""
        return self.phrase()

    def named(self) -> Text:
        """The same among other things, where no sentence around it says what it belongs to."""
        return self.phrase()

    def said_had(self, person: Person, day: date) -> Text | None:
        """What the person has, as words; None: the plain value says it."""
        return None

    def words(self) -> Mapping[str, Text]:
        """Words of its own sentences beside `needed` and `value`."""
        return {}

    def words_about(self, person: Person, day: date) -> Mapping[str, Text]:
        """Words of its own sentences that tell of the person."""
        return {}

    def proof(self) -> Hashable | None:
        """What would have to be shown; requirements with the same proof are settled together. None: no paper does."""
        return None

    def lesson(self) -> Mapping[str, Any]:
        """Of a learnable kind: the fields of a course that gives just this."""
        return {}


NOTHING_SAID = Text("", "")


def yes(holds: bool) -> Status:
    """From a plain yes or no."""
    return MET if holds else NOT_MET


def best(answers: Iterable[Status], requirement: Requirement, person: Person) -> Status:
    """The best answer; without any, nothing was found, or nobody asked."""
    return max(answers, default=UNKNOWN if requirement.not_asked(person) else NOT_MET)


def enough(parts: list[int | None], needed: int, *, unasked: bool) -> Status:
    """Do amounts add up? One that is not known may still help."""
    if sum([part for part in parts if part is not None]) >= needed:
        return MET
    return UNKNOWN if unasked or None in parts else NOT_MET


def longest(ends: Iterable[date | None]) -> date | None:
    """The latest of some last days; None without any, or when one of them has no end."""
    known = list(ends)
    return None if not known or None in known else max(end for end in known if end is not None)


def run_out(until: date | None, day: date) -> bool:
    """Was this last day before the day? What has no end has not run out."""
    return until is not None and until < day


def last_ended(ends: Iterable[date | None], day: date) -> date | None:
    """The latest of these last days that is over; None without any."""
    return max((end for end in ends if end is not None and end < day), default=None)


def iso(day: date | None) -> str | None:
    """As JSON has it."""
    return None if day is None else day.isoformat()


def counted(number: float, thing: str) -> str:
    """English: ``1 month``, ``2 months``."""
    return f"{number:g} {thing}" if number == 1 else f"{number:g} {thing}s"
