"""A form over something on record, open in two tabs or before two people: nobody's change is written over unseen.

The page carries a short digest of what stood in each field when it was opened (`stood`). Sent when the record has
another version by then, the form is laid beside it again: what only others changed is taken over and said, what both
changed stays as typed with the other value beside it, and what only this visitor typed is left alone. Pressing once
more is then about what is on record now. A change that touches nothing of the form holds nobody up.
"""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import Field, HiddenField
from wtforms.fields.choices import SelectFieldBase

from services.console.frame.amounts import AmountField
from services.console.frame.forms import Form
from services.console.frame.words import t

_OWN = ("csrf_token", "once", "stood", "version")


class Recorded(Form):
    """``stood``: field by field what was on record when the page was made."""

    stood = HiddenField()
    on_record: Mapping[str, Any] = {}
    """The values of the fields from the record, where the form was :meth:`laid_over` it."""

    def as_it_stands(self) -> "Recorded":
        """The form just filled in from the record: remember what it says."""
        self.stood.data = " ".join(f"{field.name}:{_digest(field)}" for field in self._asked())
        return self

    def laid_over(self, known: Mapping[str, Any]) -> "Recorded":
        """``known``: the values of the fields from the record; an amount left as the page wrote it stays that."""
        self.on_record = known
        for name, recorded in known.items():
            if isinstance(field := self._fields.get(name), AmountField):
                field.stands(recorded)
        return self

    def overtaken(self, seen: str | None, version: int, now: "Recorded") -> bool:
        """Whether it must be looked at once more before it is sent.

        Args:
            seen: the version of the record that the page was made of.
            version: the one that stands now.
            now: the same form, filled in from the record as it stands.
        """
        # A page that is shown again, with an error of its own, has the version of then and still the values of before.
        if (seen == str(version) and not self.stood.data) or not self._laid_beside(now):
            return False
        self.others.append(
            t(
                "Ada perubahan lain yang tersimpan sejak halaman ini dibuka. Periksa isian bertanda, lalu simpan lagi.",
                "Somebody saved other changes since this page was opened. Look at the marked fields, then save again.",
            )
        )
        return True

    def _laid_beside(self, now: "Recorded") -> bool:
        changed = False
        before = dict(pair.split(":", 1) for pair in (self.stood.data or "").split() if ":" in pair)
        for field in self._asked():
            known, recorded = before.get(field.name), now[field.name]
            if _digest(recorded) in (known, _digest(field)):
                continue  # nobody else changed it, or both say the same
            changed = True
            if _digest(field) == known:
                _take_over(field, recorded)
                said = t(
                    "Diubah di tempat lain; isian ini sudah disesuaikan.",
                    "Changed elsewhere; this field was brought up to date.",
                )
            else:
                said = t(
                    "Diubah di tempat lain menjadi: {value}. Isian Anda masih ada; periksa mana yang benar.",
                    "Changed elsewhere to: {value}. What you typed is still here; see which one is right.",
                    value=_said(recorded) or t("kosong", "empty"),
                )
            field.errors = [*field.errors, said]
        now.as_it_stands()
        self.stood.data = now.stood.data
        return changed

    def _asked(self) -> list[Field]:
        return [field for field in self if field.name not in _OWN]


def _take_over(field: Field, recorded: Field) -> None:
    """The value on record instead of the one that stands there, also in what the field shows as typed."""
    shown = recorded._value() if hasattr(recorded, "typed") or hasattr(field, "typed") else ""
    field.process(None, recorded.data)
    field.raw_data = None
    if hasattr(field, "typed"):
        field.typed = shown


def _digest(field: Field) -> str:
    return hashlib.blake2b(_plain(field).encode(), digest_size=4).hexdigest()


def _plain(field: Field) -> str:
    """What a field says, the same whether it was typed or filled in."""
    data: Any = field.data
    if isinstance(data, list | tuple | set):
        return "|".join(sorted(map(str, data)))
    if data is None or data is False or data == "":
        return ""
    if isinstance(data, str):
        return "\n".join(line.strip() for line in data.strip().splitlines())
    return str(int(data)) if isinstance(data, float) and data == int(data) else str(data)


def _said(field: Field) -> str:
    """The value in words."""
    if isinstance(field, SelectFieldBase):
        chosen = {str(one) for one in (field.data if isinstance(field.data, list) else [field.data])}
        return ", ".join(str(label) for value, label in field.choices or () if str(value) in chosen and value)
    if isinstance(field.data, bool):
        return t("ya", "yes") if field.data else t("tidak", "no")
    written = getattr(field, "_value", None)
    return str(written() if written else field.data or "")


def as_they_stood(chosen: Sequence[str] | None, before: Sequence[str] | None) -> list[str]:
    """What is ticked, in the order of what is on record: a list in another order is no change."""
    ticked, known = chosen or (), before or ()
    return [*(one for one in known if one in ticked), *(one for one in ticked if one not in known)]
