"""Foreign partners: agencies and employers abroad, and whether they stand on a list of problem partners."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems
from services.placement.actions.house import Document, House, guard
from services.placement.actions.retelling import RETELL_PARTNER
from services.placement.problems import contradictory
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def register(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """Enter a partner.

    Raises:
        CodeTaken: another partner has this code.
    """
    caller.need("companies:write")

    def work(tx: Tx) -> Document:
        if house.partners.by_code(data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Mitra dengan kode {data['code']} sudah ada. Ubah yang ada, atau pakai kode lain.",
                    "en": f"There is a partner with the code {data['code']}. Change that one, or use another code.",
                }
            )
        return put(tx, house, data)[0]

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: Mapping[str, Any]) -> Document:
    """Change a partner or its listing; its orders are told again when that changes what they say."""
    caller.need("companies:write")

    def work(tx: Tx) -> Document:
        partner = load(house, id, tx)
        guard(partner, version)
        return _alter(tx, house, partner, changes)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One partner. Whoever is known may look: the list of problem partners is made to be read."""
    return load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Partners in the order of their ids, of one country or of all."""
    return house.partners.page({name: args[name] for name in ("country",) if name in args}, args)


def put(tx: Tx, house: House, data: Mapping[str, Any]) -> tuple[Document, str]:
    """Create or change by the partner's code, inside a running transaction: the door of imports."""
    partner = house.partners.by_code(data["code"], tx)
    if partner is None:
        new = {"_id": ids.new(), **data}
        _consistent(new)
        _watch(tx, house, new)
        return house.partners.create(tx, new), "CREATED"
    changed = _alter(tx, house, partner, data)
    return changed, "UNCHANGED" if changed == partner else "CHANGED"


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The partner, or the problem that there is none."""
    partner = house.partners.load(id, tx)
    if partner is None:
        raise problems.NoSuchPartner()
    return partner


def _alter(tx: Tx, house: House, partner: Document, changes: Mapping[str, Any]) -> Document:
    new = {**partner, **changes}
    if new == partner:
        return partner
    _consistent(new)
    _watch(tx, house, new)
    return house.partners.change(tx, new)


def _watch(tx: Tx, house: House, partner: Mapping[str, Any]) -> None:
    """Orders are told now, and again on the days on which the listing begins or ends by itself."""
    house.jobs.put(tx, RETELL_PARTNER, partner["_id"], clock.now())


def _consistent(partner: Mapping[str, Any]) -> None:
    listing = partner["listing"]
    if listing is not None and listing["until"] is not None and listing["until"] < listing["from"]:
        contradictory([("/listing/until", "until_before_from")])
