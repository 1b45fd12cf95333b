"""Words of the supervisor's pages: kinds of law and of reports, states of people."""

from services.console.frame import t
from services.console.pages.calon.words import application_state

__all__ = ["application_state", "concern_kind", "confidence", "policy_kind", "state", "state_after"]

_POLICIES = {
    "GATE": ("syarat sebelum berangkat (moratorium)", "a gate (moratorium)"),
    "BAN": ("larangan penempatan", "a ban on placement"),
    "CORRIDOR": ("syarat negara tujuan", "conditions of a destination"),
    "COST": ("biaya yang boleh dipungut", "costs that may be asked"),
    "AGE_FLOOR": ("umur terendah", "a lowest age"),
    "HOURS": ("jam pelatihan", "hours of training"),
    "RATE": ("kurs mata uang", "an exchange rate"),
}
_CONCERNS = {
    "MONEY_DEMANDED": ("diminta uang", "money was demanded"),
    "DOCUMENTS_KEPT": ("dokumen ditahan", "documents are kept"),
    "NO_PERMIT": ("tanpa izin", "without a permit"),
    "VISIT_VISA": ("berangkat dengan visa kunjungan", "leaving on a visit visa"),
    "FALSE_PROMISE": ("janji tidak sesuai", "false promises"),
    "THREATS": ("ancaman", "threats"),
    "UNDER_AGE": ("di bawah umur", "under age"),
    "OTHER": ("lainnya", "other"),
}
_STATES = {
    "ELIGIBLE_NOW": ("bisa melamar sekarang", "can apply now"),
    "ELIGIBLE_BY": ("bisa melamar nanti", "can apply later"),
    "TRAINING": ("lewat pelatihan", "by training"),
    "BLOCKED": ("belum bisa", "not possible yet"),
    "NO_PATH": ("belum ada jalur", "no path yet"),
    "CONSENT_NEEDED": ("persetujuan belum ada", "consent is missing"),
    "DATA_NEEDED": ("data belum cukup", "data are missing"),
}
_CONFIDENCE = {
    "H": ("tinggi: naskahnya dibaca", "high: the text was read"),
    "M": ("sedang", "medium"),
    "L": ("rendah: hanya memberi peringatan", "low: it only warns"),
}


def policy_kind(code: str) -> str:
    return t(*_POLICIES[code]) if code in _POLICIES else code


def concern_kind(code: str) -> str:
    return t(*_CONCERNS[code]) if code in _CONCERNS else code


def state(code: str) -> str:
    return t(*_STATES[code]) if code in _STATES else code.lower().replace("_", " ")


def state_after(code: str, *, all_searched: bool) -> str:
    """A state in a table of what a law changes; where training was not looked for of everybody, none is denied."""
    if code == "NO_PATH" and not all_searched:
        return t("belum ada jalur tanpa pelatihan", "no path without training")
    return state(code)


def confidence(code: str | None) -> str:
    return t(*_CONFIDENCE[code]) if code in _CONFIDENCE else ""
