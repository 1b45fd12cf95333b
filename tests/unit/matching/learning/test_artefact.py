"""A file of a model is read only when it holds what its name says."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skops.io

from services.matching.matcher.ltr.fit import fit
from services.matching.matcher.ranking.artefact import UnreadableArtefact, fingerprint_of, load, save
from services.matching.matcher.ranking.model import Fitted
from tests.unit.matching.learning.some_examples import COURSE_CARD, ORDER_CARD, some_examples

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    orders = fit(some_examples(60), ORDER_CARD, "orders")
    return Fitted(orders, fit(some_examples(60, card=COURSE_CARD), COURSE_CARD, "courses"))


def test_what_is_read_ranks_as_what_was_written(fitted: Fitted, tmp_path: Path) -> None:
    save(fitted, tmp_path)
    read = load(tmp_path, fingerprint_of(fitted))
    assert read.orders is not None and fitted.orders is not None
    table = some_examples(20, seed=5).table
    one, other = (model.blend(ORDER_CARD, table, ["91"] * len(table)) for model in (read.orders, fitted.orders))
    assert (one.parts == other.parts).all() and (one.start == other.start).all()
    assert read.courses is not None and fingerprint_of(read) == fingerprint_of(fitted)


def test_a_fit_of_one_kind_leaves_the_other_to_its_card(fitted: Fitted, tmp_path: Path) -> None:
    alone = Fitted(fitted.orders, None)
    save(alone, tmp_path)
    assert load(tmp_path, fingerprint_of(alone)).courses is None
    assert fingerprint_of(alone) != fingerprint_of(fitted)


@pytest.mark.timeout(300)
def test_the_same_rows_give_the_same_fingerprint_and_other_rows_another(fitted: Fitted) -> None:
    again = Fitted(fit(some_examples(60), ORDER_CARD, "orders"), fitted.courses)
    other = Fitted(fit(some_examples(61), ORDER_CARD, "orders"), fitted.courses)
    assert fingerprint_of(again) == fingerprint_of(fitted) != fingerprint_of(other)


def test_a_file_under_another_name_is_refused(fitted: Fitted, tmp_path: Path) -> None:
    save(fitted, tmp_path).rename(tmp_path / "model-0123456789abcdef.skops")
    with pytest.raises(UnreadableArtefact, match="holds model-"):
        load(tmp_path, "model-0123456789abcdef")


@pytest.mark.parametrize("content", [b"", b"no archive at all", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_refused_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "model-0123456789abcdef.skops").write_bytes(content)
    with pytest.raises(UnreadableArtefact, match="cannot be read"):
        load(tmp_path, "model-0123456789abcdef")


def test_a_missing_file_and_another_format_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(UnreadableArtefact, match="missing"):
        load(tmp_path, "model-0123456789abcdef")
    skops.io.dump({"format": 99, "orders": None, "courses": None}, tmp_path / "model-0123456789abcdef.skops")
    with pytest.raises(UnreadableArtefact, match="another version"):
        load(tmp_path, "model-0123456789abcdef")


def test_an_object_that_could_run_code_is_refused(tmp_path: Path) -> None:
    skops.io.dump({"format": 1, "orders": np.random.default_rng, "courses": None}, tmp_path / "model-00.skops")
    with pytest.raises(UnreadableArtefact):
        load(tmp_path, "model-00")


def test_a_house_that_serves_imports_no_learning_library_before_it_needs_one() -> None:
    script = "import sys, services.matching.__main__; print({'sklearn', 'skops', 'scipy.stats'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "set()"
