"""Two records of one person become one. Both histories stay: what other houses hold under the old id moves to the kept
one, and the old id points there for good.
"""

from services.registry.actions.candidates import with_nik
from services.registry.actions.house import Document, House, living, living_at, who
from services.registry.model import merged as model
from services.registry.model.candidate import DECLARED
from services.registry.problems import SamePerson, TwoNiks
from services.registry.store.trail import Did
from shared.documents import receipts, replaced
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def merge(caller: Caller, house: House, id: str, version: int, duplicate: str, reason: str) -> Document:
    """Take the record ``duplicate`` into the one of ``id``, which is kept, with its number and what it says.

    Raises:
        SamePerson: both ids are one.
        TwoNiks: both carry a NIK, and two NIK are two people: the wrong one is corrected first.
        NoSuchCandidate, CandidateErased, CandidateMerged, OtherCentre, Stale: as for a correction.
    """
    caller.need("candidates:write")

    def work(tx: Tx) -> Document:
        if duplicate == id:
            raise SamePerson()
        kept = living_at(caller, house, id, version, tx)
        other = living(caller, house, duplicate, tx)
        if kept["nik"] and other["nik"] and kept["nik"]["hash"] != other["nik"]["hash"]:
            raise TwoNiks()
        whole, differing = model.merged(kept, other)
        whole[replaced.FIELD] = replaced.together(kept, other, whole, DECLARED)
        if whole["nik"] is None and other["nik"]:
            whole, differing = with_nik(house, whole, house.vault.nik(other["nik"], duplicate)), [*differing, "nik"]
        # The other one first: its NIK is free then.
        house.candidates.leave_pointer(tx, other, into=id)
        _merge_specific(tx, house, id, duplicate)
        house.risk_notes.move(tx, duplicate, id)
        house.imports.forget(tx, target=duplicate, marks=[])
        saved = house.candidates.change(tx, whole)
        house.trail.add(tx, who(caller), Did.MERGED, [id, duplicate], fields=differing, reason=reason, about=duplicate)
        receipts.sign(tx, id=id, version=saved["version"])
        return saved

    return house.database.run(work)


def _merge_specific(tx: Tx, house: House, kept: str, other: str) -> None:
    found = house.specific.found(tx, other)
    if found is not None:
        house.specific.save(tx, kept, model.specific(house.specific.found(tx, kept) or house.specific.nothing(), found))
        house.specific.erase(tx, other)
