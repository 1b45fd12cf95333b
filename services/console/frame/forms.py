"""Forms: what was typed stays, each refusal stands at its field, and pressing twice acts once.

A form is a WTForms class; its template writes ``{{ start(form) }}`` and the macros of ``frame/fields.html``. What a
house refuses is put to the fields with :meth:`Form.refused`, in the house's own words.
"""

import re
import uuid
from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from flask import g
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, IntegerField, StringField
from wtforms.validators import StopValidation

from services.console.frame.form_words import Plainly, is_general
from services.console.frame.words import day, exact, t
from services.console.houses import Answer, NotAnswered

_MONTHS = ("jan", "feb", "mar", "apr", "mei may", "jun", "jul", "ag au", "sep", "ok oc", "nov", "de")
_DAY = re.compile(r"(\d{1,2})[\s./-]+(\d{1,2}|[a-z]+)[\s./-]+(\d{4})", re.IGNORECASE)


_MONEY = re.compile(r"^(?:rp\.?|idr)\s*|,(?:-|00)$|\.-$", re.IGNORECASE)
_CODE = re.compile(r"\b[A-Z]{6,}\b")
"""Of a state, in a sentence."""
_THOUSANDS = re.compile(r"(?<=\d)[.,\s\u00a0](?=\d{3}(?:\D|$))")
MOST_DIGITS = 15


class Form(FlaskForm):
    """``once`` is the number of this very form: sent as ``Idempotency-Key``, so that a second press does nothing."""

    class Meta(FlaskForm.Meta):
        def get_translations(self, form: object) -> Plainly:
            return Plainly()

    once = HiddenField(default=lambda: str(uuid.uuid4()))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        g.has_form = True
        self.others: list[str] = []
        """Refusals that belong to no field; they stand in the summary."""

    @property
    def summary(self) -> list[dict[str, str]]:
        """The lines of the error summary, each with a link to its field, and with its name where the sentence alone
        does not tell which one it is."""
        said = [(field, str(error)) for field in self if field.name != "csrf_token" for error in _flat(field.errors)]
        often = Counter(error for _, error in said)
        lines = [
            {
                "text": f"{field.label.text}: {error}" if is_general(error) or often[error] > 1 else error,
                "href": f"#{field.id}",
            }
            for field, error in said
        ]
        if self.csrf_token.errors:
            lines.append(
                {
                    "text": t(
                        "Formulir ini sudah terlalu lama terbuka. Kirim sekali lagi.",
                        "This form was open for too long. Send it once more.",
                    ),
                    "href": "#content",
                }
            )
        return [*lines, *({"text": text, "href": "#content"} for text in self.others)]

    def refused(self, answer: Answer, fields: Mapping[str, str] | None = None) -> None:
        """Put the refusal of a house to the fields. ``fields``: its pointer → the name of a field here.

        Pointers that name a field of the same name need no entry. A refusal without pointers (a conflict) stands at
        the field that its code is mapped to, else in the summary.

        Raises:
            NotAnswered: the house was silent, or the visitor may not do this at all.
        """
        if answer.silent or answer.status in (401, 403, 404, 410):
            raise NotAnswered(answer)
        if answer.status == 412:  # what the house says of versions and headers is for programs
            self.others.append(
                t(
                    "Data ini baru diubah orang lain. Periksa lagi di bawah, lalu kirim sekali lagi.",
                    "Somebody else has just changed this. Look at it again below, then send it once more.",
                )
            )
            return
        placed = False
        for fault in answer.faults:
            pointer = str(fault.get("pointer", ""))
            name = (fields or {}).get(pointer) or pointer.strip("/").split("/")[0]
            said = " ".join(str(fault[part]) for part in ("message", "fix") if fault.get(part))
            field = self._fields.get(name)
            if field is not None:
                field.errors = [*field.errors, said]
            else:
                self.others.append(said)
            placed = True
        if not placed:
            beside = self._fields.get((fields or {}).get(answer.code, ""))
            parts = [str(answer.body[part]) for part in ("title", "detail") if answer.body.get(part)]
            said = ". ".join(part.rstrip(".") for part in parts) + "." if parts else answer.code
            if beside is not None:
                beside.errors = [*beside.errors, said]
            else:
                self.others.append(said)


class Step(Form):
    """A button that moves something on: ``stood`` is the state in which its page showed it."""

    stood = HiddenField()

    def refused_step(self, answer: Answer, states: Mapping[str, str]) -> None:
        """As :meth:`Form.refused`; the states that the house names by codes are called what a page calls them.

        ``states``: a state → what it is called.
        """
        self.refused(answer)
        named = {code: f"“{words}”" for code, words in states.items()}
        self.others = [_CODE.sub(lambda found: named.get(found[0], found[0]), said) for said in self.others]

    def moved_on(self, state: str, words: str) -> bool:
        """Whether it stands elsewhere than on the page that the button was pressed on; says so, and shows it anew.

        ``words``: what the state of now is called.
        """
        if not self.stood.data or self.stood.data == state:
            return False
        self.others.append(
            t(
                "Keadaannya sudah berubah sejak halaman ini dibuka; sekarang: {now}. Periksa dulu, lalu tekan lagi.",
                "It has changed since this page was opened; now: {now}. Look first, then press again.",
                now=words,
            )
        )
        return True


class DayField(StringField):
    """A day as people here write it, day first: ``8/12/2026``, ``8-12-2026``, ``8 Desember 2026``."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        self.data = read_day(self.typed)
        if self.data is None:
            raise ValueError(
                t(
                    "Ketik tanggal seperti 8/12/2026 (tanggal, bulan, tahun).",
                    "Type the date like 8/12/2026 (day, month, year).",
                )
            )

    def _value(self) -> str:
        if getattr(self, "typed", ""):
            return self.typed
        if isinstance(self.data, str) and self.data:
            self.data = date.fromisoformat(self.data[:10])
        return f"{self.data.day}/{self.data.month}/{self.data.year}" if isinstance(self.data, date) else ""

    @property
    def read_as(self) -> str:
        """The day in words, so that a mistake is seen."""
        return day(self.data, short=False) if isinstance(self.data, date) else ""


class NumberField(IntegerField):
    """A whole number as people here write it: ``1.500.000``, ``Rp 1.500.000``, ``1 500 000``. One error, not two."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not typed:
            return
        plain = _THOUSANDS.sub("", _MONEY.sub("", typed))
        is_part = plain != typed and len(plain) > 1 and plain.startswith("0")  # 0,500 is half of one, and no 500
        if is_part or not plain.isascii() or not plain.isdigit() or len(plain) > MOST_DIGITS:
            raise ValueError(t("Ketik angka saja, misalnya 12.", "Type a number only, for example 12."))
        self.data = int(plain)

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()


class HoursField(StringField):
    """A number that may have a fraction, with comma or dot: ``8``, ``7,5``."""

    written = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,6})?")

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        if not self.written.fullmatch(self.typed):
            raise ValueError(t("Ketik angka, misalnya 8 atau 7,5.", "Type a number, for example 8 or 7.5."))
        self.data = float(self.typed.replace(",", "."))

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()

    def _value(self) -> str:
        if getattr(self, "typed", ""):
            return self.typed
        return exact(self.data, thousands=False) if self.data is not None else ""


def read_day(text: str) -> date | None:
    """Day first, months also by name in either language; None when it is no day."""
    found = _DAY.fullmatch(text.strip().lower())
    if found is None:
        return None
    month = found[2]
    if month.isdigit():
        number = int(month)
    else:
        named = [place for place, starts in enumerate(_MONTHS, 1) if month.startswith(tuple(starts.split()))]
        number = named[0] if named else 0
    try:
        return date(int(found[3]), number, int(found[1]))
    except ValueError:
        return None


def _flat(errors: Any) -> list[Any]:
    return [one for error in errors for one in (_flat(error) if isinstance(error, list | tuple) else [error])]


def chosen(field: Field) -> Any:
    """The value of a field, or None where nothing was chosen."""
    return field.data or None
