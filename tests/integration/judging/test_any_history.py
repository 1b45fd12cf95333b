"""Whatever people do, however late, twice and out of order the houses hear of it: nobody goes further than the law."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from services.placement.__main__ import wire as placement_wire
from services.placement.app import build_house as placement_house
from services.placement.app import create_app as placement_app
from services.placement.store import SPECS as PLACEMENT
from services.training.__main__ import wire as training_wire
from services.training.app import build_house as training_house
from services.training.app import create_app as training_app
from services.training.settings import Settings
from services.training.store import SPECS as TRAINING
from shared.settings import Common
from tests.integration.judging.histories import Province
from tests.integration.placement.conftest import Placement
from tests.integration.training.conftest import Training
from tests.support.served import served

if TYPE_CHECKING:
    from deploy.local.stack import Stack

KEY = b"l" * 32
Houses = tuple[Placement, Training]


@pytest.fixture(scope="module")
def both(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Houses]:
    with (
        served(stack, tmp_path_factory.mktemp("issuer"), Common, placement_app, PLACEMENT) as one,
        served(stack, tmp_path_factory.mktemp("issuer"), Settings, training_app, TRAINING, letter_key=KEY) as other,
    ):
        rooms, classes = placement_house(one.settings, one.database), training_house(other.settings, other.database)
        yield (
            Placement(one.url, one.settings, one.database, one.issuer, rooms, dict(placement_wire(one.settings).jobs)),
            Training(
                other.url,
                other.settings,
                other.database,
                other.issuer,
                classes,
                dict(training_wire(other.settings).jobs),
            ),
        )


def check(both: Houses, seed: int, steps: int) -> dict[str, int]:
    with Province(*both, seed).living() as province:
        for _ in range(steps):
            province.step()
        province.deliver_all()
        province.check_the_end()
        return province.acts


def test_nobody_goes_further_than_the_law(both: Houses) -> None:
    acts = [check(both, seed, 60) for seed in range(2)]
    assert sum(one.get("SELECTED", 0) for one in acts) > 0, acts


@pytest.mark.deep
@pytest.mark.timeout(1500)
@pytest.mark.parametrize("first", range(100, 140, 5))
def test_the_same_for_many_more_histories(both: Houses, first: int) -> None:
    done: dict[str, int] = {}
    for seed in range(first, first + 5):
        for name, times in check(both, seed, 150).items():
            done[name] = done.get(name, 0) + times
    for name in ("SELECTED", "AGREED", "verified", "enrolment ENROLLED", "law"):
        assert done.get(name, 0) > 0, done
