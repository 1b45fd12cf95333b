"""Whoever acted, as people speak of them: by name, else by role; the id of a sign-in tells a reader nothing."""

from flask import current_app

from services.console.frame.words import t

ROLES = {
    "officer": ("Petugas LTSA", "Officer"),
    "provider": ("Lembaga pelatihan", "Training provider"),
    "company": ("Perusahaan (P3MI)", "Placement company"),
    "reviewer": ("Peninjau provinsi", "Reviewer"),
    "supervisor": ("Pengawas", "Supervisor"),
    "village_task_force": ("Gugus tugas desa", "Village task force"),
    "manager": ("Pengelola provinsi", "Province manager"),
    "operator": ("Pengelola sistem", "Operator"),
    "house": ("Sistem", "The system"),
    "system": ("Sistem", "The system"),
}

KEY = "console.staff"
_DEVELOPMENT = "dev:"


def role_name(code: str) -> str:
    """A role in words; one that is on no list is its code."""
    return t(*ROLES[code]) if code in ROLES else code


def called(subject: str | None, kind: str | None = None) -> str:
    """The name of whoever has this id, if they ever signed in here; else their role, where the house tells it."""
    said = subject or ""
    if said.startswith(_DEVELOPMENT):
        return said.removeprefix(_DEVELOPMENT).replace("-", " ").title()
    known = current_app.extensions[KEY].of(said) if said else None
    if known is not None:
        return str(known.name)
    if kind in ROLES:
        return role_name(str(kind))
    return t("seseorang yang namanya tidak tercatat", "somebody whose name is not on record")
