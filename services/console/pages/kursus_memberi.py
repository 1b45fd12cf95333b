"""What somebody holds after a course, as a form: its certificates, and the languages that it leads to.

All five certificates that a course may give have their row here, and four languages. A language that these fields
cannot say (a level without a test, a fifth one) stays exactly as it is on record, and is told in words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from services.console.frame import NumberField, Recorded, t
from services.console.pages.lowongan_kami import diminta
from shared.codes import certificates, languages

Body = dict[str, Any]

KINDS = certificates.KINDS | {
    "COMPETENCE": ("sertifikat kompetensi (LSP, BNSP)", "competence certificate (LSP, BNSP)"),
    "COMPLETION": ("surat tamat pelatihan saja", "certificate of attendance only"),
    "SKILL_TEST": ("uji keterampilan", "skill test"),
    "LICENCE": ("lisensi", "licence"),
}
CERTIFICATES = (1, 2, 3, 4, 5)
"""Rows: as many as a course may give."""
LANGUAGES = (1, 2, 3, 4)
_MEMBERS = ("kind", "scheme", "valid_months")


class Gives(Recorded):
    """Rows ``kind_1, scheme_1, months_1`` … and ``taught_1, reached_1`` …; an empty row says nothing."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        none = ("", t("Tidak ada", "None"))
        for row in CERTIFICATES:
            self[f"kind_{row}"].choices = [none, *((code, t(*KINDS[code])) for code in certificates.KINDS)]
            scheme = self[f"scheme_{row}"]
            scheme.choices = [none, *diminta.certificates(scheme.data)]
        for row in LANGUAGES:
            self[f"taught_{row}"].choices = [none, *diminta.tests(but=())]
        for name, words in _labels().items():
            self[name].label.text = words

    def rows_fit(self) -> bool:
        """Each row is whole; what is missing stands at its field."""
        fine = True
        for row in CERTIFICATES:
            kind, scheme = self[f"kind_{row}"], self[f"scheme_{row}"]
            if not kind.data and (scheme.data or self[f"months_{row}"].data is not None):
                fine = _wrong(kind, t("Pilih jenis sertifikatnya.", "Choose the kind of this certificate."))
        for row in LANGUAGES:
            test, result = self[f"taught_{row}"], self[f"reached_{row}"]
            if test.data and not (result.data or "").strip():
                said = t("Ketik hasil yang dicapai, misalnya N4.", "Type the result that is reached, for example N4.")
                fine = _wrong(result, said)
            elif (result.data or "").strip() and not test.data:
                fine = _wrong(test, t("Pilih bahasa dan ujiannya.", "Choose the language and its test."))
        return fine

    def all_certificates(self) -> list[Body]:
        """Those of the rows that are filled, in their order. ``gives_at`` then knows which row is which."""
        rows = [row for row in CERTIFICATES if self[f"kind_{row}"].data]
        self.certificate_rows = rows
        return [
            {
                "kind": self[f"kind_{row}"].data,
                "scheme": self[f"scheme_{row}"].data or None,
                "valid_months": self[f"months_{row}"].data,
            }
            for row in rows
        ]

    def all_languages(self, known: Sequence[Body]) -> list[Body]:
        """The languages to be sent. ``known``: those on record, of which each row here changes one in its place."""
        said: dict[int, Body] = {}
        for place in LANGUAGES:
            if test := self[f"taught_{place}"].data:
                spoken, code = test.split(diminta.BETWEEN)
                result = (self[f"reached_{place}"].data or "").strip().upper().replace(",", ".")
                said[place] = {"language": spoken, "test": code, "result": result}
        found: list[Body] = []
        self.language_rows: dict[int, int] = {}
        for entry, row in _rows(known):
            if row is None:
                found.append(dict(entry))
            elif row in said:
                self.language_rows[row] = len(found)
                found.append({**entry, **said.pop(row)})
        for new, one in said.items():
            self.language_rows[new] = len(found)
            found.append({**one, "cefr": None})
        return found

    def gives_at(self) -> dict[str, str]:
        """A pointer of the house into what was sent → the field here."""
        found = {"/certificate": "kind_1", "/certificate/scheme": "scheme_1", "/certificates": "kind_1"}
        found["/languages"] = "taught_1"
        for at, row in enumerate(getattr(self, "certificate_rows", ())):
            base = f"/certificates/{at}"
            found |= {base: f"kind_{row}", f"{base}/kind": f"kind_{row}", f"{base}/scheme": f"scheme_{row}"}
            found[f"{base}/valid_months"] = f"months_{row}"
        for row, at in getattr(self, "language_rows", {}).items():
            base = f"/languages/{at}"
            found |= {base: f"taught_{row}", f"{base}/language": f"taught_{row}", f"{base}/test": f"taught_{row}"}
            found[f"{base}/result"] = f"reached_{row}"
        return found

    def open_rows(self, names: Sequence[str], rows: Sequence[int]) -> int:
        """How many rows stand open on the page: those that say something, and one more."""
        used = [row for row in rows for name in names if self[f"{name}_{row}"].data or self[f"{name}_{row}"].errors]
        return min(max(used, default=0) + 1, len(rows))


for _row in CERTIFICATES:
    setattr(Gives, f"kind_{_row}", SelectField(validators=[Optional()]))
    setattr(Gives, f"scheme_{_row}", SelectField(validators=[Optional()]))
    setattr(Gives, f"months_{_row}", NumberField(validators=[Optional(), NumberRange(min=1, max=600)]))
for _row in LANGUAGES:
    setattr(Gives, f"taught_{_row}", SelectField(validators=[Optional()]))
    setattr(Gives, f"reached_{_row}", StringField(validators=[Length(max=10)]))


def certificates_of(course: Mapping[str, Any]) -> list[Body]:
    """All that the course gives; one from before there could be several has only the one."""
    one = course.get("certificate")
    held = course.get("certificates") or ([one] if one else [])
    return [{name: each.get(name) for name in _MEMBERS} for each in held]


def filled(course: Mapping[str, Any]) -> Body:
    """The values of the fields from a course on record."""
    found: Body = {}
    for row, one in zip(CERTIFICATES, certificates_of(course), strict=False):
        found |= {
            f"kind_{row}": one["kind"],
            f"scheme_{row}": one["scheme"] or "",
            f"months_{row}": one["valid_months"],
        }
    for entry, place in _rows(course.get("languages") or ()):
        if place is not None:
            found[f"taught_{place}"] = diminta.BETWEEN.join((entry["language"], entry["test"]))
            found[f"reached_{place}"] = entry["result"]
    return found


def other_languages(course: Mapping[str, Any]) -> list[str]:
    """The languages that no row here can say, in words: `Inggris: A1`."""
    return [_called(entry) for entry, row in _rows(course.get("languages") or ()) if row is None]


def _rows(known: Sequence[Body]) -> list[tuple[Body, int | None]]:
    """(language on record, the row here that is about it)."""
    free = iter(LANGUAGES)
    return [(entry, next(free, None) if _fits(entry) else None) for entry in known]


def _fits(entry: Body) -> bool:
    test = languages.TESTS.get(entry.get("test") or "")
    fits = test is not None and entry["language"] in test.languages
    return fits and bool(entry.get("result")) and entry.get("cefr") is None


def _called(entry: Body) -> str:
    code = entry["language"]
    name = t(*languages.LANGUAGES[code]) if code in languages.LANGUAGES else code
    test = " ".join(filter(None, ((entry.get("test") or "").replace("_", " "), entry.get("result"))))
    said = ", ".join(filter(None, (test, entry.get("cefr"))))
    return f"{name}: {said}" if said else name


def _wrong(field: Field, said: str) -> bool:
    field.errors = [*field.errors, said]
    return False


def _labels() -> dict[str, str]:
    found: dict[str, str] = {}
    for row in CERTIFICATES:
        found |= {
            f"kind_{row}": t("Sertifikat sesudah lulus", "Certificate at the end")
            if row == 1
            else t("Sertifikat ke-{n}", "Certificate {n}", n=row),
            f"scheme_{row}": t("Skema sertifikatnya", "Scheme of the certificate")
            if row == 1
            else t("Skema sertifikat ke-{n}", "Scheme of certificate {n}", n=row),
            f"months_{row}": t("Berlaku berapa bulan", "Months that it holds")
            if row == 1
            else t("Sertifikat ke-{n} berlaku berapa bulan", "Months that certificate {n} holds", n=row),
        }
    for row in LANGUAGES:
        found |= {
            f"taught_{row}": t("Bahasa dan ujiannya", "Language and its test")
            if row == 1
            else t("Bahasa ke-{n} dan ujiannya", "Language {n} and its test", n=row),
            f"reached_{row}": t("Hasil yang dicapai", "Result that is reached")
            if row == 1
            else t("Hasil bahasa ke-{n}", "Result of language {n}", n=row),
        }
    return found
