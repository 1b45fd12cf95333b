"""The form of what a destination demands (`CORRIDOR`): of the order, and of the person."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

from services.console.frame import HoursField, NumberField, t
from services.console.pages.lowongan_kami import diminta
from services.console.pages.lowongan_kami.isian import CHANNELS, CURRENCIES, SCHEMES
from services.console.pages.pengawas.isi_aturan import lines
from services.console.pages.pengawas.usulan import Applies, Body, as_they_stood
from shared.codes import offers

RULES: Mapping[str, tuple[str, str]] = {
    "wage": ("wage", "min"),
    "household_income": ("household_income", "min"),
    "household_size": ("household_size", "max"),
    "hours_per_day": ("hours_per_day", "max"),
    "hours_per_week": ("hours_per_week", "max"),
    "rest_per_day": ("rest_per_day", "min"),
    "rest_per_week": ("rest_per_week", "min"),
    "term_min": ("term_months", "min"),
    "term_max": ("term_months", "max"),
    "ways": ("scheme", "in"),
    "channels": ("channel", "in"),
    "visas": ("visa_type", "in"),
}
"""Field of the form → the field of an order, and how it is compared."""
MONEY = ("wage", "household_income")
KINDS = ("age", "sex", "education", "language", "certificate")
"""What can be asked of a person without naming an occupation."""


class Corridor(Applies, diminta.Asking):
    """What an order must offer and a person must bring, for the destinations that it names."""

    kind = "CORRIDOR"
    kinds = KINDS
    fields: ClassVar[tuple[str, ...]] = (
        *Applies.about,
        *MONEY,
        "money_in",
        *(name for name in RULES if name not in MONEY),
        *(name for kind in KINDS for name in diminta.MEMBERS[kind]),
    )
    experience = None  # type: ignore[assignment]
    lessons = None  # type: ignore[assignment]
    wage = NumberField(validators=[Optional(), NumberRange(min=0, max=10**12)])
    household_income = NumberField(validators=[Optional(), NumberRange(min=0, max=10**12)])
    money_in = SelectField(validators=[Optional()])
    household_size = NumberField(validators=[Optional(), NumberRange(min=1, max=50)])
    hours_per_day = HoursField(validators=[Optional(), NumberRange(min=0, max=24)])
    hours_per_week = HoursField(validators=[Optional(), NumberRange(min=0, max=168)])
    rest_per_day = HoursField(validators=[Optional(), NumberRange(min=0, max=24)])
    rest_per_week = HoursField(validators=[Optional(), NumberRange(min=0, max=168)])
    term_min = NumberField(validators=[Optional(), NumberRange(min=1, max=600)])
    term_max = NumberField(validators=[Optional(), NumberRange(min=1, max=600)])
    ways = SelectMultipleField(validators=[Optional()])
    channels = SelectMultipleField(validators=[Optional()])
    visas = SelectMultipleField(validators=[Optional()])

    def choose(self) -> None:
        super().choose()
        self.ways.choices = [(code, t(*SCHEMES[code])) for code in offers.SCHEMES]
        self.channels.choices = [(code, t(*CHANNELS[code])) for code in offers.CHANNELS]
        self.visas.choices = [(code, t(*words)) for code, words in offers.VISA_TYPES.items()]
        known = dict.fromkeys((*CURRENCIES, self.money_in.data or "IDR"))
        self.money_in.choices = [("", t("Pilih mata uang", "Choose a currency")), *((code, code) for code in known)]

    def validate(self, extra_validators: Any = None) -> bool:
        """Also: amounts have their currency, and something is demanded."""
        fine = bool(super().validate(extra_validators)) and self.consistent()
        if any(self[name].data is not None for name in MONEY) and not self.money_in.data:
            self.money_in.errors, fine = [t("Pilih mata uangnya.", "Choose the currency.")], False
        if fine and not self._rules() and self._person() is None:
            said = t("Aturan ini belum meminta apa-apa.", "This law demands nothing yet.")
            self.others.append(said)
            fine = False
        return fine

    def content(self) -> Body:
        return {"applies": self.applies(), "order": self._rules(), "person": self._person()}

    def beside(self) -> list[str]:
        rest = [rule for rule in self.known.get("order") or () if _field_of(rule) is None]
        told = [f"{name}: {said}" for name, said in lines({"order": rest})]
        return [*told, *diminta.others(self.known.get("person"), None, KINDS)]

    def _person(self) -> Body | None:
        before = self.known.get("person")
        wanted = self.tree(before, None)
        return before if before and diminta.same(wanted, before) else wanted

    def _rules(self) -> list[Body]:
        """In the order in which they stood, those without a field as they were; then what is new."""
        before = {_field_of(rule): rule for rule in self.known.get("order") or ()}
        found = [self._rule(name) if name else rule for name, rule in self._in_order()]
        found += [self._rule(name) for name in RULES if name not in before]
        return [rule for rule in found if rule]

    def _in_order(self) -> list[tuple[str | None, Body]]:
        return [(_field_of(rule), rule) for rule in self.known.get("order") or ()]

    def _rule(self, name: str) -> Body | None:
        field, op = RULES[name]
        value: Any = self[name].data
        if value is None or value == []:
            return None
        if op == "in":
            stood = [rule["value"] for rule in self.known.get("order") or () if _field_of(rule) == name]
            value = as_they_stood(value, stood[0] if stood else ())
        if name in MONEY:
            value = {"amount": value, "currency": self.money_in.data}
        return {"field": field, "op": op, "value": value}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        found: Body = {}
        for rule in content.get("order") or ():
            name = _field_of(rule)
            if name in MONEY:
                found |= {name: int(rule["value"]["amount"]), "money_in": rule["value"]["currency"]}
            elif name:
                found[name] = rule["value"]
        asked = diminta.filled(content.get("person"), None, KINDS)
        return {**cls.applied(content.get("applies") or {}), **found, **asked}


def _field_of(rule: Mapping[str, Any]) -> str | None:
    return next((name for name, place in RULES.items() if place == (rule["field"], rule["op"])), None)
