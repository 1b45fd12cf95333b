"""The forms of a partner's agreement and of an endpoint."""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length

from services.console.frame import DayField, Recorded, regency, t
from services.console.frame.many import ManyField
from services.console.pages.mitra.words import KINDS, LEVELS
from shared.codes import regencies

Body = dict[str, Any]
Choices = Sequence[tuple[str, str]]

_PROVINCE = re.compile(r"[0-9]{2}")
_MAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,}")


class RegionsField(ManyField):
    """Regencies by name or code, and provinces by the two digits of their code."""

    def read(self, line: str) -> str:
        code = _codes().get(line.casefold(), line)
        if code in regencies.table() or _PROVINCE.fullmatch(code):
            return code
        raise ValueError(
            t(
                "Wilayah “{line}” tidak dikenal. Ketik nama kabupaten, atau dua angka kode provinsi seperti 53.",
                "The region “{line}” is not known. Type a regency, or the two digits of a province like 53.",
                line=line[:60],
            )
        )

    def called(self, code: str) -> str:
        return code if _PROVINCE.fullmatch(code) else regency(code)


class Agreed(Recorded):
    """What a partner and an endpoint of it have in common. ``version``: of the record that the page shows."""

    version = HiddenField()
    event_types = SelectMultipleField(validate_choice=False)
    regions = RegionsField()
    payload_level = RadioField(default="MINIMAL")

    def __init__(self, events: Choices, **more: Any) -> None:
        super().__init__(**more)
        known = {code for code, _ in events}
        left = [(code, code) for code in self.event_types.data or () if code not in known]
        self.event_types.choices = [*events, *left]
        self.event_types.label.text = t("Peristiwa yang didengar", "Events that it hears")
        self.regions.label.text = t("Wilayah", "Regions")
        self.payload_level.label.text = t("Isi kiriman", "What a delivery holds")
        self.payload_level.choices = [(code, t(*words)) for code, words in LEVELS.items()]

    def must(self, *names: str) -> None:
        """These cannot be left empty."""
        said = t("Isi bagian ini.", "Fill this in.")
        for name in names:
            self[name].validators = [InputRequired(said), *self[name].validators]

    def document(self) -> Body:
        """What the house is sent."""
        return {
            "event_types": self.event_types.data or [],
            "regions": self.regions.data or [],
            "payload_level": self.payload_level.data,
        }

    def changes(self, one: Body) -> Body:
        """What differs from the record."""
        return {name: value for name, value in self.document().items() if one.get(name) != value}


class Agreement(Agreed):
    """What was signed with a partner. ``new``: its code is asked for, and only once."""

    code = StringField(validators=[Length(max=40)])
    name = StringField(validators=[Length(max=120)])
    kind = SelectField()
    legal_basis = StringField(validators=[Length(max=300)])
    contact = StringField(validators=[Length(max=254)])
    provider = SelectField(validate_choice=False)
    valid_until = DayField()
    status = RadioField(default="ACTIVE")

    POINTERS = {"code_taken": "code", "/provider_id": "provider"}

    def __init__(self, events: Choices, providers: Choices, *, new: bool, **more: Any) -> None:
        super().__init__(events, **more)
        self.new = new
        self.code.label.text = t("Kode mitra", "Code of the partner")
        self.name.label.text = t("Nama", "Name")
        self.kind.label.text = t("Jenis mitra", "Kind of partner")
        self.kind.choices = [("", t("Pilih", "Choose")), *((code, t(*words)) for code, words in KINDS.items())]
        self.legal_basis.label.text = t("Dasar hukum", "Legal basis")
        self.contact.label.text = t("Surel yang diberi tahu bila ada gangguan", "E-mail that is told of trouble")
        self.provider.label.text = t("Lembaga pelatihan mana", "Which training provider")
        none = ("", t("bukan lembaga pelatihan", "no training provider"))
        # The one on record stays, also where the list is silent or too long to hold it.
        offered, on_record = [id for id, _ in providers], self.provider.data
        kept = [(on_record, on_record)] if on_record and on_record not in offered else []
        self.provider.choices = [none, *kept, *providers]
        self.valid_until.label.text = t("Berlaku sampai (kosong: tanpa akhir)", "Valid until (empty: no end)")
        self.status.label.text = t("Akses", "Access")
        self.status.choices = [
            ("ACTIVE", t("Berlaku", "In force")),
            ("SUSPENDED", t("Dihentikan untuk sementara", "Suspended for now")),
        ]
        self.must("name", "kind", "legal_basis", "contact", *(["code"] if new else []))

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: an e-mail is one, and a training provider is named."""
        fine = bool(super().validate(extra_validators))
        if self.contact.data and not _MAIL.fullmatch(self.contact.data.strip()):
            said = t("Ketik alamat surel, seperti piket@example.go.id.", "Type an e-mail like piket@example.go.id.")
            self.contact.errors, fine = [said], False
        if self.kind.data == "PROVIDER" and not self.provider.data:
            self.provider.errors, fine = [t("Pilih lembaganya.", "Choose the provider.")], False
        return fine

    def document(self) -> Body:
        until = self.valid_until.data
        found = {
            **super().document(),
            **{name: (self[name].data or "").strip() for name in ("name", "kind", "legal_basis", "contact")},
            "provider_id": self.provider.data or None,
            "valid_until": until.isoformat() if until else None,
        }
        return {**found, "code": (self.code.data or "").strip()} if self.new else {**found, "status": self.status.data}


def of_partner(one: Body, events: Choices, providers: Choices) -> Agreement:
    """The form as the record fills it in."""
    return Agreement(
        events, providers, new=False, formdata=None, data={**one, "provider": one.get("provider_id") or ""}
    )


class Endpoint(Agreed):
    url = StringField(validators=[Length(max=500)])
    note = StringField(validators=[Length(max=200)])

    def __init__(self, events: Choices, **more: Any) -> None:
        super().__init__(events, **more)
        self.url.label.text = t("Alamat yang menerima (https)", "Address that receives (https)")
        self.note.label.text = t("Catatan untuk diri sendiri", "Note for yourself")
        self.must("url")

    def document(self) -> Body:
        return {
            **super().document(),
            "url": (self.url.data or "").strip(),
            "note": (self.note.data or "").strip() or None,
        }


def of_endpoint(one: Body, events: Choices) -> Endpoint:
    """The form as the record fills it in."""
    return Endpoint(events, formdata=None, data=one)


@cache
def _codes() -> dict[str, str]:
    return {regencies.name(code).casefold(): code for code in reversed(regencies.table())}
