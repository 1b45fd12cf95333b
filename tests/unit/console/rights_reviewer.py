"""Who may come to the pages of the province's reviewer."""

MAY: dict[str, set[str | None]] = dict.fromkeys(("tinjau.daftar", "tinjau.kursus", "tinjau.lowongan"), {"reviewer"})
