"""Forms whose button was pressed with nothing typed: the errors as they are shown."""

from dataclasses import replace

from tests.browser import (
    states_calon,
    states_company,
    states_operator,
    states_provider,
    states_public,
    states_reviewer,
    states_supervisor,
    states_village,
)

FORMS = (
    "cari found", "baru step 1", "baru step 2", "buka why", "syarat passport", "persetujuan some", "data identity",
    "data nik", "rujukan baru what is sent", "lamaran baru open", "keputusan choices", "laporkan nobody",
    "ekspor to ask", "luar negeri to ask", "perusahaan publish", "kursus baru empty", "angkatan baru copied",
    "angkatan hadir some", "angkatan hasil some", "unggah start", "rujukan masuk lawful", "kunci one", "kursi asked",
    "desa empty", "kiriman satu shared", "tinjau course", "tinjau order", "pengawas law", "rencana form",
    "kelola capaian manager", "ops set aside",
)  # fmt: skip

_ROOMS = (
    states_calon,
    states_company,
    states_operator,
    states_provider,
    states_public,
    states_reviewer,
    states_supervisor,
    states_village,
)
_ALL = {state.id: state for room in _ROOMS for state in room.STATES}
STATES = [
    replace(_ALL[name], name=f"{_ALL[name].name} nothing typed", pressed=True, status=None, main=False)
    for name in FORMS
]
