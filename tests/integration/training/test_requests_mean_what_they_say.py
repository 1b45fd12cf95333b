"""Courses and batches by JSON: what is stored is what was meant, or nothing is."""

import pytest

from tests.integration.training.conftest import Provider, batch_body, course_body
from tests.support.meant import REFUSED, Door, Written, check, codes, days, texts, truths, wholes
from tests.support.today import day

TITLE = {"id": "Las", "en": "Welding"}
COURSES: dict[str, list[Written]] = {
    "lesson_hours": wholes(240, 5_000),
    "kkni_level": [*wholes(3, 9), (None, None)],
    "boarding": truths(),
    "mode": codes("OFFLINE", "ONLINE", "BLENDED"),
    "funding": codes("APBN", "SELF", "APBD"),
    "programme": [one for one in texts(60) if one[0] != "Lewo\u200btobi"],
    "cost_to_trainee": [
        ({"amount": 1_500_000, "currency": "IDR"}, {"amount": 1_500_000, "currency": "IDR"}), (None, None),
        (1_500_000, {"amount": 1_500_000, "currency": "IDR"}), (0, {"amount": 0, "currency": "IDR"}),
        ({"amount": 1.5, "currency": "IDR"}, REFUSED), ({"amount": 100, "currency": "USD"}, REFUSED),
        ({"amount": "1.500.000", "currency": "IDR"}, REFUSED), ({"amount": -1, "currency": "IDR"}, REFUSED),
        ("gratis", REFUSED), (1_500.5, REFUSED), ({"amount": 1e300, "currency": "IDR"}, REFUSED),
    ],
    "title": [
        (TITLE, TITLE), ({"id": "Las", "en": 3}, REFUSED), ("Las", REFUSED), ({"id": "", "en": "Welding"}, REFUSED),
        ({**TITLE, "de": "x"}, REFUSED),
    ],
    "isco08": [(["7212"], ["7212"]), ([], []), ([7212], REFUSED), (["721"], REFUSED), ("7212", REFUSED)],
    "destinations": [(["MYS", "JPN"], ["MYS", "JPN"]), ([], []), (["Malaysia"], REFUSED), ("MYS", REFUSED)],
}  # fmt: skip
BATCHES: dict[str, list[Written]] = {
    "seats": wholes(20, 500),
    "starts": days(day(20), day(21)),
    "ends": days(day(60), day(61)),
    "closes": [*days(day(14), day(15)), (None, None)],
    "regency": [*codes("53.06", "53.71"), (None, None), (53.1, REFUSED), ("Ende", REFUSED)],
    "place": [*texts(120), (None, None)],
    "status": [*codes("OPEN", "PLANNED"), ("FULL", REFUSED)],
}  # fmt: skip


DOORS = ("courses", "batches")


def a_door(provider: Provider, name: str) -> Door:
    if name == "courses":
        return Door(provider.key, "/v1/courses", lambda made: f"/v1/courses/{made['id']}", course_body, COURSES)
    address = f"/v1/courses/{provider.a_course()['id']}/batches"
    return Door(provider.key, address, lambda made: f"/v1/batches/{made['id']}", batch_body, BATCHES)


@pytest.mark.parametrize("name", DOORS)
def test_courses_and_batches(provider: Provider, name: str) -> None:
    counts = check(a_door(provider, name), seed=12, number=50)
    assert min(counts.values()) > 3


@pytest.mark.deep
@pytest.mark.timeout(1200)
@pytest.mark.parametrize("name", DOORS)
def test_two_thousand_requests_about_courses(provider: Provider, name: str) -> None:
    for seed in range(10):
        check(a_door(provider, name), seed=seed, number=100)
