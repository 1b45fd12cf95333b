"""Who was there, day by day, as the provider of a batch records it. Nothing of it is told to anybody else."""

from collections import Counter
from collections.abc import Mapping
from typing import Any

from services.training import problems
from services.training.actions import batches
from services.training.actions.house import House, own_only
from services.training.model import attendance as model
from shared import clock
from shared.codes import texts
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.problems import Fault, say


def listed(caller: Caller, house: House, batch_id: str, day: str | None) -> Document:
    """Everybody in class with their days, and what is on record of one day.

    Returns:
        `{batch_id, day, days: [{day, present, absent}], people: [{enrolment_id, candidate_id, state, on_the_day,
        present, recorded}]}`; `on_the_day` is true, false, or None where nobody said.
    """
    batch = _own(caller, house, batch_id)
    people = [one for one in house.store.enrolments_in(batch_id) if one.get("state") in model.IN_CLASS]
    rows = house.store.attendance_of(batch_id)
    came, said = Counter[str](), Counter[str]()
    by_day: dict[str, Counter[bool]] = {}
    asked = {} if day is None else {r["enrolment_id"]: r["present"] for r in rows if r["day"] == day}
    for row in rows:
        said[row["enrolment_id"]] += 1
        came[row["enrolment_id"]] += row["present"]
        by_day.setdefault(row["day"], Counter())[row["present"]] += 1
    return {
        "batch_id": batch["_id"],
        "day": day,
        "days": [{"day": one, "present": by_day[one][True], "absent": by_day[one][False]} for one in sorted(by_day)],
        "people": [
            {
                "enrolment_id": one["_id"],
                "candidate_id": one["candidate_id"],
                "state": one["state"],
                "on_the_day": asked.get(one["_id"]),
                "present": came[one["_id"]],
                "recorded": said[one["_id"]],
            }
            for one in sorted(people, key=lambda one: (one["created_at"], one["_id"]))
        ],
    }


def record(caller: Caller, house: House, batch_id: str, said: Mapping[str, Any]) -> Document:
    """Who was there on a day and who was not: `said` is `{day, present, absent}`. Whoever is not named stays.

    Raises:
        Refused: the day is none of the batch or has not come, or somebody named is not in this class.
    """
    day: str = said["day"]

    def work(tx: Tx) -> None:
        batch = _own(caller, house, batch_id, tx)
        if not model.may_be_recorded(batch, day, clock.today()):
            problems.refuse("/day", "day_not_of_the_batch", _which_days(batch))
        in_class = {one["_id"] for one in house.store.enrolments_in(batch_id, tx) if one.get("state") in model.IN_CLASS}
        faults = [
            Fault(f"/{name}/{at}", "not_in_this_class", *_NOT_IN_CLASS)
            for name in ("present", "absent")
            for at, id in enumerate(said[name])
            if id not in in_class
        ]
        if both := set(said["present"]) & set(said["absent"]):
            faults += [
                Fault(f"/absent/{at}", "present_and_absent", *_BOTH)
                for at, id in enumerate(said["absent"])
                if id in both
            ]
        if faults:
            raise problems.Refused(errors=faults)
        marks = {**dict.fromkeys(said["absent"], False), **dict.fromkeys(said["present"], True)}
        house.store.record_attendance(tx, batch_id, day, marks)

    house.database.run(work)
    return listed(caller, house, batch_id, day)


def _own(caller: Caller, house: House, batch_id: str, tx: Tx | None = None) -> Document:
    caller.need("enrolments:write")
    batch = batches.load(house, batch_id, tx)
    own_only(caller, batch["provider_id"])
    return batch


def _which_days(batch: Document) -> dict[str, str]:
    first, last = batch["starts"], min(batch["ends"], clock.today().isoformat())
    if last < first:
        return {
            lang: said.format(d=texts.day(first, lang))
            for lang, said in {"id": "Angkatan ini baru mulai {d}.", "en": "This batch begins only on {d}."}.items()
        }
    return {
        lang: said.format(first=texts.day(first, lang), last=texts.day(last, lang))
        for lang, said in {
            "id": "Pilih hari dari {first} sampai {last}.",
            "en": "A day from {first} to {last}.",
        }.items()
    }


_NOT_IN_CLASS = (
    say("Ia tidak terdaftar sebagai peserta angkatan ini.", "Nobody of this id is enrolled in this batch."),
    say("Daftarkan dulu (ENROLLED), atau hapus dari daftar.", "Enrol them first (ENROLLED), or leave them out."),
)
_BOTH = (
    say("Ia disebut hadir dan juga tidak hadir.", "Named as present and as absent."),
    say("Sebut satu kali saja.", "Name them once."),
)
