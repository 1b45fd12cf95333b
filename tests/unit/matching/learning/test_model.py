"""What a fitted model promises: exact parts, the same from the same rows, and nobody's own outcome in their own row."""

from dataclasses import replace
from typing import Any, ClassVar

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from services.matching.matcher.ltr.examples import Examples, Grade, fold_of, held_out
from services.matching.matcher.ltr.fit import LEAST_OUTCOMES, fit, past_of_others
from services.matching.matcher.ranking.model import PAST, Families, Model
from tests.unit.matching.learning.some_examples import ORDER_CARD, some_examples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def examples() -> Examples:
    return some_examples()


class Watched(HistGradientBoostingClassifier):
    """Trees that are found again after `fit` has used them."""

    fits: ClassVar[list[HistGradientBoostingClassifier]] = []

    def fit(self, *arguments: Any, **options: Any) -> Any:
        self.fits.append(self)
        return super().fit(*arguments, **options)


@pytest.fixture(scope="module")
def model(examples: Examples) -> Model:
    """Fitted once for all, since it takes some seconds; its trees are the last of `Watched.fits`."""
    with pytest.MonkeyPatch.context() as watching:
        watching.setattr("sklearn.ensemble.HistGradientBoostingClassifier", Watched)
        fitted = fit(examples, ORDER_CARD, "orders")
    assert fitted is not None
    return fitted


def test_start_and_parts_sum_to_the_score_of_card_and_trees(model: Model, examples: Examples) -> None:
    """Against scikit-learn's own answer, so that neither curves nor parts can lose anything on the way."""
    trees = Watched.fits[-1]
    blend = model.blend(ORDER_CARD, examples.table, examples.family.tolist())
    share = model.families.share(examples.family.tolist())
    taught = np.column_stack([examples.table, past_of_others(examples)]).astype(np.float32)
    served = np.column_stack([examples.table, model.families.success(examples.family.tolist())]).astype(np.float32)
    points = ORDER_CARD.start + ORDER_CARD.parts(examples.table).sum(axis=1)
    raw = trees.decision_function(taught)
    scaled = points.mean() + points.std() / raw.std() * (trees.decision_function(served) - raw.mean())
    assert blend.score == pytest.approx(share * scaled + (1 - share) * points, abs=1e-9)
    assert model.columns[-1] == PAST and blend.parts.shape[1] == len(model.columns)


def test_a_family_without_outcomes_is_ranked_by_the_card_to_the_bit(model: Model, examples: Examples) -> None:
    blend = model.blend(ORDER_CARD, examples.table, ["22"] * len(examples))
    assert (blend.parts[:, :-1] == ORDER_CARD.parts(examples.table)).all() and not blend.parts[:, -1].any()
    assert (blend.start == ORDER_CARD.start).all()


def test_two_hundred_outcomes_of_a_family_weigh_as_much_as_the_card() -> None:
    families = Families(("53",), np.array([0.3]), np.array([200.0]), 0.3)
    assert families.share(["53", "91", ""]).tolist() == [0.5, 0.0, 0.0]


@pytest.mark.timeout(300)
def test_the_order_of_the_rows_teaches_nothing(model: Model, examples: Examples) -> None:
    shuffled = fit(examples.only(np.random.default_rng(7).permutation(len(examples))), ORDER_CARD, "orders")
    assert shuffled is not None
    assert shuffled.learned.start == model.learned.start
    for one, other in zip(shuffled.learned.curves, model.learned.curves, strict=True):
        assert one.columns == other.columns and (one.height == other.height).all()
    assert (shuffled.calibration.value == model.calibration.value).all()


def test_too_few_outcomes_teach_nothing(examples: Examples) -> None:
    happened = np.flatnonzero(examples.grade >= Grade.ENROLLED)
    grade = examples.grade.copy()
    grade[happened[LEAST_OUTCOMES - 1 :]] = Grade.SHOWN
    assert fit(replace(examples, grade=grade), ORDER_CARD, "orders") is None


def test_more_of_what_serves_a_person_never_ranks_lower(model: Model) -> None:
    steps = np.linspace(0, 1, 21)
    for column in range(len(ORDER_CARD.columns)):
        table = np.full((len(steps), len(ORDER_CARD.columns)), 0.5)
        table[:, column] = steps
        score = model.blend(ORDER_CARD, table, ["91"] * len(steps)).score
        assert (np.diff(score) >= -1e-9).all(), ORDER_CARD.columns[column]


def test_what_is_not_known_is_left_out_and_is_not_a_zero(model: Model) -> None:
    table = np.full((2, len(ORDER_CARD.columns)), 0.5)
    table[0, 0], table[1, 0] = np.nan, 0.0
    unknown, nothing = model.blend(ORDER_CARD, table, ["22", "22"]).parts[:, 0]
    assert unknown == 0 and nothing < 0
    unknown, nothing = model.blend(ORDER_CARD, table, ["91", "91"]).parts[:, 0]
    assert unknown > nothing


def test_no_row_is_told_of_its_own_persons_outcomes(examples: Examples) -> None:
    somebody = examples.person == "person-0007"
    grade = examples.grade.copy()
    grade[somebody] = np.where(grade[somebody] == Grade.SHOWN, Grade.PLACED, Grade.SHOWN)
    before, after = past_of_others(examples), past_of_others(replace(examples, grade=grade))
    assert (before[somebody] == after[somebody]).all()
    others_of_other_folds = examples.fold != fold_of("person-0007")
    assert (before[others_of_other_folds] != after[others_of_other_folds]).any()


def test_what_the_model_says_comes_true(model: Model) -> None:
    strangers = some_examples(2_000, seed=2)
    said = model.calibration.chance(model.blend(ORDER_CARD, strangers.table, strangers.family.tolist()).score)
    for part in np.array_split(np.argsort(said), 5):
        came = np.average(strangers.worth[part], weights=strangers.weight[part])
        assert said[part].mean() == pytest.approx(came, abs=0.06)


def test_the_model_learns_what_the_card_did_not_know(model: Model) -> None:
    strangers = some_examples(1_000, seed=3)
    learned = model.blend(ORDER_CARD, strangers.table, strangers.family.tolist()).score
    by_hand = ORDER_CARD.start + ORDER_CARD.parts(strangers.table).sum(axis=1)
    assert np.corrcoef(learned, strangers.worth)[0, 1] > np.corrcoef(by_hand, strangers.worth)[0, 1]


def test_bands_are_scores_at_which_the_chance_is_well_above_the_usual(model: Model) -> None:
    very_good, good = model.calibration.cuts
    assert very_good > good
    assert model.calibration.chance(np.array([very_good]))[0] >= 1.5 * model.calibration.usual


def test_a_weight_is_an_inverse_propensity_within_bounds(examples: Examples) -> None:
    lucky = replace(examples, propensity=np.full(len(examples), 0.001), grade=np.full(len(examples), int(Grade.PLACED)))
    assert set(lucky.weight) == {10.0}
    unseen = replace(lucky, grade=np.zeros(len(examples), dtype=np.int64))
    assert set(unseen.weight) == {1.0}, "what nobody took may just not have been seen"


def test_a_fifth_of_the_people_teach_no_model() -> None:
    kept = [held_out(f"person-{number}") for number in range(2_000)]
    assert 0.17 < np.mean(kept) < 0.23
