"""Words for what an ask needs: the fillings of the sentences."""

from collections.abc import Iterable
from datetime import date

from services.matching.matcher.eligibility import asks
from services.matching.matcher.eligibility.sentences.names import certificate, plain, programme, result_of, study
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.facts.trees import (
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
)
from shared.codes import education, languages, texts

CONDITIONS = {
    "COLOUR_VISION": Text("tidak buta warna", "no colour blindness"),
    "EYESIGHT": Text("penglihatan cukup", "good eyesight"),
    "HEARING": Text("pendengaran cukup", "good hearing"),
    "COMPLETE_FINGERS": Text("jari tangan lengkap", "complete fingers"),
    "COMPLETE_TOES": Text("jari kaki lengkap", "complete toes"),
    "NO_TATTOO": Text("tidak bertato", "no tattoo"),
    "NO_TB": Text("bebas TBC", "free of tuberculosis"),
    "NO_EXCLUDED_ILLNESS": Text(
        "bebas dari penyakit yang dilarang negara tujuan", "free of the illnesses the country names"
    ),
    "LIFTING": Text("kuat mengangkat beban", "able to lift"),
}
RECORDS = {
    "DEPORTATION": Text("pernah dideportasi", "a deportation"),
    "PRISON": Text("pernah dihukum penjara", "a prison sentence"),
    "ENTRY_BAN": Text("larangan masuk", "an entry ban"),
    "STAY": Text("pernah tinggal terlalu lama di sana", "an earlier stay that was too long"),
    "OVERSTAY": Text("pernah tinggal melebihi izin", "an overstay"),
}
SEXES = {"F": Text("perempuan", "women"), "M": Text("laki-laki", "men")}
NONE = Text("belum ada", "none")
OR, AND = Text(" atau ", " or "), Text(" dan ", " and ")


def phrase(ask: asks.Ask) -> Text:
    """What is asked for, as a noun that fits into "Needs …"."""
    match ask:
        case AnyOf():
            by = Text("; atau ", "; or ") if any(_several(part, AllOf) for part in ask.parts) else OR
            return joined(map(_choice, ask.parts), by)
        case AllOf():
            pieces = [_piece(part) for part in ask.parts]
            if any(_several(part, AnyOf) for part in ask.parts):
                return joined(pieces, Text(", ", ", "), last=Text(", dan ", ", and "))
            return joined(pieces, AND)
        case asks.Age():
            return _ages(ask)
        case NeedsBirthDate():
            return _between(ask.from_, ask.until)
        case NeedsSex():
            return SEXES[ask.sex]
        case NeedsEducation():
            return _schooling(ask)
        case NeedsLanguage():
            return result_of(ask.test, ask.result) if ask.test else _tongue(ask.language)
        case NeedsCertificate():
            return certificate(ask.certificate, ask.scheme)
        case asks.Hours():
            return Text(f"{ask.hours} jam pelatihan", f"{ask.hours} hours of training")
        case NeedsExperience():
            return Text(f"{ask.months} bulan pengalaman kerja sejenis", f"{ask.months} months of similar work")
        case NeedsCondition() | asks.NotRefused():
            return _condition(ask.code)
        case NeedsNoRecord():
            return RECORDS.get(ask.record, Text(plain(ask.record), plain(ask.record)))
        case asks.NoBan():
            return RECORDS["ENTRY_BAN"]
        case NeedsProgramme():
            return programme(ask.programme, ask.field)
        case Ranked():
            return result_of(ask.test, None)
        case asks.HomeOutside():
            return Text("berasal dari luar NTT", "a home outside NTT")
        case _:
            return Text("", "")


def joined(parts: Iterable[Text], by: Text, *, last: Text | None = None) -> Text:
    """The parts that say something, joined `by`, the `last` two by another word if need be.

    Long lists are cut so that the sentence stays sayable."""
    said = [part for part in parts if part.id]
    shown = said[:3]
    more = len(said) - len(shown)
    rest = Text(f" ({more} lagi)", f" ({more} more)") if more else Text("", "")
    between = [by] * (len(shown) - 2) + [by if last is None or more else last] * (len(shown) > 1)
    whole = shown[0] if shown else Text("", "")
    for link, part in zip(between, shown[1:], strict=True):
        whole = Text(whole.id + link.id + part.id, whole.en + link.en + part.en)
    return Text(whole.id + rest.id, whole.en + rest.en)


def language(code: str) -> Text:
    return Text(*languages.LANGUAGES.get(code, (code, code)))


def _tongue(code: str) -> Text:
    name = language(code)
    return Text(f"bahasa {name.id}", name.en)


def _ages(ask: asks.Age) -> Text:
    if ask.min is not None and ask.max is not None:
        return Text(f"{ask.min} sampai {ask.max} tahun", f"{ask.min} to {ask.max}")
    if ask.min is not None:
        return Text(f"minimal {ask.min} tahun", f"at least {ask.min}")
    return Text(f"maksimal {ask.max} tahun", f"at most {ask.max}")


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
        fields = [study(name) for name in ask.fields]
        named = Text(" / ".join(name.id for name in fields), " / ".join(name.en for name in fields))
        parts.append(Text(f"bidang {named.id}", f"in {named.en}"))
    return joined(parts, Text(", ", ", "))


def _choice(ask: asks.Ask) -> Text:
    """One of several ways. What belongs together inside it is announced: nobody can tell "a or b and c" otherwise."""
    said = _named(ask)
    return Text(f"semua ini: {said.id}", f"all of these: {said.en}") if _several(ask, AllOf) else said


def _piece(ask: asks.Ask) -> Text:
    """One of several things that are all needed; choices inside it stand between commas, deeper ones in brackets."""
    said = _named(ask)
    deep = isinstance(ask, AnyOf) and any(_several(part, AllOf) for part in ask.parts)
    return Text(f"({said.id})", f"({said.en})") if deep else said


def _named(ask: asks.Ask) -> Text:
    """Among other things a level needs its language, which no sentence around it names."""
    said = phrase(ask)
    if isinstance(ask, NeedsLanguage) and ask.test == "CEFR":
        spoken = language(ask.language)
        return Text(f"bahasa {spoken.id} {said.id}", f"{spoken.en} {said.en}")
    return said


def _several(ask: asks.Ask, kind: type[AllOf | AnyOf]) -> bool:
    return isinstance(ask, kind) and len(ask.parts) > 1


def _condition(code: str) -> Text:
    if code.startswith("HEIGHT_"):
        centimetres = code.removeprefix("HEIGHT_")
        return Text(f"tinggi badan minimal {centimetres} cm", f"at least {centimetres} cm tall")
    return CONDITIONS.get(code, Text(plain(code), plain(code)))
