"""What people call the codes inside a sentence: certificates, tests, programmes, fields of study, ways of placement.

A name starts small where the sentence goes on in small letters; names of countries and tests keep their capitals.
"""

from services.matching.matcher.facts.reading import Text
from shared.codes import asked, certificates, languages, schemes
from shared.codes import study as fields

TESTS = {
    "JFT_BASIC": Text("JFT-Basic", "JFT-Basic"),
    "NURSING_JAPANESE": Text("Kaigo Nihongo", "Kaigo Nihongo"),
    "EPS_TOPIK": Text("EPS-TOPIK", "EPS-TOPIK"),
    "GOETHE": Text("Goethe", "Goethe"),
    "OESD": Text("ÖSD", "ÖSD"),
    "TELC": Text("telc", "telc"),
    "CEFR": Text("tingkat", "level"),
}
WAYS = {
    "G2G": Text("antarpemerintah", "between governments"),
    "G2P": Text("pemerintah dengan perusahaan luar negeri", "government with a company abroad"),
    "P2P": Text("perusahaan penempatan resmi", "a licensed placement company"),
    "UKPS": Text("perusahaan sendiri", "one's own company"),
    "MANDIRI": Text("mandiri", "independent"),
    "CREW": Text("awak kapal", "ship's crew"),
}


def certificate(kind: str, code: str | None) -> Text:
    """The certificate by the name of its scheme; of a competence certificate the name alone would be a job."""
    general = Text(*certificates.KINDS.get(kind, (plain(kind), plain(kind))))
    if code is None or code == kind:
        return general
    name = scheme(code)
    if kind == "COMPETENCE":
        return Text(f"{general.id} {name.id}", f"{general.en} ({name.en})")
    return name if code in schemes.KNOWN else Text(f"{general.id} {name.id}", f"{general.en} ({name.en})")


def scheme(code: str | None) -> Text:
    """What people call a certification scheme; a code that is not in the list is shown in small letters."""
    if code is None:
        return Text("", "")
    if code not in schemes.KNOWN:
        return Text(plain(code), plain(code))
    return Text.both(lambda lang: _small(schemes.name(code, lang)))


def language(code: str) -> Text:
    """The name of a language; its code when it is not in the list."""
    return Text(*languages.LANGUAGES.get(code, (code, code)))


def result_of(test: str | None, result: str | None) -> Text:
    """A test with the result that is asked: ``JLPT N4``, ``tingkat A1``; the bare test where passing is all."""
    name = TESTS.get(test or "", Text(plain(test), plain(test)))
    if result in (None, "PASS"):
        return name
    return Text(f"{name.id} {result}", f"{name.en} {result}")


def programme(code: str, field: str | None) -> Text:
    """A finished programme as a noun, with its field where one is asked."""
    name = Text(*asked.PROGRAMMES.get(code, (code, code)))
    if field is None:
        return Text(f"selesai {name.id}", f"a finished {name.en}")
    inside = study(field)
    return Text(f"selesai {name.id} bidang {inside.id}", f"a finished {name.en} in {inside.en}")


def study(code: str) -> Text:
    """The name of a field of study; a code that is not in the list in small letters."""
    return Text(*fields.FIELDS.get(code, (plain(code), plain(code))))


def plain(code: str | None) -> str:
    """A code as words, for what has no name."""
    return (code or "").replace("_", " ") if code in languages.TESTS else (code or "").replace("_", " ").lower()


def _small(name: str) -> str:
    """The name inside a sentence; one that begins with capitals only (EPS) keeps them."""
    return name if name.split()[0].isupper() else name[:1].lower() + name[1:]
