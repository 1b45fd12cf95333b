"""What the houses tell everybody: open courses, figures, promises."""

from datetime import timedelta
from typing import Any

from shared import clock
from tests.support.console.fake_houses import FakeHouses

Body = dict[str, Any]


def day(number: int) -> str:
    return (clock.today() + timedelta(days=number)).isoformat()


def open_batch(**changes: Any) -> Body:
    return {
        "course_id": "fa318031-b447-4be8-8e15-d10e821dd10a",
        "batch_id": "d19203ef-18b6-4ff1-a63e-2bc41dc2cb87",
        "title": {"id": "Perawatan lansia di rumah", "en": "Elderly care at home"},
        "provider": "BLK Contoh Kupang",
        "sectors": ["CARE"],
        "certificates": [{"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER"}],
        "lesson_hours": 200,
        "boarding": True,
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        "number": "2027-1",
        "starts": day(20),
        "ends": day(60),
        "closes": day(15),
        "regency": "53.71",
        "place": "Kota Kupang",
        "seats": 16,
        "seats_left": 6,
        **changes,
    }


def open_batches(*rows: Body) -> Body:
    return {"items": list(rows), "left_out": 0, "as_of": clock.now().isoformat()}


MANY = open_batches(
    open_batch(),
    open_batch(title={"id": "=Las pelat dan pipa", "en": "Welding"}, regency="53.06", sectors=["MANUFACTURING"],
               certificates=[], cost_to_trainee=None, closes=None, boarding=False, place=None),
    *(open_batch(number=f"A-{number}") for number in range(40)),
)  # fmt: skip


def tell(houses: FakeHouses) -> None:
    """Everything that a public page asks."""
    houses.says("training", "GET /v1/open-batches", MANY)
