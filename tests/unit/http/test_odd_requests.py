"""Odd methods, addresses, parameters, heads and bodies, drawn together: each is answered, and none is a 5xx.

On raw lines, through the proxy and against real houses: ``tests/deep/test_hostile_requests.py``.
"""

import random
from typing import Any

from flask.testing import FlaskClient

from tests.support.hostile_kinds import HEADS, IDS, JSON_BODIES, METHODS, PARAMETERS, QUERIES, TYPES

Headers = dict[str, str]

NUMBER = 300
PATHS = ("/v1/loaves", "/v1/loaves/roti", "/v1/files", "/v1/bred", "/livez", "/metrics", "/openapi.json", "/docs", "")
NOT_OF_A_CLIENT = ("Host", "Cookie")
"""The test client reads these itself, and stumbles over odd ones."""


def test_nothing_odd_breaks_the_door(make_bakery: Any, baker: Headers) -> None:
    client: FlaskClient = make_bakery().test_client(use_cookies=False)
    dice = random.Random(11)
    bodies = [make(dice) for make in JSON_BODIES.values()]
    broken = []
    for _ in range(NUMBER):
        path = dice.choice(PATHS) + (f"/{_text(dice.choice(IDS))}" if dice.random() < 0.3 else "")
        query = "&".join(f"{_text(dice.choice(PARAMETERS))}={_text(dice.choice(QUERIES))}" for _ in range(4))
        method, headers = _text(dice.choice(METHODS)), _heads(dice)
        if dice.random() < 0.6:
            headers += baker.items()
        body = dice.choice(bodies) if dice.random() < 0.3 else None
        asked: dict[str, Any] = {"data": body, "content_type": _text(dice.choice(TYPES))} if body else {}
        answer = client.open(f"{path or '/'}?{query}", method=method, headers=headers, **asked)
        if answer.status_code >= 500:
            broken.append((answer.status_code, method, path[:60], query[:100], [name for name, _ in headers]))
    assert not broken


def _heads(dice: random.Random) -> list[tuple[str, str]]:
    lines = [line for name in dice.sample(list(HEADS), 2) for line in dice.choice(HEADS[name]).split(b"\r\n")[:90]]
    named = [(_text(name), _text(value)) for name, _, value in (line.partition(b": ") for line in lines)]
    return [one for one in named if one[0] not in NOT_OF_A_CLIENT]


def _text(raw: bytes) -> str:
    return raw.decode("latin-1")
