"""The form of a job order: all that a law or a company commonly asks of one.

Left to the API and to files: skills by their code, an item of costs a second time, and conditions that
:mod:`~services.console.pages.lowongan_kami.diminta` only tells. What the form does not show stays as it is.
"""

import re
from typing import Any

from wtforms import SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from services.console.frame import (
    AmountField,
    DayField,
    HoursField,
    NumberField,
    OccupationField,
    both,
    language,
    t,
)
from services.console.frame.amounts import whole
from services.console.frame.many import ManyField
from services.console.pages.lowongan_kami import biaya, diminta, terampil
from services.console.pages.lowongan_kami.sebutan import labels
from shared.codes import countries, offers

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
CHANNELS = {
    "ONE_CHANNEL_SYSTEM": ("sistem satu kanal (One Channel System)", "One Channel System"),
    "SMO": ("SMO", "SMO"),
    "DIRECT": ("langsung", "direct"),
}
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
    "/employer/household_income": "household_income",
    "/employer/household_income/amount": "household_income",
    "/employer/household_size": "household_size",
    "/wage/currency": "currency",
    "/working_hours": "hours_per_day",
    "/working_hours/per_day": "hours_per_day",
    "/working_hours/per_week": "hours_per_week",
    "/working_hours/rest_per_day": "rest_per_day",
    "/working_hours/rest_per_week": "rest_per_week",
    "/description": "description_id",
    "/description/id": "description_id",
    "/description/en": "description_en",
    "/costs": "payer_OUTBOUND_TICKET",
    "/skills": "skills_must",
    "/requirements": "age_min",
}
"""A pointer of the house → the field here."""


HOURS = {
    "hours_per_day": "per_day",
    "hours_per_week": "per_week",
    "rest_per_day": "rest_per_day",
    "rest_per_week": "rest_per_week",
}
"""A field here → what it is of `working_hours`."""


class Order(biaya.Paying):
    """``new``: the code is asked for only once. ``known``: the order on record, of which what is not shown stays."""

    code = StringField(validators=[Length(max=60)])
    title_id = StringField(validators=[Length(max=200)])
    title_en = StringField(validators=[Length(max=200)])
    description_id = TextAreaField(validators=[Length(max=2000)])
    description_en = TextAreaField(validators=[Length(max=2000)])
    country = SelectField(validators=[Optional()])
    isco08 = OccupationField()
    kbji = StringField(validators=[Length(max=20)])
    scheme = SelectField(validators=[Optional()])
    channel = SelectField(validators=[Optional()])
    visa_type = SelectField(validators=[Optional()])
    title_scheme = SelectField(validators=[Optional()])
    employer = SelectField()
    partner = StringField(validators=[Length(max=60)])
    household_income = AmountField()
    household_size = NumberField(validators=[Optional(), NumberRange(min=1, max=50)])
    wage = AmountField()
    currency = SelectField(validators=[Optional()])
    hours_per_day = HoursField(validators=[Optional(), NumberRange(min=0, max=24)])
    hours_per_week = HoursField(validators=[Optional(), NumberRange(min=0, max=168)])
    rest_per_day = HoursField(validators=[Optional(), NumberRange(min=0, max=24)])
    rest_per_week = HoursField(validators=[Optional(), NumberRange(min=0, max=168)])
    term_months = NumberField(validators=[Optional(), NumberRange(min=1, max=600)])
    permit = StringField(validators=[Length(max=60)])
    permit_from = DayField()
    permit_until = DayField()
    quota = NumberField(validators=[Optional(), NumberRange(min=0, max=100_000)])
    slots = NumberField(validators=[Optional(), NumberRange(min=0, max=100_000)])
    opens_on = DayField()
    closes_on = DayField()
    departure_by = DayField()
    skills_must = ManyField()
    skills_nice = ManyField()

    def __init__(self, *, new: bool, known: Body | None = None, **more: Any) -> None:
        super().__init__(**more)
        self.new = new
        self.known = known or {}
        self.laid_over(filled(known) if known else {})
        for name, words in labels().items():
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
        self.channel.choices = [none, *((code, t(*CHANNELS[code])) for code in offers.CHANNELS)]
        kept = {code: t(*words) for code, words in offers.VISA_TYPES.items() if code == self.visa_type.data}
        visas = {code: t(*words) for code, words in VISAS.items()} | kept
        self.visa_type.choices = [none, *visas.items()]
        self.title_scheme.choices = [none, *diminta.certificates(self.title_scheme.data)]
        self.employer.choices = [(code, t(*words)) for code, words in EMPLOYERS.items()]
        self.currency.choices = [
            ("", t("Pilih mata uang", "Choose a currency")),
            *((code, code) for code in dict.fromkeys((*CURRENCIES, self.currency.data or "IDR"))),
        ]
        required = InputRequired(t("Isi bagian ini.", "Fill this in."))
        for name in ("title_id", "country", "isco08", *(["code"] if new else [])):
            self[name].validators = [required, *(one for one in self[name].validators if not isinstance(one, Optional))]
        number = t("Ketik angka saja.", "Type a number only.")
        for name in ("wage", "household_income", "term_months", "quota"):
            self[name].validators = [Optional(), NumberRange(min=0, max=10**12, message=number)]

    def complete(self) -> bool:
        """Valid, and the closing day is there."""
        fine: bool = self.validate_on_submit()
        if not self.closes_on.data and not self.closes_on.errors:
            self.closes_on.errors = [t("Ketik tanggal tutup.", "Type the closing day.")]
            fine = False
        if self.wage.data is not None and not self.currency.data:
            self.currency.errors, fine = [t("Pilih mata uang upahnya.", "Choose the currency of the wage.")], False
        for field in (self.wage, self.household_income):
            if field.data is not None and self.currency.data and not field.fits(self.currency.data):
                field.errors, fine = [field.in_full(self.currency.data)], False
        if self.household_income.data is not None and not self.currency.data:
            self.currency.errors, fine = [t("Pilih mata uangnya.", "Choose the currency.")], False
        permitted, paid = self._permitted(), self.paid()
        return self.consistent() and permitted and paid and fine

    def _permitted(self) -> bool:
        """Of a permit everything stands there, or nothing: a part of it would be lost unsaid."""
        parts = (self.permit, self.permit_from, self.permit_until, self.quota)
        missing = [field for field in parts if field.data in (None, "") and not field.errors]
        if len(missing) == len(parts):
            return True
        for field in missing:
            field.errors = [t("Isi juga ini; SIP2MI dikirim lengkap.", "Fill this in too: of a permit, all parts.")]
        return not missing

    def beside(self, order: Body) -> None:
        """What the law found in the order, at the field that it is about, with what to change."""
        judgement = order.get("judgement") or {}
        for row in judgement.get("rules", ()) if judgement.get("current") else ():
            pointer = str(row.get("field") or "")
            cost = re.match(r"/costs/(\d+)", pointer)
            pointer = re.sub(r"/\d+$", "", pointer)
            name = biaya.field_of(order.get("costs") or (), int(cost[1])) if cost else POINTERS.get(pointer)
            field = self._fields.get(name or pointer.strip("/"))
            said = f"{both(row['text'])} {both(row.get('change') or row.get('next_action'))}".strip()
            if field is not None and said not in field.errors:
                field.errors = [*field.errors, said]

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
            "channel": self.channel.data or None,
            "employer": {
                "type": self.employer.data,
                "partner": self.partner.data or None,
                "household_income": self._money("household_income", (self.known.get("employer") or {})),
                "household_size": self.household_size.data,
            },
            "wage": self._money("wage", self.known),
            "working_hours": self._hours(),
            "term_months": self.term_months.data,
            "sip2mi": permit if permit["number"] else None,
            "slots": self.slots.data,
            "closes_on": _iso(self.closes_on),
            "departure_by": _iso(self.departure_by),
            "description": self._description(),
        }
        wanted = self.tree(self.known.get("requirements"), self.known.get("isco08"))
        if not diminta.same(wanted, self.known.get("requirements")):
            found["requirements"] = wanted
        if self.kbji.raw_data:
            found["kbji"] = (self.kbji.data or "").strip() or None
        skills = terampil.changed(self, self.known.get("skills") or ())
        if skills is not None:
            found["skills"] = skills
        found["costs"] = self.costs(self.known.get("costs") or ())
        if self.opens_on.data:
            found["opens_on"] = _iso(self.opens_on)
        return {**found, "code": self.code.data} if self.new else found

    def pointers(self) -> Body:
        """A pointer of the house into what was sent → the field here."""
        return POINTERS | self.asked_at() | self.costs_at() | getattr(self, "skilled", {})

    def _money(self, name: str, known: Body) -> Body | None:
        """The amount in the currency of the form; one that was left as it is keeps its currency."""
        amount, before = self[name].data, known.get(name)
        if amount is None:
            return None
        shown = filled(self.known).get("currency") if self.known else None
        if (
            before
            and before["amount"] == amount
            and (before["currency"] == self.currency.data or before["currency"] != shown)
        ):
            return dict(before)
        return {"amount": amount, "currency": self.currency.data}

    def _hours(self) -> Body | None:
        said = {part: self[name].data for name, part in HOURS.items()}
        return said if any(value is not None for value in said.values()) else None

    def _description(self) -> Body | None:
        indonesian, english = ((self[name].data or "").strip() for name in ("description_id", "description_en"))
        return {"id": indonesian or english, "en": english or indonesian} if indonesian or english else None


def filled(order: Body) -> Body:
    """The values of the fields from an order on record."""
    permit, wage, employer = order.get("sip2mi") or {}, order.get("wage") or {}, order.get("employer") or {}
    income, told, hours = employer.get("household_income"), order.get("description") or {}, order.get("working_hours")
    return {
        **diminta.filled(order.get("requirements"), order.get("isco08")),
        "description_id": told.get("id"),
        "description_en": told.get("en") if told.get("en") != told.get("id") else None,
        "household_income": whole(income["amount"]) if income else None,
        "household_size": employer.get("household_size"),
        **{name: (hours or {}).get(part) for name, part in HOURS.items()},
        "code": order["code"],
        "title_id": order["title"]["id"],
        "title_en": order["title"]["en"],
        **{
            name: order.get(name)
            for name in ("country", "isco08", "term_months", "slots", "opens_on", "closes_on", "departure_by")
        },
        **{name: order.get(name) or "" for name in ("scheme", "channel", "visa_type", "title_scheme")},
        "employer": employer.get("type"),
        "partner": employer.get("partner_id"),
        "wage": whole(wage["amount"]) if wage else None,
        "currency": (wage or income or {}).get("currency"),
        "permit": permit.get("number"),
        "permit_from": permit.get("valid_from"),
        "permit_until": permit.get("valid_until"),
        "quota": permit.get("quota"),
        "kbji": order.get("kbji"),
        **terampil.filled(order.get("skills") or ()),
        **biaya.filled(order.get("costs") or ()),
    }


def _iso(field: Any) -> str | None:
    return field.data.isoformat() if field.data and hasattr(field.data, "isoformat") else field.data or None
