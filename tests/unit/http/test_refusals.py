"""Every refusal has the same shape, two languages, a pointer, and something to type instead."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.http.app import make_app
from shared.http.faults import nearest
from shared.http.problems import NotYetVisible, Problem, Stale

Headers = dict[str, str]


def refusal(answer: Any, status: int, code: str) -> dict[str, Any]:
    assert answer.status_code == status, answer.get_data(as_text=True)
    assert answer.mimetype == "application/problem+json"
    body: dict[str, Any] = answer.get_json()
    assert body["code"] == code
    assert body["status"] == status
    assert body["type"] == f"/docs#{code}"
    assert body["title"]
    return body


def test_an_unknown_address_is_a_problem(client: FlaskClient) -> None:
    refusal(client.get("/v1/bred"), 404, "no_such_address")


def test_a_wrong_method_names_the_right_ones(client: FlaskClient) -> None:
    answer = client.delete("/v1/loaves")
    refusal(answer, 405, "method_not_allowed")
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


def test_nobody_is_told_how_to_sign_in(client: FlaskClient) -> None:
    answer = client.post("/v1/loaves", json={"name": "roti"})
    refusal(answer, 401, "unauthenticated")
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_caller_is_asked_for_before_the_body_is_read(client: FlaskClient) -> None:
    refusal(client.post("/v1/loaves", data=b"{", content_type="application/json"), 401, "unauthenticated")


def test_a_missing_right_is_named(client: FlaskClient, issuer: Any) -> None:
    headers = {"Authorization": f"Bearer {issuer.mint('baker', 'Jon', scopes=['loaves:read'])}"}
    body = refusal(client.post("/v1/loaves", json={"name": "roti"}, headers=headers), 403, "forbidden")
    assert body["needed"] == ["loaves:write"]


def test_every_fault_of_a_body_is_pointed_at_with_a_fix(client: FlaskClient, baker: Headers) -> None:
    sent = {
        "nmae": "roti",
        "price": "1500",
        "baked": "8/12/2026",
        "country": "malaysia",
        "regency": "5306",
        "baker": "7512.03",
        "toppings": [{"name": "wijen", "grams": "5"}, {"name": "", "salt": True}],
    }
    body = refusal(client.post("/v1/loaves", json=sent, headers=baker), 422, "invalid")
    found = {fault["pointer"]: fault for fault in body["errors"]}
    assert {pointer: fault["code"] for pointer, fault in found.items()} == {
        "/name": "required",
        "/nmae": "unknown_field",
        "/price": "not_money",
        "/baked": "not_a_date",
        "/country": "unknown_country",
        "/regency": "unknown_regency",
        "/baker": "unknown_occupation",
        "/toppings/0/grams": "not_a_whole_number",
        "/toppings/1/name": "blank",
        "/toppings/1/salt": "unknown_field",
    }
    assert found["/nmae"]["fix"] == "Maksudnya name?"
    assert "2026-12-08" in found["/baked"]["fix"]
    assert "MYS" in found["/country"]["fix"]
    assert "53.06" in found["/regency"]["fix"] and "53.04" in found["/regency"]["fix"]
    assert "7512" in found["/baker"]["fix"]
    assert all(fault["in"] == "body" and fault["message"] and fault["fix"] for fault in body["errors"])


@pytest.mark.parametrize(
    ("wanted", "language", "title"),
    [
        ("", "id", "Ada isian yang perlu diperbaiki"),
        ("en-GB,en;q=0.9", "en", "Some values need correcting"),
        ("fr", "id", "Ada isian yang perlu diperbaiki"),
        ("en;q=0.1,id;q=0.9", "id", "Ada isian yang perlu diperbaiki"),
        (";;q=,,=\xff", "id", "Ada isian yang perlu diperbaiki"),
    ],
)
def test_the_language_is_indonesian_unless_english_is_preferred(
    client: FlaskClient, baker: Headers, wanted: str, language: str, title: str
) -> None:
    answer = client.post("/v1/loaves", json={}, headers=baker | {"Accept-Language": wanted})
    assert refusal(answer, 422, "invalid")["title"] == title
    assert answer.headers["Content-Language"] == language


def test_unknown_and_repeated_parameters_are_refused(client: FlaskClient) -> None:
    body = refusal(client.get("/v1/loaves?limti=3"), 422, "invalid")
    assert body["errors"] == [
        {
            "in": "query",
            "pointer": "/limti",
            "code": "unknown_field",
            "message": 'Tidak ada isian bernama "limti" di sini.',
            "fix": "Maksudnya limit?",
        }
    ]
    body = refusal(client.get("/v1/loaves?limit=3&limit=4"), 422, "invalid")
    assert body["errors"][0]["code"] == "repeated"


def test_a_view_without_parameters_refuses_all_of_them(client: FlaskClient, baker: Headers) -> None:
    body = refusal(client.get("/v1/loaves/roti?lang=en", headers=baker), 422, "invalid")
    assert body["errors"][0]["pointer"] == "/lang"


@pytest.mark.parametrize("query", ["limit=%00", "limit=%ff", "%ff=1", "after=%ed%a0%80"])
def test_a_query_that_is_no_text_is_malformed(client: FlaskClient, query: str) -> None:
    refusal(client.get(f"/v1/loaves?{query}"), 400, "malformed_query")


def test_a_house_names_its_own_problems(client: FlaskClient) -> None:
    assert refusal(client.get("/v1/fails/sold"), 409, "sold_out")["title"] == "Roti habis"
    assert refusal(client.get("/v1/fails/cold"), 409, "oven_is_cold")["title"] == "Oven dingin"


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/v1/bred", 404), ("PUT", "/livez", 405), ("GET", "/", 404)]
)
def test_members_of_what_is_not_there_are_no_fault_of_ours(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    assert client.open(f"{path}?fields=id", method=method).status_code == status


def test_a_database_that_failed_itself_is_an_outage_and_no_fault_of_ours(client: FlaskClient) -> None:
    answer = client.get("/v1/fails/panic")
    refusal(answer, 503, "temporarily_unavailable")
    assert answer.headers["Retry-After"] == "5"


def test_a_bug_shows_nothing_and_logs_no_content(client: FlaskClient, caplog: pytest.LogCaptureFixture) -> None:
    answer = client.get("/v1/fails/5306011005030001")
    body = refusal(answer, 500, "unexpected")
    assert "5306011005030001" not in json.dumps(body)
    record = next(record for record in caplog.records if record.name == "shared.http.refusals")
    assert record.__dict__["error_type"] == "RuntimeError"
    assert "5306011005030001" not in json.dumps(record.__dict__, default=str)


def test_a_change_may_leave_out_members_and_not_halves_of_them(client: FlaskClient, baker: Headers) -> None:
    headers = baker | {"If-Match": '"7"'}
    answer = client.patch("/v1/loaves/roti", json={"toppings": [{"grams": 5}]}, headers=headers)
    assert [fault["pointer"] for fault in refusal(answer, 422, "invalid")["errors"]] == ["/toppings/0/name"]
    assert client.patch("/v1/loaves/roti", json={"toppings": []}, headers=headers).status_code == 200


def test_a_problem_carries_what_a_person_quotes_for_help(client: FlaskClient) -> None:
    parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
    answer = client.get("/v1/bred", headers={"traceparent": parent})
    assert answer.get_json()["trace"] == "0af7651916cd43dd8448eb211c80319c"
    assert answer.headers["Trace-Id"] == "0af7651916cd43dd8448eb211c80319c"


def test_a_long_list_of_faults_is_cut_and_counted(client: FlaskClient, baker: Headers) -> None:
    sent = {"name": "roti", "toppings": [{"name": ""}] * 150}
    body = refusal(client.post("/v1/loaves", json=sent, headers=baker), 422, "invalid")
    assert (len(body["errors"]), body["more_errors"]) == (100, 50)


def test_problems_that_ask_for_patience_say_how_much() -> None:
    assert NotYetVisible(retry_after=2).headers == {"Retry-After": "2"}
    assert Stale(9).headers == {"ETag": '"9"'}


def test_extra_members_never_hide_the_standard_ones() -> None:
    from shared.http.problems import body_of

    body = body_of(Problem(extra={"status": 200, "candidates": []}), status=400, lang="id", trace=None)
    assert body["status"] == 400


def test_a_blueprint_that_is_not_strict_is_refused(settings: Any) -> None:
    import flask_smorest

    lax = flask_smorest.Blueprint("lax", __name__)
    with pytest.raises(TypeError, match="strict"):
        make_app(house="bakery", version="1", settings=settings, blueprints=[lax], pings={})


@pytest.mark.parametrize(
    ("typed", "choices", "near"),
    [("TOEFL", ["TOCFL", "TOPIK"], None), ("code", ["mode", "number"], None), ("nmae", ["name"], "name"),
     ("opne", ["OPEN"], "OPEN"), ("opn", ["OPEN"], "OPEN"), ("apbm", ["APBN", "APBD"], None), ("LANSIAA", ["LANSIA"],
     "LANSIA")],
)  # fmt: skip
def test_of_few_letters_another_one_makes_another_word(typed: str, choices: list[str], near: str | None) -> None:
    assert nearest(typed, choices) == near
