"""For everybody, public: the one-roof service centres (LTSA) of the province, and which of them work.

Legal base UU 18/2017 art. 38 and PP 59/2021 arts. 30-34. Coverage is the one they were designed for; each row says when
what is written was last known and how sure it is (H, M, L). Where no centre works, the labour office of the regency
gives the information (PP 59/2021 art. 7(3)).
"""

from typing import Any

DESKS = (
    "LABOUR",
    "COMPLAINT_INFO",
    "CIVIL_REGISTRY",
    "HEALTH",
    "IMMIGRATION",
    "POLICE",
    "BANK",
    "SOCIAL_SECURITY",
)
"""The eight desks of PP 59/2021; which of them are staffed is not known."""

TIMOR = ("53.01", "53.02", "53.03", "53.04", "53.05", "53.14", "53.21", "53.71")
"""Timor with Rote Ndao and Alor. No source names a centre for Sabu Raijua (53.20)."""
FLORES = ("53.06", "53.07", "53.08", "53.09", "53.10", "53.13", "53.15", "53.16", "53.19")
"""Flores with Lembata."""
SUMBA = ("53.11", "53.12", "53.17", "53.18")

CENTRES: tuple[dict[str, Any], ...] = (
    {
        "code": "KUPANG",
        "name": "LTSA Kupang",
        "regency": "53.71",
        "serves": TIMOR,
        "opened_on": "2017-09-04",
        "works": True,
        "known_on": "2025-10-15",
        "confidence": "M",
    },
    {
        "code": "SIKKA",
        "name": "LTSA Sikka",
        "regency": "53.07",
        "serves": FLORES,
        "opened_on": "2019-03-14",
        "works": True,
        "known_on": "2019-03-14",
        "confidence": "L",
    },
    {
        "code": "KAB_KUPANG",
        "name": "LTSA Kabupaten Kupang",
        "regency": "53.01",
        "serves": ("53.01",),
        "opened_on": None,
        "works": False,
        "known_on": "2022-09-01",
        "confidence": "M",
    },
    {
        "code": "SBD",
        "name": "LTSA Sumba Barat Daya",
        "regency": "53.18",
        "serves": SUMBA,
        "opened_on": None,
        "works": False,
        "known_on": "2022-09-01",
        "confidence": "M",
    },
)

INSTEAD = {
    "id": "Bila LTSA tidak berjalan, Disnaker kabupaten/kota memberi informasi (PP 59/2021 pasal 7 ayat 3).",
    "en": "Where no centre works, the labour office of the regency gives the information (PP 59/2021 art. 7(3)).",
}


def serving(regency: str) -> list[str]:
    """Codes of the working centres meant for somebody of this regency; empty means the labour office."""
    return [centre["code"] for centre in CENTRES if centre["works"] and regency in centre["serves"]]
