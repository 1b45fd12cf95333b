"""Who may come to the officer's pages and to those of everybody; a page that stands in no such table fails a test."""

STAFF: set[str | None] = {"officer", "supervisor"}
EVERY_ROLE = ("officer", "supervisor", "reviewer", "provider", "company", "manager", "operator", "village_task_force")
ALL: set[str | None] = {*EVERY_ROLE, None}
MAY: dict[str, set[str | None]] = {
    "beranda": ALL,
    "bantuan": ALL,
    "cara_urutan": ALL,
    "periksa": ALL,
    "laporkan": ALL,
    "surat": ALL,
    "rujukan": STAFF,
    "lamaran": STAFF,
    "calon.cari": STAFF,
    "calon.halaman": STAFF,
    "calon.baru": STAFF,
    "calon.buka": STAFF,
    "calon.data": STAFF,
    "calon.ekspor": STAFF,
    "calon.catatan": STAFF,
    "calon.gabung": STAFF,
    "calon.hapus": STAFF,
    "calon.unggah": STAFF,
    "calon.unggah_laporan": STAFF,
    "calon.luar_negeri": STAFF,
    "calon.persetujuan": STAFF,
    "calon.syarat": STAFF,
    "calon.keputusan": STAFF,
    "calon.bandingkan": STAFF,
    "calon.rujukan_baru": STAFF,
    "calon.lamaran_baru": STAFF,
    "calon.jalur_saya": STAFF,
    "calon.jawaban_lama": STAFF,
    "calon.whatsapp": STAFF,
    "calon.riwayat": STAFF,
    "calon.jejak": {"supervisor"},
}
