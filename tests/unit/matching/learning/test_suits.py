"""What was learned of records and trades: looked up by every answer, taught by the vocabulary and by people."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from services.matching.learning.people_examples import COLUMN, enough, out_of_fold, people_examples, suited
from services.matching.matcher.facts.people import Person
from services.matching.matcher.ltr.affinity_fit import AffinityFit, digest_of
from services.matching.matcher.ltr.examples import Examples, Grade, PersonExample, fold_of, objects
from services.matching.matcher.ltr.ranker import ListwiseRanker
from services.matching.matcher.ranking.features.affinity import SkillAffinity, read, write
from services.matching.matcher.ranking.ranking import Ranking
from shared.words import vocabulary
from shared.words.vocabulary import Vocabulary
from tests.builders import a_person_payload, an_order
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

OURS = vocabulary.read([vocabulary.OURS])
SHIPPED = SkillAffinity.shipped()
UNITS = np.array([int(unit) for unit in SHIPPED.units])
COLD = Ranking.cold()


def value(suits: SkillAffinity, codes: Mapping[str, float], unit: str) -> float:
    return float(suits.of([(code, level, None) for code, level in codes.items()]).columns(np.array([int(unit)]))[0])


def test_what_is_shipped_was_learned_from_the_vocabulary_as_it_is_now() -> None:
    assert SHIPPED.words == digest_of(OURS), "run: python -m services.matching.learning.shipping"
    assert set(SHIPPED.codes) == {*OURS.skills, *OURS.occupations}


@pytest.mark.parametrize(
    ("code", "unit"), [("CARE_ELDERLY", "5322"), ("FISH_NET", "6222"), ("9111", "9111"), ("7212", "7212")]
)
def test_it_knows_what_trades_are_made_of(code: str, unit: str) -> None:
    assert value(SHIPPED, {code: 1.0}, unit) > 0.25 > value(SHIPPED, {code: 1.0}, "2411")


def test_what_nobody_can_know_is_not_known_and_an_empty_record_speaks_for_nothing() -> None:
    assert np.isnan(value(SHIPPED, {"CARE_ELDERLY": 1.0}, "9999"))
    assert np.isnan(SHIPPED.of([("CARE_ELDERLY", 1.0, None)]).columns(np.array([-1]))[0])
    assert value(SHIPPED, {}, "5322") == 0.0 == value(SHIPPED, {"NO_SUCH_SKILL": 1.0}, "5322")


@settings(max_examples=100, deadline=None)
@given(
    some.dictionaries(some.sampled_from(SHIPPED.codes), some.floats(0, 1), max_size=8),
    some.sampled_from(SHIPPED.codes),
    some.floats(0, 1),
)
def test_a_further_skill_never_lowers_any_kind_of_work(codes: dict[str, float], code: str, level: float) -> None:
    before = SHIPPED.of([(one, much, None) for one, much in codes.items()]).columns(UNITS)
    after = SHIPPED.of([(one, much, None) for one, much in [*codes.items(), (code, level)]]).columns(UNITS)
    assert (after >= before - 1e-12).all() and (after <= 1).all() and (before >= 0).all()


def test_the_file_gives_back_what_was_written(tmp_path: Path) -> None:
    write(SHIPPED, tmp_path / "again.npz")
    again = read(tmp_path / "again.npz")
    assert again.digest == SHIPPED.digest and again.codes == SHIPPED.codes and again.words == SHIPPED.words


def test_an_order_is_told_what_else_speaks_for_it_and_never_what_was_said_already() -> None:
    cook = {"code": "COOK_FAMILY", "months": 60, "similarity": 1.0, "source": "HOME", "evidence": "skills/0"}
    hotel = {"isco08": "9112", "months": 30, "country": None, "similarity": 1.0, "evidence": "work_history/0"}
    person = Person.from_payload(a_person_payload(id="one", skills=[cook], occupations=[hotel]))
    [kitchen] = COLD.orders(person, [an_order(id="kitchen", isco08="5120", skills=[])])
    [said] = [reason for reason in kitchen.reasons if reason.code == "SUITS"]
    assert said.text.id.startswith("Cocok dengan") and "skills/0" in said.evidence
    assert dict(kitchen.parts)["suits"] == pytest.approx(said.weight)
    named = [{"code": "COOK_FAMILY", "essential": True, "similarity": 1.0}]
    [known] = COLD.orders(person, [an_order(id="kitchen", isco08="5120", skills=named)])
    assert all("skills/0" not in reason.evidence for reason in known.reasons if reason.code == "SUITS")


def noted(part: Examples, record: tuple[tuple[str, float], ...], units: tuple[str, ...]) -> Examples:
    return replace(part, record=objects([record] * len(part)), units=objects([units] * len(part)))


def test_a_persons_own_outcome_never_stands_in_their_own_row() -> None:
    part = noted(some_examples(40), (("CARE_ELDERLY", 1.0),), ("5322",))
    asked: list[set[int]] = []

    def fit(people: list[PersonExample]) -> SkillAffinity:
        folds = {fold_of(one.person) for one in people}
        asked.append(folds)
        # Whoever was learned from leaves a trace: the share says which folds they were in.
        return replace(SHIPPED, share=np.full(len(SHIPPED.share), 0.001 * sum(2**fold for fold in folds)))

    table = out_of_fold({"orders": part}, {"orders": ORDER_CARD.columns}, fit)["orders"].table
    column = table[:, ORDER_CARD.columns.index(COLUMN)]
    everybody = sum(2**fold for fold in range(5))
    assert len(asked) == 5 and all(len(folds) == 4 for folds in asked)
    np.testing.assert_allclose(column, [0.001 * (everybody - 2**fold) for fold in part.fold], atol=1e-9)


def test_only_what_came_of_noted_records_is_learned_from_and_rare_looks_count_more() -> None:
    part = some_examples(40)
    assert people_examples([part]) == [] and not enough([])
    known = people_examples([noted(part, (("CARE_ELDERLY", 1.0), ("9111", 0.9)), ("5322", "5321"))])
    came = part.grade > Grade.SHOWN
    assert {one.person for one in known} == set(part.person[came].tolist())
    for one in known:
        mine = came & (part.person == one.person)
        assert one.codes == ("CARE_ELDERLY", "9111") and set(one.grades) == {"5322", "5321"}
        assert max(one.grades.values()) == part.grade[mine].max()
        assert one.weight == pytest.approx((1 / part.propensity[mine]).max())


def test_rows_of_which_nobody_noted_the_record_keep_what_was_known_then() -> None:
    part = some_examples(10)
    assert np.array_equal(suited(part, ORDER_CARD.columns, SHIPPED).table, part.table, equal_nan=True)
    told = suited(noted(part, (("FISH_NET", 1.0),), ("6222", "9999")), ORDER_CARD.columns, SHIPPED).table
    expected = value(SHIPPED, {"FISH_NET": 1.0}, "6222")
    assert np.allclose(told[:, ORDER_CARD.columns.index(COLUMN)], expected)


A_FEW_TRADES = ("51", "54", "72", "75")
"""Personal services, guards, metal work, food and clothing: of all trades it takes a minute."""


def some_words() -> Vocabulary:
    """Our vocabulary with these trades alone, and the skills that they are made of."""
    trades = {code: entry for code, entry in OURS.occupations.items() if code.startswith(A_FEW_TRADES)}
    skills = {code for entry in trades.values() for code in entry.skills}
    return replace(OURS, occupations=trades, skills={code: OURS.skills[code] for code in OURS.skills if code in skills})


@pytest.mark.slow
def test_what_became_of_people_moves_what_a_record_speaks_for() -> None:
    """Sewers of this made-up province end up as security guards, which no vocabulary would say."""
    light = AffinityFit(some_words(), lambda: ListwiseRanker(seeds=1, trees=40))
    people = [PersonExample(f"p{number}", ("SEW_TAILOR",), {"5414": int(Grade.PLACED)}) for number in range(80)]
    after, again = light.fit(people), light.fit(list(reversed(people)))
    assert value(after, {"SEW_TAILOR": 1.0}, "5414") > 0.2 > 5 * value(SHIPPED, {"SEW_TAILOR": 1.0}, "5414")
    assert value(after, {"WELD_SMAW": 1.0}, "5414") < 0.1 < value(after, {"WELD_SMAW": 1.0}, "7212")
    assert after.digest == again.digest
