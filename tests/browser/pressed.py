"""Forms whose button was pressed with nothing typed: the errors as they are shown."""

from collections.abc import Iterable
from dataclasses import replace

from tests.browser.matrix import State

FORMS = (
    "cari found", "baru step 1", "baru step 2", "buka why", "syarat passport", "persetujuan some", "data identity",
    "data nik", "rujukan baru what is sent", "lamaran baru open", "keputusan choices", "laporkan nobody",
    "ekspor to ask", "luar negeri to ask", "perusahaan publish", "kursus baru empty", "angkatan baru copied",
    "angkatan hadir some", "angkatan hasil some", "unggah start", "rujukan masuk lawful", "kunci one", "kursi asked",
    "desa empty", "kiriman satu shared", "tinjau course", "tinjau order", "pengawas law", "rencana form",
    "kelola capaian manager", "kelola koreksi manager", "ops set aside",
)  # fmt: skip


def pressed(states: Iterable[State]) -> list[State]:
    """Each of these forms as it is after its first button; one that is no longer a state is an error."""
    known = {state.id: state for state in states}
    return [
        replace(known[name], name=f"{known[name].name} nothing typed", pressed=True, status=None, main=False)
        for name in FORMS
    ]
