"""A small task of our own making, in the words of the field: which order somebody chose, learned from others' choices.

It is easy on purpose. A ranker that lost its words, its lists or the sign of a gradient fails here at once, anywhere.
"""

import random
from collections.abc import Sequence

import numpy as np
import pytest

from services.matching.matcher.ltr.metrics import ndcg
from services.matching.matcher.ltr.queries import Item, Query
from services.matching.matcher.ltr.ranker import ListwiseRanker
from shared.words import Words
from shared.words.vocabulary import Entry, Vocabulary

pytestmark = pytest.mark.slow

WORDS = Words.default().vocabulary
TRADES = (
    "5322", "5311", "9111", "5120", "9211", "6223", "6221", "7212", "7531", "7112",
    "7115", "7231", "8332", "9112", "9212", "8160", "5131", "2221", "9313", "8344",
)  # fmt: skip
COUNTRIES = ("MYS", "TWN", "HKG")


def offers() -> list[Item]:
    """Every trade in three countries, each order with two skills of its trade."""
    return [
        Item(
            id=f"{trade}-{country}",
            titles=(WORDS.occupations[trade].indonesian, WORDS.occupations[trade].english),
            essential=WORDS.occupations[trade].skills[:2],
            optional=WORDS.occupations[trade].skills[2:4],
            groups=(trade[:2], trade[:3], trade),
            place=(country,),
        )
        for trade in TRADES
        for country in COUNTRIES
    ]


def asks(count: int, *, seed: int) -> tuple[list[Query], dict[str, dict[str, int]]]:
    """People who say one to three things of their trade in words of any of the three languages, and what they chose."""
    draw = random.Random(seed)
    people, chosen = [], {}
    for number in range(count):
        trade, country = draw.choice(TRADES), draw.choice(COUNTRIES)
        skills = [skill for skill in WORDS.occupations[trade].skills if skill in WORDS.skills]
        said = [
            draw.choice(WORDS.skills[code].names) for code in draw.sample(skills, min(len(skills), draw.randint(1, 3)))
        ]
        id = f"person-{seed}-{number}"
        people.append(Query(id=id, unit=id, phrases=tuple(said), places=((country,),)))
        chosen[id] = {f"{trade}-{country}": 2} | {f"{trade}-{other}": 1 for other in COUNTRIES if other != country}
    return people, chosen


def quality(ranker: ListwiseRanker, people: Sequence[Query], chosen: dict[str, dict[str, int]]) -> float:
    lists = ranker.rank(people)
    return float(
        np.mean([ndcg([id for id, _ in ranked], chosen[ask.id]) for ask, ranked in zip(people, lists, strict=True)])
    )


@pytest.fixture(scope="module")
def taught() -> ListwiseRanker:
    people, chosen = asks(150, seed=1)
    return ListwiseRanker(seeds=1, trees=60).fit(people, offers(), chosen, words=WORDS)


def test_what_others_chose_is_learned_for_people_never_seen(taught: ListwiseRanker) -> None:
    people, chosen = asks(80, seed=2)
    assert quality(taught, people, chosen) > 0.8


def test_it_learns_from_choices_and_not_only_from_words(taught: ListwiseRanker) -> None:
    """Taught that people choose the first country whatever they say, the same code must rank that country first."""
    people, chosen = asks(150, seed=1)
    contrary = {id: {offer: 1 for offer in grades if offer.endswith("-HKG")} for id, grades in chosen.items()}
    turned = ListwiseRanker(seeds=1, trees=60).fit(people, offers(), contrary, words=WORDS)
    others, _ = asks(40, seed=3)
    first = [ranked[0][0] for ranked in turned.rank(others)]
    assert np.mean([id.endswith("-HKG") for id in first]) > 0.8
    assert np.mean([ranked[0][0].endswith("-HKG") for ranked in taught.rank(others)]) < 0.7


def test_chance_would_not_pass(taught: ListwiseRanker) -> None:
    people, chosen = asks(80, seed=2)
    shuffled = list(chosen.values())
    random.Random(0).shuffle(shuffled)
    assert quality(taught, people, dict(zip(chosen, shuffled, strict=True))) < 0.3


def test_the_parts_of_a_learned_score_sum_to_it(taught: ListwiseRanker) -> None:
    people, _ = asks(5, seed=4)
    for ask, ranked in zip(people, taught.rank(people, limit=10), strict=True):
        for (_, score), parts in zip(ranked, taught.explain(ask, [id for id, _ in ranked]), strict=True):
            assert sum(parts.values()) == pytest.approx(score, abs=1e-9)


def test_a_word_that_the_vocabulary_learns_is_understood() -> None:
    """The same phrase means nothing to one vocabulary and everything to another."""
    told = Query(id="x", unit="x", phrases=("palakat",))
    entry = WORDS.skills["FISH_NET"]
    more = Entry(
        **{name: getattr(entry, name) for name in ("code", "english", "indonesian")}, names=(*entry.names, "palakat")
    )
    known = Vocabulary({**WORDS.skills, "FISH_NET": more}, WORDS.occupations, WORDS.languages)
    people, chosen = asks(150, seed=1)
    ranker = ListwiseRanker(seeds=1, trees=40).fit(people, offers(), chosen, words=known)
    assert ranker.rank([told])[0][0][0].startswith(("6223", "6221"))
