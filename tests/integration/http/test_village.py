"""The task force of a village holds one right, to add; whatever else it asks any house is refused or says nothing of
anybody. The operations come from each house's own OpenAPI document, so a new one is tested from its first day."""

import re

import pytest
from flask.testing import FlaskClient

from shared.http.tokens import DevelopmentIssuer
from tests.integration.http.sampling import IDS

OF_NOBODY = re.compile(
    r"/(livez|readyz|metrics|openapi.json|docs.*)"
    r"|/v1/(targets.*|courses.*|batches.*|open-batches|providers.*|supply|demand|check|letters/.*"
    r"|companies.*|foreign-partners.*|job-orders.*|policies.*|model|figures.*|editions.*|promises.*|catalogue)"
)
"""Answers of these carry no person: catalogues, law, checks and sums of ten and more."""


@pytest.mark.parametrize("house", ("training", "placement", "matching", "partners"), indirect=True)
def test_a_village_reads_nothing_of_anybody(house: FlaskClient, issuer: DevelopmentIssuer) -> None:
    token = {"Authorization": f"Bearer {issuer.mint('village_task_force', 'Dorce Desa')}"}
    document = house.get("/openapi.json").get_json()
    for path, operations in document["paths"].items():
        for method in operations.keys() & {"get", "post", "put", "patch", "delete"}:
            address = re.sub(r"\{\w+\}", IDS[0], path)
            body: dict[str, str] | None = {} if method in ("post", "put", "patch") else None
            answer = house.open(address, method=method.upper(), headers={**token, "If-Match": '"1"'}, json=body)
            if answer.status_code < 400:
                assert method == "get" and OF_NOBODY.fullmatch(path), (method, path, answer.status_code)
