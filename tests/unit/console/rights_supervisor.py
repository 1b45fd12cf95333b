"""Who may come to the supervisor's pages."""

MAY: dict[str, set[str | None]] = {
    "pengawas.daftar": {"supervisor"},
    "pengawas.aturan": {"supervisor"},
    "pengawas.laporan": {"supervisor", "reviewer"},
}
