"""Words for what an ask needs and what the person has: the fillings of the sentences, and plain values for machines."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.judge import age_on
from services.matching.matcher.facts import (
    AllOf,
    AnyOf,
    NeedsBirthDate,
    NeedsCertificate,
    NeedsCondition,
    NeedsEducation,
    NeedsExperience,
    NeedsLanguage,
    NeedsNoRecord,
    NeedsProgramme,
    NeedsSex,
    Person,
    Ranked,
    Text,
)
from shared.codes import education, languages, schemes, texts

CERTIFICATE_KINDS = {
    "COMPETENCE": Text("sertifikat kompetensi", "competence certificate"),
    "COMPLETION": Text("surat tamat pelatihan", "course certificate"),
    "SKILL_TEST": Text("bukti lulus uji keahlian", "skill test pass"),
    "LICENCE": Text("surat izin profesi", "professional licence"),
    "SAFETY": Text("sertifikat keselamatan", "safety certificate"),
    "SEAMAN_BOOK": Text("buku pelaut", "seaman's book"),
    "LANGUAGE": Text("sertifikat bahasa", "language certificate"),
}
CONDITIONS = {
    "COLOUR_VISION": Text("tidak buta warna", "no colour blindness"),
    "COMPLETE_FINGERS": Text("jari tangan lengkap", "complete fingers"),
    "COMPLETE_TOES": Text("jari kaki lengkap", "complete toes"),
    "NO_EXCLUDED_ILLNESS": Text("bebas penyakit yang disebut negara tujuan", "free of the illnesses the country names"),
    "NO_TB": Text("bebas TBC", "free of tuberculosis"),
    "NO_HEPATITIS": Text("bebas hepatitis", "free of hepatitis"),
    "NO_SYPHILIS": Text("bebas sifilis", "free of syphilis"),
    "NO_HIV": Text("bebas HIV", "free of HIV"),
    "HEIGHT_158": Text("tinggi paling sedikit 158 cm", "at least 158 cm tall"),
}
RECORDS = {
    "DEPORTATION": Text("pernah dideportasi", "a deportation"),
    "PRISON": Text("pernah dihukum penjara", "a prison sentence"),
    "ENTRY_BAN": Text("larangan masuk", "an entry ban"),
    "STAY": Text("pernah tinggal terlalu lama di sana", "an earlier stay that was too long"),
}
SEXES = {"F": Text("perempuan", "women"), "M": Text("laki-laki", "men")}
NONE = Text("belum ada", "none")


def phrase(ask: asks.Ask) -> Text:
    """What is asked for, as a noun that fits into "Needs …"."""
    match ask:
        case AnyOf():
            return joined((phrase(part) for part in ask.parts), Text(" atau ", " or "))
        case AllOf():
            return joined((phrase(part) for part in ask.parts), Text(" dan ", " and "))
        case asks.Age():
            return _ages(ask)
        case NeedsBirthDate():
            return _between(ask.from_, ask.until)
        case NeedsSex():
            return SEXES[ask.sex]
        case NeedsEducation():
            return _schooling(ask)
        case NeedsLanguage():
            wanted = " ".join(word for word in (_plain(ask.test), ask.result) if word)
            return Text(wanted or ask.language, wanted or ask.language)
        case NeedsCertificate():
            kind = CERTIFICATE_KINDS.get(ask.certificate, Text(_plain(ask.certificate), _plain(ask.certificate)))
            name = scheme(ask.scheme)
            return kind if ask.scheme is None or ask.scheme == ask.certificate else _pair(kind, name)
        case asks.Hours():
            return Text(f"{ask.hours} jam latihan", f"{ask.hours} hours of training")
        case NeedsExperience():
            return Text(f"{ask.months} bulan kerja sejenis", f"{ask.months} months of similar work")
        case NeedsCondition() | asks.NotRefused():
            return CONDITIONS.get(ask.code, Text(_plain(ask.code), _plain(ask.code)))
        case NeedsNoRecord():
            return RECORDS.get(ask.record, Text(_plain(ask.record), _plain(ask.record)))
        case NeedsProgramme():
            name_ = " ".join(word for word in (ask.programme, _plain(ask.field)) if word)
            return Text(name_, name_)
        case Ranked():
            return Text(_plain(ask.test), _plain(ask.test))
        case asks.HomeOutside():
            return Text("asal dari luar NTT", "a home outside NTT")
        case _:
            return Text("", "")


def joined(parts: Iterable[Text], by: Text) -> Text:
    """The parts that say something, joined; long lists are cut so that the sentence stays sayable."""
    said = [part for part in parts if part.id]
    shown = said[:3]
    more = len(said) - len(shown)
    rest = Text(f" ({more} lagi)", f" ({more} more)") if more else Text("", "")
    return Text(by.id.join(part.id for part in shown) + rest.id, by.en.join(part.en for part in shown) + rest.en)


def scheme(code: str | None) -> Text:
    """What people call a certification scheme; a code that is not in the list is shown in small letters."""
    if code is None:
        return Text("", "")
    names = Text(schemes.name(code, "id"), schemes.name(code, "en"))
    return Text(_plain(code), _plain(code)) if names.id == code else Text(names.id.lower(), names.en.lower())


def language(code: str) -> Text:
    return Text(*languages.LANGUAGES.get(code, (code, code)))


def had(ask: asks.Ask, person: Person, day: date) -> Any:
    """What the person has for this ask, as a plain value (JSON); None when nothing is on record."""
    match ask:
        case AllOf() | AnyOf():
            return [had(part, person, day) for part in ask.parts if not isinstance(part, asks.Fixed | asks.Within)]
        case asks.Age():
            return None if person.birth_date is None else age_on(person.birth_date, day)
        case NeedsBirthDate():
            return None if person.birth_date is None else person.birth_date.isoformat()
        case NeedsSex():
            return person.sex
        case NeedsEducation():
            return person.education and {"level": person.education.level, "field": person.education.field}
        case NeedsLanguage():
            return [
                {"test": known.test, "result": known.result, "valid_until": _iso(known.valid_until)}
                for known in person.languages
                if known.language == ask.language
            ]
        case NeedsCertificate():
            return [
                {"scheme": paper.scheme, "valid_until": _iso(paper.valid_until)}
                for paper in person.certificates
                if paper.kind == ask.certificate
            ]
        case asks.Hours():
            return sum(
                done.hours or 0
                for done in person.training_hours
                if done.isco08 == ask.isco08 and done.destination in (None, ask.destination)
            )
        case NeedsExperience():
            return sum(work.months or 0 for work in person.occupations if work.isco08.startswith(ask.isco08))
        case NeedsCondition() | asks.NotRefused():
            return person.fitness.condition(ask.code)
        case NeedsNoRecord():
            return [{"country": it.country, "until": _iso(it.until)} for it in person.records if it.kind == ask.record]
        case NeedsProgramme():
            return [
                {"field": it.field, "finished": it.finished}
                for it in person.prior_programmes
                if it.kind == ask.programme
            ]
        case asks.HomeOutside():
            return person.home_regency
        case asks.NotUnfit():
            return person.fitness.status
        case asks.Consent():
            return person.consent
        case asks.Paper():
            record = person.requirement(ask.code)
            return record and {"status": record.status, "valid_until": _iso(record.valid_until)}
        case _:
            return None


def wanted(ask: asks.Ask) -> Any:
    """What is needed, as a plain value (JSON)."""
    match ask:
        case AllOf():
            return {"all": [wanted(part) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case AnyOf():
            return {"any": [wanted(part) for part in ask.parts if not isinstance(part, asks.Fixed)]}
        case asks.Age():
            return {"min": ask.min, "max": ask.max}
        case NeedsBirthDate():
            return {"from": _iso(ask.from_), "until": _iso(ask.until)}
        case NeedsSex():
            return ask.sex
        case NeedsEducation():
            return {"level": ask.level, "years": ask.years, "fields": list(ask.fields) or None}
        case NeedsLanguage():
            return {"language": ask.language, "test": ask.test, "result": ask.result}
        case NeedsCertificate():
            return {"certificate": ask.certificate, "scheme": ask.scheme}
        case asks.Hours():
            return {"isco08": ask.isco08, "destination": ask.destination, "hours": ask.hours}
        case NeedsExperience():
            return {"isco08": ask.isco08, "months": ask.months}
        case NeedsCondition() | asks.NotRefused():
            return ask.code
        case NeedsNoRecord():
            return {"no_record": ask.record, "country": ask.country}
        case NeedsProgramme():
            return {"programme": ask.programme, "field": ask.field}
        case Ranked():
            return {"test": ask.test, "note": ask.note}
        case asks.HomeOutside():
            return {"home_regency_not": ask.prefix}
        case asks.Paper():
            return "MET"
        case asks.Consent():
            return "GIVEN"
        case asks.NotUnfit():
            return "NOT_UNFIT"
        case _:
            return None


def _ages(ask: asks.Age) -> Text:
    if ask.min is not None and ask.max is not None:
        return Text(f"{ask.min} sampai {ask.max} tahun", f"{ask.min} to {ask.max}")
    if ask.min is not None:
        return Text(f"paling sedikit {ask.min} tahun", f"at least {ask.min}")
    return Text(f"paling banyak {ask.max} tahun", f"at most {ask.max}")


def _between(first: date | None, last: date | None) -> Text:
    def one(language_: str, from_: str, until: str) -> str:
        parts = []
        if first is not None:
            parts.append(f"{from_} {texts.day(first, language_)}")
        if last is not None:
            parts.append(f"{until} {texts.day(last, language_)}")
        return " ".join(parts)

    return Text(one("id", "dari", "sampai"), one("en", "from", "to"))


def _schooling(ask: NeedsEducation) -> Text:
    parts = []
    rung = education.LADDER.get(ask.level or "")
    if rung is not None:
        parts.append(Text(rung.name_id, rung.name_en))
    if ask.years is not None:
        parts.append(Text(f"{ask.years} tahun", f"{ask.years} years"))
    if ask.fields:
        fields = " / ".join(_plain(name) for name in ask.fields)
        parts.append(Text(f"bidang {fields}", f"field {fields}"))
    return joined(parts, Text(", ", ", "))


def _pair(first: Text, second: Text) -> Text:
    return Text(f"{first.id} {second.id}", f"{first.en} {second.en}")


def _plain(code: str | None) -> str:
    return (code or "").replace("_", " ") if code in languages.TESTS else (code or "").replace("_", " ").lower()


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
