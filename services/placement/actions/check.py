"""The public check: "I was offered a job. Is it real?" Answered from our records, to anybody, without asking who.

Three things, each on its own: is the company licensed and until when; was this very offer checked; is it lawful.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.placement import problems
from services.placement.actions.house import Document, House
from services.placement.model import company as companies
from services.placement.model import job_order as orders
from services.placement.model import judgement as judgements
from services.placement.model import offer as model
from services.placement.model import quota as quotas
from services.placement.store.typed import MOST_NEAR
from shared import clock
from shared.judgements import told


def check(house: House, asked: Mapping[str, Any]) -> dict[str, Any]:
    """``{verdict, findings, company, job_order, owner, near, checked_on}`` about a company, an order, or both.

    ``findings``: codes. ``company`` and ``job_order``: what is on record, with what holds of each. ``owner``: whose
    order it is, where another company was named. ``near``: companies and orders that may have been meant, where what
    was typed is nobody's.
    """
    if not asked.get("company") and not asked.get("job_order"):
        problems.refuse("", "about_nothing", where="query")
    today = clock.today().isoformat()
    meant = named_orders(house, asked["job_order"]) if asked.get("job_order") else []
    named = named_companies(house, asked["company"]) if asked.get("company") else []
    order = _order(meant, named)
    company = _company(house, asked, named, order)
    near = _near(house, asked, named, company, meant, order)
    findings: list[str] = []
    offer: dict[str, Any] | None = None
    owner: Document | None = None
    if asked.get("company") or (order and order["company_id"]):
        findings += model.about_company(company, today, typed=asked.get("company"), near=any(near.values()))
    if order is None:
        if asked.get("job_order"):
            findings += model.about_order(
                None, today, left=0, bans=(), typed=asked["job_order"], near=any(near.values())
            )
        elif company is not None and not findings:
            findings.append("COMPANY_ALONE")
    else:
        of_order, offer = _offer(house, order, today)
        findings += of_order
        if asked.get("company") and company and order["company_id"] != company["_id"]:
            findings.append("ORDER_OF_ANOTHER_COMPANY")
            owner = house.companies.load(order["company_id"]) if order["company_id"] else None
    return {
        "verdict": model.verdict(findings),
        "findings": findings,
        "company": company and {**company, "licensed": companies.licensed_on(company, today)},
        "job_order": order and {**order, **(offer or {})},
        "owner": owner,
        "near": near,
        "checked_on": today,
    }


def named_companies(house: House, text: str) -> list[Document]:
    """The companies that somebody means, however they type the name or number."""
    return house.companies.asked_for(text) or house.companies.some(house.typed.companies(text))


def named_orders(house: House, text: str) -> list[Document]:
    """The order that somebody means, however they type its code; or all under a permit, which may be for several."""
    return house.job_orders.asked_for(text) or house.job_orders.shown(house.typed.orders(text))


def _offer(house: House, order: Document, today: str) -> tuple[list[str], dict[str, Any]]:
    """The findings about an order, and what holds of it: checked, lawful (None = not known now), open, a place left."""
    left = quotas.left(house.job_orders.quota(order["_id"]))
    bans = model.bans_on(house.policies.of_kind("BAN"), today)
    judgement = house.judgements.load(order["_id"])
    current = judgements.is_current(judgement, day=today, policies=house.policies.digest(), job_order=order["version"])
    found = model.about_order(order, today, left=left, bans=bans)
    if current or not order["closed"]:  # nobody judges again what is closed for good
        found += model.about_law(judgement, current=current)
    outcome = judgement["outcome"] if judgement and current else None
    return found, {
        "checked": order["verification"] == "VERIFIED",
        "lawful": {"LAWFUL": True, "UNLAWFUL": False}.get(outcome or ""),
        "open": orders.is_open_on(order, today),
        "places_left": left > 0,
        "rules": told(_rules_of(judgement)) if judgement and current else [],
    }


def _rules_of(judgement: Document) -> Sequence[Mapping[str, Any]]:
    """What the law has against the order; where it has nothing, what it leaves open."""
    return judgements.unmet(judgement) or judgements.open_questions(judgement, ())


def _order(meant: Sequence[Document], named: Sequence[Document]) -> Document | None:
    """The one order that is meant; of several under one permit the one of the company that was named."""
    if len(meant) > 1:
        owners = {company["_id"] for company in named}
        meant = [order for order in meant if order["company_id"] in owners]
    return meant[0] if len(meant) == 1 else None


def _company(
    house: House, asked: Mapping[str, Any], named: Sequence[Document], order: Document | None
) -> Document | None:
    """The company that was named; of several with one name the one whose order it is; without a name the order's."""
    if not asked.get("company"):
        return house.companies.load(order["company_id"]) if order and order["company_id"] else None
    owner = order["company_id"] if order else None
    found = next((one for one in named if one["_id"] == owner), None)
    # Beside an order of somebody else it does not matter which of them was meant.
    return found or (named[0] if len(named) == 1 or (named and order) else None)


def _near(
    house: House,
    asked: Mapping[str, Any],
    named: Sequence[Document],
    company: Document | None,
    meant: Sequence[Document],
    order: Document | None,
) -> dict[str, list[Document]]:
    """What may have been meant, where it is not clear: all of one name or permit, else those that are like it; and what
    was typed into the box of the other kind."""
    near: dict[str, list[Document]] = {"companies": [], "job_orders": []}
    if asked.get("company") and company is None:
        near["companies"] = list(named) or house.companies.some(house.typed.near_companies(asked["company"]))
        near["companies"] = near["companies"] or _owner_called(house, asked["company"], order)
        if not asked.get("job_order"):
            near["job_orders"] = named_orders(house, asked["company"])
    if asked.get("job_order") and order is None:
        near["job_orders"] = list(meant) or house.job_orders.shown(house.typed.near_orders(asked["job_order"]))
        if not asked.get("company"):
            near["companies"] = named_companies(house, asked["job_order"])
    return {kind: found[:MOST_NEAR] for kind, found in near.items()}


def _owner_called(house: House, typed: str, order: Document | None) -> list[Document]:
    """The company whose order it is, where one of its words was typed, however short."""
    owner = house.companies.load(order["company_id"]) if order and order["company_id"] else None
    words = set(companies.name_key(typed).split())
    return [owner] if owner and words and words <= set(companies.name_key(owner["name"]).split()) else []
