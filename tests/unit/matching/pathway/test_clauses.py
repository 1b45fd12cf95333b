"""A tree of demands and its alternatives say the same."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st

from services.matching.matcher.order_book.clauses import NEVER, NOTHING, WIDEST, alternatives, fold, weakest_of
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.groups import AllOf, AnyOf
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.person import NeedsSex
from services.matching.matcher.requirements.settled import Fixed, Within
from services.matching.matcher.requirements.status import Status

LEAVES: list[Requirement] = [NeedsHours(f"{number:04d}", 10) for number in range(6)]


def tree(random: Random, depth: int = 0) -> Requirement:
    if depth < 4 and random.random() < 0.6:
        kind = random.choice((AllOf, AnyOf))
        return kind(tuple(tree(random, depth + 1) for _ in range(random.randint(0, 3))))
    return random.choice([*LEAVES, Fixed(Status.MET), Fixed(Status.UNKNOWN), Fixed(Status.NOT_MET)])


def met(ask: Requirement, held: set[Requirement]) -> bool:
    if isinstance(ask, AllOf):
        return all(met(part, held) for part in ask.parts)
    if isinstance(ask, AnyOf):
        return any(met(part, held) for part in ask.parts)
    return ask.status is Status.MET if isinstance(ask, Fixed) else ask in held


@given(seed=st.integers(0, 2**32), held=st.sets(st.sampled_from(LEAVES)))
def test_a_tree_is_met_exactly_when_one_of_its_alternatives_is(seed: int, held: set[Requirement]) -> None:
    drawn = tree(Random(seed))
    folded = fold(drawn)
    sets = alternatives(folded)
    assert sets is not None
    assert met(drawn, held) == any(one <= held for one in sets)
    assert met(drawn, held) == (weakest_of(folded, lambda leaf: 2 if leaf in held else 0) == 2)


@given(seed=st.integers(0, 2**32))
def test_no_alternative_contains_another(seed: int) -> None:
    sets = alternatives(fold(tree(Random(seed)))) or []
    assert not any(one < other for one in sets for other in sets)
    assert len(set(sets)) == len(sets)


@given(seed=st.integers(0, 2**32), codes=st.lists(st.integers(0, 2), min_size=6, max_size=6))
def test_what_is_met_falls_away_and_what_cannot_be_met_takes_its_alternatives_along(
    seed: int, codes: list[int]
) -> None:
    code = dict(zip(LEAVES, codes, strict=True))
    folded = fold(tree(Random(seed)))
    sets = alternatives(folded, code.__getitem__)
    assert sets is not None
    assert (weakest_of(folded, code.__getitem__) > 0) == bool(sets)
    assert all(code[leaf] == 1 for one in sets for leaf in one)


def test_more_alternatives_than_the_widest_are_not_written_out() -> None:
    group = [AnyOf((NeedsHours(f"{n}", 1), NeedsHours(f"{n}x", 1))) for n in range(7)]
    assert 2 ** len(group) > WIDEST
    assert alternatives(AllOf(tuple(group))) is None
    assert alternatives(AllOf(tuple(group)), lambda leaf: 2) == [frozenset()]


def test_folding_forgets_what_does_not_change_the_question() -> None:
    assert fold(AllOf((Fixed(Status.MET),))) == NOTHING
    assert fold(AllOf((NeedsSex(sex="F"), Fixed(Status.UNKNOWN)))) == NEVER
    assert fold(AnyOf((NeedsSex(sex="F"), Fixed(Status.MET)))) == NOTHING
    assert fold(NeedsAge(18, 45, wait_until=None)) == fold(AllOf((NeedsAge(18, 45),)))
    assert fold(NeedsHours(hours=100, isco08="9111")) == NeedsHours("9111", 100)
    assert fold(AllOf((AllOf((Within(None, None),)), AllOf(())))) == Within(None, None)
