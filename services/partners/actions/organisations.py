"""Partners: who they are, on which legal basis they hear what, and their API keys."""

from collections.abc import Mapping
from typing import Any

from services.partners import problems
from services.partners.actions.house import MANAGES, House, guard, own_only
from services.partners.model import organisation as model
from services.partners.model.events import of_audience
from shared import ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller


def register(caller: Caller, house: House, data: dict[str, Any]) -> Document:
    """Enter a partner, after its agreement was signed.

    Raises:
        CodeTaken: another partner has this code.
    """
    caller.need(MANAGES)
    _check(data)

    def work(tx: Tx) -> Document:
        if house.organisations.by_code(data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Mitra dengan kode {data['code']} sudah ada. Ubah yang ada, atau pakai kode lain.",
                    "en": f"There is a partner with the code {data['code']}. Change that one, or use another code.",
                }
            )
        return house.organisations.rows.create(tx, {"_id": ids.new(), "listed": True, **data}, type="")

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Change what was agreed, suspend, or let in again; what happened meanwhile waits in the feed."""
    caller.need(MANAGES)

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        guard(doc, version)
        new = doc | changes
        _check(new)
        return doc if new == doc else house.organisations.rows.change(tx, new, type="")

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One partner; a partner sees itself only."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    own_only(caller, id)
    return load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Partners in the order of their ids, or the one with a code; a partner sees itself only."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    if not caller.may(MANAGES):
        return {"items": [load(house, caller.organisation or "")], "next": None}
    if "code" in args:
        found = house.organisations.by_code(args["code"])
        return {"items": [found] if found else [], "next": None}
    return house.organisations.page(args)


def issue_key(caller: Caller, house: House, id: str) -> dict[str, Any]:
    """A new API key, shown this once. Two may live at a time, so that one can be rotated without an outage."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    own_only(caller, id)

    def work(tx: Tx) -> dict[str, Any]:
        load(house, id, tx)
        key = house.keys.issue(tx, id, model.KEY_SCOPES)
        return {"id": key.split("_")[1], "key": key, "scopes": sorted(model.KEY_SCOPES)}

    return house.database.run(work)


def revoke_key(caller: Caller, house: House, id: str, key_id: str) -> None:
    """End one API key at once; an open stream with it ends within seconds."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    own_only(caller, id)
    house.database.run(lambda tx: house.keys.revoke(tx, id, key_id))


def keys(caller: Caller, house: House, id: str) -> list[dict[str, Any]]:
    """The live keys of a partner, without their secrets."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    own_only(caller, id)
    return house.keys.listed(id)


def notices(caller: Caller, house: House, id: str, args: Mapping[str, Any]) -> Document:
    """What the contact of a partner was told."""
    caller.need(MANAGES, *model.KEY_SCOPES)
    own_only(caller, id)
    load(house, id)
    return house.notices.page({"organisation_id": id}, args)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The partner, or the problem that there is none."""
    doc = house.organisations.rows.load(id, tx)
    if doc is None:
        raise problems.NoSuchOrganisation()
    return doc


def _check(data: Mapping[str, Any]) -> None:
    """What one field says must fit the others."""
    possible = of_audience(data["kind"])
    for place, wanted in enumerate(data["event_types"]):
        if wanted not in possible:
            problems.refuse(
                f"/event_types/{place}",
                "not_for_this_kind",
                {
                    "id": f"{wanted} tidak boleh untuk mitra jenis {data['kind']}.",
                    "en": f"{wanted} is not for partners of the kind {data['kind']}.",
                },
                {"id": "Yang boleh: " + ", ".join(possible) + ".", "en": "Possible: " + ", ".join(possible) + "."},
            )
    if data["kind"] == "PROVIDER" and not data["provider_id"]:
        problems.refuse(
            "/provider_id",
            "provider_missing",
            {"id": "Lembaga pelatihan mana?", "en": "Which training provider is it?"},
            {
                "id": "Isi provider_id dengan id lembaga itu di layanan pelatihan.",
                "en": "Give provider_id: its id in the training house.",
            },
        )


def may_hear(organisation: Mapping[str, Any]) -> list[str]:
    """The types of its agreement, in the order of the catalogue."""
    possible = of_audience(organisation["kind"])
    return [type for type in possible if not organisation["event_types"] or type in organisation["event_types"]]
