"""The orders and policies of `deploy/demo` as matching would hear of them, for the tests of the demo's law."""

import json
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import PolicyRecord
from services.matching.matcher.law.law import Law
from tests.builders import TODAY, an_id

FOLDER = Path(__file__).parents[4] / "deploy" / "demo"
RELATIVE = re.compile(r"([+-][0-9]+)d")


def law() -> Law:
    """Every policy of the demo, approved long ago."""
    return Law.from_records(map(PolicyRecord.from_payload, policy_documents()))


def orders() -> dict[str, Order]:
    """Every job order of the demo by its code, verified and open, with its company's licence as of today."""
    return {document["id"]: Order.from_payload(document) for document in order_documents()}


def policy_documents() -> list[dict[str, Any]]:
    return [_policy(policy) for policy in read("policies.json")]


def order_documents() -> list[dict[str, Any]]:
    """The code of an order is its id."""
    companies = {company["sip3mi"]: company for company in read("companies.json")}
    partners = {partner["code"]: partner for partner in read("foreign_partners.json")}
    return [_order(model, companies, partners) for model in read("job_orders.json")]


def read(name: str) -> Any:
    return _dated(json.loads((FOLDER / name).read_text(encoding="utf-8")), TODAY)


def _policy(policy: dict[str, Any]) -> dict[str, Any]:
    approved = {"status": "APPROVED", "known_from": "2018-01-01T00:00:00Z", "known_until": None}
    revisions = [{**row, **approved, "number": number} for number, row in enumerate(policy["revisions"], start=1)]
    return {**policy, "id": an_id(), "version": 1, "revisions": revisions}


def _order(model: dict[str, Any], companies: dict[str, Any], partners: dict[str, Any]) -> dict[str, Any]:
    company, partner = companies.get(model.get("company", "")), partners.get(model["employer"].get("partner", ""))
    listed = partner is not None and partner["listing"] is not None
    return {
        **model,
        "id": model["code"],
        "version": 1,
        "company": company and {"id": an_id(), **company},
        "employer": {**model["employer"], "partner_listed": listed},
        "verification": "VERIFIED",
        "status": "OPEN",
    }


def _dated(value: Any, today: date) -> Any:
    """`-20d` and `+270d` as days before and after today."""
    if isinstance(value, dict):
        return {name: _dated(part, today) for name, part in value.items()}
    if isinstance(value, list):
        return [_dated(part, today) for part in value]
    found = RELATIVE.fullmatch(value) if isinstance(value, str) else None
    return (today + timedelta(days=int(found[1]))).isoformat() if found else value
