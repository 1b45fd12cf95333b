"""Requirements put together: every part must hold, or one part is enough; and what cannot be read."""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.base import NOTHING_SAID, UNKNOWN, Requirement
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, wording

OR, AND = Text(" atau ", " or "), Text(" dan ", " and ")


@dataclass(frozen=True, slots=True)
class AllOf(Requirement):
    """Every part must hold."""

    RULE = "ALL_OF"
    parts: tuple[Any, ...]

    def judge(self, person: Person, day: date) -> Status:
        return min([part.judge(person, day) for part in self.parts], default=Status.MET)

    def reach(self, person: Person, day: date) -> int:
        return min([part.reach(person, day) for part in self.parts], default=2)

    def facts(self, person: Person) -> Hashable | None:
        return facts_of(self.parts, person)

    def ran_out(self, person: Person, day: date) -> bool:
        lacking = [part for part in self.parts if part.judge(person, day) is Status.NOT_MET]
        return bool(lacking) and all(part.ran_out(person, day) for part in lacking)

    def begins(self, person: Person, day: date) -> date | None:
        lacking = [part for part in self.parts if part.judge(person, day) is Status.NOT_MET]
        first = latest([part.begins(person, day) for part in lacking])
        # Something else of it may have run out by then.
        return None if first is None or self.judge(person, first) is Status.NOT_MET else first

    def _had(self, person: Person, day: date) -> Any:
        return {"all": [part.had(person, day) for part in _told(self.parts)]}

    def wanted(self) -> Any:
        return {"all": [part.wanted() for part in _told(self.parts)]}

    def phrase(self) -> Text:
        pieces = [_piece(part) for part in self.parts]
        if any(_several(part, AnyOf) for part in self.parts):
            return joined(pieces, Text(", ", ", "), last=Text(", dan ", ", and "))
        return joined(pieces, AND)


@dataclass(frozen=True, slots=True)
class AnyOf(Requirement):
    """One part is enough."""

    RULE = "ONE_OF"
    parts: tuple[Any, ...]

    def judge(self, person: Person, day: date) -> Status:
        return max([part.judge(person, day) for part in self.parts], default=Status.NOT_MET)

    def reach(self, person: Person, day: date) -> int:
        return max([part.reach(person, day) for part in self.parts], default=0)

    def facts(self, person: Person) -> Hashable | None:
        return facts_of(self.parts, person)

    def ran_out(self, person: Person, day: date) -> bool:
        return any(part.ran_out(person, day) for part in self.parts)

    def begins(self, person: Person, day: date) -> date | None:
        days = (part.begins(person, day) for part in self.parts)
        return min((first for first in days if first is not None), default=None)

    def _had(self, person: Person, day: date) -> Any:
        return {"any": [part.had(person, day) for part in _told(self.parts)]}

    def wanted(self) -> Any:
        return {"any": [part.wanted() for part in _told(self.parts)]}

    def phrase(self) -> Text:
        by = Text("; atau ", "; or ") if any(_several(part, AllOf) for part in self.parts) else OR
        return joined(map(_choice, self.parts), by)


@dataclass(frozen=True, slots=True)
class Unreadable(Requirement):
    """A part that this version does not understand: never met, never failed."""

    RULE = "UNREADABLE"
    BEYOND_THE_PERSON = True
    kind: str = ""

    def judge(self, person: Person, day: date) -> Status:
        return UNKNOWN


def latest(days: Sequence[date | None]) -> date | None:
    """The last of these days; None without any, or where one of them is not known."""
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None


def leaves(requirement: Requirement) -> Iterator[Requirement]:
    """Everything that is not a group, from left to right, alternatives included."""
    if isinstance(requirement, AllOf | AnyOf):
        for part in requirement.parts:
            yield from leaves(part)
    else:
        yield requirement


def of_the_offer(requirement: Requirement) -> bool:
    """Is it the order that is judged here, and not the person?"""
    return all(leaf.OF_THE_OFFER for leaf in leaves(requirement))


def reads_nobody(requirement: Requirement) -> bool:
    """Is it the order or the day alone that answers this, and nothing that stands in anybody's record?"""
    return all(leaf.OF_THE_OFFER and leaf.FACET is None for leaf in leaves(requirement))


def flatten(group: AllOf | AnyOf) -> tuple[Requirement, ...]:
    """The parts of a group, with the parts of groups of the same kind in their place."""
    parts: list[Requirement] = []
    for part in group.parts:
        parts += flatten(part) if type(part) is type(group) else (part,)
    return tuple(parts)


def refs(requirement: Requirement) -> tuple[str, ...]:
    """Where it is written, as its leaves say, each place once."""
    return tuple(dict.fromkeys(leaf.ref for leaf in leaves(requirement) if leaf.ref is not None))


def joined(parts: Iterable[Text], by: Text, *, last: Text | None = None) -> Text:
    """The parts that say something, joined `by`, the `last` two by another word if need be.

    Long lists are cut so that the sentence stays sayable."""
    said = [part for part in parts if part.id]
    shown = said[:3]
    more = len(said) - len(shown)
    rest = Text(f" ({more} lagi)", f" ({more} more)") if more else NOTHING_SAID
    between = [by] * (len(shown) - 2) + [by if last is None or more else last] * (len(shown) > 1)
    whole = shown[0] if shown else NOTHING_SAID
    for link, part in zip(between, shown[1:], strict=True):
        whole = Text(whole.id + link.id + part.id, whole.en + link.en + part.en)
    return Text(whole.id + rest.id, whole.en + rest.en)


def facts_of(parts: Iterable[Requirement], person: Person) -> Hashable | None:
    """What all parts read; None where nothing of it is on record."""
    found = tuple(part.facts(person) for part in parts)
    return found if any(one is not None for one in found) else None


def _told(parts: Iterable[Requirement]) -> Iterator[Requirement]:
    """What order and law have settled says nothing of the person."""
    return (part for part in parts if not part.SETTLED)


def _choice(requirement: Requirement) -> Text:
    """One of several ways. What belongs together inside it is announced: nobody can tell "a or b and c" otherwise."""
    said = requirement.named()
    return Text(f"semua ini: {said.id}", f"all of these: {said.en}") if _several(requirement, AllOf) else said


def _piece(requirement: Requirement) -> Text:
    """One of several things that are all needed; choices inside it stand between commas, deeper ones in brackets."""
    said = requirement.named()
    deep = isinstance(requirement, AnyOf) and any(_several(part, AllOf) for part in requirement.parts)
    return Text(f"({said.id})", f"({said.en})") if deep else said


def _several(requirement: Requirement, kind: type[AllOf | AnyOf]) -> bool:
    return isinstance(requirement, kind) and len(requirement.parts) > 1


ASK_COMPANY = act(
    Group.OTHERS,
    "COMPANY",
    "Minta perusahaan menulis syarat ini dengan jelas.",
    "Ask the company to write this requirement clearly.",
)

WORDINGS: dict[str, Wording] = {
    "ONE_OF": wording(
        ("Salah satu syarat pilihan sudah terpenuhi.", "One of the choices is met."),
        ("Perlu salah satu: {needed}.", "Needs one of these: {needed}."),
        (
            "Belum jelas apakah salah satu ini terpenuhi: {needed}.",
            "It is not clear yet whether one of these is met: {needed}.",
        ),
        act(Group.LEARN, "PROVIDER", "Pilih satu, lalu ikuti pelatihan atau ujiannya.", "Choose one and train for it."),
        act(Group.BRING, "PERSON", "Bawa bukti untuk salah satunya.", "Bring proof for one of them."),
    ),
    "ALL_OF": wording(
        ("Semua bagian syarat sudah terpenuhi.", "All parts are met."),
        ("Perlu semuanya: {needed}.", "Needs all of these: {needed}."),
        ("Satu bagian syarat belum jelas.", "One part is not clear yet."),
        act(Group.LEARN, "PROVIDER", "Lengkapi yang masih kurang.", "Complete what is missing."),
        act(Group.BRING, "PERSON", "Bawa bukti yang masih kurang.", "Bring the missing proof."),
    ),
    "UNREADABLE": wording(
        ("Syarat ini dapat dibaca.", "This requirement can be read."),
        ("Syarat ini belum bisa dibaca.", "This requirement cannot be read yet."),
        ("Satu syarat lowongan belum bisa dibaca.", "One requirement of the job order cannot be read yet."),
        ASK_COMPANY,
    ),
}
