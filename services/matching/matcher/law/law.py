"""Whoever asks "what was the law on that day, as we knew it then": policies read into rows, once.

A policy row has two times. `valid_from`/`valid_until` say when it is law; `known_from`/`known_until` say when we held
it to be so. A question fixes one day of law (`day`) and, if it wants, one day of knowledge (`known_on`); without it
the answer uses all we know now. Only approved revisions are law.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from typing import TypeVar

from services.matching.matcher.facts.policies import LegalBasis, PolicyRecord, Revision
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.policy_kinds import Content, read_content

C = TypeVar("C", bound=Content)

DAYS_KEPT = 1000
"""Answers of `Law.at` that are remembered. Nearly all questions are about today and the days on which paths end."""

SOON = timedelta(days=60)
"""What ends or begins within so many days of the day asked is told beside a yes: an application takes weeks."""

MAKASSAR = timezone(timedelta(hours=8))
"""NTT's clock (WITA has no summer time); a day of knowledge ends at its midnight."""


@dataclass(frozen=True, slots=True)
class Row:
    """One approved revision of one policy, with its content read."""

    code: str
    number: int
    content: Content
    legal_basis: LegalBasis
    confidence: str | None
    verified_on: date | None
    valid_from: date
    valid_until: date | None
    text: Text | None

    @property
    def version(self) -> str:
        """`NTT-GATE/2`: which row decided."""
        return f"{self.code}/{self.number}"

    @property
    def binding(self) -> bool:
        """A row of low confidence warns and does not block."""
        return self.confidence != "L"


@dataclass(frozen=True, slots=True)
class LawOnDay:
    """The rows in force on one day as known on one day. Equal `key` means equal law."""

    rows: tuple[Row, ...]
    unreadable: tuple[str, ...] = ()
    """Versions of rows that are law but that this program cannot read; every verdict warns of them."""
    coming: tuple[Row, ...] = field(default=(), compare=False)
    """Rows that become law within `SOON`, the next first. They decide nothing on this day."""
    key: tuple[str, ...] = field(init=False, compare=False)
    _by_kind: dict[type, tuple[Row, ...]] = field(default_factory=dict, compare=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", tuple(row.version for row in self.rows))

    def __hash__(self) -> int:
        # Of the contents it would cost more than what is looked up by it.
        return hash(self.key)

    @property
    def verified_on(self) -> date | None:
        """The oldest check of any row in force: how stale the law data can be at worst."""
        return min((row.verified_on for row in self.rows if row.verified_on), default=None)

    def of(self, kind: type[C]) -> Iterator[tuple[Row, C]]:
        """The rows of one kind with what they say, for instance `law.of(Gate)`."""
        rows = self._by_kind.get(kind)
        if rows is None:
            rows = self._by_kind[kind] = tuple(row for row in self.rows if isinstance(row.content, kind))
        return ((row, row.content) for row in rows)  # type: ignore[misc]


@dataclass(frozen=True, slots=True)
class Law:
    """All policies with all their revisions.

    >>> law = Law.from_records(policies)
    >>> law.at(date(2026, 11, 24)).key
    ('NTT-GATE/2', ...)
    """

    records: tuple[PolicyRecord, ...] = ()
    _read: dict[tuple[str, int], Row | None] = field(default_factory=dict, compare=False, repr=False)
    _asked: dict[tuple[date, datetime | None], LawOnDay] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def from_records(cls, records: Iterable[PolicyRecord]) -> "Law":
        return cls(tuple(sorted(records, key=lambda record: record.code)))

    def at(self, day: date, known_on: date | datetime | None = None) -> LawOnDay:
        """The law of `day`. `known_on`: a day (its end in NTT) or an instant; None means all that is known now."""
        moment = _moment(known_on)
        found = self._asked.get((day, moment))
        if found is None:
            if len(self._asked) >= DAYS_KEPT:
                self._asked.clear()
            found = self._asked[day, moment] = self._on(day, moment)
        return found

    def _on(self, day: date, moment: datetime | None) -> LawOnDay:
        rows, unreadable = [], []
        coming: list[Row] = []
        for record in self.records:
            coming += self._coming(record, day, moment)
            revision = _in_force(record, day, moment)
            if revision is None:
                continue
            row = self._row(record, revision)
            if row is None:
                unreadable.append(f"{record.code}/{revision.number}")
            else:
                rows.append(row)
        return LawOnDay(tuple(rows), tuple(unreadable), tuple(sorted(coming, key=lambda row: row.valid_from)))

    def _coming(self, record: PolicyRecord, day: date, moment: datetime | None) -> Iterator[Row]:
        """What of a policy begins within weeks, and is not taken back again by then."""
        for revision in record.revisions:
            begins = revision.valid_from
            if begins and day < begins and begins - day <= SOON and _in_force(record, begins, moment) is revision:
                row = self._row(record, revision)
                if row is not None:
                    yield row

    def with_draft(self, draft: PolicyRecord) -> "Law":
        """The law as it would be with every proposed revision of `draft` approved.

        A policy of the same code keeps its other days: the draft only wins where the two overlap, as an approval would.
        """
        standing = next((record for record in self.records if record.code == draft.code), None)
        kept = standing.revisions if standing else ()
        after = max((revision.number for revision in kept), default=0) + 1
        approved = tuple(
            replace(revision, number=after + at, status="APPROVED", known_from=None, known_until=None)
            for at, revision in enumerate(revision for revision in draft.revisions if revision.status == "PROPOSED")
        )
        others = (record for record in self.records if record.code != draft.code)
        return Law.from_records((*others, replace(draft, revisions=(*kept, *approved))))

    def without(self, code: str) -> "Law":
        """The law as it would be if the policy of this code did not exist."""
        return Law.from_records(record for record in self.records if record.code != code)

    def turning_days(self) -> tuple[date, ...]:
        """Days on which the law may change: between two of them, and on the first, it is constant."""
        days = set()
        for record in self.records:
            for revision in record.revisions:
                if revision.status == "APPROVED" and revision.valid_from:
                    days.add(revision.valid_from)
                    if revision.valid_until and date.min < revision.valid_until < date.max:
                        days.add(revision.valid_until + timedelta(days=1))
        return tuple(sorted(days))

    def _row(self, record: PolicyRecord, revision: Revision) -> Row | None:
        key = (record.code, revision.number)
        if key not in self._read:
            content = read_content(record.kind, revision.content)
            self._read[key] = None if content is None else _build(record, revision, content)
        return self._read[key]


def _build(record: PolicyRecord, revision: Revision, content: Content) -> Row:
    return Row(
        code=record.code,
        number=revision.number,
        content=content,
        legal_basis=revision.legal_basis,
        confidence=revision.confidence,
        verified_on=revision.verified_on,
        valid_from=revision.valid_from or date.min,
        valid_until=revision.valid_until,
        text=revision.text,
    )


def _in_force(record: PolicyRecord, day: date, moment: datetime | None) -> Revision | None:
    """The revision that is law on `day`. Placement keeps them apart; should two overlap, the newest decision stands."""
    candidates = (
        revision
        for revision in record.revisions
        if revision.status == "APPROVED" and _valid(revision, day) and _known(revision, moment)
    )
    return max(candidates, key=lambda revision: revision.number, default=None)


def _valid(revision: Revision, day: date) -> bool:
    if revision.valid_from is None:
        return False
    return revision.valid_from <= day and (revision.valid_until is None or day <= revision.valid_until)


def _known(revision: Revision, moment: datetime | None) -> bool:
    if moment is None:
        return revision.known_until is None
    if revision.known_from is not None and revision.known_from > moment:
        return False
    return revision.known_until is None or moment < revision.known_until


def _moment(known_on: date | datetime | None) -> datetime | None:
    """A day of knowledge means its last instant in NTT; a datetime is taken as it is."""
    if known_on is None or isinstance(known_on, datetime):
        return known_on
    if known_on == date.max:
        return None
    midnight = datetime.combine(known_on + timedelta(days=1), datetime.min.time(), MAKASSAR)
    return midnight - timedelta(microseconds=1)
