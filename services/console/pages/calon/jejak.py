"""L10 `/calon/<id>/jejak`: who saw or changed what, when and why. Never on a shared screen.

Who opened an earlier answer after the consent was withdrawn is kept by the house that keeps the answers.
"""

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, matching, registry, shared_screen, t, together

page = Page(__name__, "/calon/<uuid:id>/jejak", needs=("trail:read",))

_DID = {
    "REGISTERED": ("mendaftarkan", "registered"),
    "IMPORTED": ("memasukkan lewat lembar kerja", "entered from a sheet"),
    "CHANGED": ("mengubah data", "changed the data"),
    "REQUIREMENT_SET": ("mencatat syarat", "recorded a requirement"),
    "CONSENT_GIVEN": ("mencatat persetujuan", "recorded a consent"),
    "CONSENT_WITHDRAWN": ("mencatat penarikan persetujuan", "recorded that a consent was taken back"),
    "CREDITED": ("menerima hasil pelatihan", "received a training result"),
    "SPECIFIC_CHANGED": ("mengubah data khusus", "changed specific data"),
    "RISK_NOTED": ("mencatat kekhawatiran", "noted a worry"),
    "ERASED": ("menghapus", "erased"),
    "LISTED": ("melihat di daftar", "saw in a list"),
    "FOUND": ("menemukan lewat pencarian", "found by a search"),
    "OPENED": ("membuka halaman", "opened the page"),
    "SPECIFIC_OPENED": ("membuka data khusus", "opened specific data"),
    "RISK_OPENED": ("membuka catatan kekhawatiran", "opened worries"),
    "NIK_REVEALED": ("melihat NIK lengkap", "saw the whole NIK"),
    "TRAIL_OPENED": ("membuka jejak", "opened the trail"),
    "EXPORTED": ("menyalin semua data", "copied all data"),
    "SHEET_MADE": ("mengunduh daftar kantor", "downloaded the office's list"),
    "OPENED_ELSEWHERE": ("membuka dari kantor lain", "opened from another office"),
    "MERGED": ("menggabung data ganda", "merged two records"),
    "SENT_IN": ("dikirim dari desa", "sent in by a village"),
    "CLOSED": ("kiriman desa ditutup", "closed what a village sent in"),
    "CONTACT_SHOWN": ("melihat nama dan telepon (lembaga tujuan)", "saw name and phone (organisation sent to)"),
}


def did(code: str) -> str:
    """What somebody did, in words."""
    return t(*_DID[code]) if code in _DID else code.lower().replace("_", " ")


@page.get
def show(id: str) -> ResponseReturnValue:
    if shared_screen():
        return page.render(person=None, rows=[], opened=None, next=None, did=did, id=id)
    found = together(
        person=registry.get(f"/v1/candidates/{id}"),
        trail=registry.get(f"/v1/candidates/{id}/trail", limit=50, after=request.args.get("sesudah")),
        opened=matching.get("/v1/openings", candidate=id, limit=50, after=request.args.get("pembukaan")),
    )
    trail = found["trail"].must()
    return page.render(
        person=found["person"].or_empty(),
        rows=trail["items"],
        opened=found["opened"],
        next=trail.get("next"),
        did=did,
        id=id,
    )
