"""The reviewer's pages on fake houses: what waits, and decisions about exactly what was read."""

from typing import Any

import pytest

from tests.support.console import reviewers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.reviewers import COURSE, ORDER
from tests.support.console.visits import Visits, csrf

ONE_COURSE, ONE_ORDER = f"/tinjau/kursus/{COURSE}", f"/tinjau/lowongan/{ORDER}"


def text_of(visits: Visits, path: str) -> str:
    answer = visits.as_("reviewer").get(path)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def press(visits: Visits, path: str, **data: Any) -> Any:
    client = visits.as_("reviewer")
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", **data})


def test_the_queue_is_the_reviewers_start(visits: Visits, fakes: FakeHouses) -> None:
    reviewers.tell(fakes)
    assert visits.as_("reviewer").get("/").location == "/tinjau"
    text = text_of(visits, "/tinjau")
    assert ONE_COURSE in text
    assert ONE_ORDER in text
    assert fakes.of("training", "GET /v1/courses")[0].params["review"] == "PENDING"
    assert fakes.of("placement", "GET /v1/job-orders")[0].params["verification"] == "UNVERIFIED"
    fakes.silence("placement")
    text = text_of(visits, "/tinjau")
    assert ONE_COURSE in text
    assert "tidak menjawab" in text


@pytest.mark.parametrize(
    ("outcome", "current", "may"),
    [("LAWFUL", True, True), ("UNKNOWN", True, True), ("UNLAWFUL", True, False), ("LAWFUL", False, False),
     (None, True, False)],
)  # fmt: skip
def test_an_order_against_the_law_is_not_verified(
    visits: Visits, fakes: FakeHouses, outcome: str | None, current: bool, may: bool
) -> None:
    reviewers.tell(fakes, one_order=reviewers.order(outcome, current=current))
    text = text_of(visits, ONE_ORDER)
    assert ("Verifikasi lowongan ini" in text) is may
    assert ("Hapus biaya pelatihan" in text) is (outcome in ("UNLAWFUL", "UNKNOWN"))
    assert "Tolak dengan alasan" in text


def test_a_course_without_accreditation_is_not_approved(visits: Visits, fakes: FakeHouses) -> None:
    reviewers.tell(fakes)
    assert "Setujui kursus ini" in text_of(visits, ONE_COURSE)
    reviewers.tell(fakes, one_course=reviewers.course(accreditation=None))
    assert "Setujui kursus ini" not in text_of(visits, ONE_COURSE)


@pytest.mark.parametrize(
    ("path", "button", "house", "asked", "sent"),
    [
        (ONE_COURSE, "/setujui", "training", "POST *review", {"decision": "APPROVED"}),
        (ONE_COURSE, "/tolak", "training", "POST *review", {"decision": "REJECTED", "reason": "OTHER"}),
        (ONE_ORDER, "/verifikasi", "placement", "POST *verify", {"decision": "VERIFIED"}),
        (ONE_ORDER, "/tolak", "placement", "POST *verify", {"decision": "REJECTED", "reason": "OTHER"}),
    ],
)
def test_a_decision_is_about_the_version_that_was_read(
    visits: Visits, fakes: FakeHouses, path: str, button: str, house: str, asked: str, sent: Any
) -> None:
    reviewers.tell(fakes)
    fakes.says(house, asked, {"version": 9})
    reason = {"reason": "OTHER"} if button == "/tolak" else {}
    assert press(visits, path + button, **reason).status_code == 422  # of no version
    assert press(visits, path + button, version="x", **reason).status_code == 422
    if reason:
        assert press(visits, path + button, version="2").status_code == 422
    assert fakes.of(house, asked) == []
    assert press(visits, path + button, version="2", **reason).status_code == 303
    decision = fakes.of(house, asked)[0]
    assert decision.body == sent
    assert decision.headers["if-match"] == '"2"'


def test_what_changed_since_is_said_and_not_decided(visits: Visits, fakes: FakeHouses) -> None:
    reviewers.tell(fakes)
    fakes.refuses("training", "POST *review", 412, "version_conflict", "Sudah diubah orang lain")
    answer = press(visits, f"{ONE_COURSE}/setujui", version="2")
    assert answer.status_code == 409
    assert "baru diubah orang lain" in answer.get_data(as_text=True)


def test_an_accreditation_is_recorded_with_the_provider_beside_those_it_has(visits: Visits, fakes: FakeHouses) -> None:
    reviewers.tell(fakes, one_course=reviewers.course(accreditation=None, programme="PLRT-200"))
    kept = [{"programme": "LAS", "from": "2025-01-01", "until": None}]
    provider = {"id": reviewers.ORDER, "version": 4, "accreditations": kept}
    fakes.says("training", "GET /v1/providers/*", provider)
    fakes.says("training", "PATCH /v1/providers/*", provider)
    assert "Catat akreditasi program ini" in text_of(visits, ONE_COURSE)
    refused = press(visits, f"{ONE_COURSE}/akreditasi", until="kapan saja").get_data(as_text=True)
    assert "Ketik tanggal mulainya" in refused and "Ketik tanggal seperti" in refused
    assert fakes.of("training", "PATCH *") == []
    answer = press(visits, f"{ONE_COURSE}/akreditasi", accredited_from="1 Juli 2026", until="30/6/2029")
    assert (answer.status_code, answer.location) == (303, ONE_COURSE)
    (sent,) = fakes.of("training", "PATCH *")
    assert sent.body == {
        "accreditations": [*kept, {"programme": "PLRT-200", "from": "2026-07-01", "until": "2029-06-30"}]
    }
    assert sent.headers["if-match"] == '"4"'
    reviewers.tell(fakes)
    assert "Catat akreditasi" not in text_of(visits, ONE_COURSE)
