"""Requirements put together: every part must hold, or one part is enough; and what cannot be read."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.base import NOTHING_SAID, UNKNOWN, Requirement
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, only, wording
from shared.codes import texts

OR, AND, COMMA = Text(" atau ", " or "), Text(" dan ", " and "), Text(", ", ", ")


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

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        return _closer(super(AllOf, self).variants(person, day, status), standing_of(self, person, day), status)

    def words_about(self, person: Person, day: date) -> Mapping[str, Text]:
        return _words_of(standing_of(self, person, day), person, day)

    def _had(self, person: Person, day: date) -> Any:
        return {"all": [part.had(person, day) for part in _told(self.parts)]}

    def wanted(self) -> Any:
        return {"all": [part.wanted() for part in _told(self.parts)]}

    def phrase(self) -> Text:
        pieces = [_piece(part) for part in self.parts]
        if any(_several(part, AnyOf) for part in self.parts):
            return joined(pieces, COMMA, last=Text(", dan ", ", and "))
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

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        return _closer(super(AnyOf, self).variants(person, day, status), standing_of(self, person, day), status)

    def words_about(self, person: Person, day: date) -> Mapping[str, Text]:
        return _words_of(standing_of(self, person, day), person, day)

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


@dataclass(frozen=True, slots=True)
class Standing:
    """How far somebody is: `held` and `ran_out` are leaves, `lacking` is what is still needed, choices left whole."""

    held: tuple[Requirement, ...] = ()
    lacking: tuple[Requirement, ...] = ()
    ran_out: tuple[Requirement, ...] = ()


EARNED = frozenset(("certificates", "languages", "training_hours", "prior_programmes", "occupations"))
"""Fields of a person that hold what was learned or passed. Health and records are met in silence."""


def standing_of(requirement: Requirement, person: Person, day: date) -> Standing:
    """Of several ways the one on which most is held already; a choice of which nothing is held stays whole."""
    status = requirement.judge(person, day)
    if isinstance(requirement, AllOf | AnyOf):
        ways = [
            standing_of(part, person, day)
            for part in requirement.parts
            if isinstance(requirement, AllOf) or part.judge(person, day) is status
        ]
        begun = [way for way in ways if way.held and (status is Status.MET or _can_be_earned(way.lacking))]
        if isinstance(requirement, AnyOf) and (begun or (ways and status is Status.MET)):
            return min(begun or ways, key=lambda way: len(way.lacking))
        return Standing(
            held=tuple(leaf for way in ways for leaf in way.held) if isinstance(requirement, AllOf) else (),
            lacking=tuple(one for way in ways for one in way.lacking)
            if isinstance(requirement, AllOf)
            else (requirement,),
            ran_out=tuple(leaf for way in ways for leaf in way.ran_out),
        )
    if status is Status.MET:
        earned = requirement.FACET in EARNED and not requirement.unseen(person)
        return Standing(held=(requirement,)) if earned else Standing()
    return Standing(lacking=(requirement,), ran_out=(requirement,) if requirement.ran_out(person, day) else ())


def _can_be_earned(lacking: Iterable[Requirement]) -> bool:
    """Nobody is told to earn another sex, an age or what cannot be read: such a way is none."""
    return all(any(leaf.FACET in EARNED for leaf in leaves(one)) for one in lacking)


def _closer(found: list[str], way: Standing, status: Status) -> list[str]:
    """Wordings that say what is held already and what ran out."""
    if status is Status.MET:
        return [*found, *["HELD"] * bool(way.held)]
    if status is UNKNOWN:
        return [*found, *["PARTLY_OPEN"] * bool(way.held)]
    both = way.held and way.ran_out
    return [
        *["REST_ENDED"] * bool(both and way.ran_out == way.lacking),
        *["PARTLY_ENDED"] * bool(both),
        *found,
        *["PARTLY"] * bool(way.held),
        *["SOME_ENDED"] * bool(way.ran_out),
    ]


def _words_of(way: Standing, person: Person, day: date) -> Mapping[str, Text]:
    return {
        "held": joined([leaf.named() for leaf in way.held], COMMA),
        "lacking": joined([one.named() for one in way.lacking], COMMA, last=AND),
        "ended": joined([_ended(leaf, person, day) for leaf in way.ran_out], COMMA),
    }


def _ended(leaf: Requirement, person: Person, day: date) -> Text:
    said, last = leaf.named(), leaf.ended(person, day)
    if last is None:
        return said
    when = Text.both(partial(texts.day, last))
    return Text(f"{said.id} (berlaku sampai {when.id})", f"{said.en} (valid until {when.en})")


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

TAKE_AGAIN = act(
    Group.LEARN,
    "CERTIFIER",
    "Ikuti lagi ujian yang sudah habis, atau perpanjang suratnya.",
    "Take the test that ran out again, or renew the paper.",
)
DO_THE_REST = act(
    Group.LEARN,
    "PROVIDER",
    "Ikuti pelatihan atau ujian untuk yang masih perlu.",
    "Train for what is still needed, or take its test.",
)
PARTLY = only("Sudah ada: {held}. Masih perlu: {lacking}.", "On record: {held}. Still needed: {lacking}.", DO_THE_REST)
PARTLY_ENDED = only(
    "Sudah ada: {held}. Masih perlu: {lacking}; sudah habis: {ended}.",
    "On record: {held}. Still needed: {lacking}; has run out: {ended}.",
    TAKE_AGAIN,
)
REST_ENDED = only("Sudah ada: {held}. Sudah habis: {ended}.", "On record: {held}. Has run out: {ended}.", TAKE_AGAIN)
PARTLY_OPEN = only(
    "Sudah ada: {held}. Belum jelas: {lacking}.",
    "On record: {held}. Not clear yet: {lacking}.",
    act(Group.BRING, "PERSON", "Bawa bukti untuk yang belum jelas.", "Bring proof of what is not clear yet."),
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
    "ONE_OF/HELD": only(
        "Salah satu syarat pilihan sudah terpenuhi: {held}.",
        "One of the choices is met: {held}.",
        DO_THE_REST,
    ),
    "ONE_OF/EXPIRED": (
        one_ended := only(
            "Perlu salah satu: {needed}. Sudah habis: {ended}.",
            "Needs one of these: {needed}. Has run out: {ended}.",
            TAKE_AGAIN,
        )
    ),
    "ONE_OF/SOME_ENDED": one_ended,
    "ALL_OF": wording(
        ("Semua bagian syarat sudah terpenuhi.", "All parts are met."),
        ("Perlu semuanya: {needed}.", "Needs all of these: {needed}."),
        ("Satu bagian syarat belum jelas.", "One part is not clear yet."),
        act(Group.LEARN, "PROVIDER", "Lengkapi yang masih kurang.", "Complete what is missing."),
        act(Group.BRING, "PERSON", "Bawa bukti yang masih kurang.", "Bring the missing proof."),
    ),
    "ALL_OF/SOME_ENDED": only(
        "Perlu semuanya: {needed}. Sudah habis: {ended}.",
        "Needs all of these: {needed}. Has run out: {ended}.",
        TAKE_AGAIN,
    ),
    **{
        f"{rule}/{variant}": one
        for rule in ("ONE_OF", "ALL_OF")
        for variant, one in (
            ("PARTLY", PARTLY),
            ("PARTLY_ENDED", PARTLY_ENDED),
            ("PARTLY_OPEN", PARTLY_OPEN),
            ("REST_ENDED", REST_ENDED),
        )
    },
    "UNREADABLE": wording(
        ("Syarat ini dapat dibaca.", "This requirement can be read."),
        ("Syarat ini belum bisa dibaca.", "This requirement cannot be read yet."),
        ("Satu syarat lowongan belum bisa dibaca.", "One requirement of the job order cannot be read yet."),
        ASK_COMPANY,
    ),
}
