"""The measures, on cases that can be worked out by hand."""

import numpy as np
import pytest

from services.matching.matcher.evaluate import calibration_error, gini, ndcg, standard_error, waiting


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
