"""Fields for amounts of money that may have a fraction: beside a currency, or with the currency written in it."""

import re
from typing import Any

from wtforms import StringField
from wtforms.validators import StopValidation

from services.console.frame.words import exact, t
from shared.codes.countries import is_currency

_SIGN = re.compile(r"^(?:rp\.?|idr)\s*|,-$|\.-$", re.IGNORECASE)
_NUMBER = re.compile(
    r"([0-9]{1,15}|[0-9]{1,3}(?P<by>[., \u00a0])[0-9]{3}(?:(?P=by)[0-9]{3}){0,3})"  # 1500000, 1.500.000, 1 500 000
    r"(?:(?!(?P=by))[.,]([0-9]{1,2}))?"  # and its cents, after the other sign
)
_WITH_CURRENCY = re.compile(
    r"(?:([a-z]{2,3})\.?)?\s*([0-9][0-9.,\s\u00a0]*?(?:,-|\.-)?)\s*(rupiah|[a-z]{2,3})?", re.IGNORECASE
)
_SIGNS = {"RP": "IDR", "RUPIAH": "IDR", "RM": "MYR"}


def read_amount(typed: str) -> int | float | None:
    """``1.700,5``, ``1700.50``, ``Rp 1.500.000`` → the number; None when it is none, or could be two numbers.

    Three digits after a dot or comma are thousands, as people here write them, so a fraction has one or two:
    ``2.0000`` and ``20.000.00`` are slips of which nobody knows what was meant.
    """
    found = _NUMBER.fullmatch(_SIGN.sub("", typed.strip()))
    if found is None or re.match(r"0\d|0[., \u00a0]\d{3}", found[1]):  # 0,500 may be half of one, or 500
        return None
    digits = re.sub(r"\D", "", found[1])
    return whole(float(f"{digits}.{found[3]}")) if found[3] else int(digits)


def whole(amount: float | None) -> int | float | None:
    """The same number, an int where it has no fraction: ``5.0`` and ``5`` are one amount."""
    return int(amount) if amount is not None and amount == int(amount) else amount


def write_amount(amount: float) -> str:
    """With every decimal, of which nobody reads three as thousands; :meth:`AmountField.stands` takes more than two."""
    written = exact(amount, thousands=False)
    return written + "0" if re.search(r"[.,]\d{3}$", written) else written


def with_currency(typed: str) -> tuple[int | float, str | None] | None:
    """``Rp5.000.000``, ``500 TWD``, ``1.500 RM`` → the number and its currency (None: none is written); None when it
    is no amount. Rupiah have no fraction: ``1,5`` of them means millions, and is asked for in full."""
    found = _WITH_CURRENCY.fullmatch(typed.strip())
    if not found or (found[1] and found[3]):
        return None
    sign = (found[1] or found[3] or "").upper()
    currency, amount = _SIGNS.get(sign, sign) or None, read_amount(found[2])
    if amount is None or (currency is not None and not is_currency(currency)):
        return None
    return None if currency == "IDR" and isinstance(amount, float) else (amount, currency)


class AmountField(StringField):
    """``data``: a number of 0 or more; its currency is another field's. ``said``: the currency written beside it."""

    said: str | None = None
    stood = False

    def process_formdata(self, valuelist: list[Any]) -> None:
        self.typed = str(valuelist[0]).strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        self.data = self.read(self.typed)
        if self.data is None:
            raise ValueError(self.wrong())

    def read(self, typed: str) -> Any:
        amount, self.said = with_currency(typed) or (None, None)
        return amount

    def fits(self, currency: str | None) -> bool:
        """Is the currency written beside the number this one, if any is? Rupiah have no fraction."""
        return self.stood or (
            self.said in (None, currency) and not (currency == "IDR" and isinstance(self.data, float))
        )

    def in_full(self, currency: str) -> str:
        """What to type where it does not :meth:`fits`."""
        return t(
            "Ketik jumlahnya dalam {currency}, seluruhnya, misalnya 1.500.000.",
            "Type the amount in {currency}, in full, for example 1,500,000.",
            currency=currency,
        )

    def wrong(self) -> str:
        return t(
            "Ketik angka saja, misalnya 1.500.000 atau 1700,5.",
            "Type a number only, for example 1,500,000 or 1700.5.",
        )

    def stands(self, recorded: Any) -> None:
        """``recorded``: what is on record. Left as the page wrote it, it stays, also one that nobody could type."""
        typed, self.data = self.data, recorded
        if recorded is not None and getattr(self, "typed", "").replace(",", ".") == self.written().replace(",", "."):
            self.process_errors, self.stood = list[str](), True
        else:
            self.data = typed

    def pre_validate(self, form: Any) -> None:
        if self.process_errors:
            raise StopValidation()

    def _value(self) -> str:
        if getattr(self, "typed", ""):
            return self.typed
        return self.written() if self.data is not None else ""

    def written(self) -> str:
        amount: Any = self.data
        return write_amount(amount)


class MoneyField(AmountField):
    """``data``: ``{amount, currency}``. Typed ``500 TWD`` or ``Rp 5.000.000``; without a currency it is rupiah."""

    def read(self, typed: str) -> Any:
        amount, currency = with_currency(typed) or (None, None)
        if amount is None or (currency is None and isinstance(amount, float)):
            return None
        return {"amount": amount, "currency": currency or "IDR"}

    def wrong(self) -> str:
        return t(
            "Ketik jumlah dan mata uangnya, misalnya 1.500.000 atau 500 TWD.",
            "Type the amount and its currency, for example 1,500,000 or 500 TWD.",
        )

    def written(self) -> str:
        money: Any = self.data
        return f"{write_amount(money['amount'])} {money['currency']}"
