"""The measures, on cases that can be worked out by hand."""

import numpy as np
import pytest

from services.matching.matcher.ltr.metrics import Vector, calibration_error, gini, ndcg, snips, standard_error, waiting


def test_ndcg_is_one_for_the_best_order_and_none_for_nothing_right() -> None:
    assert ndcg(["a", "b", "c"], {"a": 3, "b": 1}) == 1.0
    assert ndcg(["b", "a"], {"a": 1}) == pytest.approx(1 / np.log2(3))
    assert ndcg(["a"], {"a": 0}) == 0.0


def test_gini_is_none_for_equals_and_high_for_one_who_has_all() -> None:
    assert gini([5, 5, 5, 5]) == pytest.approx(0.0)
    assert gini([0, 0, 0, 8]) == pytest.approx(0.75)
    assert gini([]) == 0.0 and gini([0, 0]) == 0.0


def test_who_finds_a_seat_waits_for_none() -> None:
    assert waiting([10, 3], [10, 5]) == 0.0
    assert waiting([30], [10]) == pytest.approx(1.0), "ten wait 0 rounds, ten wait 1, ten wait 2"
    assert waiting([], []) == 0.0
    assert waiting([2], [0]) == pytest.approx(0.5), "an order without a seat takes one a round"


def test_calibration_error_is_the_distance_between_said_and_come() -> None:
    said = np.repeat([0.2, 0.8], 200)
    assert calibration_error(said, said) == 0.0
    assert calibration_error(said, np.clip(said + 0.1, 0, 1)) == pytest.approx(0.1)
    came = np.tile([0.0, 0.4], 200)
    assert calibration_error(np.full(400, 0.2), came) < 0.01, "right on average, in every bin"
    assert calibration_error(np.zeros(0), np.zeros(0)) == 0.0


def test_one_value_has_no_standard_error() -> None:
    assert standard_error([0.5]) == 0.0
    assert standard_error([0.0, 1.0]) == pytest.approx(0.5)


def a_log(lists: int = 4_000, *, seed: int = 3) -> tuple[Vector, Vector, Vector]:
    """Lists of ten as somebody ranked them: the hidden chance of each offer, what came of it, that it was looked at."""
    draw = np.random.default_rng(seed)
    chance = draw.uniform(0.02, 0.3, (lists, 10))
    shown = np.argsort(draw.normal(size=chance.shape) - 4 * chance, axis=1)  # the better half tends to stand higher
    place = np.argsort(shown, axis=1) + 1
    looked = 1 / np.sqrt(place)
    came = (draw.random(chance.shape) < looked) & (draw.random(chance.shape) < chance)
    return chance, came.astype(float), looked


def true_discount(rank: Vector, chance: Vector) -> float:
    return float((chance / np.log2(1 + rank)).sum() / chance.sum())


def test_snips_finds_the_truth_of_a_ranking_that_nobody_was_shown() -> None:
    chance, came, looked = a_log()
    for wanted in (chance, -chance, np.random.default_rng(0).random(chance.shape)):
        rank = (np.argsort(np.argsort(-wanted, axis=1), axis=1) + 1).astype(np.float64)
        truth = true_discount(rank, chance)
        assert snips(rank.ravel(), came.ravel(), looked.ravel()) == pytest.approx(truth, abs=0.01)


def test_without_propensities_the_order_of_the_log_would_be_praised() -> None:
    chance, came, looked = a_log()
    as_logged = (1 / looked.ravel()) ** 2
    truth = true_discount(as_logged.reshape(chance.shape), chance)
    naive = snips(as_logged, came.ravel(), np.ones(came.size))
    assert naive > truth + 0.03
    assert snips(as_logged, came.ravel(), looked.ravel()) == pytest.approx(truth, abs=0.01)


def test_snips_of_nothing_is_nothing_and_of_all_first_is_one() -> None:
    assert snips(np.ones(3), np.zeros(3), np.ones(3)) == 0.0
    assert snips(np.ones(3), np.array([0.1, 0.0, 1.0]), np.array([1.0, 0.5, 0.2])) == pytest.approx(1.0)
