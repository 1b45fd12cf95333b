"""For fields and cells that name a regency: towns of NTT that people write instead, and the regency each lies in.

Capitals of the 22 regencies and the towns that are known better than them. A name that is a regency and a city
(Kupang) is no town here: it stays unclear.
"""

import re

_TOWNS: dict[str, tuple[str, ...]] = {
    "53.01": ("oelamasi", "camplong", "tarus", "babau"),
    "53.02": ("soe", "so e", "niki niki", "kapan"),
    "53.03": ("kefamenanu", "kefa", "eban", "wini"),
    "53.04": ("atambua", "atapupu"),
    "53.05": ("kalabahi",),
    "53.06": ("larantuka", "waiwerang", "waiwadan"),
    "53.07": ("maumere", "waigete", "nita"),
    "53.08": ("wolowaru", "detusoko", "moni"),
    "53.09": ("bajawa", "aimere", "riung"),
    "53.10": ("ruteng", "reo", "reok"),
    "53.11": ("waingapu", "melolo"),
    "53.12": ("waikabubak",),
    "53.13": ("lewoleba", "lamalera"),
    "53.14": ("baa", "ba a", "rote"),
    "53.15": ("labuan bajo", "labuanbajo", "lembor"),
    "53.16": ("mbay", "danga", "boawae", "mauponggo"),
    "53.17": ("waibakul",),
    "53.18": ("tambolaka", "weetabula", "waitabula", "weetebula", "kodi"),
    "53.19": ("borong",),
    "53.20": ("seba", "menia", "sabu"),
    "53.21": ("betun",),
}
_OF = {town: code for code, towns in _TOWNS.items() for town in towns}


def regency_of(typed: str) -> str | None:
    """The code of the regency in which the town lies; None for what is no town of the list."""
    plain = " ".join(re.findall(r"[a-z]+", typed.casefold().replace("'", "").replace("\u2019", "")))
    return _OF.get(plain)
