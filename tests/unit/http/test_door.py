"""What every answer carries, what every request leaves behind, and what supervisors ask."""

import dataclasses
import logging
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.http import costs, uploads
from shared.http.limits import Limits

Headers = dict[str, str]


def test_answers_stay_out_of_caches_and_frames(client: FlaskClient) -> None:
    for path in ("/v1/loaves", "/v1/bred", "/livez"):
        headers = client.get(path).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert len(headers["Trace-Id"]) == 32


def test_a_broken_traceparent_starts_a_trace_of_its_own(client: FlaskClient) -> None:
    for broken in (
        "x",
        "00-" + "0" * 32 + "-b7ad6b7169203331-01",
        "\xff" * 55,
        "00-" + "G" * 32 + "-" + "0" * 16 + "-01",
    ):
        trace_id = client.get("/livez", headers={"traceparent": broken}).headers["Trace-Id"]
        assert len(trace_id) == 32 and set(trace_id) != {"0"}


def test_a_line_names_the_template_and_never_the_path(
    client: FlaskClient, baker: Headers, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="lumbung.access")
    client.get("/v1/loaves/5306011005030001?nik=5306011005030001", headers=baker)
    client.get("/v1/nowhere/5306011005030001")
    lines = [record.__dict__ for record in caplog.records if record.name == "lumbung.access"]
    assert [(line["method"], line["route"], line["status"]) for line in lines] == [
        ("GET", "/v1/loaves/<id>", 422),
        ("GET", "-", 404),
    ]
    assert "5306011005030001" not in str(lines)
    assert lines[0]["caller"] == "baker"


def test_metrics_count_by_template_and_cannot_be_blown_up(client: FlaskClient, baker: Headers) -> None:
    client.get("/v1/loaves/roti", headers=baker)
    client.open("/v1/loaves", method="BREW")
    text = client.get("/metrics").get_data(as_text=True)
    assert 'lumbung_http_requests_total{method="GET",route="/v1/loaves/<id>",status="200"}' in text
    assert 'method="OTHER"' in text
    assert "BREW" not in text


def test_a_process_is_alive_without_asking_anybody(make_bakery: Any) -> None:
    def explodes() -> None:
        raise AssertionError("a ping was run")

    client = make_bakery(pings={"mongodb": explodes}).test_client()
    assert client.get("/livez").get_json() == {"house": "bakery", "version": "1.0.0", "alive": True}


def test_readiness_names_what_is_missing(make_bakery: Any) -> None:
    def broken() -> None:
        raise OSError("refused")

    pings = {"mongodb": lambda: None, "catching_up": lambda: False, "elsewhere": broken}
    answer = make_bakery(pings=pings).test_client().get("/readyz")
    assert answer.headers["Retry-After"] == "2"
    assert answer.status_code == 503
    assert answer.get_json()["checks"] == {"mongodb": True, "catching_up": False, "elsewhere": False}
    assert make_bakery(pings={"mongodb": lambda: None}).test_client().get("/readyz").status_code == 200


def test_too_many_requests_wait_and_health_never_does(make_bakery: Any, baker: Headers) -> None:
    client = make_bakery(limits=Limits(caller="2 per minute", nobody="3 per minute")).test_client()
    assert [client.get("/v1/loaves/roti", headers=baker).status_code for _ in range(3)] == [200, 200, 429]
    answer = client.get("/v1/loaves/roti", headers=baker)
    assert (answer.mimetype, answer.get_json()["code"]) == ("application/problem+json", "too_many_requests")
    assert 0 < int(answer.headers["Retry-After"]) <= 60
    assert {client.get("/livez").status_code for _ in range(9)} == {200}
    # Guessing credentials counts against the address, together with everybody else there.
    guesses = [client.get("/v1/loaves", headers={"Authorization": f"Bearer {n}.x.x"}).status_code for n in range(4)]
    assert guesses == [401, 401, 401, 429]


def test_what_a_child_took_for_a_caller_counts_as_the_callers(
    make_bakery: Any, baker: Headers, monkeypatch: pytest.MonkeyPatch
) -> None:
    def take(request: object) -> uploads.Upload:
        costs.also_spent(9)
        return uploads.Upload(b"", "")

    monkeypatch.setattr(uploads, "take", take)
    allowed = Limits(caller_cost=costs.Cost(rate=0.5, burst=2))
    client = make_bakery(limits=allowed).test_client()
    sent = [client.post("/v1/files", headers=baker) for _ in range(2)]
    assert [answer.status_code for answer in sent] == [200, 429]
    assert sent[1].get_json()["code"] == "too_costly"
    assert 10 < int(sent[1].headers["Retry-After"]) <= 16


@pytest.mark.slow
def test_the_address_behind_a_trusted_proxy_is_the_visitors(settings: Any, make_bakery: Any) -> None:
    behind = dataclasses.replace(settings, http_trusted_proxies=1)
    client = make_bakery(settings=behind, limits=Limits(nobody="1 per minute")).test_client()
    codes = [client.get("/v1/loaves", headers={"X-Forwarded-For": f"10.0.0.{n}"}).status_code for n in (1, 2, 1)]
    assert codes == [200, 200, 429]


def test_doubled_slashes_lead_nowhere(client: FlaskClient) -> None:
    assert client.get("//v1//loaves").status_code == 404


class Crust(str, Enum):
    THIN = "THIN"


def test_answers_are_json_without_nan(make_bakery: Any) -> None:
    app = make_bakery()
    values = {"b": datetime(2026, 12, 8, 6, tzinfo=UTC), "a": date(2026, 12, 8), "c": Decimal("1.5"), "d": {2, 1}}
    with app.app_context():
        text = app.json.dumps(values | {"é": Crust.THIN})
        assert text == '{"b": "2026-12-08T06:00:00.000Z", "a": "2026-12-08", "c": 1.5, "d": [1, 2], "é": "THIN"}'
        with pytest.raises(ValueError):
            app.json.dumps(float("nan"))


@pytest.mark.parametrize("host", ["..", "xn--mnchen-3ya", ".a", "a" * 64, "x" * 6_000, "[::", "x:99999", "a b"])
def test_whatever_host_is_named_is_answered(client: FlaskClient, host: str) -> None:
    for path, status in (("/livez", 200), ("/v1/loaves", 200), ("/v1/bred", 404)):
        assert client.get(path, headers={"Host": host}).status_code == status
