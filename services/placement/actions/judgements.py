"""What the law said comes here: it stops and releases by itself, and every step asks here before it is taken."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import partial
from typing import Any

from services.placement import problems, says
from services.placement.actions.house import Document, House
from services.placement.model import application as applications
from services.placement.model import job_order as orders
from services.placement.model import judgement as model
from services.placement.store.judgements import LAW, flat, step
from shared import clock
from shared.documents.mongo import Tx
from shared.events.envelope import Event
from shared.judgements import (
    HIDDEN,
    SPECIFIC,
    AgainstTheLaw,
    NotJudgedYet,
    NotKnownToBeLawful,
    codes_hidden,
    hidden,
    told,
)

JOB_ORDER, APPLICATION = "JOB_ORDER", "APPLICATION"

SETTLE_AFTER = timedelta(seconds=1)
"""What was heard together is heard whole before anything of it is written down."""
SETTLED_TOGETHER = 50
"""Applications of one transaction; a visitor may be waiting for one of them."""


def heard(tx: Tx, house: House, events: Sequence[Event]) -> None:
    """Judgements were kept: orders stop or go on in the same transaction, applications (after a rebuild) soon after."""
    news = [event.data for event in events if event.data is not None]
    _orders(tx, house, {one["id"]: one for one in news if one["subject"] == JOB_ORDER})
    if later := [one for one in news if one["subject"] == APPLICATION]:
        house.judgements.put_down(tx, [{**flat(one), "_id": one["id"], "version": one["version"]} for one in later])


def settle(house: House, *, older_than: timedelta = SETTLE_AFTER) -> int:
    """Write what followed from judgements into the applications, and tell it. Returns how many rows were done.

    An application stands as its last judgement says from the moment that is heard (`model.application.standing`); this
    writes it down. A law that closes a thousand applications is known of all of them before the first is written.
    """
    rows = house.judgements.put_aside(clock.wall() - older_than)
    for row in rows:
        for start in range(0, len(row["ids"]), SETTLED_TOGETHER):
            piece = row["ids"][start : start + SETTLED_TOGETHER]
            house.database.run(partial(_settle, house, row, piece))
        house.judgements.settled(row["_id"])
    return len(rows)


def waiting(house: House) -> dict[str, int]:
    """How many open orders and applications have no judgement, or one older than what this house has heard."""
    orders_ = house.job_orders.all_open()
    applications_ = house.bookings.all_open(applications.UNDER_WAY)
    counts = {}
    for subject, documents in ((JOB_ORDER, orders_), (APPLICATION, applications_)):
        shown = with_judgements(house, documents, of=subject)
        counts[subject] = sum(1 for one in shown if not (one["judgement"] or {}).get("current"))
    return counts


def _settle(house: House, row: Document, piece: Sequence[str], tx: Tx) -> None:
    _applications(tx, house, house.judgements.several(tx, piece))
    house.judgements.keep(tx, row, piece)


def need_lawful(tx: Tx, house: House, application: Document, order: Document, wanted: str, *, to_company: bool) -> None:
    """Stop unless the law lets this application take the step today. ``order``: its job order, as it stands.
    ``to_company``: a company asks, which is not told of somebody's health or past.

    Raises:
        NotJudgedYet: what was judged is older than what was heard of the person, the order or the law.
        AgainstTheLaw, NotKnownToBeLawful, PapersMissing: with the rules, their basis and the way out.
    """
    judgement = house.judgements.load(application["_id"], tx)
    person = house.bookings.candidate(application["candidate_id"], tx)
    if judgement is None or not model.is_current(
        judgement,
        day=clock.today().isoformat(),
        policies=house.policies.digest(tx),
        job_order=order["version"],
        candidate=person["version"] if person else None,
        candidate_id=application["candidate_id"],
    ):
        raise NotJudgedYet()
    overrides = model.still_answered(application.get("overrides", []), judgement)
    for rules, problem in (
        (model.unmet(judgement), AgainstTheLaw),
        (model.open_questions(judgement, overrides), NotKnownToBeLawful),
        (model.papers_missing(judgement, wanted, overrides), problems.PapersMissing),
    ):
        if rules:
            raise problem.of(rules, to_others=to_company)


def need_lawful_order(tx: Tx, house: House, order: Document) -> None:
    """Stop unless the order by itself is judged as it stands and not unlawful.

    Raises:
        NotJudgedYet, UnlawfulOrder.
    """
    judgement = house.judgements.load(order["_id"], tx)
    today = clock.today().isoformat()
    if judgement is None or not model.is_current(
        judgement, day=today, policies=house.policies.digest(tx), job_order=order["version"]
    ):
        raise NotJudgedYet()
    if rules := model.unmet(judgement):
        raise problems.UnlawfulOrder.of(rules)


def with_judgements(house: House, documents: Sequence[Document], *, of: str) -> list[Document]:
    """The orders or applications, each with its ``judgement`` as visitors see it (None = not judged yet).

    ``of``: JOB_ORDER or APPLICATION.
    """
    found = house.judgements.of(document["_id"] for document in documents)
    day, policies = clock.today().isoformat(), house.policies.digest()
    people: Mapping[str, int] = {}
    ordered: Mapping[str, int] = {document["_id"]: document["version"] for document in documents}
    if of == APPLICATION:
        people = house.bookings.versions_of(document["candidate_id"] for document in documents)
        ordered = house.job_orders.versions_of(document["job_order_id"] for document in documents)

    def current(document: Document, judgement: Document) -> bool:
        return model.is_current(
            judgement,
            day=day,
            policies=policies,
            job_order=ordered[document["job_order_id"] if of == APPLICATION else document["_id"]],
            candidate=people.get(document["candidate_id"]) if of == APPLICATION else None,
            candidate_id=document.get("candidate_id"),
        )

    shown = []
    for document in documents:
        judgement = found.get(document["_id"])
        known = judgement if judgement and model.given(judgement) else None
        overrides = document.get("overrides", [])
        if known is not None and overrides:
            overrides = model.still_answered(overrides, known)
            document = {**document, "overrides": overrides}
        view = known and _shown(known, overrides, current(document, known))
        stands = applications.standing(document, known) if of == APPLICATION else document
        shown.append({**stands, "judgement": view})
    return shown


def for_company(application: Document) -> Document:
    """An application of :func:`with_judgements` as its company sees it: that something personal stands against it, and
    not what, nor the words of whoever answered for that."""
    known = application["judgement"]
    view = known and {**known, "rules": hidden(known["rules"])}
    overrides = [_without_specific(one) for one in application.get("overrides", [])]
    return {**application, "judgement": view, "overrides": overrides}


def row_for_company(row: Document) -> Document:
    """A row of the trail, the same way."""
    rules = codes_hidden(row["rules"])
    return {**row, "rules": rules, "reason": None if HIDDEN in rules else row["reason"]}


def _without_specific(override: Document) -> Document:
    rules = [
        {"rule": HIDDEN, "version": f"{HIDDEN}/1"} if rule["rule"] in SPECIFIC else rule for rule in override["rules"]
    ]
    return {**override, "rules": rules, "reason": override["reason"] if rules == override["rules"] else "-"}


def _shown(judgement: Document, overrides: Iterable[Document], current: bool) -> Document:
    overrides = list(overrides)
    rules = told(judgement["rules"])
    for rule, raw in zip(rules, judgement["rules"], strict=True):
        rule["overridden"] = model.overridden(raw, overrides)
    return {
        **{name: judgement[name] for name in ("outcome", "day", "versions", "judged_at")},
        "rules": rules,
        "current": current,
    }


def _orders(tx: Tx, house: House, judged: Mapping[str, Any]) -> None:
    changes, trail = [], []
    for order in house.job_orders.some(tx, judged):
        judgement = judged[order["_id"]]
        stopped = judgement["outcome"] == model.UNLAWFUL and order["verification"] == "VERIFIED"
        new = orders.with_status({**order, "stopped_by_law": stopped})
        if stopped == order.get("stopped_by_law", False):
            continue
        turned = new["status"] != order["status"]
        kind = says.ORDER_CHANGED if not turned else says.ORDER_SUSPENDED if stopped else says.ORDER_RELEASED
        changes.append((new, kind))
        trail.append(row_of_the_law(order, "SUSPENDED_BY_LAW" if stopped else "RELEASED_BY_LAW", judgement))
    house.job_orders.aggregates.change_many(tx, changes)
    house.trail.write(tx, trail)


def _applications(tx: Tx, house: House, judged: Mapping[str, Any]) -> None:
    changes, trail = [], []
    for application in house.bookings.some_applications(tx, judged):
        judgement = judged[application["_id"]]
        answered = application.get("overrides", [])
        left = model.still_answered(answered, judgement)
        new = applications.judged({**application, "overrides": left}, judgement)
        did = what_changed(application, new) if new is not None else None
        if new is None or did is None:
            if left != answered:
                changes.append(({**application, "overrides": left}, says.APPLICATION_ANNOUNCED))
            continue
        changes.append((new, did[0]))
        trail.append(row_of_the_law(application, did[1], judgement))
    house.bookings.applications.change_many(tx, changes)
    house.trail.write(tx, trail)


def what_changed(before: Document, after: Document) -> tuple[str, str] | None:
    """The type of the event, and the word of the trail, for what a judgement did; None where it did nothing."""
    if after["state"] == applications.STOPPED != before["state"]:
        return says.APPLICATION_TYPE["STOPPED"], "STOPPED_BY_LAW"
    if before["state"] == applications.STOPPED != after["state"]:
        return says.APPLICATION_RESUMED, "RESUMED"
    suspended = after.get("departure_suspended", False)
    if suspended == before.get("departure_suspended", False):
        return None
    if suspended:
        return says.DEPARTURE_SUSPENDED, "DEPARTURE_SUSPENDED"
    return says.DEPARTURE_ANNOUNCED, "DEPARTURE_STANDS_AGAIN"


def row_of_the_law(document: Document, what: str, judgement: Mapping[str, Any]) -> Document:
    """A row of the trail for what the law did by itself."""
    codes = [rule["rule"] for rule in model.unmet(judgement)]
    return step(document["_id"], what, by=LAW, rules=codes, version=document["version"] + 1)
