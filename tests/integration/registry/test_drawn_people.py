"""People drawn at random, every cell with a meaning that is known beforehand, sent through the door and saved: what is
stored equals what was meant, and whoever was refused is nowhere.
"""

import random
from typing import Any

import httpx
import pytest

from tests.integration.registry.conftest import Registry, new_person
from tests.unit.registry.test_sheet_drawn import CELLS, REFUSED, Drawn, meant

SKILLS = {"merawat nenek | rumah | 36": ("merawat nenek", "HOME", 36), "masak | HOME": ("masak", "HOME", None)}


def more_cells(draw: random.Random) -> dict[str, Drawn]:
    """Cells of the columns that hold lists and wishes."""
    skill = draw.choice(list(SKILLS))
    return {
        "skills": draw.choice([(skill, [SKILLS[skill]]), ("", None), ("masak", REFUSED), ("-", None)]),
        "wish_destinations": draw.choice(
            [
                ("Malaysia; Hongkong", ["MYS", "HKG"]),
                ("MYS", ["MYS"]),
                ("Malaysia, Taiwan", REFUSED),
                ("Korea", REFUSED),
            ]
        ),
        "wish_boarding_ok": draw.choice([("ya", True), ("✓", True), ("tidak", False), ("x", REFUSED), ("", None)]),
        "wish_ready_within_days": draw.choice([("180", 180), ("90 hari", 90), ("6 bulan", REFUSED), ("", None)]),
        "work_history": draw.choice(
            [("pelayan toko | 12 | IDN", [("pelayan toko", 12, "IDN")]), ("tidak ada", []), ("", None)]
        ),
    }


def stored(document: dict[str, Any], column: str) -> Any:
    if column == "skills":
        kept = document["skills"]
        return kept and [(one["text"], one["source"], one["months"]) for one in kept]
    if column == "work_history":
        kept = document["work_history"]
        return None if kept is None else [(one["title"], one["months"], one["country"]) for one in kept]
    if column.startswith("wish_") and column != "wish_min_wage":
        return document["wishes"][column.removeprefix("wish_")]
    return meant(document, column)


@pytest.mark.parametrize("count", [60, pytest.param(5_000, marks=pytest.mark.deep)])
def test_what_is_stored_is_what_was_drawn(registry: Registry, officer: httpx.Client, count: int) -> None:
    draw = random.Random(count)
    drawn = [{**{name: cell(draw) for name, cell in CELLS.items()}, **more_cells(draw)} for _ in range(count)]
    columns = list(drawn[0])
    niks = [new_person()["nik"] for _ in drawn]
    lines = ["\t".join(["nik", *columns])]
    lines += ["\t".join([nik, *(typed for typed, _ in row.values())]) for nik, row in zip(niks, drawn, strict=True)]
    wanted = {"dry_run": "false", "only_good": "true"}
    sent = officer.post("/v1/imports", params=wanted, files={"file": ("x.csv", "\n".join([*lines, ""]).encode())})
    assert sent.status_code == 202, sent.text
    registry.work()
    report = officer.get(sent.headers["Location"]).json()
    good = [not any(value is REFUSED for _, value in row.values()) for row in drawn]
    assert report["counts"] == {"NEW": sum(good), "BAD": count - sum(good)}, report["faults"][:3]
    assert 0 < sum(good) < count
    hashes = [registry.rooms.candidates.nik_hash(nik) for nik in niks]
    kept = {
        row["nik"]["hash"]: row
        for row in registry.database.collection("candidates").find({"nik.hash": {"$in": hashes}})
    }
    assert {hashed in kept for hashed, is_good in zip(hashes, good, strict=True) if is_good} == {True}
    assert len(kept) == sum(good), "nobody who was refused is stored"
    for hashed, row in zip(hashes, drawn, strict=True):
        for column, (typed, value) in row.items() if hashed in kept else ():
            # What a row leaves out is none of it, for a list of what a person must show (decision 0130).
            expected = (value or []) if column in ("skills", "work_history") else value
            assert stored(kept[hashed], column) == expected, (column, typed)
