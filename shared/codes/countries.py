"""For fields and texts that name a country or a currency: ISO 3166-1 alpha-3 and ISO 4217, with Indonesian names.

Hong Kong and Taiwan are destinations and not states, which is why texts say "negara/wilayah" (country or territory).
"""

import gettext
from functools import cache

import pycountry

# Names as NTT offices write them, where the translations of iso-codes are stiff, old or political.
_NAMES: dict[str, tuple[str, str]] = {
    "MYS": ("Malaysia", "Malaysia"),
    "SGP": ("Singapura", "Singapore"),
    "HKG": ("Hong Kong", "Hong Kong"),
    "TWN": ("Taiwan", "Taiwan"),
    "KOR": ("Korea Selatan", "South Korea"),
    "JPN": ("Jepang", "Japan"),
    "BRN": ("Brunei", "Brunei"),
    "SAU": ("Arab Saudi", "Saudi Arabia"),
    "ARE": ("UEA", "United Arab Emirates"),
    "QAT": ("Qatar", "Qatar"),
    "KWT": ("Kuwait", "Kuwait"),
    "JOR": ("Yordania", "Jordan"),
    "OMN": ("Oman", "Oman"),
    "DEU": ("Jerman", "Germany"),
    "GBR": ("Inggris", "United Kingdom"),
    "POL": ("Polandia", "Poland"),
    "TUR": ("Turki", "Turkey"),
    "ITA": ("Italia", "Italy"),
    "NZL": ("Selandia Baru", "New Zealand"),
    "TLS": ("Timor-Leste", "Timor-Leste"),
    "KHM": ("Kamboja", "Cambodia"),
    "MMR": ("Myanmar", "Myanmar"),
    "THA": ("Thailand", "Thailand"),
    "LBY": ("Libya", "Libya"),
    "IDN": ("Indonesia", "Indonesia"),
    "CHN": ("Tiongkok", "China"),
    "FRA": ("Prancis", "France"),
    "VNM": ("Vietnam", "Vietnam"),
    "PRK": ("Korea Utara", "North Korea"),
    "LAO": ("Laos", "Laos"),
    "SYR": ("Suriah", "Syria"),
    "PSE": ("Palestina", "Palestine"),
    "IRN": ("Iran", "Iran"),
    "RUS": ("Rusia", "Russia"),
}

_AS_PEOPLE_WRITE = {
    "hongkong": "HKG", "korsel": "KOR", "korea (selatan)": "KOR", "saudi": "SAU", "saudi arabia": "SAU", "ksa": "SAU",
    "uni emirat arab": "ARE", "emirat arab": "ARE", "emirat": "ARE", "singapore": "SGP", "s'pore": "SGP",
    "makau": "MAC",
    "jordania": "JOR", "malaysia barat": "MYS", "malaysia timur": "MYS", "sabah": "MYS", "sarawak": "MYS",
    "amerika": "USA",
    "amerika serikat": "USA", "belanda": "NLD", "timor leste": "TLS", "brunei darussalam": "BRN",
    "singapur": "SGP", "macau": "MAC", "macao": "MAC", "uk": "GBR", "inggris raya": "GBR", "england": "GBR",
    "malasia": "MYS", "johor": "MYS", "kuala lumpur": "MYS", "dubai": "ARE", "abu dhabi": "ARE", "taipei": "TWN",
    "cina": "CHN", "filipina": "PHL", "selandia baru": "NZL", "new zealand": "NZL", "uae": "ARE", "u.e.a": "ARE",
}  # fmt: skip
"""Where what people write is neither name of the list; ``Korea`` alone stays unclear."""


def is_country(code: object) -> bool:
    """True for an ISO 3166-1 alpha-3 code in capitals."""
    return isinstance(code, str) and code in all_countries()


def is_currency(code: object) -> bool:
    """True for an ISO 4217 code in capitals."""
    return isinstance(code, str) and code in all_currencies()


def name(code: str, lang: str = "id") -> str:
    """The country's name as an office in NTT writes it; the code itself when it is none."""
    pair = all_countries().get(code)
    return code if pair is None else pair[0 if lang == "id" else 1]


def find(typed: str) -> str | None:
    """The alpha-3 code that a person meant by a name, an alpha-2 or a lower-case code; None when that is unclear."""
    return _spellings().get(typed.strip().casefold())


@cache
def all_countries() -> dict[str, tuple[str, str]]:
    """Every code with its Indonesian and English name."""
    # Without translations in the package English names are better than none.
    indonesian = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, languages=["id"], fallback=True).gettext
    return {
        one.alpha_3: _NAMES.get(one.alpha_3) or (indonesian(one.name), getattr(one, "common_name", one.name))
        for one in pycountry.countries
    }


@cache
def all_currencies() -> frozenset[str]:
    """Every ISO 4217 code."""
    return frozenset(one.alpha_3 for one in pycountry.currencies)


@cache
def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for one in pycountry.countries:
        found[one.alpha_2.casefold()] = one.alpha_3
        found[one.alpha_3.casefold()] = one.alpha_3
        found[one.name.casefold()] = one.alpha_3
    for code, pair in all_countries().items():
        for written in pair:
            found[written.casefold()] = code
    return found | _AS_PEOPLE_WRITE
