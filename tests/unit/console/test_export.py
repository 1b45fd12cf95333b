"""The register of an office as a file, on fake houses: for a reason, kept by nothing, and never without one."""

from typing import Any

import pytest

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, csrf

EXPORT = "POST /v1/candidates:export"
WHY = "Menelepon peserta angkatan Januari"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes)
    fakes.says("registry", EXPORT, b"PK register")
    return fakes


def press(visits: Visits, **data: Any) -> Any:
    client = visits.as_()
    return client.post("/calon/ekspor", data={"csrf_token": csrf(client), "once": "1", "regency": "", **data})


@pytest.mark.parametrize(("regency", "more"), [("", {}), ("53.06", {"regency": "53.06"})])
def test_it_comes_as_a_file_for_a_reason(visits: Visits, house: FakeHouses, regency: str, more: dict[str, str]) -> None:
    answer = press(visits, reason=WHY, regency=regency)
    assert answer.get_data() == b"PK register"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert house.of("registry", EXPORT)[0].body == {"reason": WHY, **more}


@pytest.mark.parametrize("typed", [{"reason": "cek"}, {"reason": ""}, {"reason": WHY, "regency": "99.99"}])
def test_without_a_reason_or_of_nowhere_nothing_leaves(
    visits: Visits, house: FakeHouses, typed: dict[str, str]
) -> None:
    answer = press(visits, **typed)
    assert answer.status_code == 422 and "error-summary" in answer.text
    assert house.of("registry", EXPORT) == []


def test_what_the_house_refuses_stands_at_its_field(visits: Visits, house: FakeHouses) -> None:
    wrong = [{"pointer": "/regency", "code": "x", "message": "Terlalu banyak orang.", "fix": "Pilih satu kabupaten."}]
    house.refuses("registry", EXPORT, 422, "too_many", "Terlalu banyak", errors=wrong)
    answer = press(visits, reason=WHY)
    assert answer.status_code == 422 and "Terlalu banyak orang. Pilih satu kabupaten." in answer.text
