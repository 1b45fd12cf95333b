"""Who may come to the supervisor's pages."""

MAY: dict[str, set[str | None]] = {
    "calon.khusus": {"supervisor"},
    "pengawas.daftar": {"supervisor"},
    "pengawas.aturan": {"supervisor"},
    "pengawas.aturan_baru": {"supervisor"},
    "pengawas.aturan_daftar": {"supervisor"},
    "pengawas.aturan_usul": {"supervisor"},
    "pengawas.rencana": {"supervisor"},
    "pengawas.rencana_satu": {"supervisor"},
    "pengawas.laporan": {"supervisor", "reviewer"},
}
