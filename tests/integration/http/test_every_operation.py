"""Every operation of every house, with everything that could be wrong with a request: a refusal each, and never a 5xx.

The operations come from each house's own OpenAPI document, so a new one is tested from its first day.
"""

import base64
import copy
import importlib
import json
import random
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.documents.mongo import Database
from shared.http.limits import Limits
from shared.http.tokens import DevelopmentIssuer, roles
from shared.settings import Common, read

HOUSES = ("registry", "training", "placement", "matching")
METHODS = ("get", "post", "put", "patch", "delete")

NASTY: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**53 - 1,
    "",
    " ",
    "x" * 5000,
    "5306",
    "8/12/2026",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "\u202e\u0301",
    "$where",
    "{{7*7}}",
    "';--",
    [],
    {},
    [[]],
    [None],
    {"$gt": ""},
    {"amount": -1, "currency": "XXX"},
]
# What a schema cannot say (a number that fits a birthday) is given here, so that a house has something to change.
WHOLE: dict[str, dict[str, Any]] = {
    "post /v1/candidates": {
        "full_name": "Maria Goreti Kewa",
        "nik": "9953064404010001",
        "birth_date": "2001-04-04",
        "sex": "F",
        "regency": "53.06",
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
    }
}
IDS = ("x", "00000000-0000-4000-8000-000000000000", "%00", "%ff", "..", "$gt", "a" * 300, "%F0%9F%8D%9E")


class Sampler:
    """Documents that a schema of the OpenAPI document would take, as far as it says."""

    def __init__(self, document: dict[str, Any], dice: random.Random) -> None:
        self._schemas = document.get("components", {}).get("schemas", {})
        self._dice = dice

    def of(self, schema: dict[str, Any], depth: int = 0) -> Any:
        if "$ref" in schema:
            return self.of(self._schemas[schema["$ref"].rsplit("/", 1)[-1]], depth)
        if "example" in schema:
            return copy.deepcopy(schema["example"])
        if schema.get("enum"):
            return self._dice.choice(schema["enum"])
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return self.of(schema[several][0], depth)
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            wanted = set(schema.get("required", ()))
            return {
                name: self.of(inner, depth + 1)
                for name, inner in schema.get("properties", {}).items()
                if not inner.get("readOnly") and (name in wanted or (depth < 4 and self._dice.random() < 0.7))
            }
        if kind == "array":
            return [self.of(schema.get("items", {}), depth + 1)] if depth < 5 else []
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        if kind == "boolean":
            return True
        return {"date": "2026-12-08", "date-time": "2026-12-08T06:30:00Z", "uuid": IDS[1]}.get(
            schema.get("format", ""), "roti"
        )


def mutations(document: Any, dice: random.Random, count: int) -> Iterator[Any]:
    """The document with one value each replaced, dropped, renamed, or one member too many."""
    places = list(_places(document, ()))
    for _ in range(count):
        changed = copy.deepcopy(document)
        if not places:
            yield dice.choice(NASTY)
            continue
        *way, last = dice.choice(places)
        holder = changed
        for step in way:
            holder = holder[step]
        what = dice.random()
        if what < 0.7:
            holder[last] = dice.choice(NASTY)
        elif what < 0.8:
            del holder[last]
        elif isinstance(holder, dict):
            holder[str(last) + "x"] = holder[last]
        else:
            holder.extend(holder * 50)
        yield changed


def _places(value: Any, way: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in steps:
        yield (*way, key)
        yield from _places(inner, (*way, key))


@pytest.fixture(scope="module")
def issuer(tmp_path_factory: pytest.TempPathFactory) -> DevelopmentIssuer:
    return DevelopmentIssuer(tmp_path_factory.mktemp("issuer"), environment="development")


@pytest.fixture
def house(request: pytest.FixtureRequest, database: Database, issuer: DevelopmentIssuer) -> FlaskClient:
    name = str(request.param)
    environ = {
        "LUMBUNG_ENV": "development",
        "MONGODB_URI": "mongodb://127.0.0.1:1",
        "MONGODB_DATABASE": "x",
        "KAFKA_BOOTSTRAP": "127.0.0.1:1",
        "KAFKA_USERNAME": "x",
        "KAFKA_PASSWORD": "x",
        "HTTP_PORT": "1",
        "OIDC_JWKS": str(issuer.jwks_path),
    } | {
        key: base64.b64encode(bytes([number]) * 32).decode()
        for number, key in enumerate(("NIK_KEY", "NIK_HASH_KEY", "SNAPSHOT_KEY"))
    }
    room = f"services.{name}.settings"
    own = vars(importlib.import_module(room)).values() if Path(room.replace(".", "/") + ".py").exists() else ()
    kind = next((one for one in own if isinstance(one, type) and issubclass(one, Common) and one is not Common), Common)
    specs = importlib.import_module(f"services.{name}.store").SPECS
    house = importlib.import_module("shared.house")
    database.ensure([*house.PLUMBING, *specs])
    app = importlib.import_module(f"services.{name}.app").create_app(
        read(kind, environ), database=database, limits=Limits(caller="1000000 per minute", nobody="1000000 per minute")
    )
    client: FlaskClient = app.test_client()
    return client


@pytest.mark.parametrize("house", HOUSES, indirect=True)
def test_no_operation_breaks(house: FlaskClient, issuer: DevelopmentIssuer) -> None:
    document = house.get("/openapi.json").get_json()
    everything = sorted({scope for scopes in roles().values() for scope in scopes} | OF_ORGANISATIONS)
    token = issuer.mint("supervisor", "Ana", "KUPANG", everything)
    headers = {"Authorization": f"Bearer {token}"}
    ids = list(IDS)
    # Documents that the first round makes are what the second one asks for.
    for turn in range(2):
        for path, operations in document["paths"].items():
            for method in METHODS:
                if method in operations:
                    dice = random.Random(zlib.crc32(f"{turn} {method} {path}".encode()))
                    _try(house, document, path, method, operations[method], headers, dice, ids)
    assert len(ids) > len(IDS) or house.application.extensions["lumbung.house"] == "matching"


OF_ORGANISATIONS = {"courses:write", "batches:write", "enrolments:write", "job_orders:write", "subscriptions:write"}


def _try(
    client: FlaskClient,
    document: dict[str, Any],
    path: str,
    method: str,
    operation: dict[str, Any],
    headers: dict[str, str],
    dice: random.Random,
    ids: list[str],
) -> None:
    sampler = Sampler(document, dice)
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    bodies: list[Any] = [None]
    if schema:
        given = WHOLE.get(f"{method} {path}")
        for whole in [sampler.of(schema), given or sampler.of(schema)]:
            bodies += [whole, *mutations(whole, dice, 9)]
    parameters = [one for one in operation.get("parameters", []) if one.get("in") == "query"]
    for body in bodies:
        address = path
        while "{" in address:
            start, end = address.index("{"), address.index("}")
            address = address[:start] + dice.choice(ids[-6:] + ids) + address[end + 1 :]
        query = {one["name"]: str(dice.choice(NASTY)) for one in parameters if dice.random() < 0.3}
        more = dict(headers)
        if method != "get":
            more["If-Match"] = dice.choice(['"1"', '"0"', "*", 'W/"1"'])
        if dice.random() < 0.3:
            more["Idempotency-Key"] = f"key-{dice.randrange(10)}"
        answer = client.open(address, method=method.upper(), query_string=query, headers=more, json=body)
        said = answer.get_data()[:600].decode(errors="replace")
        asked = f"{method.upper()} {address} {query} {json.dumps(body)[:600]}"
        assert answer.status_code < 500, f"{asked}\n{said}"
        if answer.status_code >= 400:
            assert answer.mimetype == "application/problem+json", f"{asked}\n{said}"
            assert answer.get_json()["code"], asked
        elif answer.status_code == 201 and isinstance(answer.get_json(), dict) and "id" in answer.get_json():
            ids.append(answer.get_json()["id"])
