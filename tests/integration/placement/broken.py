"""Every kind of broken request that a visitor of placement may send, with the refusal that it must get."""

from dataclasses import dataclass, field
from typing import Any

from tests.integration.placement.conftest import Answer, a_company, an_order, day
from tests.integration.placement.test_policies import GATE, RATE, a_policy, a_revision

NOBODY = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True, slots=True)
class Broken:
    """One broken request. ``at`` is the pointer that must be named, None where the whole request is refused."""

    name: str
    method: str
    path: str
    status: int
    code: str
    at: str | None = None
    body: Any = None
    raw: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)
    who: str = "everything"


def get(name: str, path: str, status: int, code: str, at: str | None = None, **more: Any) -> Broken:
    return Broken(name, "GET", path, status, code, at, **more)


def post(name: str, path: str, code: str, at: str | None = None, body: Any = None, **more: Any) -> Broken:
    return Broken(name, "POST", path, more.pop("status", 422), code, at, body, **more)


def company(name: str, at: str, code: str, /, **changes: Any) -> Broken:
    return post(f"company: {name}", "/v1/companies", code, at, a_company(**changes))


def raw(name: str, status: int, code: str, at: str | None, content: bytes, kind: str = "application/json") -> Broken:
    headers = {"Content-Type": kind}
    return post(f"body: {name}", "/v1/companies", code, at, status=status, raw=content, headers=headers)


def partner(name: str, at: str, code: str, /, **changes: Any) -> Broken:
    body = {"code": "M", "name": "x", "country": "MYS", **changes}
    return post(f"partner: {name}", "/v1/foreign-partners", code, at, body)


def order(name: str, at: str, code: str, /, **changes: Any) -> Broken:
    return post(f"order: {name}", "/v1/job-orders", code, at, an_order(**changes))


def law(name: str, at: str, code: str, kind: str = "AGE_FLOOR", /, **changes: Any) -> Broken:
    return post(f"law: {name}", "/v1/policies", code, at, a_policy(kind, **changes))


def concern(name: str, at: str, code: str, /, **said: Any) -> Broken:
    body = {"kind": "OTHER", "text": "x", **said}
    return post(f"concern: {name}", "/v1/concerns", code, at, body, who="nobody")


def without(document: Answer, *names: str) -> Answer:
    return {name: value for name, value in document.items() if name not in names}


COMPANY = f"/v1/companies/{NOBODY}"
ORDER = f"/v1/job-orders/{NOBODY}"
APPLICATION = f"/v1/applications/{NOBODY}"
POLICY = f"/v1/policies/{NOBODY}"
CONCERN = f"/v1/concerns/{NOBODY}"
PERMIT = {"number": "SIP2MI-1", "valid_from": day(0), "valid_until": day(9), "quota": 3}
LISTING = {"reason": "OTHER", "from": day(-1), "until": day(-2), "source": "x"}
PERSON = {"candidate_id": NOBODY}
FEE = {"item": "TRAINING", "payer": "EMPLOYER"}
N6 = {"kind": "language", "language": "ja", "test": "JLPT", "result": "A1"}
BOTH = {"all": [{"kind": "sex", "is": "F"}, {"kind": "sex", "is": "M"}]}

BODIES = [
    raw("cut-off JSON", 400, "malformed_json", "", b'{"sip3mi": '),
    raw("not JSON", 415, "unsupported_media_type", None, b"<x/>", "text/xml"),
    raw("two megabytes", 413, "too_large", None, b'"' + b"x" * 2_000_000 + b'"'),
    raw("NaN", 400, "not_a_number", "", b'{"name": NaN}'),
    raw("NUL", 400, "broken_text", "/name", b'{"name": "a\\u0000b"}'),
    raw("a key twice", 400, "duplicate_key", "/name", b'{"name": "a", "name": "b"}'),
    raw("not UTF-8", 400, "not_utf8", "", b'{"name": "\xff"}'),
    post("body: empty", "/v1/companies", "required", "/sip3mi", {}),
    post("body: none", "/v1/companies", "required", "/name"),
    post("body: a list", "/v1/companies", "not_an_object", "", []),
]

COMPANIES = [
    company("unknown status", "/status", "unknown_code", status="ACTIF"),
    company("licence ends before it begins", "/valid_until", "until_before_from", valid_until="1999-01-01"),
    company("snapshot of tomorrow", "/snapshot_on", "in_the_future", snapshot_on=day(2)),
    company("30 February", "/valid_from", "no_such_day", valid_from="2026-02-30"),
    company("day first", "/valid_from", "not_a_date", valid_from="31-12-2026"),
    company("number with spaces", "/sip3mi", "not_a_code", sip3mi="SIP 3 MI"),
    company("name as number", "/name", "not_a_text", name=7),
    company("blank name", "/name", "blank", name="  "),
    company("misspelt field", "/nama", "unknown_field", nama="x"),
    company("own id", "/id", "unknown_field", id=NOBODY),
    get("company: unknown", COMPANY, 404, "no_such_company"),
    get("company: id with a quote", "/v1/companies/'%20or%201=1", 404, "no_such_company"),
    get("company: operator as id", "/v1/companies/%7B%22$ne%22:null%7D", 404, "no_such_company"),
    Broken("company: no If-Match", "PATCH", COMPANY, 428, "precondition_missing", "/If-Match", {"name": "x"}),
    Broken(
        "company: If-Match of another kind", "PATCH", COMPANY, 400, "if_match_unreadable", "/If-Match", {"name": "x"},
        headers={"If-Match": "7"},
    ),
    post("company: key for nobody", f"{COMPANY}/keys", "no_such_company", status=404),
    Broken("company: revoke no key", "DELETE", f"{COMPANY}/keys/x", 404, "not_found"),
    get("companies: limit of zero", "/v1/companies?limit=0", 422, "too_small", "/limit"),
    get("companies: limit of words", "/v1/companies?limit=all", 422, "not_a_whole_number", "/limit"),
    get("companies: cursor of nobody", "/v1/companies?after=xyz", 400, "cursor_unreadable", "/after"),
    get("companies: unknown parameter", "/v1/companies?page=2", 422, "unknown_field", "/page"),
    partner("country by name", "/country", "unknown_country", country="Malaysia"),
    partner("listing ends early", "/listing/until", "until_before_from", listing=LISTING),
    partner("unknown reason", "/listing/reason", "unknown_code", listing={**LISTING, "reason": "BAD"}),
]  # fmt: skip

ORDERS = [
    post("order: empty", "/v1/job-orders", "required", "/code", {}),
    order("unknown country", "/country", "unknown_country", country="MY"),
    order("unknown scheme", "/scheme", "unknown_code", scheme="P2P-OCS"),
    order("unknown channel", "/channel", "unknown_code", channel="WHATSAPP"),
    order("occupation as number", "/isco08", "unknown_occupation", isco08=9111),
    order("KBJI without dot", "/kbji", "unknown_title", kbji="911101"),
    order("KBJI of another job", "/kbji", "kbji_of_another_occupation", kbji="5322.01"),
    order("scheme misspelt", "/title_scheme", "unknown_code", title_scheme="HOUSEKEPER"),
    order("employer as text", "/employer", "not_an_object", employer="HOUSEHOLD"),
    order("employer without type", "/employer/type", "required", employer={}),
    order(
        "company with a household", "/employer/household_size", "only_for_households",
        employer={"type": "COMPANY", "household_size": 3},
    ),
    order(
        "household of nobody", "/employer/household_size", "too_small",
        employer={"type": "HOUSEHOLD", "household_size": 0},
    ),
    order(
        "unknown partner", "/employer/partner", "unknown_partner", employer={"type": "HOUSEHOLD", "partner": "MITRA-X"}
    ),
    order("unknown company", "/company", "unknown_company", company="SIP3MI-X"),
    order("wage as text", "/wage", "not_money", wage="RM 1500"),
    order("wage without currency", "/wage", "not_money", wage={"amount": 1500}),
    order("negative wage", "/wage", "too_small", wage={"amount": -1, "currency": "MYR"}),
    order("unknown currency", "/wage", "unknown_currency", wage={"amount": 1, "currency": "RM"}),
    order("half a month", "/term_months", "not_a_whole_number", term_months=1.5),
    order("yes as number", "/slots", "not_a_whole_number", slots=True),
    order("25 hours a day", "/working_hours/per_day", "too_large", working_hours={"per_day": 25}),
    order(
        "work and rest beyond a day", "/working_hours/rest_per_day", "hours_do_not_add_up",
        working_hours={"per_day": 16, "rest_per_day": 10},
    ),
    order("unknown cost", "/costs/0/item", "unknown_code", costs=[{**FEE, "item": "TIKET"}]),
    order("unknown payer", "/costs/0/payer", "unknown_code", costs=[{**FEE, "payer": "WORKER"}]),
    order("cost twice", "/costs/1", "cost_twice", costs=[FEE, FEE]),
    order("permit without quota", "/sip2mi/quota", "required", sip2mi=without(PERMIT, "quota")),
    order("negative quota", "/sip2mi/quota", "too_small", sip2mi={**PERMIT, "quota": -1}),
    order("permit ends early", "/sip2mi/valid_until", "until_before_from", sip2mi={**PERMIT, "valid_until": day(-1)}),
    order("skill in neither words nor code", "/skills/0", "code_or_text", skills=[{"essential": True}]),
    order("skill as text", "/skills/0", "not_an_object", skills=["memasak"]),
    order("closes before it opens", "/closes_on", "closes_before_opens", opens_on=day(5), closes_on=day(4)),
    order("departs before it opens", "/departure_by", "departs_before_opens", departure_by=day(-4)),
    order("year 20266", "/closes_on", "not_a_date", closes_on="20266-01-01"),
    order("no tree", "/requirements", "tree_not_an_object", requirements=[]),
    order("empty any", "/requirements/any", "tree_empty", requirements={"any": []}),
    order("leaf without kind", "/requirements", "tree_without_kind", requirements={"min": 18}),
    order("two groups in one", "/requirements", "tree_two_meanings", requirements={"all": [], "any": []}),
    order("unknown leaf", "/requirements/all/0/kind", "unknown_code", requirements={"all": [{"kind": "umur"}]}),
    order("result of another test", "/requirements", "unknown_result", requirements=N6),
    order("a woman and a man", "/requirements/all/1", "tree_contradiction", requirements=BOTH),
    get("order: unknown", ORDER, 404, "no_such_job_order"),
    get("orders: unknown status", "/v1/job-orders?status=BUKA", 422, "unknown_code", "/status"),
    get("orders: filter twice", "/v1/job-orders?country=MYS&country=SGP", 422, "repeated", "/country"),
    post("order: verify nothing", f"{ORDER}/verify", "no_such_job_order", body={}, status=404),
    post("order: verify with a word", f"{ORDER}/verify", "unknown_code", "/decision", {"decision": "OK"}),
    post("order: close for no reason of ours", f"{ORDER}/close", "unknown_code", "/reason", {"reason": "MALAS"}),
    Broken("order: delete", "DELETE", ORDER, 405, "method_not_allowed"),
]  # fmt: skip

BOOKINGS = [
    post("slot: no person", f"{ORDER}/reservations", "required", "/candidate_id", {}),
    post("slot: person by number", f"{ORDER}/reservations", "not_an_id", "/candidate_id", {"candidate_id": "LB-1"}),
    post("slot: for a year", f"{ORDER}/reservations", "too_large", "/days", {**PERSON, "days": 365}),
    post("slot: of no order", f"{ORDER}/reservations", "no_such_job_order", body=PERSON, status=404),
    Broken("slot: release nothing", "DELETE", f"{ORDER}/reservations/{NOBODY}", 404, "no_such_reservation"),
    post(
        "application: to no order", "/v1/applications", "unknown_job_order", "/job_order_id",
        {**PERSON, "job_order_id": NOBODY},
    ),
    get("application: unknown", APPLICATION, 404, "no_such_application"),
    Broken(
        "application: unknown step", "PATCH", APPLICATION, 422, "unknown_code", "/state", {"state": "HIRED"},
        headers={"If-Match": '"1"'},
    ),
]  # fmt: skip

LAWS = [
    law("unknown kind", "/kind", "unknown_code", "MORATORIUM"),
    law("content as list", "/content", "not_an_object", content=[1]),
    law("ends before it begins", "/valid_until", "until_before_from", valid_until="2019-12-31"),
    law("verified tomorrow", "/verified_on", "in_the_future", verified_on=day(2)),
    law("basis as text", "/legal_basis", "not_an_object", legal_basis="UU 18/2017"),
    law("confidence in words", "/confidence", "unknown_code", confidence="HIGH"),
    law("no Indonesian", "/text/id", "required", text={"en": "x"}),
    law(
        "gate of nowhere", "/content/home_regency_prefix", "unknown_regency", "GATE",
        content={**GATE, "home_regency_prefix": "00."},
    ),
    law("rate as text", "/content/idr", "not_a_number", "RATE", content={**RATE, "idr": "3900"}),
    post("law: revise nothing", f"{POLICY}/revisions", "no_such_policy", body=a_revision(), status=404),
    post("law: approve nothing", f"{POLICY}/revisions/1/approve", "no_such_policy", status=404),
    post("law: approve revision -1", f"{POLICY}/revisions/-1/approve", "no_such_address", status=404),
    post("law: reject without a reason", f"{POLICY}/revisions/1/reject", "required", "/reason", {}),
    post("law: end without a day", f"{POLICY}/end", "required", "/ends_on", {"legal_basis": {"instrument": "x"}}),
]  # fmt: skip

PUBLIC = [
    get("check: nothing", "/v1/check", 422, "about_nothing", "", who="nobody"),
    get("check: misspelt", "/v1/check?perusahaan=x", 422, "unknown_field", "/perusahaan", who="nobody"),
    get("check: broken letters", "/v1/check?company=%ff%fe", 400, "malformed_query", "/company", who="nobody"),
    post("concern: about nothing", "/v1/concerns", "about_nothing", "", {"kind": "OTHER"}, who="nobody"),
    concern("unknown kind", "/kind", "unknown_code", kind="SCAM"),
    concern("a name of whoever reports", "/reporter", "unknown_field", reporter="Ana"),
    concern("BPS code", "/regency", "unknown_regency", regency="5306"),
    concern("a novel", "/text", "too_long", text="x" * 1001),
    post("concern: confirm nothing", f"{CONCERN}/confirm", "no_such_concern", body={"decision": "x"}, status=404),
    get("caller: none", "/v1/companies", 401, "unauthenticated", who="nobody"),
    get(
        "caller: key of production", "/v1/companies", 401, "key_invalid", who="nobody",
        headers={"Authorization": "Bearer lbg_x"},
    ),
    get(
        "caller: token of nobody", "/v1/companies", 401, "token_invalid", who="nobody",
        headers={"Authorization": "Bearer e30.e30.x"},
    ),
    get(
        "caller: password", "/v1/companies", 401, "authorization_unreadable", who="nobody",
        headers={"Authorization": "Basic YTpi"},
    ),
    post("caller: may not", "/v1/companies", "forbidden", body=a_company(), who="officer", status=403),
    post(
        "idempotency: key with spaces", "/v1/companies", "idempotency_key_unreadable", "/Idempotency-Key", a_company(),
        status=400, headers={"Idempotency-Key": "a b"},
    ),
    get("address: none", "/v1/jobs", 404, "no_such_address"),
]  # fmt: skip

IMPORTS = [
    post("import: no kind", "/v1/imports", "required", "/kind", []),
    post("import: unknown kind", "/v1/imports?kind=ORDERS", "unknown_code", "/kind", []),
    post("import: no list", "/v1/imports?kind=COMPANIES", "list_wanted", "", {"a": 1}),
    post(
        "import: a sheet", "/v1/imports?kind=COMPANIES", "unsupported_media_type", status=415, raw=b"a;b",
        headers={"Content-Type": "text/csv"},
    ),
    post("import: dry run in words", "/v1/imports?kind=COMPANIES&dry_run=perhaps", "not_yes_or_no", "/dry_run", []),
    get("import: unknown", f"/v1/imports/{NOBODY}", 404, "no_such_import"),
]  # fmt: skip

BROKEN = [*BODIES, *COMPANIES, *ORDERS, *BOOKINGS, *LAWS, *PUBLIC, *IMPORTS]
