"""A law proposed from a page: every kind, read by the house's own schemas; revised without losing what is not shown."""

import html
import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.console.pages.pengawas.mengusulkan import FORMS
from services.matching.schemas.what_if import WhatIfSchema
from services.placement.schemas import contents
from services.placement.schemas.policies import EndInSchema, PolicyInSchema, RevisionInSchema
from shared.codes.policies import KINDS
from tests.support.console import supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.supervisors import POLICY
from tests.support.console.visits import Visits, post, words_on

Body = dict[str, Any]
DEMO: list[Body] = json.loads((Path(__file__).resolve().parents[3] / "deploy" / "demo" / "policies.json").read_text())
NEW, REVISE = "/pengawas/aturan/baru", f"/pengawas/aturan/{POLICY}/usul"
COMMON = {
    "code": "NTT-BARU", "text_id": "Untuk pekerjaan ini Anda tidak membayar.", "valid_from": "1/2/2198",
    "instrument": "Permen P2MI 17/2025", "confidence": "H", "verified_on": "1/1/2026",
}  # fmt: skip
APPLIES = {"countries": "Malaysia\nsingapura", "employer": "HOUSEHOLD", "jobs": "5322\n53", "schemes": "P2P"}
APPLIED = {"countries": ["MYS", "SGP"], "employer_type": "HOUSEHOLD", "isco08": ["5322", "53"], "schemes": ["P2P"]}
EACH: dict[str, tuple[Body, Body]] = {
    "BAN": (
        {"countries": "Suriah", "employer": "", "jobs": ""},
        {"countries": ["SYR"], "employer_type": None, "isco08": None},
    ),
    "GATE": (
        {"home": "53.", "employer": "HOUSEHOLD", "jobs": "5322"},
        {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": ["5322"], "reading": "NARROW"},
    ),
    "COST": (
        {"items": "TRAINING", "payers": "CANDIDATE", "countries": "", "jobs": ""},
        {"items": ["TRAINING"], "forbidden_payers": ["CANDIDATE"], "countries": None, "isco08": None},
    ),
    "AGE_FLOOR": ({**APPLIES, "min_age": "21"}, {"applies": APPLIED, "min_age": 21}),
    "HOURS": (
        {"job": "9111", "lessons": "1.200", "countries": "Hong Kong"},
        {"country": "HKG", "isco08": "9111", "hours": 1200},
    ),
    "RATE": ({"currency": "myr", "idr": "3571,5"}, {"currency": "MYR", "idr": 3571.5}),
    "CORRIDOR": (
        {
            **APPLIES, "wage": "1.700", "money_in": "MYR", "rest_per_week": "24", "term_max": "36", "visas": "WORK",
            "age_min": "21", "test_1": "en|CEFR", "result_1": "A2",
        },
        {
            "applies": APPLIED,
            "order": [
                {"field": "wage", "op": "min", "value": {"amount": 1700, "currency": "MYR"}},
                {"field": "rest_per_week", "op": "min", "value": 24.0},
                {"field": "term_months", "op": "max", "value": 36},
                {"field": "visa_type", "op": "in", "value": ["WORK"]},
            ],
            "person": {
                "all": [
                    {"kind": "age", "min": 21, "max": None},
                    {"kind": "language", "language": "en", "test": "CEFR", "result": "A2"},
                ]
            },
        },
    ),
}  # fmt: skip


@pytest.fixture
def ana(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    supervisors.tell(fakes)
    proposed = supervisors.policy(supervisors.row(proposed_by=supervisors.ME))
    fakes.says("placement", "POST /v1/policies", proposed, status=201)
    fakes.says("placement", "POST /v1/policies/*/revisions", proposed, status=201)
    fakes.says("placement", "POST /v1/policies/*/end", proposed, status=201)
    return visits.as_("supervisor")


def test_every_kind_has_its_form_and_each_is_offered(ana: FlaskClient) -> None:
    assert set(FORMS) == set(KINDS) == set(EACH)
    text = ana.get(NEW).text
    for kind in KINDS:
        assert f"{NEW}?jenis={kind}" in text
        assert ana.get(f"{NEW}?jenis={kind}").status_code == 200
    assert ana.get(f"{NEW}?jenis=LAIN").status_code == 200, "no kind of ours: choose one"


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_law_is_proposed_as_the_house_takes_it(ana: FlaskClient, fakes: FakeHouses, kind: str) -> None:
    said, content = EACH[kind]
    answer = post(ana, f"{NEW}?jenis={kind}", **COMMON, **said)
    assert (answer.status_code, answer.location) == (303, f"/pengawas/aturan/{POLICY}/2")
    (asked,) = fakes.of("placement", "POST /v1/policies")
    loaded = PolicyInSchema().load(asked.body)
    assert asked.headers["idempotency-key"] and loaded["valid_from"] == "2198-02-01"
    assert asked.body["content"] == content
    contents.read(kind, asked.body["content"])


@pytest.mark.parametrize("kind", KINDS)
def test_its_effect_is_looked_at_before_anything_is_proposed(ana: FlaskClient, fakes: FakeHouses, kind: str) -> None:
    answer = post(ana, f"{NEW}?jenis={kind}", **COMMON, **EACH[kind][0], lihat="1")
    assert answer.status_code == 200 and "Akibatnya bagi orang" in answer.text
    assert 'value="NTT-BARU"' in answer.text, "what was typed stays"
    (asked,) = fakes.of("matching", "POST /v1/what-if")
    WhatIfSchema().load(asked.body)
    assert fakes.of("placement", "POST *") == []


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_typed_is_asked_for_field_by_field(ana: FlaskClient, fakes: FakeHouses, kind: str) -> None:
    answer = post(ana, f"{NEW}?jenis={kind}", code="", text_id="", confidence="H")
    assert answer.status_code == 422
    for field in ("code", "text_id", "instrument", "valid_from", "verified_on"):
        assert f'id="{field}-error"' in answer.text, field
    assert fakes.of("placement", "POST *") == [] == fakes.of("matching", "POST *")


@pytest.mark.parametrize(
    ("kind", "changes", "field", "said"),
    [
        ("BAN", {"countries": "Negeri Jauh"}, "countries", "“Negeri Jauh” tidak dikenal"),
        ("GATE", {"jobs": "qqzzxw"}, "jobs", "Jabatan ini tidak dikenal"),
        ("RATE", {"idr": "3.571"}, "idr", "Ketik angka"),
        ("AGE_FLOOR", {"min_age": "17"}, "min_age", "18 sampai 60"),
        ("CORRIDOR", {"money_in": ""}, "money_in", "Pilih mata uangnya"),
        ("CORRIDOR", {"result_1": ""}, "result_1", "Ketik hasil yang diminta"),
        ("COST", {"items": ""}, "items", "Centang paling sedikit satu"),
        ("HOURS", {"countries": "Hong Kong\nTaiwan"}, "countries", "menyebut satu negara"),
        ("BAN", {"countries": "Malaysia\n" * 251}, "countries", "Paling banyak 250 baris"),
    ],
)
def test_what_cannot_be_stands_at_its_field(
    ana: FlaskClient, fakes: FakeHouses, kind: str, changes: Body, field: str, said: str
) -> None:
    answer = post(ana, f"{NEW}?jenis={kind}", **{**COMMON, **EACH[kind][0], **changes})
    text = html.unescape(answer.text)
    assert answer.status_code == 422 and f'href="#{field}"' in text and said in text
    assert "NTT-BARU" in text and fakes.of("placement", "POST *") == []


@pytest.mark.parametrize(
    ("kind", "pointer", "field"),
    [
        ("CORRIDOR", "/content/person/all/0/min", "age_min"), ("CORRIDOR", "/content/person/all/1/result", "result_1"),
        ("CORRIDOR", "/content/order/0/value/amount", "wage"), ("RATE", "/content/currency", "currency"),
        ("BAN", "/content/countries/0", "countries"), ("BAN", "/valid_until", "valid_until"),
        ("BAN", "/text/id", "text_id"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("look", [False, True])
def test_a_refusal_of_a_house_stands_at_its_field(
    ana: FlaskClient, fakes: FakeHouses, kind: str, pointer: str, field: str, look: bool
) -> None:
    prefix, house, path = (
        ("/policy/revisions/0", "matching", "/v1/what-if") if look else ("", "placement", "/v1/policies")
    )
    fault = {"pointer": prefix + pointer, "code": "x", "message": "Begini tidak bisa.", "fix": "Ketik lain."}
    fakes.refuses(house, f"POST {path}", 422, "invalid", "Belum bisa", errors=[fault])
    answer = post(ana, f"{NEW}?jenis={kind}", **COMMON, **EACH[kind][0], **({"lihat": "1"} if look else {}))
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and "Begini tidak bisa." in answer.text


def corridor(*order: tuple[str, str, Any], person: Any = None) -> Body:
    rules = [{"field": field, "op": op, "value": value} for field, op, value in order]
    return {"applies": {"countries": ["MYS"]}, "order": rules, "person": person}


_TEST = {"kind": "language", "language": "en", "test": "CEFR", "result": "A2"}
_RM = {"amount": 1700, "currency": "MYR"}
ODD: list[tuple[str, Body]] = [
    *(("RATE", {"currency": "EUR", "idr": idr}) for idr in (20471.35, 53123.4567, 11.876, 0.6543, 0.000123, 1e7)),
    ("CORRIDOR", corridor(("wage", "min", {"amount": 1700.5, "currency": "MYR"}))),
    ("CORRIDOR", corridor(("wage", "min", _RM), ("household_income", "min", {"amount": 30000, "currency": "USD"}))),
    ("CORRIDOR", corridor(("wage", "min", _RM), ("wage", "min", {"amount": 900, "currency": "SGD"}))),
    ("CORRIDOR", corridor(("wage", "max", _RM), ("household_size", "min", 2), ("term_months", "min", 12.5))),
    ("CORRIDOR", corridor(("scheme", "in", ["P2P"]), ("scheme", "in", ["G2G", "P2P"]))),
    ("CORRIDOR", corridor(("hours_per_week", "max", 48.333), ("hours_per_day", "max", 900))),
    ("CORRIDOR", corridor(("household_size", "max", 4), ("term_months", "max", 601))),
    ("CORRIDOR", corridor(person={"any": [{"any": [_TEST, _TEST]}, _TEST]})),
    ("CORRIDOR", corridor(person={"all": [{"kind": "hours", "hours": 200}, {"kind": "age", "min": 21}]})),
    ("GATE", {"home_regency_prefix": "52.", "employer_type": "COMPANY", "isco08": None, "reading": "WIDE"}),
    ("GATE", {"home_regency_prefix": "53.0", "employer_type": "HOUSEHOLD", "isco08": ["5"], "reading": "NARROW"}),
]
"""What the interface of the house takes beyond what the demo says."""
LAWS = [*DEMO, *({"code": f"{kind}-{at}", "kind": kind, "odd": said} for at, (kind, said) in enumerate(ODD))]


@pytest.mark.parametrize("law", LAWS, ids=lambda law: str(law["code"]))
def test_a_law_is_revised_without_losing_a_word(ana: FlaskClient, fakes: FakeHouses, law: Body) -> None:
    """Sent as it stands it says the same; what has no field is told in words."""
    said = {**DEMO[0]["revisions"][-1], "content": law["odd"]} if "odd" in law else law["revisions"][-1]
    content = contents.read(law["kind"], said["content"])
    row = supervisors.row(**{**said, "content": content, "number": 1, "status": "APPROVED"})
    fakes.says(
        "placement", f"GET /v1/policies/{POLICY}", supervisors.policy(kind=law["kind"], in_force=1, revisions=[row])
    )
    form = typed(ana.get(REVISE).text, REVISE, valid_from="1/2/2198")
    form.pop("lihat", None)
    shown = ana.get(REVISE).text
    many = re.findall(r'type="checkbox" value="([^"]+)" checked', shown)
    names = re.findall(r'name="([^"]+)" type="checkbox" value="([^"]+)" checked', shown)
    sent: Body = {**form, **{name: [value for one, value in names if one == name] for name, _ in names}}
    assert len(names) == len(many)
    answer = ana.post(REVISE, data=sent)
    assert answer.status_code == 303, re.findall(r'error-message">(.*?)</p>', answer.text, re.S)
    (asked,) = fakes.of("placement", "POST /v1/policies/*/revisions")
    RevisionInSchema().load(asked.body)
    assert contents.read(law["kind"], asked.body["content"]) == content
    assert asked.body["legal_basis"]["instrument"] == said["legal_basis"]["instrument"]


def test_a_law_that_was_changed_meanwhile_is_not_turned_back_unseen(ana: FlaskClient, fakes: FakeHouses) -> None:
    then = {"countries": ["SYR"], "employer_type": None, "isco08": None}
    for content in (then, {**then, "countries": ["SYR", "IRQ"], "employer_type": "HOUSEHOLD"}):
        law = supervisors.policy(kind="BAN", in_force=1, revisions=[supervisors.row(number=1, content=content)])
        fakes.says("placement", f"GET /v1/policies/{POLICY}", law)
        if content == then:
            form = typed(ana.get(REVISE).text, REVISE, valid_from="1/2/2198", countries="Suriah\nYaman")
            form.pop("lihat", None)
    answer = ana.post(REVISE, data=form)
    assert answer.status_code == 409 and fakes.of("placement", "POST *") == []
    again = typed(answer.text, REVISE)
    again.pop("lihat", None)
    assert (again["countries"], again["employer"]) == ("Suriah\nYaman", "HOUSEHOLD")
    assert "Diubah di tempat lain menjadi: Suriah Irak" in " ".join(html.unescape(answer.text).split())
    assert ana.post(REVISE, data=again).status_code == 303
    (asked,) = fakes.of("placement", "POST *")
    assert asked.body["content"] == {"countries": ["SYR", "YEM"], "employer_type": "HOUSEHOLD", "isco08": None}


def test_an_end_is_proposed_with_its_ground(ana: FlaskClient, fakes: FakeHouses) -> None:
    assert post(ana, f"{REVISE}/akhiri", **{"akhir-ends_on": ""}).status_code == 422
    sent = {"akhir-ends_on": "31/12/2198", "akhir-instrument": "Kepmen 9/2198"}
    assert post(ana, f"{REVISE}/akhiri", **sent).status_code == 303
    (asked,) = fakes.of("placement", "POST /v1/policies/*/end")
    EndInSchema().load(asked.body)
    assert asked.body["ends_on"] == "2198-12-31"


def test_an_end_shows_first_whom_it_changes_and_proposes_nothing(ana: FlaskClient, fakes: FakeHouses) -> None:
    sent = {"akhir-ends_on": "31/12/2198", "akhir-instrument": "Kepmen 9/2198", "lihat": "1"}
    answer = post(ana, f"{REVISE}/akhiri", **sent)
    assert answer.status_code == 200 and "Akibatnya bagi orang" in answer.text and fakes.of("placement", "POST *") == []
    (asked,) = fakes.of("matching", "POST /v1/what-if")
    WhatIfSchema().load(asked.body)
    assert asked.body == {"as_of_date": "2199-01-01", "without_policy": "COST-TEN-JOBS"}
    assert 'value="31/12/2198"' in answer.text and 'value="Kepmen 9/2198"' in answer.text, "what was typed stays"
    assert post(ana, f"{REVISE}/akhiri", **{**sent, "akhir-ends_on": "31/12/9999"}).status_code < 500
    fakes.silence("matching")
    assert "tidak menjawab" in post(ana, f"{REVISE}/akhiri", **sent).text


@pytest.mark.parametrize(
    ("rows", "said", "read"),
    [
        ([{"valid_from": "2198-02-01"}], "berlaku mulai 1 Feb 2198", 1),
        ([{"valid_until": "2020-01-01", "valid_from": "2019-01-01"}], "tidak berlaku lagi", 1),
        ([{"valid_from": "2198-02-01"}, {"action": "END", "valid_from": "2100-01-01"}], "tidak berlaku lagi", 1),
        ([{"valid_from": "2198-02-01"}, {"valid_from": "2197-02-01"}], "berlaku mulai 1 Feb 2197", 2),
        ([{"status": "PROPOSED"}], "usulan, menunggu orang kedua", 1),
        ([{"status": "REJECTED"}], "usulan ditolak", 1),
    ],
)
def test_a_law_that_is_none_today_is_read_too(
    ana: FlaskClient, fakes: FakeHouses, rows: list[Body], said: str, read: int
) -> None:
    revisions = [supervisors.row(**{"status": "APPROVED", **row}, number=at) for at, row in enumerate(rows, start=1)]
    law = supervisors.policy(revisions=revisions, in_force=None)
    fakes.says("placement", "GET /v1/policies", {"items": [law], "next": None})
    text = ana.get("/pengawas/aturan").text
    assert said in " ".join(html.unescape(text).split()) and f'href="/pengawas/aturan/{POLICY}/{read}"' in text


def test_all_laws_are_listed_and_lead_to_a_proposal(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("placement", "GET /v1/policies", {"items": [supervisors.policy()], "next": None})
    read = words_on(ana, "/pengawas/aturan")
    assert "COST-TEN-JOBS" in read and "Usulkan aturan baru" in read
    assert REVISE in ana.get("/pengawas/aturan").text and "/pengawas/aturan" in ana.get("/pengawas").text
    fakes.silence("placement")
    assert "tidak menjawab" in words_on(ana, "/pengawas/aturan")
