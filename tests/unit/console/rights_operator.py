"""Who may come to the pages of an operator."""

MAY: dict[str, set[str | None]] = dict.fromkeys(("ops.keadaan", "ops.gagal", "ops.model", "ops.mutu"), {"operator"})
MAY["pekerjaan"] = {"officer", "provider", "supervisor", "operator"}
