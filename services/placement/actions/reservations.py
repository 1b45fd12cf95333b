"""Slots: one is reserved for a person before anything is signed, lapses when nobody signs, is never promised twice."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from services.placement import problems, says
from services.placement.actions import permits
from services.placement.actions.house import COMPANY, Document, House, own_only
from services.placement.actions.job_orders import load as load_order
from services.placement.model import company as companies
from services.placement.model import job_order as orders
from services.placement.model import partner as partners
from services.placement.model import quota as quotas
from services.placement.store.judgements import step
from shared import clock, ids
from shared.codes import texts
from shared.documents.mongo import Tx
from shared.http.callers import Caller
from shared.jobs import Handler, Job

LAPSE = "lapse_reservation"


def handlers(house: House) -> Mapping[str, Handler]:
    """Job kind → what to do, for ``work``."""
    return {LAPSE: lambda job: _lapse(house, job)}


def reserve(caller: Caller, house: House, job_order_id: str, candidate_id: str, *, days: int) -> Document:
    """Hold a slot of an order for a person. Of twenty requests for the last slot one gets it, nineteen are told.

    Raises:
        NoSuchJobOrder, OrderNotOpen, OrderNotVerified ...: it takes nobody today, see `bookable`.
        AlreadyReserved: the answer has the slot that the person holds.
        QuotaFull: every slot is taken or held.
        PersonNotKnownYet, PersonMerged, PersonErased, NoConsent: nothing can be held for the person (yet).
    """
    caller.need("referrals:write", "applications:write")

    def work(tx: Tx) -> Document:
        order = load_order(house, job_order_id, tx)
        bookable(tx, house, order)
        known_person(tx, house, candidate_id)
        held = house.bookings.live_reservation(tx, job_order_id, candidate_id)
        if held is not None:
            raise problems.AlreadyReserved(extra={"reservation": held["_id"]})
        quota = house.job_orders.quota(job_order_id, tx)
        if quotas.left(quota) <= 0:
            raise problems.QuotaFull(
                {
                    "id": "Pilih lowongan lain, atau tunggu slot dilepas.",
                    "en": "Choose another order, or wait for a slot.",
                }
            )
        house.job_orders.change_quota(tx, quotas.reserved(quota))
        permits.share(tx, house, orders.permit_key(order), but=job_order_id)
        until = clock.now() + timedelta(days=days)
        reservation = {
            "_id": ids.new(),
            "job_order_id": job_order_id,
            "candidate_id": candidate_id,
            "company_id": order["company_id"],
            "state": "HELD",
            "live": True,
            "until": until,
            "by": caller.id,
        }
        house.jobs.put(tx, LAPSE, reservation["_id"], until)
        _mark_application(tx, house, reservation, reserved=True, by=caller.id)
        return house.bookings.reservations.create(tx, reservation, type="")

    return house.database.run(work)


def release(caller: Caller, house: House, job_order_id: str, id: str) -> None:
    """Give a held slot back. One that was signed for is given back by withdrawing the application.

    Raises:
        NoSuchReservation: there is none.
        StepNotPossible: it was signed for.
    """
    caller.need("referrals:write", "applications:write")

    def work(tx: Tx) -> None:
        reservation = _load(house, job_order_id, id, tx)
        if reservation["state"] == "TAKEN":
            raise problems.StepNotPossible(
                {
                    "id": "Perjanjian sudah ditandatangani. Ubah lamaran menjadi WITHDRAWN atau REJECTED.",
                    "en": "The agreement is signed. Move the application to WITHDRAWN or REJECTED.",
                }
            )
        if reservation["state"] == "HELD":
            let_go(tx, house, reservation, "RELEASED")
            _mark_application(tx, house, reservation, reserved=False, by=caller.id)

    house.database.run(work)


def show(caller: Caller, house: House, id: str, *, job_order_id: str | None = None) -> Document:
    """One reservation, for an office or for the company whose order it is."""
    caller.need("referrals:write", "applications:write", "job_orders:write")
    reservation = _load(house, job_order_id, id)
    own_only(caller, reservation["company_id"])
    return reservation


def page(caller: Caller, house: House, job_order_id: str, args: Mapping[str, Any]) -> Document:
    """The reservations of an order, or those of one person to it."""
    caller.need("referrals:write", "applications:write", "job_orders:write")
    order = load_order(house, job_order_id)
    if caller.kind == COMPANY:
        own_only(caller, order["company_id"])
    of_one = {"candidate_id": args["candidate"]} if "candidate" in args else {}
    return house.bookings.reservations_page({"job_order_id": job_order_id, **of_one}, args)


def bookable(tx: Tx, house: House, order: Document) -> None:
    """Stop unless somebody new may be booked on this order today.

    Raises:
        OrderNotOpen, OrderNotVerified, CompanyNotLicensed, PermitNotValid.
    """
    if not orders.is_open_on(order, clock.today().isoformat()):
        raise problems.OrderNotOpen(_why_not_open(order))
    in_order(tx, house, order)


def _why_not_open(order: Document) -> dict[str, str]:
    why = {
        "DRAFT": ("Lowongan ini belum diterbitkan.", "This job order is not published yet."),
        "SUSPENDED": ("Lowongan ini sedang dihentikan.", "This job order is suspended."),
        "CLOSED": ("Lowongan ini sudah ditutup.", "This job order is closed."),
    }.get(order["status"])
    if why is None:
        first, last = order["opens_on"], order["closes_on"]
        days = [
            (texts.day(first, lang) if first else "-", texts.day(last, lang) if last else "-") for lang in ("id", "en")
        ]
        why = (
            f"Lamaran diterima dari {days[0][0]} sampai {days[0][1]}.",
            f"Applications are taken from {days[1][0]} to {days[1][1]}.",
        )
    return {"id": f"{why[0]} Pilih lowongan lain.", "en": f"{why[1]} Choose another one."}


def in_order(tx: Tx, house: House, order: Document) -> None:
    """Stop unless the order is verified, its company licensed, its partner not listed, and its permit in force today.

    Company and partner are read themselves and not from the order's copies, which may be a moment old. A closing date
    does not matter here: who was selected before it may sign after it.

    Raises:
        OrderNotVerified, CompanyNotLicensed, PermitNotValid.
    """
    today = clock.today().isoformat()
    if order["verification"] != "VERIFIED" or order["concerns"]:
        raise problems.OrderNotVerified(
            {"id": "Minta peninjau provinsi memeriksanya.", "en": "Ask a reviewer of the province to verify it."}
        )
    company = house.companies.load(order["company_id"], tx) if order["company_id"] else None
    if company is not None and (companies.is_held(company) or not companies.licensed_on(company, today)):
        until = company["valid_until"]
        raise problems.CompanyNotLicensed(
            {
                "id": f"Status {company['status']}, berlaku sampai {until or 'tanpa batas'}.",
                "en": f"Its status is {company['status']}, valid until {until or 'further notice'}.",
            }
        )
    named = order["employer"]["partner_id"]
    partner = house.partners.load(named, tx) if named else None
    if partner is not None and partners.listed_on(partner, today):
        raise problems.PartnerListed(
            {"id": "Pilih lowongan lain.", "en": "Choose another job order."},
        )
    if not orders.permit_valid_on(order, today):
        raise problems.PermitNotValid(
            {"id": "Perbarui SIP2MI pada lowongan.", "en": "Renew the SIP2MI of the job order."}
        )


def known_person(tx: Tx, house: House, candidate_id: str) -> None:
    """Stop unless this is a person of the registry who has consented.

    Raises:
        PersonNotKnownYet, PersonErased, NoConsent.
    """
    person = house.bookings.candidate(candidate_id, tx)
    if person is None:
        raise problems.PersonNotKnownYet(
            {
                "id": "Jika baru saja didaftarkan, coba lagi sebentar. Jika tidak, periksa nomor calonnya.",
                "en": "If they were registered a moment ago, try again shortly. Otherwise check candidate_id.",
            }
        )
    if person.get("erased"):
        raise problems.PersonErased()
    if person.get("merged_into"):
        raise problems.PersonMerged(person["merged_into"])
    if person["consent"] != "GIVEN":
        raise problems.NoConsent(
            {
                "id": "Catat dulu persetujuan calon di halaman datanya.",
                "en": "Record the candidate's consent on their page first.",
            }
        )


def let_go(tx: Tx, house: House, reservation: Document, state: str) -> None:
    """End a reservation (``RELEASED`` or ``LAPSED``); its slot is free again. The caller tells the application."""
    free_slot(tx, house, reservation)
    house.bookings.reservations.change(tx, {**reservation, "state": state, "live": False, "until": None}, type="")


def free_slot(tx: Tx, house: House, reservation: Document) -> None:
    """The slot of this reservation is nobody's any more, and nothing is left to lapse."""
    quota = house.job_orders.quota(reservation["job_order_id"], tx)
    house.job_orders.change_quota(tx, quotas.released(quota, from_=reservation["state"]))
    order = load_order(house, reservation["job_order_id"], tx)
    permits.share(tx, house, orders.permit_key(order), but=order["_id"])
    house.jobs.cancel(tx, LAPSE, reservation["_id"])


def sign(tx: Tx, house: House, reservation: Document) -> None:
    """The agreement is signed: the held slot is taken and does not lapse any more."""
    quota = house.job_orders.quota(reservation["job_order_id"], tx)
    house.job_orders.change_quota(tx, quotas.taken(quota))
    house.jobs.cancel(tx, LAPSE, reservation["_id"])
    house.bookings.reservations.change(tx, {**reservation, "state": "TAKEN", "until": None}, type="")


def _lapse(house: House, job: Job) -> datetime | None:
    def work(tx: Tx) -> datetime | None:
        reservation = house.bookings.reservations.load(job.id, tx)
        if reservation is None or reservation["state"] != "HELD":
            return None
        if reservation["until"] > clock.now():
            until: datetime = reservation["until"]
            return until
        let_go(tx, house, reservation, "LAPSED")
        _mark_application(tx, house, reservation, reserved=False)
        return None

    return house.database.run(work)


def _mark_application(tx: Tx, house: House, reservation: Document, *, reserved: bool, by: str | None = None) -> None:
    """The application says whether a slot is held for it; ``by``: who did it, for the trail (nobody: it lapsed)."""
    application = house.bookings.live_application(tx, reservation["job_order_id"], reservation["candidate_id"])
    if application is not None and application["reserved"] != reserved:
        kind = says.APPLICATION_TYPE[application["state"]]
        saved = house.bookings.applications.change(tx, {**application, "reserved": reserved}, type=kind)
        if by is not None:
            what = "SLOT_HELD" if reserved else "SLOT_RELEASED"
            house.trail.write(tx, [step(application["_id"], what, by=by, version=saved["version"])])


def _load(house: House, job_order_id: str | None, id: str, tx: Tx | None = None) -> Document:
    """The reservation, if it is one of this order (``None``: of any)."""
    reservation = house.bookings.reservations.load(id, tx)
    if reservation is None or job_order_id not in (None, reservation["job_order_id"]):
        raise problems.NoSuchReservation()
    return reservation
