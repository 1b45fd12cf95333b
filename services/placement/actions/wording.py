"""For job orders: what a visitor sent becomes what is kept: words get codes, names of others become copies."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from services.placement.actions.house import COMPANY, Document, House, own_only
from services.placement.model import company as companies
from services.placement.model import partner as partners
from services.placement.problems import refuse
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.profiles import coding
from shared.words import Words


def worded(tx: Tx, house: House, caller: Caller, order: Document, sent: Mapping[str, Any]) -> Document:
    """The order with everything that was sent; what was not sent stays.

    Raises:
        Refused: the company or the partner is not on record.
        NotYours: a company writes for another one.
    """
    new = {**order, **{name: value for name, value in sent.items() if name not in _OTHERWISE}}
    if "company" in sent:
        new |= _company(tx, house, caller, sent["company"])
    if "employer" in sent:
        new["employer"] = _employer(tx, house, sent["employer"])
    if "skills" in sent:
        new["skills"] = [_skill(house.words, skill) for skill in sent["skills"]]
        unknown = [() if skill["code"] else house.words.asks(skill["text"]) for skill in new["skills"]]
        coding.ask(house.words, [{"maybe": codes} for codes in unknown], "/skills")
    if sent.get("opens_on") or "opens_on" not in order:
        new["opens_on"] = sent.get("opens_on") or clock.today().isoformat()
    return new


_OTHERWISE = ("company", "employer", "skills", "opens_on")


def _company(tx: Tx, house: House, caller: Caller, named: str | None) -> Document:
    if caller.kind == COMPANY:
        # A token that names no company is for none, and above all not for an order of the government's own.
        named = named or caller.organisation or ""
    if named is None:
        return {"company_id": None, "company": None}
    id = named if ids.is_id(named) else (house.companies.by_sip3mi(named, tx) or {}).get("_id")
    company = house.companies.load_for_copy(id, tx) if id else None
    if company is None:
        refuse("/company", "unknown_company")
    own_only(caller, company["_id"])
    return {"company_id": company["_id"], "company": companies.as_told(company)}


def _employer(tx: Tx, house: House, sent: Mapping[str, Any]) -> Document:
    employer = {name: sent[name] for name in ("type", "household_income", "household_size")}
    named = sent["partner"]
    if named is None:
        return {**employer, "partner_id": None, "partner_listed": False, "partner_listing": None}
    id = named if ids.is_id(named) else (house.partners.by_code(named, tx) or {}).get("_id")
    partner = house.partners.load_for_copy(id, tx) if id else None
    if partner is None:
        refuse("/employer/partner", "unknown_partner")
    listed = partners.listed_on(partner, clock.today().isoformat())
    days = partners.listing_days(partner)
    return {**employer, "partner_id": partner["_id"], "partner_listed": listed, "partner_listing": days}


def _skill(words: Words, sent: Mapping[str, Any]) -> Document:
    code, similarity = (sent["code"], 1.0) if sent["code"] else _skill_code(words, sent["text"])
    return {"code": code, "text": sent["text"], "essential": sent["essential"], "similarity": similarity}


# An import meets the same words many times; a look-up by nearness costs milliseconds.
@lru_cache(maxsize=5_000)
def _skill_code(words: Words, text: str) -> tuple[str | None, float]:
    match = next(iter(words.skills(text, limit=1)), None)
    return (match.code, round(match.similarity, 4)) if match else (None, 0.0)
