"""For rules and forms that speak of schooling: the Indonesian ladder, its order and its years.

Years are completed school years of the certificate (domain reference, Perpres 8/2012); Paket A, B and C count as SD,
SMP and SMA. SMA and SMK are the same rung, and so are D4 and S1.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rung:
    """One certificate. ``rank`` orders (equal for equal certificates), ``years`` counts school years, ``kkni`` 1
    to 9.
    """

    code: str
    rank: int
    years: int
    kkni: int | None
    name_id: str
    name_en: str


LADDER: dict[str, Rung] = {
    rung.code: rung
    for rung in (
        Rung("NONE", 0, 0, None, "belum tamat SD", "primary school not finished"),
        Rung("SD", 1, 6, 1, "SD / Paket A", "primary school"),
        Rung("SMP", 2, 9, 1, "SMP / Paket B", "lower secondary school"),
        Rung("SMA", 3, 12, 2, "SMA / Paket C", "upper secondary school"),
        Rung("SMK", 3, 12, 2, "SMK", "vocational secondary school"),
        Rung("D1", 4, 13, 3, "D1", "one-year diploma"),
        Rung("D2", 5, 14, 4, "D2", "two-year diploma"),
        Rung("D3", 6, 15, 5, "D3", "three-year diploma"),
        Rung("D4", 7, 16, 6, "D4", "four-year diploma"),
        Rung("S1", 7, 16, 6, "S1", "bachelor's degree"),
        Rung("PROFESI", 8, 17, 7, "pendidikan profesi", "professional degree"),
        Rung("S2", 9, 18, 8, "S2", "master's degree"),
        Rung("S3", 10, 21, 9, "S3", "doctorate"),
    )
}

_SAID: dict[str, str] = {
    "TIDAK SEKOLAH": "NONE",
    "TIDAK TAMAT SD": "NONE",
    "BELUM TAMAT SD": "NONE",
    "TIDAK PERNAH SEKOLAH": "NONE",
    "BELUM SEKOLAH": "NONE",
    "TIDAK LULUS SD": "NONE",
    "TIDAK/BELUM TAMAT SD": "NONE",
    "TIDAK/BELUM SEKOLAH": "NONE",
    "TIDAK BERSEKOLAH": "NONE",
    "TDK SEKOLAH": "NONE",
    "TDK TAMAT SD": "NONE",
    "BLM SEKOLAH": "NONE",
    "BLM TAMAT SD": "NONE",
    "SEKOLAH RAKYAT": "SD",
    "SEKOLAH DASAR": "SD",
    "LULUSAN SD": "SD",
    "SDN": "SD",
    "MIN": "SD",
    "PRIMARY SCHOOL": "SD",
    "ELEMENTARY SCHOOL": "SD",
    "SD/MI": "SD",
    "SD SEDERAJAT": "SD",
    "SD/SEDERAJAT": "SD",
    "TAMAT SD": "SD",
    "LULUS SD": "SD",
    "MI": "SD",
    "SR": "SD",
    "PAKET A": "SD",
    "SEKOLAH MENENGAH PERTAMA": "SMP",
    "SMP/MTS": "SMP",
    "LULUSAN SMP": "SMP",
    "SMPN": "SMP",
    "MTSN": "SMP",
    "MTSS": "SMP",
    "MADRASAH TSANAWIYAH": "SMP",
    "TSANAWIYAH": "SMP",
    "D 1": "D1",
    "D 2": "D2",
    "D 3": "D3",
    "D 4": "D4",
    "JUNIOR HIGH SCHOOL": "SMP",
    "LOWER SECONDARY SCHOOL": "SMP",
    "SMP SEDERAJAT": "SMP",
    "SMP/SEDERAJAT": "SMP",
    "TAMAT SMP": "SMP",
    "LULUS SMP": "SMP",
    "MTS": "SMP",
    "SLTP/SEDERAJAT": "SMP",
    "SLTP SEDERAJAT": "SMP",
    "SLTP": "SMP",
    "PAKET B": "SMP",
    "SLTA": "SMA",
    "SMU": "SMA",
    "MA": "SMA",
    "SEKOLAH MENENGAH ATAS": "SMA",
    "SEKOLAH MENENGAH UMUM": "SMA",
    "SMA SEDERAJAT": "SMA",
    "SMA/SEDERAJAT": "SMA",
    "SMA/MA": "SMA",
    "LULUSAN SMA": "SMA",
    "SMAN": "SMA",
    "MAN": "SMA",
    "SENIOR HIGH SCHOOL": "SMA",
    "HIGH SCHOOL": "SMA",
    "UPPER SECONDARY SCHOOL": "SMA",
    "SLTA/SEDERAJAT": "SMA",
    "SLTA SEDERAJAT": "SMA",
    "TAMAT SMA": "SMA",
    "LULUS SMA": "SMA",
    "ALIYAH": "SMA",
    "MADRASAH ALIYAH": "SMA",
    "PAKET C": "SMA",
    "STM": "SMK",
    "SMKN": "SMK",
    "LULUSAN SMK": "SMK",
    "VOCATIONAL HIGH SCHOOL": "SMK",
    "SEKOLAH MENENGAH KEJURUAN": "SMK",
    "TAMAT SMK": "SMK",
    "LULUS SMK": "SMK",
    "SMEA/SMK": "SMK",
    "SMKK": "SMK",
    "SPG": "SMK",
    "SMEA": "SMK",
    "DIPLOMA 1": "D1",
    "DIPLOMA I": "D1",
    "D I": "D1",
    "DI": "D1",
    "D-1": "D1",
    "DIPLOMA II": "D2",
    "D II": "D2",
    "DII": "D2",
    "DIPLOMA III": "D3",
    "D III": "D3",
    "DIII": "D3",
    "AKADEMI": "D3",
    "DIPLOMA IV": "D4",
    "D IV": "D4",
    "DIV": "D4",
    "DIPLOMA 2": "D2",
    "DIPLOMA 3": "D3",
    "DIPLOMA 4": "D4",
    "SARJANA": "S1",
    "BACHELOR": "S1",
    "BACHELOR'S DEGREE": "S1",
    "MASTER": "S2",
    "STRATA 1": "S1",
    "STRATA I": "S1",
    "S 1": "S1",
    "S-1": "S1",
    "S1/SARJANA": "S1",
    "STRATA 2": "S2",
    "STRATA II": "S2",
    "S 2": "S2",
    "STRATA 3": "S3",
    "NERS": "PROFESI",
    "MAGISTER": "S2",
    "DOKTOR": "S3",
    "SARJANA MUDA": "D3",
    "S MUDA": "D3",
    "AKADEMI/DIPLOMA III/S. MUDA": "D3",
    "DIPLOMA IV/STRATA I": "S1",
    "D4/S1": "S1",
    "STRATA III": "S3",
    "S 3": "S3",
    "UNDERGRADUATE DEGREE": "S1",
    "PASCASARJANA": "S2",
    "PROFESI NERS": "PROFESI",
    "SDI": "SD",
    "SDK": "SD",
    "SD INPRES": "SD",
    "SMPK": "SMP",
    "SMP TERBUKA": "SMP",
    "SMAK": "SMA",
    "SMUN": "SMA",
    "SMUK": "SMA",
    "SMIP": "SMK",
    "SPMA": "SMK",
    "SPK": "SMK",
    "SMKI": "SMK",
    "SMKS": "SMK",
    "SMF": "SMK",
    "SMTK": "SMK",
    "KEJAR PAKET A": "SD",
    "KEJAR PAKET B": "SMP",
    "KEJAR PAKET C": "SMA",
    "TTSD": "NONE",
    "BUTA HURUF": "NONE",
    "TIDAK PERNAH BERSEKOLAH": "NONE",
    "TIDAK/BELUM PERNAH SEKOLAH": "NONE",
    "NO SCHOOL": "NONE",
}

_BEFORE = ("TAMAT", "LULUS", "LULUSAN", "TAMATAN", "IJAZAH", "SETINGKAT", "SETARA")
_BEHIND = ("NEGERI", "SWASTA", "KATOLIK", "KRISTEN", "ISLAM", "SEDERAJAT", "SETARA", "ATAU SEDERAJAT", "/SEDERAJAT")
_ALONE = {
    **{code: code for code in LADDER if code != "NONE"},
    **{said: code for said, code in _SAID.items() if code != "NONE" and " SD" not in said and "/" not in said},
}

ALIASES: dict[str, str] = {
    **{f"{word} {said}": code for said, code in _ALONE.items() for word in _BEFORE},
    **{f"{said} {word}".replace(" /", "/"): code for said, code in _ALONE.items() for word in _BEHIND},
    **_SAID,
}
"""What people write on forms, in capitals, and the rung that it means; the ten levels of family cards among it. Neither
a class that somebody is in (``SMP kelas 2``) nor a school that was left stands here: the highest certificate counts."""


def at_least(level: str, minimum: str) -> bool:
    """Is ``level`` the same rung as ``minimum`` or a higher one? Raises KeyError for a code off the ladder."""
    return LADDER[level].rank >= LADDER[minimum].rank


def years(level: str) -> int:
    """Completed school years that the certificate stands for."""
    return LADDER[level].years
