"""Each house keeps its own OpenAPI document: schemathesis asks every operation with every check that it has, seeded.

Against the application in this process, on the engine of the tests. What one house's contract says and its answers do
not is a finding, and there are none.
"""

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import load_all_checks
from schemathesis.core.failures import FailureGroup

from shared.http.tokens import DevelopmentIssuer, roles
from tests.integration.http.conftest import house, issuer  # noqa: F401
from tests.integration.http.test_every_operation import HOUSES, OF_ORGANISATIONS

pytestmark = [pytest.mark.deep, pytest.mark.servers, pytest.mark.timeout(1800)]

SEED = 12
RUN = settings(
    max_examples=10,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)

REFUSED = ["400", "401", "403", "404", "405", "406", "409", "410", "412", "413", "415", "422", "428", "429"]
"""For what breaks the contract: what is asked first (rights, the version in If-Match) may answer first."""

TAKEN = ["2xx", "3xx", "400", "401", "403", "404", "409", "410", "412", "422", "428", "429"]
"""For what keeps it: a schema knows no law, no calendar, no other record and no cursor that was never given out."""

CHECKED = {
    "negative_data_rejection": {"expected-statuses": REFUSED},
    "positive_data_acceptance": {"expected-statuses": TAKEN},
}


@pytest.mark.parametrize("house", HOUSES, indirect=True)
def test_answers_keep_the_contract(house: FlaskClient, issuer: DevelopmentIssuer) -> None:  # noqa: F811
    load_all_checks()
    scopes = sorted({scope for scopes in roles().values() for scope in scopes} | OF_ORGANISATIONS)
    # Packed answers would have to be unpacked here; that they are right is tested elsewhere.
    headers = {
        "Authorization": f"Bearer {issuer.mint('supervisor', 'Ana', 'KUPANG', scopes)}",
        "Accept-Encoding": "identity",
    }
    config = schemathesis.Config.from_dict({"checks": CHECKED})
    schema = schemathesis.openapi.from_wsgi("/openapi.json", house.application, config=config)
    found: dict[str, str] = {}
    operations: list[Any] = list(schema.get_all_operations())
    for operation in operations:
        for mode in GenerationMode:
            found |= dict(findings(operation.ok(), mode, headers))
    assert len(operations) > 10
    assert not found, "\n\n".join(f"{what}\n{said}" for what, said in sorted(found.items()))


def findings(operation: Any, mode: GenerationMode, headers: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What contract and answers disagree about: the operation and the check, and an example."""
    found: list[tuple[str, str]] = []

    @seed(SEED)
    @RUN
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case: Any) -> None:
        answer = case.call(headers=headers)
        try:
            case.validate_response(answer, headers=headers)
        except FailureGroup as group:
            said = f"{answer.status_code} to {case.as_curl_command()}\n{answer.text[:500]}"
            found.extend((f"{operation.label}: {type(one).__name__}", f"{one}\n{said}") for one in group.exceptions)

    try:
        ask()
    except Unsatisfiable:
        return  # of this operation nothing can be wrong
    yield from found
