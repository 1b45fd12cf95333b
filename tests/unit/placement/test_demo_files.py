"""Whoever edits the demo's law and orders: they must agree with the domain, and people must be able to read them."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from services.placement.schemas import contents
from services.placement.schemas.companies import CompanyInSchema, PartnerInSchema
from services.placement.schemas.job_orders import OrderInSchema
from services.placement.schemas.policies import PolicyFileSchema
from shared.codes.offers import LICENSED_SCHEMES

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"


def read(name: str) -> list[dict[str, Any]]:
    """A demo file with its relative days made days of 2026 and 2027, enough to satisfy a schema."""
    text = re.sub(r'"-(\d+)d"', '"2026-01-01"', (DEMO / name).read_text(encoding="utf-8"))
    items: list[dict[str, Any]] = json.loads(re.sub(r'"\+(\d+)d"', '"2027-12-31"', text))
    return items


ORDERS = {item["code"]: item for item in read("job_orders.json")}
POLICIES = {item["code"]: item for item in read("policies.json")}
DRAFTS = read("policies_drafts.json")
REVISIONS = [(code, row) for code, policy in POLICIES.items() for row in policy["revisions"]] + [
    (draft["code"], row) for draft in DRAFTS for row in draft["revisions"]
]


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("companies.json", CompanyInSchema()),
        ("foreign_partners.json", PartnerInSchema()),
        ("job_orders.json", OrderInSchema()),
        ("policies.json", PolicyFileSchema()),
        ("policies_drafts.json", PolicyFileSchema()),
    ],
)
def test_every_item_is_what_the_door_takes(name: str, schema: Any) -> None:
    for item in read(name):
        schema.load(item)


def test_every_content_is_what_its_kind_says() -> None:
    for policy in [*POLICIES.values(), *DRAFTS]:
        for row in policy["revisions"]:
            assert set(row["content"]) <= set(contents.read(policy["kind"], row["content"]))


def test_the_twenty_one_rows_of_the_domain_are_there_and_any_country_is_one_order_each() -> None:
    crew = [code for code in ORDERS if code.endswith("-CREW")]
    assert len(ORDERS) - len(crew) + 1 == 21
    assert len({ORDERS[code]["country"] for code in crew}) == len(crew) == 3


def test_companies_and_partners_that_orders_name_are_in_the_files() -> None:
    licences = {item["sip3mi"] for item in read("companies.json")}
    partners = {item["code"] for item in read("foreign_partners.json")}
    assert {item["company"] for item in ORDERS.values() if item.get("company")} <= licences
    assert {item["employer"]["partner"] for item in ORDERS.values() if item["employer"].get("partner")} <= partners


def test_orders_that_need_a_company_have_one_with_a_permit_and_no_other_has() -> None:
    for code, order in ORDERS.items():
        needs = order["scheme"] in LICENSED_SCHEMES
        assert (order.get("company") is not None, order.get("sip2mi") is not None) == (needs, needs), code


def test_no_order_of_the_demo_charges_what_may_not_be_charged_but_the_sponsors() -> None:
    charging = {
        code
        for code, order in ORDERS.items()
        for cost in order["costs"]
        for rule in ("COST-ALL-JOBS", "COST-TEN-JOBS")
        for content in [POLICIES[rule]["revisions"][0]["content"]]
        if cost["payer"] in content["forbidden_payers"]
        and cost["item"] in content["items"]
        and (content["isco08"] is None or order["isco08"].startswith(tuple(content["isco08"])))
    }
    assert charging == {"JO-N3-MYS-SPONSOR"}


def test_the_gate_has_two_versions_in_force_and_its_narrow_reading_is_only_proposed() -> None:
    first, second = POLICIES["NTT-GATE"]["revisions"]
    assert (first["valid_from"], first["valid_until"], second["valid_from"]) == (
        "2018-11-14",
        "2025-07-01",
        "2025-07-02",
    )
    assert first["content"]["reading"] == second["content"]["reading"] == "WIDE"
    [narrow] = [row for draft in DRAFTS if draft["code"] == "NTT-GATE" for row in draft["revisions"]]
    assert narrow["content"]["isco08"] == ["9111", "5152"]


def test_the_ban_on_households_names_twenty_one_countries() -> None:
    assert len(POLICIES["BAN-MENA-HOUSEHOLD"]["revisions"][0]["content"]["countries"]) == 21


@pytest.mark.parametrize(("code", "row"), REVISIONS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_law_is_one_sentence_that_a_child_can_read(code: str, row: dict[str, Any]) -> None:
    for lang in ("id", "en"):
        sentence = row["text"][lang]
        words = re.findall(r"[\w'.,-]+", sentence)
        assert sentence.endswith(".") and sentence.count(". ") == 0
        assert 4 <= len(words) <= 24, sentence
        assert sum(map(len, words)) / len(words) <= 7.2, sentence
        assert not re.search(
            r"\b(UU|PP|Perban|Permen|Perpres|Kepmen\w*|pasal|ayat|nomor|article|act|decree)\b", sentence, re.I
        )


@pytest.mark.parametrize(("code", "row"), REVISIONS, ids=lambda one: one if isinstance(one, str) else "")
def test_a_law_says_where_it_is_written_and_when_that_was_read(code: str, row: dict[str, Any]) -> None:
    assert row["legal_basis"]["instrument"] and row["legal_basis"]["source"]
    assert row["confidence"] in ("H", "M", "L")
    assert row["verified_on"] == "2026-11-23"
    assert row["valid_until"] is None or row["valid_from"] <= row["valid_until"]
