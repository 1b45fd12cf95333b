"""The form of a job order: what most orders have. What else an order may say is sent as JSON, by the API or a file."""

from typing import Any

from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from services.console.frame import DayField, NumberField, OccupationField, Recorded, language, t
from shared.codes import countries, offers, schemes

Body = dict[str, Any]

CURRENCIES = ("IDR", "MYR", "TWD", "HKD", "JPY", "KRW", "SGD", "USD", "EUR", "SAR", "AED")
OFTEN = ("MYS", "SGP", "HKG", "TWN", "KOR", "JPN", "BRN", "SAU", "DEU")
"""Where most people of NTT go: first in the list, which has 249."""
SCHEMES = {
    "P2P": ("oleh perusahaan (P to P)", "by a company (P to P)"),
    "G2G": ("antar pemerintah", "between governments"),
    "G2P": ("pemerintah ke swasta", "government to private"),
    "UKPS": ("untuk perusahaan sendiri", "for one's own company"),
    "MANDIRI": ("perseorangan", "alone"),
    "CREW": ("awak kapal", "crew"),
}
VISAS = {code: words for code, words in offers.VISA_TYPES.items() if code not in offers.NOT_FOR_WORK}
EMPLOYERS = {"COMPANY": ("perusahaan", "a company"), "HOUSEHOLD": ("rumah tangga", "a household")}

POINTERS = {
    "/title/id": "title_id",
    "/title/en": "title_en",
    "/wage": "wage",
    "/wage/amount": "wage",
    "/sip2mi": "permit",
    "/sip2mi/number": "permit",
    "/sip2mi/valid_from": "permit_from",
    "/sip2mi/valid_until": "permit_until",
    "/sip2mi/quota": "quota",
    "/employer/type": "employer",
    "/employer/partner": "partner",
}
"""A pointer of the house → the field here."""


class Order(Recorded):
    """``new``: the code is asked for only once."""

    code = StringField(validators=[Length(max=60)])
    title_id = StringField(validators=[Length(max=200)])
    title_en = StringField(validators=[Length(max=200)])
    country = SelectField(validators=[Optional()])
    isco08 = OccupationField()
    scheme = SelectField(validators=[Optional()])
    visa_type = SelectField(validators=[Optional()])
    title_scheme = SelectField(validators=[Optional()])
    employer = SelectField()
    partner = StringField(validators=[Length(max=60)])
    wage = NumberField(validators=[Optional(), NumberRange(min=0)])
    currency = SelectField(validators=[Optional()])
    term_months = NumberField(validators=[Optional(), NumberRange(min=1, max=600)])
    permit = StringField(validators=[Length(max=60)])
    permit_from = DayField()
    permit_until = DayField()
    quota = NumberField(validators=[Optional(), NumberRange(min=0, max=100_000)])
    closes_on = DayField()
    paid_by_person = SelectMultipleField(validators=[Optional()])

    def __init__(self, *, new: bool, **more: Any) -> None:
        super().__init__(**more)
        self.new = new
        for name, words in _labels().items():
            self[name].label.text = words
        none = ("", t("Belum ada atau belum tahu", "None, or not known"))
        names = {code: pair[0 if language() == "id" else 1] for code, pair in countries.all_countries().items()}
        often = [(code, names.pop(code)) for code in OFTEN if code in names]
        self.country.choices = [
            ("", t("Pilih negara", "Choose a country")),
            *often,
            *sorted(names.items(), key=lambda c: c[1]),
        ]
        self.scheme.choices = [none, *((code, t(*SCHEMES[code])) for code in offers.SCHEMES)]
        self.visa_type.choices = [none, *((code, t(*words)) for code, words in VISAS.items())]
        self.title_scheme.choices = [none, *((code, t(*words)) for code, words in schemes.KNOWN.items())]
        self.employer.choices = [(code, t(*words)) for code, words in EMPLOYERS.items()]
        self.currency.choices = [
            ("", t("Pilih mata uang", "Choose a currency")),
            *((code, code) for code in CURRENCIES),
        ]
        self.paid_by_person.choices = [(code, t(*words)) for code, words in offers.COST_ITEMS.items()]
        required = InputRequired(t("Isi bagian ini.", "Fill this in."))
        for name in ("title_id", "country", "isco08", *(["code"] if new else [])):
            self[name].validators = [required, *(one for one in self[name].validators if not isinstance(one, Optional))]
        number = t("Ketik angka saja.", "Type a number only.")
        for name in ("wage", "term_months", "quota"):
            self[name].validators = [Optional(), NumberRange(min=0, max=10**12, message=number)]

    def complete(self) -> bool:
        """Valid, and the closing day is there."""
        fine: bool = self.validate_on_submit()
        if not self.closes_on.data and not self.closes_on.errors:
            self.closes_on.errors = [t("Ketik tanggal tutup.", "Type the closing day.")]
            fine = False
        if self.wage.data is not None and not self.currency.data:
            self.currency.errors, fine = [t("Pilih mata uang upahnya.", "Choose the currency of the wage.")], False
        return fine

    def document(self) -> Body:
        """What the house is sent; of a permit all or nothing, and the house says what is missing."""
        permit = {
            "number": self.permit.data or None,
            "valid_from": _iso(self.permit_from),
            "valid_until": _iso(self.permit_until),
            "quota": self.quota.data,
        }
        title = {"id": self.title_id.data, "en": self.title_en.data or self.title_id.data}
        found: Body = {
            "title": title,
            "country": self.country.data,
            "isco08": self.isco08.data,
            "scheme": self.scheme.data or None,
            "visa_type": self.visa_type.data or None,
            "title_scheme": self.title_scheme.data or None,
            "employer": {"type": self.employer.data, "partner": self.partner.data or None},
            "wage": {"amount": self.wage.data, "currency": self.currency.data} if self.wage.data is not None else None,
            "term_months": self.term_months.data,
            "sip2mi": permit if permit["number"] else None,
            "closes_on": _iso(self.closes_on),
        }
        return {**found, "code": self.code.data} if self.new else found

    def costs(self, known: list[Body]) -> list[Body]:
        """The costs with who pays them: those ticked by the person; what others pay stays as it is on record."""
        ticked = set(self.paid_by_person.data or [])
        kept = [one for one in known if one["payer"] != "CANDIDATE" and one["item"] not in ticked]
        had = {one["item"]: one for one in known if one["payer"] == "CANDIDATE"}
        return [
            *kept,
            *(had.get(item, {"item": item, "payer": "CANDIDATE", "amount": None}) for item in sorted(ticked)),
        ]


def filled(order: Body) -> Body:
    """The values of the fields from an order on record."""
    permit, wage, employer = order.get("sip2mi") or {}, order.get("wage") or {}, order.get("employer") or {}
    return {
        "code": order["code"],
        "title_id": order["title"]["id"],
        "title_en": order["title"]["en"],
        **{name: order.get(name) for name in ("country", "isco08", "term_months", "closes_on")},
        **{name: order.get(name) or "" for name in ("scheme", "visa_type", "title_scheme")},
        "employer": employer.get("type"),
        "partner": employer.get("partner_id"),
        "wage": int(wage["amount"]) if wage else None,
        "currency": wage.get("currency"),
        "permit": permit.get("number"),
        "permit_from": permit.get("valid_from"),
        "permit_until": permit.get("valid_until"),
        "quota": permit.get("quota"),
        "paid_by_person": [one["item"] for one in order.get("costs", []) if one["payer"] == "CANDIDATE"],
    }


def _iso(field: Any) -> str | None:
    return field.data.isoformat() if field.data and hasattr(field.data, "isoformat") else field.data or None


def _labels() -> dict[str, str]:
    return {
        "code": t("Kode lowongan Anda", "Your code of the order"),
        "title_id": t("Judul", "Title (Indonesian)"),
        "title_en": t("Judul dalam bahasa Inggris, jika ada", "Title in English, if there is one"),
        "country": t("Negara tujuan", "Country"),
        "isco08": t("Jabatan", "Occupation"),
        "scheme": t("Jalur penempatan", "Scheme"),
        "visa_type": t("Jenis visa", "Kind of visa"),
        "title_scheme": t("Sertifikat kompetensi yang diminta", "Competence certificate that is asked for"),
        "employer": t("Pemberi kerja", "Employer"),
        "partner": t("Kode mitra di luar negeri, jika ada", "Code of the partner abroad, if there is one"),
        "wage": t("Upah sebulan", "Wage a month"),
        "currency": t("Mata uang", "Currency"),
        "term_months": t("Lama kontrak (bulan)", "Term (months)"),
        "permit": t("Nomor SIP2MI", "Number of the SIP2MI"),
        "permit_from": t("SIP2MI berlaku sejak", "SIP2MI valid from"),
        "permit_until": t("SIP2MI berlaku sampai", "SIP2MI valid until"),
        "quota": t("Kuota SIP2MI", "Quota of the SIP2MI"),
        "closes_on": t("Hari terakhir melamar", "Last day to apply"),
        "paid_by_person": t("Biaya yang dibayar calon", "What the person pays"),
    }
