"""Of two records of one paper: the one checked later, and of one day the one that keeps the person from going on."""

from typing import Any

import pytest

from services.registry.model.candidate import DECLARED, NO_WISHES
from services.registry.model.merged import merged

Record = dict[str, Any]


def paper(status: str, checked_on: str | None = "2026-05-01") -> Record:
    return {"status": status, "valid_until": None, "checked_on": checked_on}


def person(id: str, passport: Record) -> Record:
    declared: Record = {**dict.fromkeys(DECLARED), "wishes": NO_WISHES}
    return {**declared, "_id": id, "requirements": {"PASSPORT": passport}, "consents": [], "credits": {}}


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        (paper("MET"), paper("MISSING"), "MISSING"),
        (paper("MET"), paper("EXPIRED"), "EXPIRED"),
        (paper("MET"), paper("UNCHECKED"), "UNCHECKED"),
        (paper("UNCHECKED"), paper("MISSING"), "MISSING"),
        (paper("MET", None), paper("MISSING", None), "MISSING"),
        (paper("MISSING"), paper("MET", "2026-05-02"), "MET"),
        (paper("MET"), paper("MISSING", "2026-04-30"), "MET"),
        (paper("MET", "2026-05-02"), paper("EXPIRED", None), "MET"),
    ],
)
def test_no_paper_is_there_because_two_records_became_one(one: Record, other: Record, stands: str) -> None:
    for kept, duplicate in ((one, other), (other, one)):
        whole, _ = merged(person("a", kept), person("b", duplicate))
        assert whole["requirements"]["PASSPORT"]["status"] == stands


def test_of_two_that_say_the_same_the_one_of_the_record_that_is_kept_stands() -> None:
    kept, other = ({**paper("MET"), "number": number} for number in ("A1", "B2"))
    whole, _ = merged(person("a", kept), person("b", other))
    assert whole["requirements"]["PASSPORT"]["number"] == "A1"
