"""What outsiders may type at the door of the law: other words for the same are understood, nonsense is refused."""

from typing import Any

import pytest

from tests.integration.matching.conftest import Matching
from tests.law.reading import TODAY, cases

pytestmark = pytest.mark.clock_at(TODAY)

MARIA = next(case for case in cases() if case.name == "gate: trained and certified")
PROFILE, ORDER = MARIA.person, MARIA.order


def ask(matching: Matching, **body: Any) -> Any:
    return matching.officer.post("/v1/eligibility", json={"profile": PROFILE, "job_order": ORDER, **body})


PERMIT, LICENCE = ORDER["sip2mi"], ORDER["company"]
NAMED = {
    "full_name": "Maria Tukan",
    "nik": "9906014404000001",
    "phone": "081234567890",
    "village": "D",
    "district": "K",
}
UNKNOWN_PERSON = {"education": {"level": "SMP", "years": None, "field": None}, "fitness": None, "wishes": None}
UNKNOWN_ORDER = {"kbji": None, "departure_by": None, "working_hours": None, "slots": None, "description": None}
WISHES = {"isco08": ["9111"], "destinations": ["MYS"], "min_wage": 1_000_000, "boarding_ok": True}


def to(dated: dict[str, Any]) -> dict[str, Any]:
    """The same dates with the last day under its other name."""
    return {("valid_to" if name == "valid_until" else name): value for name, value in dated.items()}


SPELLINGS: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("a permit with valid_to", {}, {"sip2mi": to(PERMIT)}),
    ("a licence with valid_to", {}, {"company": to(LICENCE)}),
    ("rupiah as a number", {}, {"wage": 6_000_000}),
    ("money with decimals", {}, {"wage": {"amount": 1500.0, "currency": "MYR"}}),
    ("everything that names the person", NAMED, {}),
    ("empty lists", {"skills": [], "work_history": [], "languages": []}, {}),
    ("nulls for what is not known", UNKNOWN_PERSON, UNKNOWN_ORDER),
    ("KBJI beside ISCO", {}, {"kbji": "9111.01"}),
    ("a status and a verification", {}, {"status": "OPEN", "verification": "VERIFIED"}),
    ("skills of the order in words", {}, {"skills": [{"text": "bersih rumah", "essential": True}]}),
    ("wishes", {"wishes": WISHES}, {}),
]


@pytest.mark.parametrize(("person", "order"), [said[1:] for said in SPELLINGS], ids=[said[0] for said in SPELLINGS])
def test_other_ways_to_say_the_same(lawful: Matching, person: dict[str, Any], order: dict[str, Any]) -> None:
    answer = ask(lawful, profile={**PROFILE, **person}, job_order={**ORDER, **order}, as_of_date="2026-11-24")
    assert answer.status_code == 200, answer.text
    assert answer.json()["state"] == "ELIGIBLE_NOW"


@pytest.mark.parametrize("name", sorted(PROFILE.keys() - {"consents"}))
def test_what_is_left_out_of_a_person_is_never_an_error(lawful: Matching, name: str) -> None:
    for profile in ({**PROFILE, name: None}, {key: value for key, value in PROFILE.items() if key != name}):
        if profile.get(name, ...) is None and isinstance(PROFILE[name], list):
            continue  # a list that is null says nothing; leave it out
        answer = ask(lawful, profile=profile, as_of_date="2026-11-24")
        assert answer.status_code == 200, answer.text
        expected = {
            "sex": "ELIGIBLE_NOW",
            "regency": "ELIGIBLE_NOW",
            "certificates": "NO_PATH",
            "training_hours": "NO_PATH",
        }
        assert answer.json()["state"] == expected.get(name, "ELIGIBLE_BY"), name


@pytest.mark.parametrize("name", sorted(ORDER.keys() - {"country", "isco08", "employer"}))
def test_what_is_left_out_of_an_order_is_never_an_error(lawful: Matching, name: str) -> None:
    order = {key: value for key, value in ORDER.items() if key != name}
    answer = ask(lawful, job_order=order, as_of_date="2026-11-24")
    assert answer.status_code == 200, answer.text
    harmless = {"title", "visa_type", "term_months", "costs", "requirements", "opens_on", "closes_on"}
    assert answer.json()["eligible"] == (name in harmless)


def test_every_rule_says_all_that_a_reader_needs(lawful: Matching) -> None:
    answer = ask(lawful, profile={"consents": PROFILE["consents"]}, as_of_date="2026-11-24").json()
    assert answer["rules"]
    for rule in answer["rules"]:
        assert rule["rule"] and rule["version"] and rule["legal_basis"]["instrument"]
        assert rule["stage"] in ("APPLY", "AGREEMENT", "DEPARTURE")
        assert rule["status"] in ("MET", "NOT_MET", "UNKNOWN")
        assert {"value", "needed"} <= rule.keys() and rule["text"]["id"] and rule["text"]["en"]
        if rule["status"] != "MET":
            assert rule["next_action"]["id"] and rule["next_action"]["en"] and rule["who"], rule["rule"]
    undecided = {(r["rule"]) for r in answer["rules"] if r["stage"] == "APPLY" and r["status"] != "MET"}
    assert set(answer["deciding"]) == undecided


HUGE = 10**400
WRONG: list[Any] = [None, True, -1, 0, HUGE, 1.5, "", "x", "\u0000", "9" * 100_000, [], [None], {}, {"a": 1}, [[[]]]]


def places(document: Any, path: tuple[Any, ...] = ()) -> Any:
    """Every place of a document, the inner ones too."""
    yield path
    inner = (
        document.items() if isinstance(document, dict) else enumerate(document) if isinstance(document, list) else ()
    )
    for key, value in inner:
        yield from places(value, (*path, key))


def with_(document: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    head, *rest = path
    if isinstance(document, dict):
        return {**document, head: with_(document[head], tuple(rest), value)}
    return [with_(part, tuple(rest), value) if at == head else part for at, part in enumerate(document)]


BODY = {"profile": PROFILE, "job_order": ORDER, "as_of_date": "2026-11-24", "known_on": "2026-11-24"}


@pytest.mark.parametrize("path", list(places(BODY)), ids=lambda path: "/".join(map(str, path)) or "all")
def test_nonsense_anywhere_is_refused_with_its_place_or_understood(lawful: Matching, path: tuple[Any, ...]) -> None:
    for wrong in WRONG:
        answer = lawful.officer.post("/v1/eligibility", json=with_(BODY, path, wrong))
        assert answer.status_code in (200, 400, 404, 422), (path, str(wrong)[:40], answer.text)
        if answer.status_code == 422:
            assert all(error["pointer"] is not None and error["code"] for error in answer.json()["errors"])
            assert any(shown_in(error["pointer"], path) for error in answer.json()["errors"]), answer.text


def shown_in(pointer: str, path: tuple[Any, ...]) -> bool:
    """The pointer names the place, something inside it, or what holds it."""
    place = "".join(f"/{part}" for part in path)
    return pointer.startswith(place) or place.startswith(pointer)


MANY = {"all": [{"kind": "age", "min": 18}] * 1_000}
TWO_ENDS = {**PERMIT, "valid_to": "2027-01-01", "valid_until": "2028-01-01"}
OF_ALL: list[tuple[dict[str, Any], str, str]] = [
    ({"day": "2026-11-24"}, "/day", "unknown_field"),
    ({"as_of_date": "2026-13-01"}, "/as_of_date", "no_such_day"),
    ({"known_on": "kemarin"}, "/known_on", "not_a_date"),
]
OF_PERSONS: list[tuple[dict[str, Any], str, str]] = [
    ({"umur": 26}, "umur", "unknown_field"),
    ({"regency": "5306"}, "regency", "unknown_regency"),
    ({"birth_date": "2001-02-29"}, "birth_date", "no_such_day"),
]
OF_ORDERS: list[tuple[dict[str, Any], str, str]] = [
    ({"scheme": "TITP"}, "scheme", "unknown_code"),
    ({"country": "MY"}, "country", "unknown_country"),
    ({"isco08": "9999"}, "isco08", "unknown_occupation"),
    ({"requirements": {"any": []}}, "requirements/any", "tree_empty"),
    ({"requirements": MANY}, "requirements/all", "tree_too_many_leaves"),
    ({"sip2mi": TWO_ENDS}, "sip2mi", "two_last_days"),
]
SLIPS = [
    *OF_ALL,
    *(({"profile": {**PROFILE, **said}}, f"/profile/{at}", code) for said, at, code in OF_PERSONS),
    *(({"job_order": {**ORDER, **said}}, f"/job_order/{at}", code) for said, at, code in OF_ORDERS),
]


@pytest.mark.parametrize(("body", "pointer", "code"), SLIPS, ids=[slip[1] for slip in SLIPS])
def test_a_slip_is_refused_where_it_stands(lawful: Matching, body: dict[str, Any], pointer: str, code: str) -> None:
    answer = ask(lawful, **body)
    assert answer.status_code == 422, answer.text
    assert (pointer, code) in {(error["pointer"], error["code"]) for error in answer.json()["errors"]}


@pytest.mark.parametrize(("levels", "status", "code"), [(12, 422, "tree_too_deep"), (50, 400, "too_deep")])
def test_a_deep_tree_is_refused(lawful: Matching, levels: int, status: int, code: str) -> None:
    tree: Any = {"kind": "age", "min": 18}
    for _ in range(levels):
        tree = {"all": [tree]}
    answer = ask(lawful, job_order={**ORDER, "requirements": tree})
    told = answer.json()
    assert (answer.status_code, told["errors"][0]["code"] if status == 422 else told["code"]) == (status, code)
