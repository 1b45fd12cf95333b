"""Who may come to the pages of a placement company."""

MAY: dict[str, set[str | None]] = dict.fromkeys(
    ("lowongan_kami.daftar", "lowongan_kami.satu", "lowongan_kami.baru", "lowongan_kami.ubah", "pelamar"), {"company"}
)
MAY["kunci"] = {"company", "provider"}
