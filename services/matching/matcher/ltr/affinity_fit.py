"""The fit command learns here what speaks for which kind of work: the ranker of `learned.py`, asked once per code.

    suits = AffinityFit(words).fit(people_examples)       -> Suits, the table that every answer looks up

The vocabulary teaches it what every trade is made of and what it is called; people teach it what became of records like
theirs. A person who is looking for work is an ask, the trades are the offers, and all blocks that find something to
read in codes and names take part. Serving then needs no words and no learning library: a record is a set of codes, and
what each code speaks for was asked beforehand.
"""

import hashlib
import random
from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from services.matching.matcher.ltr.examples import PersonExample
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.ranker import ListwiseRanker
from services.matching.matcher.ranking.features.affinity import SkillAffinity
from shared.words.vocabulary import Entry, Vocabulary

LESSONS = 2
"""Made-up records per trade of the vocabulary."""
STRAY = 0.5
"""Share of them with a skill of another trade: people know more than one."""
SAME, NEAR = 2, 1
"""Grades: the trade itself, and another of its minor group (the first three digits)."""
KEPT, LEAST = 24, 0.01
"""Trades per code, and the least share, that are worth keeping."""


class AffinityFit:
    """`ranker` makes the ranker to be taught; the one that the public tasks run is what is used."""

    def __init__(self, words: Vocabulary, ranker: Callable[[], ListwiseRanker] = ListwiseRanker) -> None:
        self.words = words
        self._ranker = ranker

    def fit(self, people_examples: Iterable[PersonExample] = ()) -> SkillAffinity:
        """The same examples give the same table."""
        # One thread: a second one would sum in another order.
        from threadpoolctl import threadpool_limits

        with threadpool_limits(1):
            return self._asked(self._taught(sorted(people_examples, key=lambda one: one.person)))

    def _taught(self, people_examples: Sequence[PersonExample]) -> ListwiseRanker:
        asks, truth = self._of_vocabulary()
        asks += [self._ask(one.person, one.person, one.codes) for one in people_examples]
        truth |= {one.person: one.grades for one in people_examples}
        weights = {one.person: one.weight for one in people_examples}
        return self._ranker().fit(asks, self._offers(), truth, words=self.words, weights=weights)

    def _asked(self, ranker: ListwiseRanker) -> SkillAffinity:
        codes, units = (*self.words.skills, *self.words.occupations), tuple(self.words.occupations)
        place = {unit: at for at, unit in enumerate(units)}
        lists = ranker.rank([self._ask(code, code, (code,)) for code in codes], limit=KEPT)
        start, unit, share = [0], [], []
        for ranked in lists:
            score = np.array([score for _, score in ranked])
            power = np.exp(score - score.max())
            shares = np.round(power / power.sum(), 3)
            kept = [(place[id], part) for (id, _), part in zip(ranked, shares.tolist(), strict=True) if part >= LEAST]
            unit += [at for at, _ in kept]
            share += [part for _, part in kept]
            start.append(len(unit))
        return SkillAffinity(
            codes=codes,
            units=units,
            start=np.array(start, dtype=np.int64),
            unit=np.array(unit, dtype=np.int64),
            share=np.array(share),
            words=digest_of(self.words),
        )

    def _of_vocabulary(self) -> tuple[list[Query], dict[str, Mapping[str, int]]]:
        draw = random.Random(0)
        asks: list[Query] = []
        truth: dict[str, Mapping[str, int]] = {}
        for entry in self.words.occupations.values():
            skills = self._skills(entry)
            for number in range(LESSONS if skills else 1):
                named = number % 2 == 0
                codes = draw.sample(skills, min(len(skills), draw.randint(1, 3)))
                if codes and draw.random() < STRAY:
                    codes.append(draw.choice(list(self.words.skills)))
                title = (draw.choice(entry.names[2:] or entry.names),) if named else ()
                id = f"{entry.code}/{number}"
                asks.append(Query(id, entry.code, titles=title, phrases=tuple(map(self._says, codes))))
                truth[id] = self._right(entry)
        return asks, truth

    def _ask(self, id: str, unit: str, codes: Iterable[str]) -> Query:
        """A record in the names of its codes, both languages."""
        done = [self.words.occupations[code] for code in codes if code in self.words.occupations]
        return Query(
            id,
            unit,
            titles=tuple(name for entry in done for name in (entry.english, entry.indonesian)),
            phrases=tuple(self._says(code) for code in codes if code in self.words.skills),
        )

    def _offers(self) -> list[Item]:
        return [
            Item(
                code,
                titles=(entry.english, entry.indonesian),
                essential=self._skills(entry)[:2],
                optional=self._skills(entry)[2:],
                groups=(code[:1], code[:2], code[:3], code),
            )
            for code, entry in self.words.occupations.items()
        ]

    def _right(self, entry: Entry) -> Mapping[str, int]:
        near = {code: NEAR for code in self.words.occupations if code[:3] == entry.code[:3]}
        return near | {entry.code: SAME}

    def _skills(self, entry: Entry) -> tuple[str, ...]:
        return tuple(skill for skill in entry.skills if skill in self.words.skills)

    def _says(self, code: str) -> str:
        return f"{self.words.skills[code].english} / {self.words.skills[code].indonesian}"


def digest_of(words: Vocabulary) -> str:
    """Of everything in a vocabulary that is learned from."""
    entries = [*words.skills.values(), *words.occupations.values()]
    text = "\n".join("\t".join((one.code, one.about, *one.names, *one.skills)) for one in entries)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
