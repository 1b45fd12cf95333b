"""The form of what a destination demands (`CORRIDOR`): of the order, and of the person."""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import SelectField, SelectMultipleField
from wtforms.validators import NumberRange, Optional

from services.console.frame import AmountField, HoursField, NumberField, t
from services.console.frame.amounts import whole
from services.console.frame.recorded import as_they_stood
from services.console.pages.lowongan_kami import diminta
from services.console.pages.lowongan_kami.isian import CHANNELS, CURRENCIES, SCHEMES
from services.console.pages.pengawas.isi_aturan import lines
from services.console.pages.pengawas.usulan import Applies, Body
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
WHOLE: Mapping[str, tuple[int, int]] = {"household_size": (1, 50), "term_min": (1, 600), "term_max": (1, 600)}
HOURS: Mapping[str, tuple[int, int]] = {
    "hours_per_day": (0, 24),
    "hours_per_week": (0, 168),
    "rest_per_day": (0, 24),
    "rest_per_week": (0, 168),
}
"""Field of the form → its least and its most."""
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
    wage = AmountField(validators=[Optional(), NumberRange(min=0, max=10**12)])
    household_income = AmountField(validators=[Optional(), NumberRange(min=0, max=10**12)])
    money_in = SelectField(validators=[Optional()])
    household_size = NumberField(validators=[Optional(), NumberRange(*WHOLE["household_size"])])
    hours_per_day = HoursField(validators=[Optional(), NumberRange(*HOURS["hours_per_day"])])
    hours_per_week = HoursField(validators=[Optional(), NumberRange(*HOURS["hours_per_week"])])
    rest_per_day = HoursField(validators=[Optional(), NumberRange(*HOURS["rest_per_day"])])
    rest_per_week = HoursField(validators=[Optional(), NumberRange(*HOURS["rest_per_week"])])
    term_min = NumberField(validators=[Optional(), NumberRange(*WHOLE["term_min"])])
    term_max = NumberField(validators=[Optional(), NumberRange(*WHOLE["term_max"])])
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
        for field in (self.wage, self.household_income):
            if self.money_in.data and field.data is not None and not field.fits(self.money_in.data):
                field.errors, fine = [field.in_full(self.money_in.data)], False
        if fine and not self._rules() and self._person() is None:
            said = t("Aturan ini belum meminta apa-apa.", "This law demands nothing yet.")
            self.others.append(said)
            fine = False
        return fine

    def content(self) -> Body:
        return {"applies": self.applies(), "order": self._rules(), "person": self._person()}

    def beside(self) -> list[str]:
        rest = [rule for name, rule in _shown(self.known) if name is None]
        told = [f"{name}: {said}" for name, said in lines({"order": rest})]
        return [*told, *diminta.others(self.known.get("person"), None, KINDS)]

    def _person(self) -> Body | None:
        before = self.known.get("person")
        wanted = self.tree(before, None)
        return before if before and diminta.same(wanted, before) else wanted

    def _rules(self) -> list[Body]:
        """In the order in which they stood, those without a field as they were; then what is new."""
        known = _shown(self.known)
        before = [name for name, _ in known]
        found = [self._rule(name, rule["value"]) if name else rule for name, rule in known]
        found += [self._rule(name) for name in RULES if name not in before]
        return [rule for rule in found if rule]

    def _rule(self, name: str, stood: Any = None) -> Body | None:
        """What the field says, where ``stood`` is the value of the law that is revised."""
        field, op = RULES[name]
        value: Any = self[name].data
        if value is None or value == []:
            return None
        if op == "in":
            value = as_they_stood(value, stood)
        if name in MONEY:
            value = {"amount": value, "currency": self.money_in.data}
            value = stood if stood == value else value
        return {"field": field, "op": op, "value": value}

    @classmethod
    def from_content(cls, content: Mapping[str, Any]) -> Body:
        found: Body = {}
        for name, rule in _shown(content):
            if name in MONEY:
                found |= {name: whole(rule["value"]["amount"]), "money_in": rule["value"]["currency"]}
            elif name:
                found[name] = int(rule["value"]) if name in WHOLE else rule["value"]
        asked = diminta.filled(content.get("person"), None, KINDS)
        return {**cls.applied(content.get("applies") or {}), **found, **asked}


def _shown(content: Mapping[str, Any]) -> list[tuple[str | None, Body]]:
    """Each rule about an order with the field that says all of it; None for a second one of its field, an amount in a
    second currency, and numbers that the field does not take.
    """
    found: list[tuple[str | None, Body]] = []
    money_in = None
    for rule in content.get("order") or ():
        name = next((one for one, place in RULES.items() if place == (rule["field"], rule["op"])), None)
        value = rule["value"]
        if name in MONEY:
            money_in = money_in or value["currency"]
        takes = name is not None and name not in [one for one, _ in found] and _takes(name, value, money_in)
        found.append((name if takes else None, rule))
    return found


def _takes(name: str, value: Any, money_in: str | None) -> bool:
    """Whether the field can say the value."""
    if name in MONEY:
        return bool(value["currency"] == money_in)
    low, high = {**WHOLE, **HOURS}.get(name, (None, None))
    return low is None or high is None or (low <= value <= high and (name in HOURS or value == int(value)))
