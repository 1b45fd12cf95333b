"""For schemas: counts, numbers and money."""

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from marshmallow import fields

from shared.codes import countries
from shared.http.faults import one_of, refuse
from shared.http.problems import say

MOST_MONEY = 10**13
"""Ten thousand billion of any currency; above it a number was typed twice."""

USUAL_CURRENCIES = ("IDR", "MYR", "SGD", "HKD", "TWD", "KRW", "JPY", "EUR", "USD", "BND", "SAR", "AUD")
"""Suggested to whoever typed none; every ISO 4217 code is taken."""


class Whole(fields.Integer):
    """A whole number from ``min`` to ``max``; ``12.5``, ``true`` and, in JSON, ``"12"`` are none."""

    def __init__(self, *, min: int = 0, max: int = 2**31 - 1, **more: Any) -> None:
        self.least, self.most = min, max
        more["metadata"] = {"minimum": min, "maximum": max, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> int:
        # A query string knows only text, so digits count there; JSON has numbers of its own.
        if isinstance(value, str) and not isinstance(data, dict) and re.fullmatch(r"-?[0-9]{1,18}", value):
            value = int(value)
        if isinstance(value, bool) or not isinstance(value, int):
            raise refuse(
                "not_a_whole_number",
                say("Di sini harus ada bilangan bulat.", "A whole number belongs here."),
                say("Ketik angka tanpa koma dan tanpa tanda kutip.", "Type digits without a point or quotes."),
            )
        return int(within(value, self.least, self.most))


class Truth(fields.Boolean):
    """``true`` or ``false``; ``1``, ``0.0`` and ``"yes"`` are neither. Where all values are texts, the words count."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> bool:
        if isinstance(value, str) and not isinstance(data, dict) and value in ("true", "false"):
            return value == "true"
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Number(fields.Float):
    """A finite number from ``min`` to ``max``."""

    def __init__(self, *, min: float = 0, max: float = 1e12, **more: Any) -> None:
        self.least, self.most = min, max
        more["metadata"] = {"minimum": min, "maximum": max, **more.get("metadata", {})}
        super().__init__(**more)

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> float:
        if isinstance(value, str) and isinstance(data, dict):
            raise self.make_error("invalid", input=value)
        return float(within(super()._deserialize(value, attr, data, **kwargs), self.least, self.most))


class Money(fields.Field[dict[str, Any]]):
    """``{"amount": 1500, "currency": "MYR"}``, or a bare whole number of rupiah; loads to the object form."""

    def __init__(self, *, currencies: Iterable[str] | None = None, **more: Any) -> None:
        self.currencies = list(currencies) if currencies else None
        example: dict[str, Any] = {"amount": 1500, "currency": "MYR"}
        if self.currencies and "MYR" not in self.currencies:
            example = {"amount": 1_500_000, "currency": self.currencies[0]}
        self.example = json.dumps(example)
        more["metadata"] = {
            "type": "object",
            "properties": {"amount": {"type": "number", "minimum": 0}, "currency": {"type": "string"}},
            "required": ["amount", "currency"],
            "example": example,
            **more.get("metadata", {}),
        }
        super().__init__(**more)

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, Any]:
        if isinstance(value, int) and not isinstance(value, bool):
            value = {"amount": value, "currency": "IDR"}
        if not isinstance(value, dict) or set(value) != {"amount", "currency"}:
            raise refuse(
                "not_money",
                say("Jumlah uang ini tidak dapat dibaca.", "This amount of money cannot be read."),
                say(f"Tulis {self.example}.", f"Write {self.example}."),
            )
        amount, currency = value["amount"], value["currency"]
        if isinstance(amount, bool) or not isinstance(amount, int | float):
            raise refuse(
                "not_a_number",
                say("Jumlah (amount) harus angka.", "The amount must be a number."),
                say(
                    "Ketik angka tanpa titik ribuan dan tanpa kutip.", "Type digits without thousands marks or quotes."
                ),
            )
        if not countries.is_currency(currency) or (self.currencies and currency not in self.currencies):
            allowed = self.currencies or USUAL_CURRENCIES
            raise refuse(
                "unknown_currency",
                say("Mata uang ini tidak dikenal di sini.", "This currency is not known here."),
                one_of(allowed, currency),
            )
        within(amount, 0, MOST_MONEY)
        if currency == "IDR" and amount != int(amount):
            raise refuse(
                "not_whole_rupiah",
                say("Rupiah tidak punya pecahan di sini.", "Rupiah have no fractions here."),
                say("Bulatkan ke rupiah penuh, misalnya 1500000.", "Give whole rupiah, for example 1500000."),
            )
        return {"amount": int(amount) if currency == "IDR" else amount, "currency": currency}


def within(value: Any, least: float, most: float) -> Any:
    """The value, where it lies between the two, both inclusive.

    Raises:
        ValidationError: it does not; the sentence names the bound.
    """
    if value < least:
        raise refuse(
            "too_small",
            say("Nilai ini terlalu kecil.", "This value is too small."),
            say(f"Isi paling sedikit {least}.", f"Give at least {least}."),
        )
    if value > most:
        raise refuse(
            "too_large",
            say("Nilai ini terlalu besar.", "This value is too large."),
            say(f"Isi paling banyak {most}.", f"Give at most {most}."),
        )
    return value
