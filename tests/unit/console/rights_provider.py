"""Who may come to the pages of a provider."""

MAY: dict[str, set[str | None]] = dict.fromkeys(
    (
        "kursus",
        "angkatan",
        "rujukan_masuk.daftar",
        "rujukan_masuk.satu",
        "kursus_baru",
        "kursus_ubah",
        "angkatan_baru",
        "angkatan_ubah",
        "unggah.baru",
        "unggah.laporan",
        "kursi_tautan",
        "angkatan_hadir",
        "angkatan_hasil",
        "permintaan",
    ),
    {"provider"},
)
