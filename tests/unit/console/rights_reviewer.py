"""Who may come to the pages of the province's reviewer."""

MAY: dict[str, set[str | None]] = dict.fromkeys(("tinjau.daftar", "tinjau.kursus", "tinjau.lowongan"), {"reviewer"})
MAY |= dict.fromkeys(("lembaga.daftar", "lembaga.baru", "lembaga.satu", "lembaga.kunci"), {"reviewer"})
