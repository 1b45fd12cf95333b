"""Of two fitness records of one person: the later one, or the one that keeps them from working."""

from typing import Any

import pytest

from services.registry.model.merged import specific

Fitness = dict[str, Any] | None


def row(status: str, on: str | None = None) -> Fitness:
    return {"status": status, "on": on}


@pytest.mark.parametrize(
    ("kept", "other", "stands"),
    [
        (row("FIT", "2026-01-01"), row("UNFIT", "2026-03-01"), "UNFIT"),
        (row("UNFIT", "2026-01-01"), row("FIT", "2026-03-01"), "FIT"),
        (row("FIT", "2026-01-01"), row("UNFIT"), "UNFIT"),
        (row("FIT"), row("TEMP_UNFIT", "2026-01-01"), "TEMP_UNFIT"),
        (row("FIT"), row("UNFIT"), "UNFIT"),
        (row("TEMP_UNFIT", "2026-01-01"), row("UNFIT", "2026-01-01"), "UNFIT"),
        (row("UNTESTED", "2026-05-01"), row("FIT"), "FIT"),
        (row("FIT"), None, "FIT"),
        (None, row("UNFIT"), "UNFIT"),
        (row("UNTESTED"), None, "UNTESTED"),
    ],
)
def test_nobody_is_fit_because_two_records_became_one(kept: Fitness, other: Fitness, stands: str) -> None:
    def of(fitness: Fitness) -> dict[str, Any]:
        return {"records": [], "loans": [], "fitness": fitness}

    found = specific(of(kept), of(other))["fitness"]
    assert found["status"] == stands
    assert specific(of(other), of(kept))["fitness"] == found or None in (kept, other) or stands == "UNTESTED"
