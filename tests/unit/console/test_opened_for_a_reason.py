"""An earlier answer of somebody who withdrew: a supervisor alone, after a reason; shown once, and the trail says so."""

import pytest

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import Visits, post, words_on

PAGE, TRAIL = f"/calon/{ID}/jawaban/c8cadb", f"/calon/{ID}/jejak"
ASKED = "POST /v1/recommendations/c8cadb/openings"
WHY = "Pengaduan keluarga, surat 12 Maret"
FORM = f'action="{PAGE}"'


@pytest.fixture
def withdrawn(fakes: FakeHouses) -> FakeHouses:
    people.tell(fakes, who=people.person(consent="WITHDRAWN"))
    fakes.refuses(
        "matching", "GET /v1/recommendations/c8cadb", 410, "consent_withdrawn", "Persetujuan calon ini ditarik"
    )
    fakes.says("matching", ASKED, people.advice())
    return fakes


def test_a_supervisor_writes_why_and_reads_it_once(visits: Visits, withdrawn: FakeHouses) -> None:
    budi = visits.as_("supervisor", shared=False)
    asked = budi.get(PAGE)
    assert asked.status_code == 200 and FORM in asked.text and people.advice()["verdict"]["text"] not in asked.text
    shown = post(budi, PAGE, reason=WHY)
    assert shown.status_code == 200 and "persis seperti ditunjukkan" in shown.text and FORM not in shown.text
    (sent,) = withdrawn.of("matching", ASKED)
    assert sent.body == {"reason": WHY}
    assert WHY not in shown.text and FORM in budi.get(PAGE).text, "its address alone opens nothing"


@pytest.mark.parametrize("typed", ["pendek", "", "a" * 301])
def test_a_reason_that_is_none_stays_typed_and_opens_nothing(visits: Visits, withdrawn: FakeHouses, typed: str) -> None:
    again = post(visits.as_("supervisor", shared=False), PAGE, reason=typed)
    assert again.status_code == 422 and 'id="reason-error"' in again.text and "10 sampai 300 huruf" in again.text
    assert f'value="{typed}"' in again.text or not typed
    assert withdrawn.of("matching", "POST *") == []


def test_what_the_house_says_of_the_reason_stands_at_it(visits: Visits, withdrawn: FakeHouses) -> None:
    fault = {"pointer": "/reason", "code": "too_short", "message": "Terlalu pendek.", "fix": "Tulis 10 huruf."}
    withdrawn.refuses("matching", ASKED, 422, "invalid", "Belum bisa", errors=[fault])
    again = post(visits.as_("supervisor", shared=False), PAGE, reason=WHY)
    assert again.status_code == 422 and "Terlalu pendek." in again.text and f'value="{WHY}"' in again.text


def test_nobody_else_sees_the_form_or_may_send_it(visits: Visits, withdrawn: FakeHouses) -> None:
    for role in ("officer", "reviewer", "company"):
        someone = visits.as_(role, shared=False)
        page = someone.get(PAGE)
        assert page.status_code == (410 if role == "officer" else 403) and FORM not in page.text, role
        assert post(someone, PAGE, reason=WHY).status_code == 403, role
    assert withdrawn.of("matching", "POST *") == []


def test_on_a_shared_screen_it_is_not_offered(visits: Visits, withdrawn: FakeHouses) -> None:
    shared = visits.as_("supervisor")
    page = shared.get(PAGE)
    assert page.status_code == 200 and FORM not in page.text and "/layar-bersama" in page.text
    assert post(shared, PAGE, reason=WHY).status_code == 403 and withdrawn.of("matching", "POST *") == []


def test_a_house_that_is_down_keeps_what_was_typed(visits: Visits, withdrawn: FakeHouses) -> None:
    budi = visits.as_("supervisor", shared=False)
    withdrawn.silence("matching")
    assert budi.get(PAGE).status_code == 503
    lost = post(budi, PAGE, reason=WHY)
    assert lost.status_code == 503 and f'value="{WHY}"' in lost.text and "tidak menjawab" in lost.text


def test_an_erased_person_s_answer_is_gone_for_a_supervisor_too(visits: Visits, withdrawn: FakeHouses) -> None:
    withdrawn.refuses("matching", ASKED, 410, "gone", "Rekomendasi ini sudah dihapus")
    assert post(visits.as_("supervisor", shared=False), PAGE, reason=WHY).status_code == 410


def test_both_languages_say_it(visits: Visits, withdrawn: FakeHouses) -> None:
    budi = visits.as_("supervisor", shared=False)
    assert "Jawaban lama: persetujuannya sudah ditarik" in words_on(budi, PAGE)
    budi.set_cookie("bahasa", "en")
    assert "An earlier answer: the consent was withdrawn" in words_on(budi, PAGE)


def test_the_trail_says_who_opened_it_and_why(visits: Visits, withdrawn: FakeHouses) -> None:
    look = {"id": "1", "recommendation": "00c8cadb", "candidate_id": ID, "by": "dev:budi-pengawas", "centre": "KUPANG",
            "reason": WHY, "at": "2026-11-30T02:00:00Z"}  # fmt: skip
    withdrawn.says("matching", "GET /v1/openings", {"items": [look], "next": "n3"})
    trail = visits.as_("supervisor", shared=False).get(TRAIL).text
    assert WHY in trail and "(Kupang)" in trail and "membuka jawaban c8cadb" in trail and "pembukaan=n3" in trail
    assert WHY not in visits.as_("supervisor").get(TRAIL).text, "on a shared screen"
    withdrawn.silence("matching")
    alone = visits.as_("supervisor", shared=False).get(TRAIL)
    assert alone.status_code == 200 and "tidak menjawab" in alone.text


@pytest.mark.parametrize("whose", ["a0a0a0a0-0000-4000-8000-000000000009", None])
def test_an_answer_of_somebody_else_is_not_shown_as_this_person_s(
    visits: Visits, fakes: FakeHouses, whose: str | None
) -> None:
    people.tell(fakes)
    officer = visits.as_("officer")
    assert officer.get(PAGE).status_code == 200
    fakes.says("matching", "GET /v1/recommendations/*", people.advice(candidate=whose))
    other = people.person(id=whose)
    fakes.says("registry", f"GET /v1/candidates/{whose}", other)
    assert officer.get(PAGE).status_code == 404
    if whose:
        merged = {"code": "candidate_merged", "merged_into": ID}
        fakes.says("registry", f"GET /v1/candidates/{whose}", merged, status=410)
        assert officer.get(PAGE).status_code == 200, "it was answered before the two records were one"
        fakes.says("registry", f"GET /v1/candidates/{whose}", {**merged, "merged_into": whose}, status=410)
        assert officer.get(PAGE).status_code == 404


def test_what_a_supervisor_opened_of_somebody_else_is_not_shown_either(visits: Visits, withdrawn: FakeHouses) -> None:
    withdrawn.says("matching", ASKED, people.advice(candidate=None))
    assert post(visits.as_("supervisor", shared=False), PAGE, reason=WHY).status_code == 404
