"""Everybody of a province, drawn from a seed: people who can do something, orders that ask for it, both as words.

The people and orders of `drawn_province.py`, with skills, earlier work and wishes: something to rank by.
Their words are the names of those codes in the vocabulary, for peers that compare texts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from typing import Any

from benchmarks.drawn_province import DAY, HOUSEHOLD, LANGUAGES, SKILLED, Province
from services.matching.matcher.facts.abilities import Certificate, LanguageResult, Occupation, Skill, TrainingHours
from services.matching.matcher.facts.orders import Order, OrderSkill, Quota
from services.matching.matcher.facts.people import Fitness, Person
from services.matching.matcher.facts.reading import Money
from shared.words import Words
from shared.words.vocabulary import Entry

TITLES: list[str] = [*(title for title, *_ in HOUSEHOLD), *(title for title, _ in SKILLED)]
LIVED = [
    *TITLES,
    "6111",
    "6112",
    "6222",
    "5223",
    "5120",
    "9111",
    "5311",
    "5322",
    "7112",
    "8322",
    "9313",
    "9621",
    "4110",
    "7531",
]
COUNTRIES = ("MYS", "SGP", "HKG", "TWN", "JPN", "KOR", "BRN")


class Crowd:
    """People and orders by their number, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self._seed = seed
        self._words = Words.default()

    def people(self, many: int) -> list[Person]:
        random, province = Random(self._seed), Province(self._seed)
        return [self._able(random, province.person(number)) for number in range(many)]

    def orders(self, orders: Sequence[Order]) -> list[Order]:
        random = Random(self._seed + 1)
        return [
            replace(order, skills=self._asked(random, order), slots=Quota(order.id, 1, 20, 0, random.randint(0, 19)))
            for order in orders
        ]

    def said_of_person(self, person: Person) -> str:
        """Names of what they can do, did and wish for, and the countries they wish for."""
        codes = [*(skill.code for skill in person.skills), *(work.isco08 for work in person.occupations)]
        return " ".join([*self._names([*codes, *person.wishes.isco08]), *person.wishes.destinations])

    def said_of_order(self, order: Order) -> str:
        """Names of the work and of what is asked for, and the country."""
        return " ".join(
            [*self._names([order.isco08 or "", *(skill.code for skill in order.skills)]), str(order.country)]
        )

    def _able(self, random: Random, person: Person) -> Person:
        pick, chance = random.choice, random.random
        did = [pick(LIVED) for _ in range(random.choice((0, 1, 1, 2)))]
        near = [code for work in (did or [pick(TITLES)]) for code in self._words.taught_by(work)]
        able = dict.fromkeys([*random.sample(near, min(len(near), random.randint(1, 4))), *self._any(random)])
        wished = [pick(TITLES)] if chance() < 0.6 else []
        return replace(
            person,
            skills=tuple(Skill(code, "SAID", random.choice((None, 6, 12, 24, 36)), 1.0, None) for code in able),
            **self._trained(random, person),
            occupations=tuple(
                Occupation(work, random.randrange(1, 90), pick((None, None, None, *COUNTRIES)), 1.0, None)
                for work in did
            ),
            wishes=replace(
                person.wishes,
                isco08=tuple(wished),
                destinations=tuple(dict.fromkeys((pick(COUNTRIES), pick(COUNTRIES)))) if chance() < 0.4 else (),
                min_wage=Money(1_000_000.0 * random.randint(3, 15), "IDR") if chance() < 0.2 else None,
            ),
        )

    def _trained(self, random: Random, person: Person) -> dict[str, Any]:
        """Most have a course behind them: for a household with its hours, or for a skilled trade with its test."""
        pick, chance = random.choice, random.random
        certificates, hours, languages = [], [], list(person.languages)
        if chance() < 0.6:
            title, scheme, _ = pick(HOUSEHOLD)
            until = DAY + timedelta(days=pick((-20, 60, 200, 700, 900)))
            certificates.append(Certificate("COMPETENCE", scheme, title, None, until))
            hours.append(TrainingHours(title, None, pick((120, 200, 240, 400, 600))))
        if chance() < 0.3:
            title, scheme = pick(SKILLED)
            certificates.append(Certificate("SKILL_TEST", scheme, title, None, DAY + timedelta(days=pick((90, 1200)))))
        for language, test, results in LANGUAGES.values():
            if chance() < 0.3:
                languages.append(LanguageResult(language, test, pick(results), None, None))
        return {
            "certificates": tuple(certificates),
            "training_hours": tuple(hours),
            "languages": tuple(languages),
            "fitness": Fitness("FIT"),
        }

    def _any(self, random: Random) -> list[str]:
        """Now and then something from quite another line of work."""
        skills = list(self._words.vocabulary.skills)
        return [random.choice(skills) for _ in range(random.choice((0, 0, 1, 2)))]

    def _asked(self, random: Random, order: Order) -> tuple[OrderSkill, ...]:
        taught = self._words.taught_by(order.isco08 or "")
        named = random.sample(taught, random.randint(2, max(2, min(5, len(taught)))))
        return tuple(OrderSkill(code, at < 2 or random.random() < 0.5, 1.0) for at, code in enumerate(named))

    def _entry(self, code: str) -> Entry | None:
        vocabulary = self._words.vocabulary
        return vocabulary.skills.get(code) or vocabulary.occupations.get(code)

    def _names(self, codes: Iterable[str]) -> list[str]:
        entries = [entry for entry in map(self._entry, codes) if entry is not None]
        return [name for entry in entries for name in (entry.english, entry.indonesian)]
