"""Words for what an ask needs: the fillings of the sentences."""

from collections.abc import Iterable
from datetime import date

from services.matching.matcher.eligibility import asks
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
