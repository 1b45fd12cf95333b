"""Providers: who may train, under which licence, with which accredited programmes."""

from collections.abc import Mapping
from typing import Any

from services.training import problems
from services.training.actions.courses import refresh_provider
from services.training.actions.house import House, guard, own_only
from services.training.store import PROVIDERS
from shared import clock, ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

RETELL = "retell_courses"
KEY_SCOPES = ("courses:write", "batches:write", "enrolments:write")


def register(caller: Caller, house: House, data: dict[str, Any]) -> Document:
    """Enter a provider. The province does this, after it has looked at the licence.

    Raises:
        CodeTaken: another provider has this code.
    """
    caller.need("providers:write")

    def work(tx: Tx) -> Document:
        if house.store.provider_by_code(data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Lembaga dengan kode {data['code']} sudah ada. Ubah yang ada, atau pakai kode lain.",
                    "en": f"There is a provider with the code {data['code']}. Change that one, or use another code.",
                }
            )
        return house.store.providers.create(tx, {"_id": ids.new(), "listed": True, **data}, type="")

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Change licence, accreditation or activity; the provider's courses are told again with the new state."""
    caller.need("providers:write")

    def work(tx: Tx) -> Document:
        doc = _load(house, id, tx)
        guard(doc, version)
        new = doc | changes
        if new == doc:
            return doc
        house.jobs.put(tx, RETELL, id, clock.now())
        return house.store.providers.change(tx, new, type="")

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One provider; a provider sees itself only."""
    own_only(caller, id)
    return _load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Providers in the order of their ids, or the one with a code; a provider sees itself only."""
    if caller.kind == "provider":
        return {"items": [_load(house, caller.organisation or "")], "next": None}
    where = {"code": args["code"]} if "code" in args else {"listed": True}
    return house.store.page(PROVIDERS, where, args)


def issue_key(caller: Caller, house: House, id: str) -> dict[str, Any]:
    """A new API key, shown this once. Two may live at a time, so that one can be rotated without an outage.

    The province makes one for any provider, people of a provider for their own.

    Raises:
        KeyByAKey: the caller is a key itself.
    """
    caller.need("courses:write" if caller.kind == "provider" else "providers:write")
    own_only(caller, id)
    if caller.key is not None:
        raise problems.KeyByAKey()

    def work(tx: Tx) -> dict[str, Any]:
        _load(house, id, tx)
        key = house.keys.issue(tx, id, KEY_SCOPES)
        return {"id": key.split("_")[1], "key": key, "scopes": sorted(KEY_SCOPES)}

    return house.database.run(work)


def revoke_key(caller: Caller, house: House, id: str, key_id: str) -> None:
    """End one API key at once: the province for any provider, a provider for itself when a key leaked."""
    caller.need("providers:write", "courses:write")
    own_only(caller, id)
    house.database.run(lambda tx: house.keys.revoke(tx, id, key_id))


def keys(caller: Caller, house: House, id: str) -> list[dict[str, Any]]:
    """The live keys of a provider, without their secrets."""
    caller.need("providers:write", "courses:write")
    own_only(caller, id)
    return house.keys.listed(id)


def retell(house: House, provider_id: str) -> None:
    """The job behind `change`: every course of the provider says the provider's new state, one transaction a course."""
    for course_id in house.store.course_ids_of(provider_id):
        house.database.run(lambda tx, course_id=course_id: refresh_provider(tx, house, course_id))  # type: ignore[misc]


def _load(house: House, id: str, tx: Tx | None = None) -> Document:
    doc = house.store.providers.load(id, tx)
    if doc is None:
        raise problems.NoSuchProvider()
    return doc
