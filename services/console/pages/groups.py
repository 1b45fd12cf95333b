"""What groups of people are called in the figures of a plan and of an examination: never a code, in both languages."""

from services.console.frame import regency, t

NAMES = {
    "WORST_OFF_TENTH": ("sepersepuluh yang paling sulit", "the worst-off tenth"),
    "F": ("perempuan", "women"),
    "M": ("laki-laki", "men"),
    "up to SD": ("sampai SD", "up to primary school"),
    "SMP": ("SMP", "lower secondary school"),
    "SMA": ("SMA atau SMK", "upper secondary school"),
    "diploma and above": ("diploma ke atas", "diploma and above"),
    "under 25": ("di bawah 25 tahun", "under 25"),
    "25 to 34": ("25 sampai 34 tahun", "25 to 34"),
    "35 and above": ("35 tahun ke atas", "35 and above"),
    "elsewhere": ("di luar NTT", "outside NTT"),
    "unknown": ("tidak diketahui", "not known"),
}
"""Those of `services/matching/matcher/fairness_slices.py`; islands are names already."""


def group_name(group: str | None, dimension: str = "") -> str:
    """``dimension``: of a figure; the groups of ``regency`` are its codes."""
    if group in NAMES:
        return t(*NAMES[group])
    return regency(group) if dimension == "regency" else group or t(*NAMES["unknown"])
