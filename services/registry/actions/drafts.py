"""A registration may be put down and taken up again: by the officer who began it, within a week; then it is gone."""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from services.registry.actions.house import Document, House
from services.registry.problems import DraftTooLarge, NoSuchDraft, TooManyDrafts
from shared import clock, ids
from shared.documents import receipts
from shared.documents.aggregates import StaleVersion
from shared.documents.mongo import Tx
from shared.http.callers import Caller

KIND = "draft-lapse"

KEPT = timedelta(days=7)
"""From the last save. Whoever has not come back within a week begins anew; nobody's papers lie here for ever."""

MOST = 20
"""Of one officer; more would be a second registry without any of its rules."""

MOST_BYTES = 64 * 1024


def begin(caller: Caller, house: House, content: Mapping[str, Any]) -> Document:
    """Keep what was typed so far.

    Raises:
        TooManyDrafts: the officer keeps twenty already.
        DraftTooLarge: more than 64 kB.
    """
    caller.need("candidates:write")
    _small(content)

    def save(tx: Tx) -> Document:
        if house.drafts.count(tx, caller.id) >= MOST:
            raise TooManyDrafts()
        id = ids.new()
        receipts.sign(tx, id=id, version=1)
        return _kept(house, tx, {"_id": id, "owner": caller.id, "version": 1, "content": dict(content)})

    return house.database.run(save)


def save(caller: Caller, house: House, id: str, version: int, content: Mapping[str, Any]) -> Document:
    """Replace it; its week begins anew.

    Raises:
        NoSuchDraft: none of this officer's has this id (any more).
        Stale: it was saved in another window since.
    """
    caller.need("candidates:write")
    _small(content)

    def write(tx: Tx) -> Document:
        before = _own(caller, house, id, tx)
        if before["version"] != version:
            raise StaleVersion(before["version"])
        return _kept(house, tx, {**before, "version": version + 1, "content": dict(content)})

    return house.database.run(write)


def show(caller: Caller, house: House, id: str) -> Document:
    """One draft of the caller's own."""
    caller.need("candidates:write")
    return _own(caller, house, id, None)


def mine(caller: Caller, house: House) -> list[Document]:
    """The caller's own, the newest first."""
    caller.need("candidates:write")
    return house.drafts.of(caller.id)


def throw_away(caller: Caller, house: House, id: str) -> None:
    """Forget it now: it was finished, or is not wanted."""
    caller.need("candidates:write")

    def erase(tx: Tx) -> None:
        _own(caller, house, id, tx)
        house.drafts.erase(tx, id)
        house.jobs.cancel(tx, KIND, id)

    house.database.run(erase)


def lapse(house: House, id: str) -> None:
    """The job at the end of the week; nothing to do when it was saved again or thrown away."""

    def erase(tx: Tx) -> None:
        if house.drafts.load(id, tx) is None:
            house.drafts.erase(tx, id)

    house.database.run(erase)


def _own(caller: Caller, house: House, id: str, tx: Tx | None) -> Document:
    found = house.drafts.load(id, tx)
    if found is None or found["owner"] != caller.id:
        raise NoSuchDraft()
    return found


def _kept(house: House, tx: Tx, row: Document) -> Document:
    now = clock.now()
    row = {**row, "updated_at": now, "expires_at": now + KEPT}
    house.jobs.put(tx, KIND, row["_id"], row["expires_at"])
    return house.drafts.save(tx, row)


def _small(content: Mapping[str, Any]) -> None:
    if len(json.dumps(content, ensure_ascii=False).encode()) > MOST_BYTES:
        raise DraftTooLarge()
