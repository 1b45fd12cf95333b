"""Companies: who may place people, under which licence, and the keys by which they write their own orders."""

from collections.abc import Mapping
from typing import Any

from services.placement import problems
from services.placement.actions.house import COMPANY, Document, House, guard, own_only
from services.placement.actions.retelling import RETELL_COMPANY
from services.placement.problems import Contradiction, contradictory
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller

KEY_SCOPES = ("job_orders:write",)


def register(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """Enter a company as the licence list shows it.

    Raises:
        CodeTaken: another company has this SIP3MI number.
    """
    caller.need("companies:write")

    def work(tx: Tx) -> Document:
        if house.companies.by_sip3mi(data["sip3mi"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Perusahaan dengan SIP3MI {data['sip3mi']} sudah ada. Ubah yang ada.",
                    "en": f"There is a company with SIP3MI {data['sip3mi']}. Change that one.",
                }
            )
        return put(tx, house, data)[0]

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: Mapping[str, Any]) -> Document:
    """Change licence or name; the company's orders are told again with the new state."""
    caller.need("companies:write")

    def work(tx: Tx) -> Document:
        company = load(house, id, tx)
        guard(company, version)
        return _alter(tx, house, company, changes)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One company. Whoever is known may look; a company sees itself only."""
    own_only(caller, id)
    return load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Companies in the order of their ids; a company sees itself only."""
    if caller.kind == COMPANY:
        own, since = load(house, caller.organisation or ""), args.get("updated_since")
        return {"items": [own] if since is None or own["updated_at"] >= since else [], "next": None}
    return house.companies.page({}, args)


def issue_key(caller: Caller, house: House, id: str) -> dict[str, Any]:
    """A new API key, shown this once. Two may live at a time, so that one can be rotated without an outage."""
    caller.need("companies:write")

    def work(tx: Tx) -> dict[str, Any]:
        load(house, id, tx)
        key = house.keys.issue(tx, id, KEY_SCOPES)
        return {"id": key.split("_")[1], "key": key, "scopes": sorted(KEY_SCOPES)}

    return house.database.run(work)


def revoke_key(caller: Caller, house: House, id: str, key_id: str) -> None:
    """End a key at once: the province for any company, a company for itself when a key leaked."""
    caller.need("companies:write", "job_orders:write")
    own_only(caller, id)
    house.database.run(lambda tx: house.keys.revoke(tx, id, key_id))


def keys(caller: Caller, house: House, id: str) -> list[dict[str, Any]]:
    """The live keys of a company, without their secrets."""
    caller.need("companies:write", "job_orders:write")
    own_only(caller, id)
    load(house, id)
    return house.keys.listed(id)


def put(tx: Tx, house: House, data: Mapping[str, Any]) -> tuple[Document, str]:
    """Create or change by the licence number, inside a running transaction: the door of imports."""
    company = house.companies.by_sip3mi(data["sip3mi"], tx)
    if company is None:
        new = {"_id": ids.new(), **data, "concerns": []}
        _consistent(new)
        return house.companies.create(tx, new), "CREATED"
    changed = _alter(tx, house, company, data)
    return changed, "UNCHANGED" if changed == company else "CHANGED"


def hold(tx: Tx, house: House, id: str, concern_id: str) -> None:
    """Keep the company's orders back because of a confirmed concern."""
    company = load(house, id, tx)
    if concern_id not in company["concerns"]:
        _save(tx, house, {**company, "concerns": [*company["concerns"], concern_id]})


def release(tx: Tx, house: House, id: str, concern_id: str) -> None:
    """The concern is settled; the orders come back unless another one holds them."""
    company = load(house, id, tx)
    if concern_id in company["concerns"]:
        _save(tx, house, {**company, "concerns": [one for one in company["concerns"] if one != concern_id]})


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The company, or the problem that there is none."""
    company = house.companies.load(id, tx)
    if company is None:
        raise problems.NoSuchCompany()
    return company


def _alter(tx: Tx, house: House, company: Document, changes: Mapping[str, Any]) -> Document:
    new = {**company, **changes}
    if new == company:
        return company
    _consistent(new)
    return _save(tx, house, new)


def _save(tx: Tx, house: House, company: Document) -> Document:
    house.jobs.put(tx, RETELL_COMPANY, company["_id"], clock.now())
    return house.companies.change(tx, company)


def _consistent(company: Mapping[str, Any]) -> None:
    found: list[Contradiction] = []
    if company["valid_until"] is not None and company["valid_until"] < company["valid_from"]:
        found.append(("/valid_until", "until_before_from"))
    if company["snapshot_on"] > clock.today().isoformat():
        found.append(("/snapshot_on", "in_the_future"))
    contradictory(found)
