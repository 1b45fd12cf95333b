"""Records that may close a country: entry bans, deportations, overstays, sentences, earlier stays."""

from collections import Counter
from collections.abc import Hashable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from services.matching.matcher.facts.people import Person, Record
from services.matching.matcher.facts.reading import Payload, Text, text, whole
from services.matching.matcher.requirements.base import (
    MET,
    NOT_MET,
    UNKNOWN,
    Requirement,
    iso,
    run_out,
    yes,
)
from services.matching.matcher.requirements.names import plain
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, Wording, act, only, unasked, wording
from shared.codes.asked import RECORDS

NO_BAN = Text(
    "jawaban kantor imigrasi bahwa tidak ada larangan masuk", "the answer of the immigration office that no ban runs"
)
EXPELLED = ("DEPORTATION", "OVERSTAY")
"""Records after which countries usually close their border for a time; whether and how long, only they can say."""


@dataclass(frozen=True, slots=True)
class NeedsNoRecord(Requirement):
    """No record of this kind in force; `country` None means anywhere. `years` counts only longer stays."""

    KIND = "no_record"
    RULE = "NO_RECORD"
    FACET = "records"
    DAY_MATTERS = True
    record: str
    country: str | None = None
    years: int | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsNoRecord | None":
        record = text(source.get("record"))
        if record is None:
            return None
        return cls(record, text(source.get("country")), whole(source.get("years")), ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        """Nobody asked is no answer: silence is never a clean record."""
        if self.not_asked(person):
            return UNKNOWN
        worst = max((self._in_force(record, day) for record in person.records), default=NOT_MET)
        return Status(MET - worst)

    def _in_force(self, record: Record, day: date) -> Status:
        """MET when this record counts against the person on the day."""
        if record.kind != self.record or run_out(record.until, day):
            return NOT_MET
        here = MET
        if self.country is not None and record.country != self.country:
            here = UNKNOWN if record.country is None else NOT_MET
        return min(here, self._too_long(record))

    def _too_long(self, record: Record) -> Status:
        """An earlier stay decides only by its length, where the order names one; that it was irregular never does."""
        if self.years is None:
            return yes(self.record != "STAY")
        return UNKNOWN if record.years is None else yes(record.years > self.years)

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        return [f"UNASKED_{self.record}", "UNASKED"] if status is UNKNOWN and self.not_asked(person) else []

    def _had(self, person: Person, day: date) -> Any:
        return [{"country": it.country, "until": iso(it.until)} for it in person.records if it.kind == self.record]

    def wanted(self) -> Any:
        return {"no_record": self.record, "country": self.country}

    def phrase(self) -> Text:
        return Text(*RECORDS.get(self.record, (plain(self.record), plain(self.record))))

    def on_record(self) -> Text:
        if self.record == "ENTRY_BAN":
            return NO_BAN
        asked = self.phrase()
        bare = asked.en.removeprefix("a ").removeprefix("an ")
        return Text(f"jawaban bahwa tidak {asked.id}", f"the answer that there was no {bare}")

    def proof(self) -> Hashable | None:
        return "RECORD", self.record, self.country


@dataclass(frozen=True, slots=True)
class NoBan(Requirement):
    """No ban on entering this country is on record, as far as anybody was asked.

    A deportation or overstay there of which no ban is known leaves it open: whoever was sent away twice and tells of
    one ban has said nothing of the other. (One who overstayed and was deported for it has one ban for both.)
    """

    FACET = "records"
    DAY_MATTERS = True
    country: str

    def judge(self, person: Person, day: date) -> Status:
        """A ban on record blocks while it runs. A deportation or overstay without a known ban leaves it open."""
        bans = [record for record in person.records if record.kind == "ENTRY_BAN"]
        known = sum(ban.country == self.country for ban in bans)
        expelled = [record for record in person.records if record.kind in EXPELLED]
        worst = [self._closing(record, day) for record in (*bans, *expelled) if record in bans or record.until]
        without = Counter(record.kind for record in expelled if not record.until and self._perhaps(record) is UNKNOWN)
        worst += [UNKNOWN for times in without.values() if times > known]
        return Status(MET - max(worst, default=NOT_MET))

    def cleared_on(self, person: Person, day: date) -> date | None:
        """The day after the last ban; None when none blocks, or when one of them has no known end."""
        running = [
            record.until
            for record in person.records
            if record.kind == "ENTRY_BAN" or (record.kind in EXPELLED and record.until)
            if self._closing(record, day) is MET
        ]
        ends = None if None in running else max((until for until in running if until), default=None)
        return ends + timedelta(days=1) if ends is not None and ends < date.max else None

    def _closing(self, record: Record, day: date) -> Status:
        """MET when this record closes the country on the day; a ban that names no country might."""
        if run_out(record.until, day):
            return NOT_MET
        return self._perhaps(record) if record.country is None else yes(record.country == self.country)

    def _perhaps(self, record: Record) -> Status:
        return UNKNOWN if record.country in (None, self.country) else NOT_MET

    def unseen(self, person: Person) -> bool:
        return self.not_asked(person)

    def variants(self, person: Person, day: date, status: Status) -> list[str]:
        if self.unseen(person):
            return ["UNSEEN"]
        if status is NOT_MET:
            return ["ENDS"] if self.cleared_on(person, day) else []
        expelled = (record for record in person.records if record.kind in EXPELLED and record.country == self.country)
        return [record.kind or "" for record in expelled] if status is UNKNOWN else []

    def _had(self, person: Person, day: date) -> Any:
        return [
            {"kind": it.kind, "country": it.country, "until": iso(it.until)}
            for it in person.records
            if it.kind in ("ENTRY_BAN", *EXPELLED) and it.country in (None, self.country)
        ]

    def wanted(self) -> Any:
        return {"no_record": "ENTRY_BAN", "country": self.country}

    def phrase(self) -> Text:
        return Text(*RECORDS["ENTRY_BAN"])

    def on_record(self) -> Text:
        return NO_BAN

    def proof(self) -> Hashable | None:
        return "RECORD", "ENTRY_BAN", self.country


ASK_IMMIGRATION = act(
    Group.BRING,
    "IMMIGRATION",
    "Tanyakan ke kantor imigrasi apakah larangan masuk {country} masih berlaku.",
    "Ask the immigration office whether a ban on entering {country} still runs.",
)

WORDINGS: dict[str, Wording] = {
    "NO_RECORD": wording(
        ("Tidak ada catatan yang menghalangi.", "No record stands against it."),
        ("Ada catatan yang menghalangi: {needed}.", "A record stands against it: {needed}."),
        ("Catatan lama belum jelas.", "An earlier record is not clear."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa surat tentang catatan itu.", "Bring the papers about that record."),
    ),
    "NO_RECORD/UNASKED": unasked("Belum ditanyakan apakah {needed}.", "Nobody has asked yet about {needed}."),
    "NO_RECORD/UNASKED_ENTRY_BAN": unasked(
        "Belum ditanyakan apakah ada larangan masuk negara lain.", "Nobody has asked yet about entry bans."
    ),
    "ENTRY_BAN": wording(
        ("Tidak ada larangan masuk {country}.", "There is no ban on entering {country}."),
        (
            "Ada larangan masuk {country} yang masih berlaku; tanggal akhirnya belum tercatat.",
            "A ban on entering {country} still runs; its last day is not on record.",
        ),
        ("Belum jelas larangan masuk itu untuk negara mana.", "It is not clear which country the entry ban is for."),
        act(
            Group.OTHERS,
            "PERSON",
            "Pilih negara lain, atau tanyakan tanggal akhirnya ke kantor imigrasi.",
            "Choose another country, or ask the immigration office for the last day.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat larangan itu.", "Bring the paper about the ban."),
    ),
    "ENTRY_BAN/ENDS": only(
        "Larangan masuk {country} berlaku sampai {until}.",
        "The ban on entering {country} runs until {until}.",
        act(
            Group.OTHERS,
            "PERSON",
            "Pilih negara lain, atau tunggu sampai {by}.",
            "Choose another country, or wait until {by}.",
        ),
    ),
    "ENTRY_BAN/DEPORTATION": only(
        "Pernah dideportasi dari {country}. Pastikan dulu apakah masih ada larangan masuk.",
        "Was deported from {country}. Make sure first whether an entry ban still runs.",
        ASK_IMMIGRATION,
    ),
    "ENTRY_BAN/OVERSTAY": only(
        "Pernah tinggal melebihi izin di {country}. Pastikan dulu apakah masih ada larangan masuk.",
        "Overstayed in {country}. Make sure first whether an entry ban still runs.",
        ASK_IMMIGRATION,
    ),
    "ENTRY_BAN/UNSEEN": only(
        "Belum ditanyakan apakah ada larangan masuk {country}.",
        "Nobody has asked yet whether there is a ban on entering {country}.",
        act(
            Group.AGREEMENT,
            "SERVICE_CENTRE",
            "Tanyakan kepada calon, lalu catat jawabannya.",
            "Ask the person and write down the answer.",
        ),
    ),
}
