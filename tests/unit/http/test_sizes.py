"""What a body holds is counted before it is judged, and what is dear is done only for what is shown."""

import json
import time
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from deploy import proxy
from shared.http import sizes
from shared.http.costs import Buckets, Cost
from shared.http.faults import one_of
from shared.http.limits import Limits
from shared.http.marks import without_marks
from shared.http.problems import MOST_FAULTS

Headers = dict[str, str]


@pytest.mark.parametrize(
    ("document", "too_much"),
    [
        ([1] * sizes.MOST_VALUES, False),
        ([1] * (sizes.MOST_VALUES + 1), True),
        ([{}] * (sizes.MOST_VALUES // 2 + 1), True),
        ({"text": "a, b, [c], {d}; " * 20_000}, False),
        ({"text": 'he said "a, b, c", and \\, and "' * 10_000}, False),
        (["," * 100] * 5_000, False),
        ({str(n): n for n in range(sizes.MOST_VALUES + 1)}, True),
    ],
)
def test_values_are_counted_and_commas_in_texts_are_not(document: object, too_much: bool) -> None:
    assert sizes.holds_too_much(json.dumps(document).encode()) is too_much


def test_too_many_values_are_refused_with_the_limit(client: FlaskClient, baker: Headers) -> None:
    answer = client.post("/v1/loaves", data=b"[" + b"{}," * 300_000 + b"{}]", headers=baker, content_type="text/json")
    assert answer.status_code == 415
    answer = client.post(
        "/v1/loaves", data=b"[" + b"{}," * 300_000 + b"{}]", headers=baker, content_type="application/json"
    )
    said = answer.get_json()
    assert (answer.status_code, said["code"], said["limit_values"]) == (413, "too_many_values", sizes.MOST_VALUES)
    assert [(fault["pointer"], fault["code"]) for fault in said["errors"]] == [("", "too_many_values")]


def test_faults_beyond_those_that_are_shown_are_counted(client: FlaskClient, baker: Headers) -> None:
    answer = client.post("/v1/loaves", json={f"k{n}": 1 for n in range(5_000)}, headers=baker)
    said = answer.get_json()
    assert answer.status_code == 422
    assert len(said["errors"]) == MOST_FAULTS
    assert said["more_errors"] == 5_000 + 1 - MOST_FAULTS  # and the name that is missing


def test_a_name_of_a_member_is_bounded(client: FlaskClient, baker: Headers) -> None:
    body = b'{"' + b"a" * 300_000 + b'": [1, 2, 3]}'
    answer = client.post("/v1/loaves", data=body, headers=baker, content_type="application/json")
    assert (answer.status_code, answer.get_json()["code"]) == (400, "name_too_long")
    assert len(answer.get_data()) < 1_000


def test_what_was_meant_is_looked_for_when_somebody_reads_it() -> None:
    asked: list[str] = []

    class Choices(list[str]):
        def __getitem__(self, at: Any) -> Any:
            asked.append(str(at))
            return super().__getitem__(at)

    fix = one_of(Choices(["OPEN", "FULL"]), "OPNE")
    assert asked == []
    assert fix["en"] == "Did you mean OPEN?"


def test_a_bucket_fills_again() -> None:
    now = [0.0]
    buckets = Buckets(lambda: now[0])
    cost = Cost(rate=0.5, burst=2)
    assert buckets.wait("a", cost) == 0
    buckets.spend("a", cost, 5)
    assert (buckets.wait("a", cost), buckets.wait("b", cost)) == (7, 0)
    now[0] = 7.0
    assert buckets.wait("a", cost) == 0
    now[0] = 1_000.0
    buckets.spend("a", cost, 1)
    assert buckets.wait("a", cost) == 0
    buckets.spend("a", cost, 1.5)
    assert buckets.wait("a", cost) == 2  # no more than the burst was saved up


def test_nobody_may_cost_far_less_than_an_officer() -> None:
    limits = Limits()
    assert limits.nobody_cost.rate * 5 <= limits.caller_cost.rate
    assert limits.nobody_cost.burst * 5 <= limits.caller_cost.burst


@pytest.mark.parametrize("letters", ["A", "é", "漢", "\u200b", "a\u200b", "\u0316\u0301"], ids=ascii)
def test_invisible_marks_are_looked_for_in_milliseconds(letters: str) -> None:
    text = letters * (900_000 // len(letters.encode()))
    took = []
    for _ in range(3):
        began = time.thread_time()
        seen = without_marks(text)
        took.append(time.thread_time() - began)
    assert min(took) < 0.08
    assert seen == text.replace("\u200b", "")


def test_the_proxy_takes_and_times_as_much_as_a_house_takes() -> None:
    """Of a body that is longer than it knows, it would never ask how fast it comes."""
    said = proxy.configuration([], folder=Path("/nowhere"))
    assert (
        f"client_max_body_size {sizes.MOST_BYTES >> 20}m;" in said
        and f"js_var $patience_most {sizes.MOST_BYTES};" in said
    )
