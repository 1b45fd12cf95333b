"""Pages for everybody, signed in or not."""

from tests.unit.console.rights_officer import ALL

MAY: dict[str, set[str | None]] = {
    **dict.fromkeys(
        (
            "kursus_terbuka",
            "kursi",
            "data",
            "capaian.ikhtisar",
            "capaian.wilayah",
            "capaian.kabupaten",
            "capaian.rencana",
            "capaian.kebutuhan",
            "capaian.forum",
            "capaian.edisi",
        ),
        ALL,
    ),
    "kelola_capaian": {"manager"},
    "kelola_koreksi": {"manager"},
    **dict.fromkeys(
        (f"mitra.{one}" for one in ("daftar", "baru", "satu", "kunci", "langganan_baru", "langganan")), {"manager"}
    ),
}
