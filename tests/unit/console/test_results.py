"""P5: the results of a whole class in one form, on fake houses; one who is refused keeps nobody else back."""

from typing import Any

import httpx
import pytest

from tests.support.console import providers, publics
from tests.support.console.fake_houses import Asked, FakeHouses
from tests.support.console.people import BATCH
from tests.support.console.providers import NAME, OTHER, THIRD
from tests.support.console.visits import Visits, csrf

PAGE = f"/angkatan/{BATCH}/hasil"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    fakes.says("training", "GET /v1/batches/*", providers.running(starts=publics.day(-30), ends=publics.day(-1)))
    fakes.says("training", "GET /v1/enrolments", {"items": providers.class_of_three(), "next": None})
    fakes.says("training", "PATCH /v1/enrolments/*", {})
    return fakes


def press(visits: Visits, **data: Any) -> Any:
    client = visits.as_("provider")
    return client.post(PAGE, data={"csrf_token": csrf(client), "once": "1", **data})


def sent(house: FakeHouses) -> dict[str, Any]:
    return {one.path.rsplit("/", 1)[-1]: one.body for one in house.of("training", "PATCH /v1/enrolments/*")}


def test_everybody_in_class_stands_there_by_name_with_consent(visits: Visits, house: FakeHouses) -> None:
    text = visits.as_("provider").get(PAGE).get_data(as_text=True)
    assert NAME in text and f"Rujukan {OTHER[-6:].upper()}" in text and "nama tidak dibagikan" in text
    assert text.count("<select") == 2, "nothing more is to be recorded of whoever is competent"
    assert "BNSP 7" in text
    assert len(house.of("registry", "GET /v1/contacts")) == 1


def test_each_choice_is_sent_with_what_holds_for_all_and_the_version_that_was_read(
    visits: Visits, house: FakeHouses
) -> None:
    data = {f"result-{BATCH}": "COMPETENT", f"number-{BATCH}": " BNSP 12 ", f"result-{OTHER}": "FINISHED"}
    data |= {f"result-{THIRD}": "NOT_YET_COMPETENT", "result-somebody": "COMPETENT"}
    answer = press(visits, **data, finished_on="30/11/2026", certificate_until="30/11/2029")
    assert (answer.status_code, answer.location) == (303, PAGE)
    done = {"state": "COMPLETED", "finished_on": "2026-11-30"}
    certified = {"result": "COMPETENT", "certificate_number": "BNSP 12", "certificate_until": "2029-11-30"}
    assert sent(house) == {BATCH: {**done, **certified}, OTHER: done}
    versions = {one.headers["if-match"] for one in house.of("training", "PATCH /v1/enrolments/*")}
    assert versions == {'"3"', '"4"'}


@pytest.mark.parametrize("version", ["٣", "²", "3\n", "9" * 400, ""])
def test_a_version_in_odd_digits_is_none(visits: Visits, house: FakeHouses, version: str) -> None:
    answer = press(visits, **{f"result-{BATCH}": "COMPETENT", f"version-{BATCH}": version})
    assert answer.status_code == 303
    [asked] = house.of("training", "PATCH /v1/enrolments/*")
    assert asked.headers["if-match"] in ('"3"', '"4"')


def test_nothing_chosen_and_a_day_that_cannot_be_read_record_nothing(visits: Visits, house: FakeHouses) -> None:
    nothing = press(visits)
    assert nothing.status_code == 422 and "Pilih dulu hasil" in nothing.get_data(as_text=True)
    unread = press(visits, **{f"result-{BATCH}": "COMPETENT"}, finished_on="kemarin").get_data(as_text=True)
    assert "Ketik tanggal seperti" in unread and 'value="COMPETENT" selected' in unread
    assert sent(house) == {}


def test_who_is_refused_stays_with_the_reason_and_what_was_typed(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", f"PATCH /v1/enrolments/{OTHER}", 409, "version_conflict", "Data ini baru saja berubah")
    data = {f"result-{BATCH}": "COMPETENT", f"result-{OTHER}": "COMPETENT", f"number-{OTHER}": "BNSP 13"}
    answer = press(visits, **data)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Hasil 1 peserta tercatat" in text and "Data ini baru saja berubah" in text
    assert text.index(OTHER[-6:].upper()) < text.index(f'id="why-{OTHER}"')
    assert 'value="BNSP 13"' in text


@pytest.mark.parametrize("status", [403, 404, 410])
def test_whoever_is_gone_does_not_hide_that_the_others_are_recorded(
    visits: Visits, house: FakeHouses, status: int
) -> None:
    house.refuses("training", f"PATCH /v1/enrolments/{OTHER}", status, "gone", "Rujukan ini tidak ada lagi")
    answer = press(visits, **{f"result-{BATCH}": "COMPETENT", f"result-{OTHER}": "COMPETENT"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Hasil 1 peserta tercatat" in text and "1 peserta belum tercatat" in text
    assert "Rujukan ini tidak ada lagi" in text


def test_a_number_without_a_result_is_not_lost_in_silence(visits: Visits, house: FakeHouses) -> None:
    answer = press(visits, **{f"result-{BATCH}": "COMPETENT", f"number-{OTHER}": "BNSP 13"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and list(sent(house)) == [BATCH]
    assert "Pilih juga hasilnya" in text and 'value="BNSP 13"' in text


def test_what_stands_there_already_is_shown_and_gets_no_other_day(visits: Visits, house: FakeHouses) -> None:
    done = {"state": "COMPLETED", "finished_on": publics.day(-1)}
    late = providers.enrolment(id=OTHER, candidate_id=OTHER, result="NOT_YET_COMPETENT", **done)
    waits = providers.enrolment(id=THIRD, candidate_id=THIRD, **done)
    class_of = [*providers.class_of_three()[:1], late, waits]
    house.says("training", "GET /v1/enrolments", {"items": class_of, "next": None})
    shown = visits.as_("provider").get(PAGE).get_data(as_text=True)
    assert shown.count('value="NOT_YET_COMPETENT" selected') == shown.count('value="FINISHED" selected') == 1
    data = {f"result-{BATCH}": "COMPETENT", f"result-{OTHER}": "NOT_YET_COMPETENT", f"result-{THIRD}": "FINISHED"}
    assert press(visits, **data, finished_on="30/11/2026").status_code == 303
    assert list(sent(house)) == [BATCH]


def test_results_wait_for_the_last_day(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/batches/*", providers.running())
    text = visits.as_("provider").get(PAGE).get_data(as_text=True)
    assert "baru selesai" in text and "<select" not in text


def test_what_somebody_else_recorded_since_the_page_was_opened_is_not_written_over(
    visits: Visits, house: FakeHouses
) -> None:
    page = visits.as_("provider").get(PAGE).get_data(as_text=True)
    assert f'name="version-{BATCH}" value="3"' in page
    done = {"state": "COMPLETED", "result": "NOT_YET_COMPETENT", "certificate_number": "BNSP 9"}
    now = [providers.enrolment(id=BATCH, state="ENROLLED", version=3) | done | {"version": 7}]
    house.says("training", "GET /v1/enrolments", {"items": now, "next": None})

    def changed(asked: Asked) -> httpx.Response:
        stale = {"code": "stale", "title": "Sudah berubah", "status": 412, "detail": ""}
        return httpx.Response(200, json={}) if asked.headers["if-match"] == '"7"' else httpx.Response(412, json=stale)

    house.says("training", "PATCH /v1/enrolments/*", changed)
    mine = {f"result-{BATCH}": "COMPETENT", f"number-{BATCH}": "BNSP 12"}
    answer = press(visits, **mine, **{f"version-{BATCH}": "3"})
    text = answer.get_data(as_text=True)
    assert answer.status_code == 422 and house.of("training", "PATCH *")[-1].headers["if-match"] == '"3"'
    assert "sekarang: belum kompeten. Periksa, lalu simpan lagi. Nomor sekarang: BNSP 9." in text
    assert 'value="COMPETENT" selected' in text and f'name="version-{BATCH}" value="7"' in text
    assert press(visits, **mine, **{f"version-{BATCH}": "7"}).status_code == 303, "seen, and pressed again"
