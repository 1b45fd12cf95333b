"""One person and one job order: every rule with its outcome. Also for a draft, before it is published."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from services.matching.actions.house import House
from services.matching.actions.moments import Moment
from services.matching.actions.people import known, person_at, stranger
from services.matching.live_world import AsOf
from services.matching.matcher.advice.answer import state_with_paths
from services.matching.matcher.facts.orders import Company, Order, Quota
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.verdicts.verdict import Verdict
from services.matching.matcher.world import World
from services.matching.problems import NoSuchJobOrder
from shared.http.callers import Caller

Document = dict[str, Any]


def judge(caller: Caller, house: House, asked: Mapping[str, Any]) -> Document:
    """The whole verdict. `asked` is a loaded `EligibilityAsked`.

    Raises:
        NoSuchCandidate, CandidateErased, NoSuchJobOrder: what is asked about is not known here.
    """
    caller.need("recommendations:read")
    person = stranger(house, asked["profile"]) if "profile" in asked else _stored(house, asked["candidate"])
    moment = Moment.of(asked)
    with house.live_world.read() as (world, as_of):
        order = _order(world, asked["job_order"])
        law = world.law.at(moment.day, moment.known_on)
        verdict = world.verdict(person, order, law, moment.day)
        state = state_with_paths(verdict, person, order, world, moment.day, moment.known_on)
    return {**_shown(verdict, person, order, law, moment, as_of), "state": state.value}


def _stored(house: House, id: str) -> Person:
    return known(person_at(house, id), house.read_models.applications(id))


def _order(world: World, asked: Mapping[str, Any]) -> Order:
    document = asked["document"]
    if document is not None:
        order = Order.from_payload(document, Quota.from_payload(document["quota"]) if document["quota"] else None)
        named = (document["company"] or {}).get("named")
        return replace(order, company=_licence(world, named)) if named else order
    known = world.orders.get(asked["id"])
    if known is None:
        raise NoSuchJobOrder()
    return known


def _licence(world: World, named: str) -> Company | None:
    """The licence of a company as it stands on its published orders; None when none of them is known here."""
    companies = (order.company for order in world.orders.values() if order.company is not None)
    return next((company for company in companies if named in (company.id, company.sip3mi)), None)


def _shown(verdict: Verdict, person: Person, order: Order, law: LawOnDay, moment: Moment, as_of: AsOf) -> Document:
    return {
        "candidate": person.id if person.version else None,
        "job_order": order.id,
        "eligible": verdict.eligible,
        "by": verdict.by.isoformat() if verdict.by else None,
        "rules": [outcome.as_payload() for outcome in verdict.outcomes],
        "deciding": [outcome.rule for outcome in verdict.blocking],
        "cautions": [caution.as_payload() for caution in verdict.cautions],
        "hidden": {"reason": verdict.hidden.reason, "policy": verdict.hidden.policy} if verdict.hidden else None,
        "as_of": {
            "candidate": person.version or None,
            "job_order": order.version,
            "day": moment.day.isoformat(),
            "known_on": moment.known_on.isoformat() if moment.known_on else None,
            "generation": as_of.generation,
            "sequence": as_of.sequence,
            "policies": list(law.key),
            "law_verified_on": law.verified_on.isoformat() if law.verified_on else None,
        },
    }
