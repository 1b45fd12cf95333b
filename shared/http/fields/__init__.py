"""For schemas: the marshmallow fields of this API. Each refuses by saying, in both languages, what to type instead.

Loaded values are what the documents keep: dates as ISO text, money as ``{"amount", "currency"}``, codes as their text.
marshmallow's own fields may be used beside these.
"""

from shared.http.fields.coded import Country, Isco08, Language, Regency, regency_fix
from shared.http.fields.days import EARLIEST, LATEST, Instant, InstantInAddress, IsoDate
from shared.http.fields.quantities import Money, Number, Truth, Whole
from shared.http.fields.words import Code, Text, Uuid

__all__ = [
    "EARLIEST",
    "LATEST",
    "Code",
    "Country",
    "Instant",
    "InstantInAddress",
    "Isco08",
    "IsoDate",
    "Language",
    "Money",
    "Number",
    "Regency",
    "Text",
    "Truth",
    "Uuid",
    "Whole",
    "regency_fix",
]
