"""The public check: "I was offered a job. Is it real?" Answered from our records, to anybody, without asking who."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems
from services.placement.actions.house import Document, House
from services.placement.model import offer as model
from services.placement.model import quota as quotas
from shared import clock


def check(house: House, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{verdict, findings, company, job_order, checked_on}`` about a company, an order, or an order of a company."""
    if not asked.get("company") and not asked.get("job_order"):
        problems.refuse("", "about_nothing", where="query")
    today = clock.today().isoformat()
    order = house.job_orders.asked_for(asked["job_order"]) if asked.get("job_order") else None
    company = _company(house, asked, order)
    findings: list[str] = []
    if asked.get("company") or (order and order["company_id"]):
        findings += model.about_company(company, today)
    if asked.get("job_order"):
        left = quotas.left(house.job_orders.quota(order["_id"])) if order else 0
        bans = model.bans_on(house.policies.of_kind("BAN"), today)
        findings += model.about_order(order, today, left=left, bans=bans)
        if asked.get("company") and company and order and order["company_id"] != company["_id"]:
            findings.append("ORDER_OF_ANOTHER_COMPANY")
    return {
        "verdict": model.verdict(findings),
        "findings": findings,
        "company": company,
        "job_order": order,
        "checked_on": today,
    }


def _company(house: House, asked: Mapping[str, Any], order: Document | None) -> Document | None:
    """The company that was named; of several with one name the one whose order it is; without a name the order's."""
    if not asked.get("company"):
        return house.companies.load(order["company_id"]) if order and order["company_id"] else None
    named = house.companies.asked_for(asked["company"])
    owner = order["company_id"] if order else None
    return next((one for one in named if one["_id"] == owner), named[0] if named else None)
