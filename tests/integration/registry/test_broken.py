"""Requests as they should not be: each gets a 4xx with a stable code and a pointer, and none of them a 5xx."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.integration.registry.conftest import Registry
from tests.support.today import day

Person = Callable[..., dict[str, Any]]

NOBODY = "00000000-0000-4000-8000-00000000dead"
V1 = {"If-Match": '"1"'}

# A member of the registration, what is sent there, the code and the pointer of the answer.
MEMBERS: list[tuple[str, Any, str, str]] = [
    ("full_name", None, "null", "/full_name"),
    ("full_name", "", "blank", "/full_name"),
    ("full_name", "   ", "blank", "/full_name"),
    ("full_name", 7, "not_a_text", "/full_name"),
    ("full_name", "5306044404010003", "number_in_words", "/full_name"),
    ("full_name", ["Maria"], "not_a_text", "/full_name"),
    ("full_name", "M" * 121, "too_long", "/full_name"),
    ("full_name", "Ma\u0007ria", "control_character", "/full_name"),
    ("nik", 5306044404010003, "nik_as_number", "/nik"),
    ("nik", 5306044404010.5, "nik_as_number", "/nik"),
    ("nik", "99530644040100", "nik_not_16_digits", "/nik"),
    ("nik", "99530644040100O3", "nik_not_16_digits", "/nik"),
    ("nik", "2053064404010003", "nik_unknown_province", "/nik"),
    ("nik", "9953064404010000", "nik_serial_zero", "/nik"),
    ("nik", {"digits": "9953064404010003"}, "not_a_text", "/nik"),
    ("birth_date", "04/04/2001", "not_a_date", "/birth_date"),
    ("birth_date", "2001-02-30", "no_such_day", "/birth_date"),
    ("birth_date", "2101-04-04", "in_the_future", "/birth_date"),
    ("birth_date", "1901-04-04", "too_old", "/birth_date"),
    ("birth_date", 20010404, "not_a_date", "/birth_date"),
    ("sex", "P", "unknown_code", "/sex"),
    ("sex", True, "unknown_code", "/sex"),
    ("regency", "5306", "unknown_regency", "/regency"),
    ("regency", "53.99", "unknown_regency", "/regency"),
    ("regency", "Flores Timur", "unknown_regency", "/regency"),
    ("regency", 53.06, "unknown_regency", "/regency"),
    ("phone", "nol delapan", "not_a_phone", "/phone"),
    ("phone", 8113910910, "not_a_text", "/phone"),
    ("education", "SMP", "not_an_object", "/education"),
    ("education", {}, "required", "/education/level"),
    ("education", {"level": "SLTP"}, "unknown_code", "/education/level"),
    ("education", {"level": "SMP", "years": "9"}, "not_a_whole_number", "/education/years"),
    ("education", {"level": "SMP", "years": -1}, "too_small", "/education/years"),
    ("education", {"level": "SMP", "field": "tata boga"}, "not_a_code", "/education/field"),
    ("skills", "masak", "not_a_list", "/skills"),
    ("skills", ["masak"], "not_an_object", "/skills/0"),
    ("skills", [{"text": "masak"}], "required", "/skills/0/source"),
    ("skills", [{"source": "HOME"}], "required", "/skills/0/text"),
    ("skills", [{"code": "COOKING_STUFF", "source": "HOME"}], "unknown_code", "/skills/0/code"),
    ("skills", [{"text": "masak", "source": "KITCHEN"}], "unknown_code", "/skills/0/source"),
    ("skills", [{"text": "masak", "source": "HOME", "months": 1e9}], "not_a_whole_number", "/skills/0/months"),
    ("skills", [{"text": "masak", "source": "HOME"}] * 51, "too_long", "/skills"),
    ("work_history", [{"months": 3}], "required", "/work_history/0/title"),
    ("work_history", [{"isco08": "9110"}], "unknown_occupation", "/work_history/0/isco08"),
    ("work_history", [{"title": "kebun", "country": "Malaysia"}], "unknown_country", "/work_history/0/country"),
    ("languages", [{"language": "jepang"}], "unknown_language", "/languages/0/language"),
    ("languages", [{"language": "ja", "test": "IELTS"}], "test_of_another_language", "/languages/0/test"),
    ("languages", [{"language": "ja", "test": "JLPT", "result": "N6"}], "unknown_result", "/languages/0/result"),
    ("languages", [{"language": "ja", "result": "N4"}], "required", "/languages/0/test"),
    ("languages", [{"language": "en", "cefr": "A7"}], "unknown_code", "/languages/0/cefr"),
    ("certificates", [{"kind": "DIPLOMA"}], "unknown_code", "/certificates/0/kind"),
    ("certificates", [{"kind": "COMPETENCE", "scheme": "HOUSEKEPER"}], "unknown_code", "/certificates/0/scheme"),
    (
        "certificates",
        [{"kind": "COMPETENCE", "valid_from": day(-1), "valid_until": day(-2)}],
        "ends_before_it_begins",
        "/certificates/0/valid_until",
    ),
    ("training_hours", [{"isco08": "9111", "hours": 0}], "too_small", "/training_hours/0/hours"),
    ("training_hours", [{"isco08": "9111", "hours": 2.5}], "not_a_whole_number", "/training_hours/0/hours"),
    ("prior_programmes", [{"kind": "TITP", "finished": "ya"}], "not_yes_or_no", "/prior_programmes/0/finished"),
    ("wishes", {"min_wage": {"amount": "1500", "currency": "MYR"}}, "not_a_number", "/wishes/min_wage"),
    ("wishes", {"min_wage": {"amount": 1500, "currency": "RM"}}, "unknown_currency", "/wishes/min_wage"),
    ("wishes", {"min_wage": 1500.5}, "not_money", "/wishes/min_wage"),
    ("wishes", {"destinations": ["MY"]}, "unknown_country", "/wishes/destinations/0"),
    ("wishes", {"isco08": [9111]}, "unknown_occupation", "/wishes/isco08/0"),
    ("wishes", {"max_distance_km": -1}, "too_small", "/wishes/max_distance_km"),
    ("wishes", {"available": [{"until": day(30)}]}, "required", "/wishes/available/0/from"),
    ("wishes", None, "null", "/wishes"),
    ("consents", [{"purpose": "MATCHING"}], "required", "/consents/0/method"),
    ("consents", [{"purpose": "ALL", "method": "WRITTEN"}], "unknown_code", "/consents/0/purpose"),
    (
        "consents",
        [{"purpose": "MATCHING", "method": "WRITTEN", "given_at": "2099-01-01T00:00:00Z"}],
        "in_the_future",
        "/consents/0/given_at",
    ),
    (
        "consents",
        [{"purpose": "MATCHING", "method": "WRITTEN", "given_at": day(-30)}],
        "not_a_time",
        "/consents/0/given_at",
    ),
    ("confirm_new", "yes", "not_yes_or_no", "/confirm_new"),
    ("id", NOBODY, "unknown_field", "/id"),
    ("nik_last4", "0003", "unknown_field", "/nik_last4"),
    ("number", "LB-2026-000001", "unknown_field", "/number"),
]


@pytest.mark.parametrize(("member", "value", "code", "pointer"), MEMBERS)
def test_a_wrong_member_is_named_with_its_place(
    officer: httpx.Client, a_person: Person, member: str, value: Any, code: str, pointer: str
) -> None:
    answer = officer.post("/v1/candidates", json={**a_person(), member: value})
    assert answer.status_code == 422, answer.text
    assert answer.headers["Content-Type"] == "application/problem+json"
    faults = {(fault["code"], fault["pointer"]) for fault in answer.json()["errors"]}
    assert (code, pointer) in faults


# Method, path after /v1 (with {id}), what is sent, status and code of the answer.
REQUESTS: list[tuple[str, str, dict[str, Any], int, str]] = [
    ("POST", "/candidates", {"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "malformed_json"),
    (
        "POST",
        "/candidates",
        {"content": b"{}", "headers": {"Content-Type": "text/plain"}},
        415,
        "unsupported_media_type",
    ),
    ("POST", "/candidates", {"json": []}, 422, "invalid"),
    ("POST", "/candidates", {"json": {"full_name": "Ana", "nik": 9953064404010003}}, 400, "number_too_large"),
    ("POST", "/candidates", {"json": "Maria"}, 422, "invalid"),
    ("POST", "/candidates", {}, 422, "invalid"),
    (
        "POST",
        "/candidates",
        {"content": b'{"full_name": NaN}', "headers": {"Content-Type": "application/json"}},
        400,
        "not_a_number",
    ),
    (
        "POST",
        "/candidates",
        {"content": b'{"full_name":"a","full_name":"b"}', "headers": {"Content-Type": "application/json"}},
        400,
        "duplicate_key",
    ),
    ("POST", "/candidates", {"json": {"full_name": "M" * 1_100_000}}, 413, "too_large"),
    ("POST", "/candidates", {"json": {"full_name": "Ana"}, "params": {"dry": "1"}}, 422, "invalid"),
    ("GET", "/candidates", {"params": {"limit": "0"}}, 422, "invalid"),
    ("GET", "/candidates", {"params": {"limit": "101"}}, 422, "invalid"),
    ("GET", "/candidates", {"params": {"limit": "many"}}, 422, "invalid"),
    ("GET", "/candidates", {"params": {"after": "zzz"}}, 400, "cursor_unreadable"),
    (  # ["updated_at", "x", "x"], where moments are compared
        "GET",
        "/candidates",
        {"params": {"after": "WyJ1cGRhdGVkX2F0IiwieCIsIngiXQ", "updated_since": f"{day(-1)}T00:00:00Z"}},
        400,
        "cursor_unreadable",
    ),
    ("GET", "/candidates", {"params": {"page": "2"}}, 422, "invalid"),
    ("PUT", "/candidates", {"json": {}}, 405, "method_not_allowed"),
    ("POST", "/candidates:search", {"json": {}}, 422, "invalid"),
    ("POST", "/candidates:search", {"json": {"query": None}}, 422, "invalid"),
    ("POST", "/candidates:search", {"json": {"query": "x" * 121}}, 422, "invalid"),
    ("GET", "/candidates:search", {}, 405, "method_not_allowed"),
    ("GET", f"/candidates/{NOBODY}", {}, 404, "no_such_candidate"),
    ("GET", "/candidates/1", {}, 404, "no_such_candidate"),
    ("GET", "/candidates/%00", {}, 404, "no_such_candidate"),
    ("PATCH", "/candidates/{id}", {"json": {"village": "x"}}, 428, "precondition_missing"),
    (
        "PATCH",
        "/candidates/{id}",
        {"json": {"village": "x"}, "headers": {"If-Match": 'W/"1"'}},
        412,
        "stale",
    ),
    ("PATCH", "/candidates/{id}", {"json": {"village": "x"}, "headers": {"If-Match": '"99"'}}, 412, "stale"),
    ("PATCH", "/candidates/{id}", {"json": {"full_name": None}, "headers": V1}, 422, "invalid"),
    ("PATCH", "/candidates/{id}", {"json": {"version": 2}, "headers": V1}, 422, "invalid"),
    ("PATCH", f"/candidates/{NOBODY}", {"json": {"village": "x"}, "headers": V1}, 404, "no_such_candidate"),
    ("DELETE", f"/candidates/{NOBODY}", {"headers": V1}, 404, "no_such_candidate"),
    ("DELETE", "/candidates/{id}", {"headers": {"If-Match": '"99"'}}, 412, "stale"),
    ("DELETE", "/candidates/{id}", {"headers": V1, "params": {"reason": "because"}}, 422, "invalid"),
    ("PUT", "/candidates/{id}/requirements/MIN_AGE_18", {"json": {"status": "MET"}, "headers": V1}, 422, "invalid"),
    (
        "PUT",
        "/candidates/{id}/requirements/COMPETENCE_CERTIFICATE",
        {"json": {"status": "MET"}, "headers": V1},
        422,
        "invalid",
    ),
    ("PUT", "/candidates/{id}/requirements/PASPOR", {"json": {"status": "MET"}, "headers": V1}, 422, "invalid"),
    ("PUT", "/candidates/{id}/requirements/PASSPORT", {"json": {"status": "YES"}, "headers": V1}, 422, "invalid"),
    ("PUT", "/candidates/{id}/requirements/PASSPORT", {"json": {"status": "MET"}}, 428, "precondition_missing"),
    (
        "PUT",
        "/candidates/{id}/requirements/PASSPORT",
        {"json": {"status": "MET", "valid_until": "2020-01-01"}, "headers": V1},
        422,
        "invalid",
    ),
    ("PUT", "/candidates/{id}/requirements/FAMILY_CONSENT", {"json": {"status": "MET"}, "headers": V1}, 422, "invalid"),
    ("POST", "/candidates/{id}/consents", {"json": {"purpose": "MATCHING"}}, 422, "invalid"),
    (
        "POST",
        f"/candidates/{NOBODY}/consents",
        {"json": {"purpose": "MATCHING", "method": "WRITTEN"}},
        404,
        "no_such_candidate",
    ),
    ("DELETE", "/candidates/{id}/consents/EVERYTHING", {"headers": V1}, 422, "invalid"),
    ("DELETE", "/candidates/{id}/consents/STATISTICS", {"headers": V1}, 404, "no_such_consent"),
    ("POST", "/candidates/{id}/nik-reveals", {"json": {"reason": "x"}}, 422, "invalid"),
    ("POST", "/candidates/{id}/nik-reveals", {}, 422, "invalid"),
    ("POST", "/candidates/{id}/risk-notes", {"json": {"text": "x", "severity": "HIGH"}}, 422, "invalid"),
    (
        "POST",
        "/candidates/{id}/risk-notes",
        {"json": {"text": "x", "severity": "INFO", "indicators": ["DEBT"]}},
        422,
        "invalid",
    ),
    ("GET", "/candidates/{id}/specific", {}, 403, "forbidden"),
    ("PUT", "/candidates/{id}/specific", {"json": {}, "headers": V1}, 403, "forbidden"),
    ("GET", f"/candidates/{NOBODY}/records", {}, 404, "no_such_candidate"),
    ("PUT", "/candidates/{id}/records", {"json": {"records": []}}, 428, "precondition_missing"),
    ("PUT", "/candidates/{id}/records", {"json": {"records": None}, "headers": V1}, 422, "invalid"),
    ("PUT", "/candidates/{id}/records", {"json": {}, "headers": V1}, 422, "invalid"),
    ("PUT", "/candidates/{id}/records", {"json": {"records": [{"kind": "THEFT"}]}, "headers": V1}, 422, "invalid"),
    ("GET", "/candidates/{id}/trail", {}, 403, "forbidden"),
    ("GET", f"/candidates/{NOBODY}/export", {}, 404, "no_such_candidate"),
    ("GET", f"/imports/{NOBODY}", {}, 404, "no_such_import"),
    ("GET", f"/imports/{NOBODY}/rows", {}, 404, "no_such_import"),
    ("POST", "/imports", {"json": {"rows": []}}, 415, "unsupported_media_type"),
    (
        "POST",
        "/imports",
        {"params": {"dry_run": "maybe"}, "files": {"file": ("a.csv", b"full_name\nAna\n")}},
        422,
        "invalid",
    ),
    ("POST", "/imports", {"files": {"sheet": ("a.csv", b"full_name\nAna\n")}}, 422, "one_file_wanted"),
    ("GET", "/nothing", {}, 404, "no_such_address"),
    ("POST", "/service-centres", {"json": {}}, 405, "method_not_allowed"),
]


@pytest.fixture(scope="module")
def somebody(officer: httpx.Client, a_person: Person) -> str:
    id: str = officer.post("/v1/candidates", json=a_person()).json()["id"]
    return id


@pytest.mark.parametrize(("method", "path", "sent", "status", "code"), REQUESTS)
def test_a_broken_request_is_refused_with_its_code(
    officer: httpx.Client, somebody: str, method: str, path: str, sent: dict[str, Any], status: int, code: str
) -> None:
    answer = officer.request(method, "/v1" + path.format(id=somebody), **sent)
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.text
    if status == 422:
        assert all("pointer" in fault and fault["message"] for fault in answer.json()["errors"])
        assert answer.json()["errors"]


def test_a_refusal_repeats_nobodys_name_or_number(officer: httpx.Client, a_person: Person) -> None:
    sent = {**a_person(full_name="Yosefina Bria"), "nik": "5304110101900000", "phone": "08113910910x"}
    answer = officer.post("/v1/candidates", json=sent)
    assert answer.status_code == 422
    for secret in ("Yosefina", "5304110101900000", "08113910910"):
        assert secret not in answer.text


def test_health_data_is_refused_by_the_same_rules(
    supervisor: httpx.Client, officer: httpx.Client, a_person: Person
) -> None:
    id = officer.post("/v1/candidates", json=a_person()).json()["id"]
    for part, pointer in (
        ({"fitness": {"status": "SICK"}}, "/fitness/status"),
        ({"fitness": {"status": "FIT", "on": "2099-01-01"}}, "/fitness/on"),
        ({"conditions": [{"code": "HIV", "met": False}]}, "/conditions/0/code"),
        ({"records": [{"kind": "THEFT"}]}, "/records/0/kind"),
        ({"loans": [{"lender": "BANK", "amount": -5}]}, "/loans/0/amount"),
    ):
        answer = supervisor.put(f"/v1/candidates/{id}/specific", json=part, headers=V1)
        assert answer.status_code == 422
        assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


def test_an_invented_number_is_refused_outside_development(registry: Registry) -> None:
    from dataclasses import replace

    from services.registry.actions import candidates
    from services.registry.problems import NotInvented
    from shared.http.callers import Caller

    strict = replace(registry.rooms, invented_people=False)
    caller = Caller(id="dev:ana", kind="officer", scopes=frozenset({"candidates:write"}))
    with pytest.raises(NotInvented):
        candidates.register(caller, strict, {"full_name": "Ana", "nik": "9953064404010009", "consents": []})
