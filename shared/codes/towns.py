"""For fields and cells that name a regency: towns of NTT that people write instead, and the regency each lies in.

Capitals of the 22 regencies, and the towns, islands and districts that are known better than them. A name that is a
regency and a city (Kupang) is no town here: it stays unclear.
"""

import re

_TOWNS: dict[str, tuple[str, ...]] = {
    "53.01": ("oelamasi", "camplong", "tarus", "babau", "amarasi", "amfoang", "semau", "sulamu", "fatuleu",
              "takari", "amabi oefeto"),
    "53.02": ("soe", "so e", "niki niki", "kapan", "amanuban", "amanatun", "mollo"),
    "53.03": ("kefamenanu", "kefa", "eban", "wini", "insana", "biboki", "miomaffo", "noemuti"),
    "53.04": ("atambua", "atapupu", "lamaknen", "tasifeto"),
    "53.05": ("kalabahi", "pantar"),
    "53.06": ("larantuka", "waiwerang", "waiwadan", "adonara", "solor", "wulanggitang"),
    "53.07": ("maumere", "waigete", "nita", "talibura", "kewapante", "nele"),
    "53.08": ("wolowaru", "detusoko", "moni", "maurole", "nangapanda", "lio timur"),
    "53.09": ("bajawa", "aimere", "riung", "golewa"),
    "53.10": ("ruteng", "reo", "reok", "cibal", "satar mese", "langke rembong"),
    "53.11": ("waingapu", "melolo", "pandawai", "haharu", "kambera"),
    "53.12": ("waikabubak", "lamboya", "wanukaka"),
    "53.13": ("lewoleba", "lamalera", "omesuri", "buyasuri", "nubatukan", "ile ape", "nagawutung", "atadei"),
    "53.14": ("baa", "ba a", "rote", "roti", "lobalain", "ndao"),
    "53.15": ("labuan bajo", "labuanbajo", "lembor", "labuhan bajo", "lab bajo", "komodo", "sano nggoang",
              "macang pacar"),
    "53.16": ("mbay", "danga", "boawae", "mauponggo", "nangaroro", "keo tengah"),
    "53.17": ("waibakul", "mamboro", "katikutana"),
    "53.18": ("tambolaka", "weetabula", "waitabula", "weetebula", "kodi", "wewewa", "loura"),
    "53.19": ("borong", "elar", "lamba leda", "kota komba", "poco ranaka"),
    "53.20": ("seba", "menia", "sabu", "savu", "raijua", "hawu mehara"),
    "53.21": ("betun", "weliman", "wewiku", "kobalima", "rinhat"),
}  # fmt: skip
_OF = {town: code for code, towns in _TOWNS.items() for town in towns}


def regency_of(typed: str) -> str | None:
    """The code of the regency in which the town lies; None for what is no town of the list."""
    plain = " ".join(re.findall(r"[a-z]+", typed.casefold().replace("'", "").replace("\u2019", "")))
    return _OF.get(plain)
