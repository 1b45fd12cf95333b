"""Long work is found again; which model ranks, its bounds and its drift; on fake houses."""

import pytest

from services.console.pages import pekerjaan
from services.placement.actions.imports import KINDS
from services.registry.actions.imports.job import PEOPLE
from tests.support.console import operators, providers, supervisors
from tests.support.console.fake_houses import NAMES, FakeHouses
from tests.support.console.people import ID
from tests.support.console.providers import OTHER
from tests.support.console.visits import Visits


def test_a_provider_finds_its_sheets_again(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes)
    answer = visits.as_("provider").get("/pekerjaan")
    text = answer.get_data(as_text=True)
    assert f"/unggah/{OTHER}" in text and "1 dari 3 baris" in text and "1 baru, 1 berubah, 1 ditolak" in text
    assert int(answer.headers["Refresh"]) > 0
    assert "Rencana untuk semua" not in text and "Pelatihan model" not in text


def test_what_is_finished_does_not_reload_itself(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes)
    fakes.says("training", "GET /v1/imports", {"items": [providers.report()], "next": None})
    assert "terkunci" in visits.as_("provider").get("/pekerjaan").headers["Refresh"]


def test_a_supervisor_finds_plans_again(visits: Visits, fakes: FakeHouses) -> None:
    supervisors.tell(fakes)
    text = visits.as_("supervisor").get("/pekerjaan").get_data(as_text=True)
    assert "/pengawas/rencana/" in text
    assert fakes.of("training", "GET /v1/imports") == []


def test_an_operator_sees_the_work_of_every_house_and_no_file(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    text = visits.as_("operator").get("/pekerjaan").get_data(as_text=True)
    for expected in (
        "menyimpan: 42 dari 120 baris",
        "40 baru, 2 ditolak",
        "sedang dibangun ulang, 35 % (4.200 dari",
        "8d21f0c35a77",
    ):
        assert expected in text, expected
    assert "/unggah/" not in text and ID not in text
    fakes.silence(*NAMES)
    assert "tidak menjawab" in visits.as_("operator").get("/pekerjaan").get_data(as_text=True)


def test_every_kind_of_list_that_is_taken_in_has_its_words() -> None:
    assert set(pekerjaan._KINDS) == {*KINDS, PEOPLE, "COURSES"}


def test_a_rebuild_reloads_the_page_and_says_so_before_it_knows_how_far_it_is(
    visits: Visits, fakes: FakeHouses
) -> None:
    operators.tell(fakes)
    for house in NAMES:
        fakes.says(house, "GET /v1/operations/work", {"imports": [], "rebuilding": False, "rebuilt": None})
    assert "terkunci" in visits.as_("operator").get("/pekerjaan").headers["Refresh"]
    fakes.says("matching", "GET /v1/operations/work", {"imports": [], "rebuilding": True, "rebuilt": None})
    answer = visits.as_("operator").get("/pekerjaan")
    assert int(answer.headers["Refresh"]) > 0
    assert "sedang dibangun ulang" in answer.get_data(as_text=True) and "%" not in answer.get_data(as_text=True)


def test_a_plan_that_is_made_says_how_far_it_is_and_one_that_failed_what_to_do(
    visits: Visits, fakes: FakeHouses
) -> None:
    supervisors.tell(fakes)
    rows = [supervisors.making(), supervisors.failed()]
    fakes.says("matching", "GET /v1/allocations", {"items": rows, "next": None})
    answer = visits.as_("supervisor").get("/pekerjaan")
    text = answer.get_data(as_text=True)
    assert "sedang dihitung: 120 dari 4.500 orang" in text and "gagal di tengah jalan" in text
    assert int(answer.headers["Refresh"]) > 0
    page = f"/pengawas/rencana/{ID}"
    for plan, said in zip(rows, ("sedang dihitung: 120 dari 4.500", "Buat rencana lagi"), strict=True):
        fakes.says("matching", "GET /v1/allocations/*", plan)
        assert said in visits.as_("supervisor").get(page).get_data(as_text=True)


def test_the_model_page_says_what_serves_its_bounds_and_its_drift(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    text = visits.as_("operator").get("/ops/model").get_data(as_text=True)
    for expected in ("0.712 waktu dilatih, 0.651 pada", "galat kalibrasi 0.09 / 0.05", "diberlakukan", "lulus ujian"):
        assert expected in text, expected
    assert 'lb-chip--warn"><span aria-hidden="true">!</span> nDCG@10' in text


@pytest.mark.parametrize("fall", [0.0, 0.04])
def test_a_small_fall_is_no_alarm(visits: Visits, fakes: FakeHouses, fall: float) -> None:
    operators.tell(fakes)
    later = {**operators.MODEL["examined"][0], "ndcg": operators.MODEL["metrics"]["ndcg"] - fall}
    fakes.says("matching", "GET /v1/model", {**operators.MODEL, "examined": [later]})
    assert 'lb-chip--ok"><span aria-hidden="true">✓</span> nDCG@10' in visits.as_("operator").get(
        "/ops/model"
    ).get_data(as_text=True)


def test_before_the_first_fit_the_cards_rank(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.says("matching", "GET /v1/model", operators.CARDS)
    text = visits.as_("operator").get("/ops/model").get_data(as_text=True)
    assert "Belum ada yang dilatih" in text and "Pergeseran" not in text
