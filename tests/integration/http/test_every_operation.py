"""Every operation of every house, with everything that could be wrong with a request: a refusal each, and never a 5xx.

The operations come from each house's own OpenAPI document, so a new one is tested from its first day.
"""

import json
import random
import re
import zlib
from dataclasses import dataclass
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents.mongo import Database
from shared.http.keys import KeyStore
from shared.http.tokens import DevelopmentIssuer, roles
from tests.integration.http.sampling import IDS, NASTY, WHOLE, Sampler, mutations

HOUSES = ("registry", "training", "placement", "matching", "partners")
METHODS = ("get", "post", "put", "patch", "delete")

OF_ORGANISATIONS = {"courses:write", "batches:write", "enrolments:write", "job_orders:write"}


@dataclass
class Sweep:
    """One house under test: who asks, and the ids that its own answers have given away."""

    client: FlaskClient
    document: dict[str, Any]
    staff: dict[str, str]
    organisation: dict[str, str]
    ids: list[str]

    def operation(self, method: str, path: str, turn: int) -> None:
        """A whole document, documents with one thing wrong each, and none at all."""
        dice = random.Random(zlib.crc32(f"{turn} {method} {path}".encode()))
        described = self.document["paths"][path][method]
        content = described.get("requestBody", {}).get("content", {})
        bodies: list[Any] = [None]
        if "application/json" in content:
            sampler = Sampler(self.document, dice)
            schema = content["application/json"]["schema"]
            for whole in (WHOLE.get(f"{method} {path}") or sampler.of(schema), sampler.of(schema)):
                bodies += [whole, *mutations(whole, dice, 9)]
        names = [one["name"] for one in described.get("parameters", []) if one.get("in") == "query"]
        for number, body in enumerate(bodies):
            # The first whole document goes without parameters, so that it may succeed.
            self._ask(method, path, names if number != 1 else [], body, dice)

    def _ask(self, method: str, path: str, names: list[str], body: Any, dice: random.Random) -> None:
        # The newest ids lead furthest into a house.
        address = re.sub(r"\{\w+\}", lambda _: dice.choice(self.ids[-6:] + self.ids), path)
        query = {name: str(dice.choice(NASTY)) for name in names if dice.random() < 0.3}
        headers = dict(dice.choice([self.staff, self.organisation]))
        if method != "get":
            headers["If-Match"] = dice.choice(['"1"', '"1"', '"2"', "*", 'W/"1"'])
        if dice.random() < 0.3:
            headers["Idempotency-Key"] = f"key-{dice.randrange(10)}"
        answer = self.client.open(address, method=method.upper(), query_string=query, headers=headers, json=body)
        said = answer.get_data()[:600].decode(errors="replace")
        asked = f"{method.upper()} {address} {query} {json.dumps(body)[:900]}"
        assert answer.status_code < 500, f"{asked}\n{said}"
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json", f"{asked}\n{said}"
            assert answer.get_json()["code"], asked
        elif method == "post" and answer.is_json and isinstance(answer.get_json(), dict) and "id" in answer.get_json():
            self.ids.append(answer.get_json()["id"])


@pytest.mark.parametrize("house", HOUSES, indirect=True)
def test_no_operation_breaks(house: FlaskClient, issuer: DevelopmentIssuer) -> None:
    document = house.get("/openapi.json").get_json()
    scopes = sorted({scope for scopes in roles().values() for scope in scopes} | OF_ORGANISATIONS)
    staff = {"Authorization": f"Bearer {issuer.mint('supervisor', 'Ana', 'KUPANG', scopes)}"}
    sweep = Sweep(house, document, staff, _organisation(house, staff, scopes), list(IDS))
    # What the first round makes is what the second one asks for.
    for turn in range(2):
        for path, operations in document["paths"].items():
            for method in METHODS:
                if method in operations:
                    sweep.operation(method, path, turn)
    assert len(sweep.ids) > len(IDS)


def _organisation(house: FlaskClient, staff: dict[str, str], scopes: list[str]) -> dict[str, str]:
    """Headers of an organisation of this house with every scope; those of staff where the house has none."""
    keys: KeyStore | None = house.application.extensions["lumbung.keys"]
    database: Database = house.application.extensions["lumbung.database"]
    if keys is None:
        return staff
    made = house.post("/v1/providers", json=WHOLE["post /v1/providers"], headers=staff)
    organisation = made.get_json()["id"] if made.status_code == 201 else "00000000-0000-4000-8000-000000000000"
    return {"Authorization": f"Bearer {database.run(lambda tx: keys.issue(tx, organisation, scopes))}"}
