"""One matching house for all cases of the law, told of the published policies and a few invented ones."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.integration.matching.conftest import Matching, a_matching_house
from tests.law import reading

if TYPE_CHECKING:
    from deploy.local.stack import Stack


@pytest.fixture(scope="session")
def lawful(stack: "Stack", tmp_path_factory: pytest.TempPathFactory) -> Iterator[Matching]:
    with a_matching_house(stack, tmp_path_factory.mktemp("issuer")) as matching:
        for policy in reading.policies():
            matching.hear("policy", policy)
        yield matching
