"""Applications: a person applies, the company selects, a slot is signed for, the person departs; or it ends before."""

from collections.abc import Mapping, Sequence
from typing import Any

from services.placement import problems, says
from services.placement.actions.elsewhere import hold_others, need_here
from services.placement.actions.house import COMPANY, Document, House, guard, own_only
from services.placement.actions.job_orders import load as load_order
from services.placement.actions.judgements import need_lawful, row_of_the_law, what_changed
from services.placement.actions.reservations import bookable, free_slot, in_order, known_person, let_go, sign
from services.placement.model import application as model
from services.placement.model import judgement as model_of_judgements
from services.placement.store.judgements import step
from shared import clock, ids, metrics
from shared.documents import receipts
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.http.cursors import any_of
from shared.judgements import NotJudgedYet

READERS = ("applications:write", "referrals:write", "candidates:read", "job_orders:write")


def apply(caller: Caller, house: House, candidate_id: str, job_order_id: str) -> Document:
    """A person applies to an order that is open and verified. A slot that is held for them already counts.

    Raises:
        Refused: there is no such order.
        OrderNotOpen, OrderNotVerified ...: it takes nobody today, see `reservations.bookable`.
        AlreadyApplied: the answer has the earlier application.
        PersonNotKnownYet, PersonMerged, PersonErased, NoConsent: the person cannot apply (yet).
    """
    caller.need("applications:write", "referrals:write")

    def work(tx: Tx) -> Document:
        order = house.job_orders.load(job_order_id, tx) or problems.refuse("/job_order_id", "unknown_job_order")
        bookable(tx, house, order)
        known_person(tx, house, candidate_id)
        earlier = house.bookings.live_application(tx, job_order_id, candidate_id)
        if earlier is not None:
            raise problems.AlreadyApplied(extra={"application": earlier["_id"]})
        application = {
            "_id": ids.new(),
            "listed": True,
            "candidate_id": candidate_id,
            "job_order_id": job_order_id,
            "company_id": order["company_id"],
            "centre": caller.centre,
            "state": "APPLIED",
            "stopped_at": None,
            "overrides": [],
            "live": True,
            "reserved": house.bookings.live_reservation(tx, job_order_id, candidate_id) is not None,
            "note": None,
            "by": caller.id,
        }
        return house.bookings.applications.create(tx, application, type=says.APPLICATION_TYPE["APPLIED"])

    return house.database.run(work)


def move(caller: Caller, house: House, id: str, version: int, *, state: str, note: str | None) -> Document:
    """Take the next step. A company selects and rejects; what is signed before an officer, an officer reports."""
    caller.need("applications:write", "referrals:write", "job_orders:write")
    if caller.kind == COMPANY and state not in model.COMPANY_MAY:
        caller.need("applications:write")

    def work(tx: Tx) -> Document:
        application = load_standing(house, id, tx)
        own_only(caller, application["company_id"])
        guard(application, version)
        if state == application["state"]:
            return application
        order = load_order(house, application["job_order_id"], tx)
        if application["state"] == model.STOPPED and state in model.ONWARD:
            need_lawful(tx, house, application, order, state, to_company=caller.kind == COMPANY)
        _may_follow(application["state"], state)
        if state in model.ONWARD:
            if state != "SELECTED":
                need_here(tx, house, application)
            in_order(tx, house, order)
            need_lawful(tx, house, application, order, state, to_company=caller.kind == COMPANY)
        moved = {
            **application,
            "state": state,
            "stopped_at": None,
            "departure_suspended": False,
            "note": note,
            "live": not model.gives_slot_back(state),
        }
        reservation = house.bookings.live_reservation(tx, application["job_order_id"], application["candidate_id"])
        if state == "DEPARTED":
            moved["departed_at"] = clock.now()
        elif state == "AGREED":
            _sign(tx, house, reservation)
        elif model.gives_slot_back(state) and reservation is not None:
            let_go(tx, house, reservation, "RELEASED")
            moved["reserved"] = False
        saved = house.bookings.applications.change(tx, moved, type=says.APPLICATION_TYPE[state])
        house.trail.write(tx, [step(id, state, by=caller.id, version=saved["version"])])
        if state == "DEPARTED":
            hold_others(tx, house, application["candidate_id"], by=caller.id)
        return saved

    return house.database.run(work)


def override(caller: Caller, house: House, id: str, *, rules: Sequence[str], reason: str) -> Document:
    """A supervisor answers for rules that are not known; one that is not met binds everybody.

    Raises:
        Refused: a rule is not met, or is no question of this application.
        NotJudgedYet: nothing was judged that could be overridden.
    """
    caller.need("overrides:write")

    def work(tx: Tx) -> Document:
        written = load(house, id, tx)
        application = load_standing(house, id, tx)
        if not application["live"] or application["state"] == "DEPARTED":
            _may_follow(application["state"], "SELECTED")
        judgement = house.judgements.load(id, tx)
        if judgement is None or judgement.get("erased"):
            raise NotJudgedYet()
        named = [
            model_of_judgements.answering(rule)
            for at, code in enumerate(rules)
            for rule in _questions(judgement, code, f"/rules/{at}")
        ]
        answer = {
            "rules": named,
            "reason": reason,
            "by": caller.id,
            "at": clock.now(),
            "judgement": judgement["version"],
        }
        overrides = [*model_of_judgements.still_answered(application.get("overrides", []), judgement), answer]
        new = model.standing({**application, "overrides": overrides}, judgement)
        # What the judgement did may not be written down yet: it is told here, or nobody would hear of it.
        did = what_changed(written, new)
        kind = did[0] if did else says.APPLICATION_TYPE[application["state"]]
        saved = house.bookings.applications.change(tx, new, type=kind)
        if did:
            house.trail.write(tx, [row_of_the_law(written, did[1], judgement)])
        row = step(id, "OVERRIDDEN", by=caller.id, rules=rules, reason=reason, version=saved["version"])
        house.trail.write(tx, [row])
        receipts.sign(tx, id=id, version=saved["version"])
        return saved

    saved = house.database.run(work)
    for rule in dict.fromkeys(rules):
        metrics.OVERRIDDEN.labels(rule).inc()
    return saved


def trail(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """What was done with an application, by whom, and what the law did."""
    show(caller, house, id)
    return house.trail.page(id, args)


def show(caller: Caller, house: House, id: str) -> Document:
    """One application, for an office or for the company whose order it is to."""
    caller.need(*READERS)
    application = load(house, id)
    own_only(caller, application["company_id"])
    return application


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Applications of one person or to one order; a company sees those to its own orders, an office those that it
    made. Nobody browses everybody. The oldest first."""
    caller.need(*READERS)
    where: dict[str, Any] = {}
    if caller.kind == COMPANY:
        where["company_id"] = caller.organisation
    if "candidate" in args:
        where["candidate_id"] = args["candidate"]
    if "job_order" in args:
        where["job_order_id"] = args["job_order"]
    if not where and caller.centre:
        where["centre"] = caller.centre
    if not where:
        problems.refuse("", "filter_missing", where="query")
    if args.get("state"):
        where["state"] = any_of(args["state"])
    return house.bookings.applications_page(where, args)


def forget(tx: Tx, house: House, candidate_id: str) -> None:
    """A person was erased: what points to them goes, held slots are free again, signed ones stay counted."""
    reservations, applications = house.bookings.of_person(tx, candidate_id)
    for reservation in reservations:
        if reservation["state"] == "HELD":
            free_slot(tx, house, reservation)
        house.bookings.forget_reservation(tx, reservation["_id"])
    house.trail.forget(tx, [application["_id"] for application in applications])
    for application in applications:
        house.bookings.applications.erase(tx, application["_id"], type=says.APPLICATION_TYPE["WITHDRAWN"])


def follow(tx: Tx, house: House, before: str, after: str) -> None:
    """Two records were of one person: what points to the one that went points to the one that was kept. Of two to one
    order the one that is further along goes on, and of two slots one. Whoever was erased in between takes theirs along.
    """
    kept = house.bookings.survivor(tx, after)
    if kept is None:
        forget(tx, house, before)
        return
    reservations, applications = house.bookings.of_person(tx, before)
    for reservation in reservations:
        _follow_with_slot(tx, house, reservation, kept)
    for application in applications:
        if not application.get("erased"):
            _follow_with_application(tx, house, application, kept)
    for order_id in dict.fromkeys(reservation["job_order_id"] for reservation in reservations):
        _says_its_slot(tx, house, order_id, kept)
    hold_others(tx, house, kept)


def _follow_with_slot(tx: Tx, house: House, reservation: Document, kept: str) -> None:
    double = house.bookings.live_reservation(tx, reservation["job_order_id"], kept)
    if reservation["live"] and double is not None:
        # A signed slot stays taken; one that was only held is free again.
        spare = double if double["state"] == "HELD" else reservation
        let_go(tx, house, spare, "RELEASED")
        if spare is reservation:
            reservation = house.bookings.reservations.load(reservation["_id"], tx) or reservation
    house.bookings.reservations.change(tx, {**reservation, "candidate_id": kept}, type="")


def _follow_with_application(tx: Tx, house: House, application: Document, kept: str) -> None:
    order_id, double = application["job_order_id"], None
    moved, kind = {**application, "candidate_id": kept}, says.APPLICATION_ANNOUNCED
    if not model.NEXT[application["state"]]:
        day = clock.day_of(application["updated_at"]).isoformat()
        moved["ended_on"] = application.get("ended_on") or day
    if application["live"]:
        double = house.bookings.live_application(tx, order_id, kept)
    over = {"state": "WITHDRAWN", "live": False, "stopped_at": None, "departure_suspended": False, "reserved": False}
    if double is not None and model.is_further(double, than=application):
        moved, kind = moved | over, says.APPLICATION_TYPE["WITHDRAWN"]
    elif application["live"]:
        if double is not None:
            house.bookings.applications.change(tx, double | over, type=says.APPLICATION_TYPE["WITHDRAWN"])
        moved["reserved"] = house.bookings.live_reservation(tx, order_id, kept) is not None
    house.bookings.applications.change(tx, moved, type=kind)


def _says_its_slot(tx: Tx, house: House, order_id: str, kept: str) -> None:
    """A slot came along: the application that goes on says so, also where only the record that was kept had applied.
    Else a full order would count against the one who holds its slot."""
    application = house.bookings.live_application(tx, order_id, kept)
    slot = house.bookings.live_reservation(tx, order_id, kept) is not None
    if application is not None and application["reserved"] != slot:
        house.bookings.applications.change(tx, {**application, "reserved": slot}, type=says.APPLICATION_ANNOUNCED)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The application, or the problem that there is none (any more)."""
    application = house.bookings.applications.load(id, tx)
    if application is None:
        raise problems.NoSuchApplication()
    if application.get("erased"):
        raise problems.ApplicationErased()
    return application


def load_standing(house: House, id: str, tx: Tx) -> Document:
    """The application as it stands by its last judgement, whether or not that was written into it yet."""
    return model.standing(load(house, id, tx), house.judgements.load(id, tx))


def _may_follow(state: str, wanted: str) -> None:
    if not model.may_follow(state, wanted):
        possible = ", ".join(model.NEXT[state]) or "-"
        raise problems.StepNotPossible(
            {
                "id": f"Dari {state} tidak bisa ke {wanted}. Yang mungkin: {possible}.",
                "en": f"{wanted} cannot follow {state}. Possible: {possible}.",
            }
        )


def _questions(judgement: Document, code: str, pointer: str) -> list[Mapping[str, Any]]:
    """The rules of this code that are not known."""
    found = [rule for rule in judgement["rules"] if rule["rule"] == code]
    if any(rule["status"] == "NOT_MET" for rule in found):
        problems.refuse(pointer, "rule_not_met")
    if not found:
        problems.refuse(pointer, "rule_not_open")
    return found


def _sign(tx: Tx, house: House, reservation: Document | None) -> None:
    """The placement agreement: only with a slot in hand."""
    if reservation is None:
        raise problems.SlotNeeded(
            {
                "id": "Pesan slot dulu, baru perjanjian penempatan ditandatangani.",
                "en": "Reserve a slot first; only then is the placement agreement signed.",
            }
        )
    sign(tx, house, reservation)
