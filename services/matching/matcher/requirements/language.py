"""Language tests: a result to be reached, or a test that ranks people instead of passing them."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.matching.matcher.facts.abilities import LanguageResult
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Payload, Text, shown, text
from services.matching.matcher.requirements.base import (
    MET,
    NOT_MET,
    UNKNOWN,
    Requirement,
    best,
    iso,
    last_ended,
    longest,
    run_out,
    yes,
)
from services.matching.matcher.requirements.names import language, result_of
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import Wording, act, only, unasked, wording
from shared.codes import languages


@dataclass(frozen=True, slots=True)
class NeedsLanguage(Requirement):
    """A result of exactly this test or better; tests are never converted into one another."""

    KIND = "language"
    RULE = "LANGUAGE"
    FACET = "languages"
    DAY_MATTERS = True
    LEARNABLE = True
    language: str
    test: str | None = None
    result: str | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "NeedsLanguage | None":
        code = text(source.get("language"))
        return None if code is None else cls(code, text(source.get("test")), shown(source.get("result")), ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        return best((self.answered_by(known, day) for known in person.languages), self, person)

    def answered_by(self, known: LanguageResult, day: date) -> Status:
        """Does this one test result answer? Only the same test counts; without an expiry it does not expire."""
        if known.language != self.language or known.test is None or self.test not in (None, known.test):
            return NOT_MET
        if run_out(known.valid_until, day):
            return NOT_MET
        if self.test is None and self.result is not None:
            return UNKNOWN
        enough = languages.meets(known.test, known.result, self.result)
        if enough is None and known.result is not None and known.result == self.result:
            return MET
        return UNKNOWN if enough is None else yes(enough)

    def ended(self, person: Person, day: date) -> date | None:
        known = (one for one in person.languages if one.language == self.language and self.test in (None, one.test))
        return last_ended((one.valid_until for one in known), day)

    def ends(self, person: Person, day: date) -> date | None:
        return longest(known.valid_until for known in person.languages if self.answered_by(known, day) is MET)

    def _had(self, person: Person, day: date) -> Any:
        return [_told(known) for known in person.languages if known.language == self.language]

    def wanted(self) -> Any:
        return {"language": self.language, "test": self.test, "result": self.result}

    def phrase(self) -> Text:
        name = language(self.language)
        return result_of(self.test, self.result) if self.test else Text(f"bahasa {name.id}", name.en)

    def named(self) -> Text:
        """Among other things a level needs its language, which no sentence around it names."""
        said, spoken = self.phrase(), language(self.language)
        return Text(f"bahasa {spoken.id} {said.id}", f"{spoken.en} {said.en}") if self.test == "CEFR" else said

    def on_record(self) -> Text:
        return self.named()

    def words(self) -> Mapping[str, Text]:
        return {"language": language(self.language)}

    def proof(self) -> Hashable | None:
        return "LANGUAGE", self.language, self.test

    def lesson(self) -> Mapping[str, Any]:
        return {"languages": (LanguageResult(self.language, self.test, self.result, None, None),)}


@dataclass(frozen=True, slots=True)
class RankedTest(Requirement):
    """A test that ranks people instead of passing them (EPS): a valid score of any height."""

    KIND = "ranked"
    RULE = "RANKED"
    FACET = "languages"
    DAY_MATTERS = True
    LEARNABLE = True
    test: str | None = None
    note: str | None = None

    @classmethod
    def read(cls, source: Payload, ref: str | None) -> "RankedTest":
        return cls(text(source.get("test")), text(source.get("note")), ref=ref)

    def judge(self, person: Person, day: date) -> Status:
        return best((self._scored(known, day) for known in person.languages), self, person)

    def _scored(self, known: LanguageResult, day: date) -> Status:
        if self.test is None or known.test != self.test or run_out(known.valid_until, day):
            return NOT_MET
        return MET if languages.meets(known.test, known.result, None) else UNKNOWN

    def ended(self, person: Person, day: date) -> date | None:
        return last_ended((one.valid_until for one in person.languages if one.test == self.test), day)

    def _had(self, person: Person, day: date) -> Any:
        return [_told(known) for known in person.languages if known.test == self.test]

    def wanted(self) -> Any:
        return {"test": self.test, "note": self.note}

    def phrase(self) -> Text:
        return result_of(self.test, None)

    def proof(self) -> Hashable | None:
        return "LANGUAGE", None, self.test

    def lesson(self) -> Mapping[str, Any]:
        """The lowest score; of a test that nobody knows no score can be told."""
        test = languages.TESTS.get(self.test or "")
        if test is None:
            return {}
        score = f"{test.low:g}" if test.is_numeric else test.results[0]
        return {"languages": (LanguageResult(test.languages[0], test.code, score, None, None),)}


def _told(known: LanguageResult) -> Mapping[str, Any]:
    return {"test": known.test, "result": known.result, "valid_until": iso(known.valid_until)}


WORDINGS: dict[str, Wording] = {
    "LANGUAGE": wording(
        ("Hasil ujian bahasa {language} sudah cukup.", "The {language} test is enough."),
        ("Perlu lulus ujian bahasa {language}: {needed}.", "Needs a test in {language}: {needed}."),
        ("Hasil ujian bahasa {language} belum jelas.", "The result of the {language} test is not clear."),
        act(
            Group.LEARN,
            "PROVIDER",
            "Belajar bahasa {language}, lalu ikuti ujian {needed}.",
            "Learn {language}, then take the test {needed}.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat hasil ujian bahasa.", "Bring the result of the language test."),
    ),
    "LANGUAGE/EXPIRED": only(
        "Hasil ujian bahasa {language} sudah habis masa berlakunya: {needed}.",
        "The result of the test in {language} has run out: {needed}.",
        act(
            Group.LEARN,
            "CERTIFIER",
            "Ikuti lagi ujian bahasa {language}: {needed}.",
            "Take the test in {language} again: {needed}.",
        ),
    ),
    "RANKED": wording(
        (
            "Ada nilai {needed} yang berlaku. Ujian ini memakai peringkat nilai, bukan batas lulus.",
            "There is a valid {needed} score. This test ranks people; it has no pass mark.",
        ),
        (
            "Belum ada nilai {needed}. Ujian ini memakai peringkat nilai, bukan batas lulus.",
            "There is no {needed} score yet. This test ranks people; it has no pass mark.",
        ),
        ("Nilai {needed} belum tercatat.", "The {needed} score is not on record."),
        act(
            Group.LEARN,
            "CERTIFIER",
            "Daftar dan ikuti ujian {needed}; usahakan nilai setinggi mungkin.",
            "Register for the {needed} test, take it, and aim for the best score.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat nilai {needed}.", "Bring the {needed} score sheet."),
    ),
    "RANKED/EXPIRED": only(
        "Nilai {needed} sudah habis masa berlakunya.",
        "The {needed} score has run out.",
        act(Group.LEARN, "CERTIFIER", "Ikuti lagi ujian {needed}.", "Take the {needed} test again."),
    ),
    "LANGUAGE/UNASKED": unasked(
        "Belum ditanyakan hasil ujian bahasa {language}: {needed}.", "Not asked yet, a test in {language}: {needed}."
    ),
    "RANKED/UNASKED": unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}."),
}
