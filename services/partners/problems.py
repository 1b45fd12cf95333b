"""What can go wrong in the partners house, in the words of the people who meet it."""

from typing import NoReturn

from shared.http.problems import Conflict, Fault, Forbidden, Gone, Invalid, NotFound, Text, TooMany


class NoSuchOrganisation(NotFound):
    code = "organisation_not_found"
    title = {"id": "Mitra tidak ditemukan", "en": "No such partner"}


class NoSuchSubscription(NotFound):
    code = "subscription_not_found"
    title = {"id": "Langganan tidak ditemukan", "en": "No such subscription"}


class NoSuchDelivery(NotFound):
    code = "delivery_not_found"
    title = {"id": "Pengiriman tidak ditemukan", "en": "No such delivery"}


class NoSuchEvent(NotFound):
    code = "event_not_found"
    title = {"id": "Peristiwa tidak ditemukan", "en": "No such event"}


class NoSuchDeparture(NotFound):
    code = "departure_not_found"
    title = {"id": "Keberangkatan ini tidak diumumkan lewat wilayah Anda", "en": "No such departure by your region"}


class NoSuchKind(NotFound):
    code = "event_type_not_found"
    title = {"id": "Jenis peristiwa tidak dikenal", "en": "No such kind of event"}


class NotYours(Forbidden):
    code = "not_yours"
    title = {"id": "Hanya milik mitra Anda sendiri", "en": "Only what belongs to your own organisation"}


class Suspended(Forbidden):
    """The organisation hears nothing at present; what happens meanwhile waits for it."""

    code = "partner_suspended"
    title = {"id": "Akses mitra ini sedang dihentikan", "en": "The access of this partner is suspended"}


class CodeTaken(Conflict):
    code = "code_taken"
    title = {"id": "Kode ini sudah dipakai", "en": "This code is in use"}


class TooManySubscriptions(Conflict):
    code = "too_many_subscriptions"
    title = {"id": "Langganan sudah terlalu banyak", "en": "Too many subscriptions"}


class SubscriptionClosed(Conflict):
    code = "subscription_closed"
    title = {"id": "Langganan ini sudah ditutup", "en": "This subscription is closed"}


class NothingToSend(Conflict):
    code = "nothing_to_send"
    title = {"id": "Tidak ada yang dapat dikirim ulang", "en": "There is nothing to send again"}


class PositionTooOld(Gone):
    """The feed no longer reaches back that far."""

    code = "position_too_old"
    title = {"id": "Posisi ini sudah tidak disimpan", "en": "This position is no longer kept"}


class TooManyStreams(TooMany):
    code = "too_many_streams"
    title = {"id": "Terlalu banyak aliran terbuka", "en": "Too many open streams"}


class TooManyTrials(TooMany):
    code = "too_many_trials"
    title = {"id": "Percobaan lain masih berjalan", "en": "Other trials are still running"}


class Refused(Invalid):
    """A value that is well formed and cannot be true beside the others."""


def refuse(pointer: str, code: str, text: Text, fix: Text | None = None, *, where: str = "body") -> NoReturn:
    """Refuse one value of the request; `fix` says what to type instead.

    Raises:
        Refused: always.
    """
    raise Refused(errors=[Fault(pointer, code, text, fix, where=where)])
