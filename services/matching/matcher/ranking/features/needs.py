"""The shelf of orders needs to say how much of what an order asks a person already brings: language, papers, hours.

This is likeness for a list, not law: half of the hours count half here, while eligibility knows only met or not met. An
`any` of a requirement tree is one need that its best alternative answers.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.abilities import LanguageResult
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ranking.features.profile import Profile, cefr_rank
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.education import NeedsEducation
from services.matching.matcher.requirements.experience import NeedsExperience
from services.matching.matcher.requirements.groups import AllOf, AnyOf, leaves
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.language import NeedsLanguage, RankedTest
from services.matching.matcher.requirements.programme import NeedsProgramme
from shared.codes import education, languages

KINDS = ("language", "certificate", "hours", "experience", "schooling", "programme")
_KIND = {
    NeedsLanguage: "language",
    RankedTest: "language",
    NeedsCertificate: "certificate",
    NeedsHours: "hours",
    NeedsExperience: "experience",
    NeedsEducation: "schooling",
    NeedsProgramme: "programme",
}


@dataclass(frozen=True, slots=True)
class Need:
    """One leaf as one order asks it: hours of whose title, for which country."""

    leaf: Requirement
    country: str | None


Demand = tuple[tuple[str, tuple[Need, ...]], ...]
"""(kind, alternatives) of every need of an order."""


def of(order: Order) -> Demand:
    """Every need of an order that can be met in part; age, sex and records are law alone."""
    groups = list(_groups(order.requirements))
    if order.title_scheme and not any(_is_scheme(leaf, order.title_scheme) for group in groups for leaf in group):
        groups.append([NeedsCertificate(certificate="COMPETENCE", scheme=order.title_scheme)])
    found = []
    for group in groups:
        known = [leaf for leaf in group if type(leaf) in _KIND]
        if known:
            needs = tuple(Need(_titled(leaf, order.isco08), order.country) for leaf in known)
            found.append((_KIND[type(known[0])], needs))
    return tuple(found)


def met(need: Need, profile: Profile) -> float:
    """0..1: how much of one need the person brings. What the record does not show counts as not brought."""
    leaf, person = need.leaf, profile.person
    if isinstance(leaf, NeedsLanguage):
        return _language(leaf.language, leaf.test, leaf.result, profile)
    if isinstance(leaf, RankedTest):
        test = languages.TESTS.get(leaf.test or "")
        return _language(test.languages[0], leaf.test, None, profile) if test else 0.0
    if isinstance(leaf, NeedsCertificate):
        return float(any(_fits(held.kind, held.scheme, leaf) for held in person.certificates))
    if isinstance(leaf, NeedsHours):
        own = (hours for hours in person.training_hours if hours.isco08 == leaf.isco08)
        counted = sum(hours.hours or 0 for hours in own if hours.destination in (None, need.country))
        return min(1.0, counted / leaf.hours) if leaf.hours > 0 else 1.0
    if isinstance(leaf, NeedsExperience):
        months = sum(months for isco08, months in profile.work if isco08.startswith(leaf.isco08))
        return min(1.0, months / leaf.months) if leaf.months > 0 else 1.0
    if isinstance(leaf, NeedsEducation):
        return _schooling(leaf, person)
    if isinstance(leaf, NeedsProgramme):
        kept = (programme for programme in person.prior_programmes if programme.kind == leaf.programme)
        return float(any(programme.finished and leaf.field in (None, programme.field) for programme in kept))
    return 0.0


def experience_met(
    needed: Sequence[NeedsExperience], work: Sequence[tuple[tuple[str, float], ...]]
) -> NDArray[np.float64]:
    """`met` of some needs of experience for many people at once (people x needs), from the `work` of their profiles.

    Hardly two people worked alike, so no fact is judged once for many; months are added in the order of `met`."""
    codes = {isco08: at for at, isco08 in enumerate(sorted({isco08 for one in work for isco08, _ in one}))}
    counts = np.array([[isco08.startswith(leaf.isco08) for leaf in needed] for isco08 in codes], dtype=float)
    months = np.zeros((len(work), len(needed)))
    for at in range(max(map(len, work), default=0)):
        who = [row for row, one in enumerate(work) if len(one) > at]
        months[who] += counts[[codes[work[row][at][0]] for row in who]] * np.array([[work[row][at][1]] for row in who])
    asked = np.array([leaf.months for leaf in needed], dtype=float)
    return np.where(asked > 0, np.minimum(1.0, months / np.where(asked > 0, asked, 1.0)), 1.0)


@dataclass(frozen=True, slots=True)
class NeedTable:
    """What orders need, a row for each that needs something else: one person meets all in a few array operations."""

    rows: int
    known: Mapping[Need, int]
    """Each need → its number."""
    leaf: NDArray[np.int64]
    starts: NDArray[np.int64]
    cell: NDArray[np.int64]
    """Of each group of alternatives: row x kind."""

    @classmethod
    def of(cls, demands: Sequence[Demand]) -> "NeedTable":
        none = np.zeros(0, dtype=np.int64)
        return cls(0, {}, none, none, none).beside(demands)

    def beside(self, demands: Sequence[Demand]) -> "NeedTable":
        """These rows, and more after them."""
        if not demands:
            return self
        known, leaf, starts, cell = dict(self.known), list[int](), list[int](), list[int]()
        for row, groups in enumerate(demands, self.rows):
            for kind, needs in groups:
                starts.append(len(self.leaf) + len(leaf))
                cell.append(row * len(KINDS) + KINDS.index(kind))
                leaf += [known.setdefault(need, len(known)) for need in needs]
        parts = (self.leaf, leaf), (self.starts, starts), (self.cell, cell)
        joined = (np.concatenate([old, np.array(new, dtype=np.int64)]) for old, new in parts)
        return NeedTable(self.rows + len(demands), known, *joined)

    def columns(self, profile: Profile) -> NDArray[np.float64]:
        """rows x kinds, mean of the needs of that kind; NaN where nothing of the kind is asked."""
        table = np.full((self.rows, len(KINDS)), np.nan)
        if not len(self.starts):
            return table
        answers = np.array([met(need, profile) for need in self.known])
        best = np.maximum.reduceat(answers[self.leaf], self.starts)
        count = np.bincount(self.cell, minlength=table.size)
        total = np.bincount(self.cell, weights=best, minlength=table.size)
        asked = count > 0
        table.ravel()[asked] = total[asked] / count[asked]
        return table


def _groups(tree: Requirement) -> Iterable[list[Requirement]]:
    if isinstance(tree, AllOf):
        for part in tree.parts:
            yield from _groups(part)
    elif isinstance(tree, AnyOf):
        yield list(leaves(tree))
    else:
        yield [tree]


def _titled(leaf: Requirement, isco08: str | None) -> Requirement:
    if isinstance(leaf, NeedsHours) and leaf.isco08 is None:
        return NeedsHours(hours=leaf.hours, isco08=isco08)
    return leaf


def _is_scheme(leaf: Requirement, scheme: str) -> bool:
    return isinstance(leaf, NeedsCertificate) and leaf.scheme == scheme


def _fits(kind: str | None, scheme: str | None, leaf: NeedsCertificate) -> bool:
    return kind == leaf.certificate and leaf.scheme in (None, scheme)


def _language(language: str, test: str | None, result: str | None, profile: Profile) -> float:
    """The share of the asked level; where levels cannot be compared (EPS), any result of the same test will do."""
    have = profile.cefr.get(language, 0)
    need = cefr_rank(LanguageResult(language, test, result, None, None)) or 1
    held = [known for known in profile.person.languages if known.language == language and known.test == test]
    if test and any(languages.meets(test, known.result, result) for known in held):
        return 1.0
    return min(1.0, have / need)


def _schooling(leaf: NeedsEducation, person: Person) -> float:
    rung = education.LADDER.get(person.education.level or "") if person.education else None
    need = education.LADDER.get(leaf.level or "")
    if rung is None:
        return 0.0
    shares = [1.0]
    if need and need.rank:
        shares.append(rung.rank / need.rank)
    if leaf.years:
        shares.append(rung.years / leaf.years)
    if leaf.fields and person.education and person.education.field not in leaf.fields:
        shares.append(0.0)
    return min(shares)
