"""An occupation is typed by its name; what the house is sent is its ISCO-08 code."""

from typing import Any

import pytest

from tests.support.console import companies
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, post, words_on
from tests.unit.console.test_company import TYPED


@pytest.fixture
def company(visits: Visits, fakes: FakeHouses) -> Any:
    companies.tell(fakes)
    fakes.says("placement", "POST /v1/job-orders", companies.order(), status=201)
    return visits.as_("company")


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Perawat lansia", "5322"),
        ("  juru LAS ", "7212"),
        ("caregiver", "5322"),
        ("pembantu rumah tangga", "9111"),
        ("5322", "5322"),
        ("5322 perawat lansia", "5322"),
        ("pengasuh lansia di rumah (5322)", "5322"),
        ("9999", "9999"),  # the house says that there is none
    ],
)
def test_a_name_is_sent_as_its_code(company: Any, fakes: FakeHouses, typed: str, code: str) -> None:
    assert post(company, "/lowongan-kami/baru", **{**TYPED, "isco08": typed}).status_code == 303
    assert fakes.of("placement", "POST /v1/job-orders")[0].body["isco08"] == code


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("tukang", "Ketik salah satu"),
        ("jru las", "7212"),
        ("lansia", "5322"),
        ("zzzzqq", "tidak dikenal"),
        ("()", "tidak dikenal"),
    ],
)
def test_what_is_no_name_of_one_occupation_is_asked_for_again(
    company: Any, fakes: FakeHouses, typed: str, said: str
) -> None:
    answer = post(company, "/lowongan-kami/baru", **{**TYPED, "isco08": typed})
    assert answer.status_code == 422 and said in answer.text and f'value="{typed}"' in answer.text
    assert fakes.of("placement", "POST *") == []


def test_what_a_code_means_stands_beside_it(company: Any, fakes: FakeHouses) -> None:
    order = companies.order(isco08="7212")
    fakes.says("placement", f"GET /v1/job-orders/{order['id']}", order)
    assert "juru las (7212)" in words_on(company, f"/lowongan-kami/{order['id']}")
    assert 'value="juru las (7212)"' in company.get(f"/lowongan-kami/{order['id']}/ubah").text
