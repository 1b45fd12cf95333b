"""The page of one person: what it shows of an answer, and what it says while there is none."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits, words_on

HOME = f"/calon/{ID}"


def test_the_page_says_what_is_closed_why_and_which_dated_way_opens_it(ana: FlaskClient) -> None:
    read = words_on(ana, HOME)
    goal = people.advice()["verdict"]["goal"]
    assert "Tujuan yang diminta belum dibuka: Penata laksana rumah tangga, Malaysia" in read
    assert goal["blocked_by"][0]["text"] in read
    assert "BLK Flobamora Kupang" in read and "Membuka 1 lowongan resmi" in read
    assert f"/rujukan/baru?angkatan={BATCH}" in ana.get(HOME).get_data(as_text=True)


def test_all_questions_go_out_under_the_visitor_s_own_token(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    assert {one.house for one in fakes.asked} == {"registry", "matching", "training", "placement"}
    assert all(one.headers["authorization"].startswith("Bearer x.") for one in fakes.asked)
    (asked,) = fakes.of("matching", f"GET /v1/candidates/{ID}/recommendations")
    assert asked.params["min_candidate_version"] == "1"


def test_without_consent_nothing_is_asked_and_only_identity_is_shown(ana: FlaskClient, fakes: FakeHouses) -> None:
    people.tell(fakes, who=people.person(consent="NONE", consents=[]))
    read = words_on(ana, HOME)
    assert "Catat persetujuan" in read and "Syarat penempatan" not in read
    assert fakes.of("matching", "GET *") == []


def test_under_age_nobody_is_shown_a_job(ana: FlaskClient, fakes: FakeHouses) -> None:
    born = people.clock.today().replace(day=1)
    people.tell(fakes, who=people.person(birth_date=born.replace(year=born.year - 16).isoformat()))
    read = words_on(ana, HOME)
    assert "Pelatihan yang disarankan" in read and "Lowongan luar negeri resmi" not in read


def test_a_reason_that_speaks_against_is_not_listed_as_one_for_it(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice()
    answer["courses"][0]["reasons"].append(
        {"code": "X", "text": "MELAWAN", "weight": -7.5, "evidence": [], "quotes": []}
    )
    people.tell(fakes, answer=answer)
    assert "MELAWAN" not in words_on(ana, HOME)


def test_the_heading_says_one_thing_and_why_the_wish_is_closed_stands_once(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("NO_PATH")
    why = answer["verdict"]["goal"]["blocked_by"][0]["text"]
    also = "Yang bisa dilamar sekarang: pemanen kelapa sawit, Malaysia."
    answer["verdict"]["text"] = f"Tujuan yang diminta, penata laksana, Malaysia, belum terbuka. {why} {also}"
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert f'<h2 id="putusan">{also}</h2>' in text
    assert text.split("</section>")[0].count(why) == 1
    answer["verdict"]["text"] = f"Tujuan yang diminta, penata laksana, Malaysia, belum terbuka. {why}"
    assert '<h2 id="putusan">Tujuan yang diminta, penata laksana, Malaysia, belum terbuka.</h2>' in ana.get(HOME).text


def test_somebody_who_was_referred_is_not_offered_the_same_referral_again(ana: FlaskClient, fakes: FakeHouses) -> None:
    first = people.advice()["pathways"][0]["steps"][0]["batch"]
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=first)], "next": None})
    page = ana.get(HOME).get_data(as_text=True)
    assert "Buka rujukannya: menunggu jawaban lembaga" in page and "Buat rujukan untuk jalur ini" not in page
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=first, state="DROPPED")]})
    assert "Buat rujukan untuk jalur ini" in ana.get(HOME).get_data(as_text=True)


def test_when_advice_is_silent_the_last_answer_is_shown_with_its_time(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    fakes.silence("matching")
    read = words_on(ana, HOME)
    assert "Layanan saran sedang tidak menjawab. Yang tampak adalah keadaan" in read
    assert "Membuka 1 lowongan resmi" in read


@pytest.mark.parametrize("house", ["training", "placement", "matching"])
def test_any_house_may_be_down_and_the_page_still_answers(visits: Visits, fakes: FakeHouses, house: str) -> None:
    people.tell(fakes)
    fakes.silence(house)
    assert visits.as_("officer").get(HOME).status_code == 200


def test_data_that_matching_has_not_heard_of_yet_is_said_so(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.refuses("matching", f"GET /v1/candidates/{ID}/recommendations", 404, "unknown", "Belum dikenal")
    assert "sedang dihitung" in words_on(ana, HOME)


def test_a_paper_that_changes_the_way_is_told_in_a_green_line(ana: FlaskClient, fakes: FakeHouses) -> None:
    ana.get(HOME)
    answer = people.advice("ELIGIBLE_NOW", id="another", pathways=[])
    answer["verdict"]["goal"] = None
    answer["requirements"] = [rule for rule in answer["requirements"] if rule["status"] != "NOT_MET"]
    people.tell(fakes, answer=answer)
    assert "Jalur berubah: 1 langkah menjadi 0" in words_on(ana, HOME)
    assert "Jalur berubah" not in words_on(ana, HOME), "told once"


def test_papers_that_an_answer_folds_into_one_row_are_named_and_recorded_one_by_one(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    folded = {
        "code": "PAPERS",
        "stage": "DEPARTURE",
        "status": "UNKNOWN",
        "text": "2 syarat sebelum berangkat belum diperiksa.",
        "legal_basis": {"instrument": "UU 18/2017"},
        "rules": ["PASSPORT/1", "WORK_VISA/1"],
        "next_action": "Boleh disiapkan sambil menunggu.",
    }
    people.tell(fakes, answer=people.advice("TRAINING", requirements=[folded]))
    read = words_on(ana, HOME)
    assert "Paspor belum diperiksa." in read and "Visa kerja belum diperiksa." in read
    assert "2 syarat sebelum berangkat" not in read
    assert f"{HOME}/syarat/PASSPORT" in ana.get(HOME).text


def test_of_many_orders_it_says_how_many_there_are_and_how_many_were_compared(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    shown = people.advice()["placements"]
    eight = (shown * 3)[:8]
    for ranked, said in ((200, True), (261, False)):
        people.tell(fakes, answer=people.advice(placements=eight, placements_in_all=261, placements_ranked=ranked))
        read = words_on(ana, HOME)
        assert "5 dari 261 lowongan" in read and "Tampilkan 3 lowongan lagi" in read
        assert ("Yang dibandingkan: 200 yang paling dekat dengan keinginannya." in read) is said
        assert "8 dari 261 lowongan" in words_on(ana, f"{HOME}?semua=1")
        assert "8 dari 261 lowongan" in words_on(ana, f"{HOME}/jawaban/x")
    people.tell(fakes, answer=people.advice(placements_in_all=3, placements_ranked=3))
    assert "dari 3 lowongan" not in words_on(ana, HOME), "all of them are there"


@pytest.mark.parametrize(
    ("goal", "heading", "strip"),
    [
        (
            {"exact": True, "state": "NO_PATH"},
            "Yang bisa dilamar sekarang: pengepak barang.",
            "Tujuan yang diminta belum",
        ),
        (
            {"exact": False, "state": "NO_PATH"},
            "Belum ada lowongan resmi untuk perawat, Jepang.",
            "Yang paling dekat dengan",
        ),
        ({"exact": True, "state": "ELIGIBLE_BY"}, "Belum ada lowongan resmi untuk perawat, Jepang.", None),
    ],
)
def test_a_heading_is_never_the_rest_of_a_sentence(
    ana: FlaskClient, fakes: FakeHouses, goal: dict[str, Any], heading: str, strip: str | None
) -> None:
    answer = people.advice("NO_PATH")
    (reason, *_) = answer["verdict"]["goal"]["blocked_by"]
    reasons = [
        {**reason, "text": "Belum ada hasil ujian tahap 1."},
        {**reason, "text": "Belum ada hasil ujian tahap 2."},
    ]
    answer["verdict"]["goal"] |= {**goal, "blocked_by": reasons}
    said = " ".join(one["text"] for one in reasons)
    answer["verdict"]["text"] = (
        f"Belum ada lowongan resmi untuk perawat, Jepang. {said} Yang bisa dilamar sekarang: pengepak barang."
    )
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert f'<h2 id="putusan">{heading}</h2>' in text
    assert (strip in text) if strip else "lb-strip" not in text


def test_what_opens_the_wish_soonest_stands_above_a_path_to_other_work(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("TRAINING")
    answer["verdict"]["goal"] = {**people.advice("NO_PATH")["verdict"]["goal"], "opened_by": []}
    answer["nearest_change"] = {"text": "Masih perlu ujian EPS-TOPIK."}
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert -1 < text.find("Masih perlu ujian EPS-TOPIK.") < text.find("menuju pekerjaan lain daripada yang diminta")


@pytest.mark.parametrize(
    ("scheme", "said"),
    [("MANDIRI", "langsung dengan pemberi kerja"), ("G2G", "Pemerintah ke pemerintah"), (None, "Tanpa perusahaan")],
)
def test_an_order_without_a_company_says_which_way_it_goes(
    ana: FlaskClient, fakes: FakeHouses, scheme: str | None, said: str
) -> None:
    answer = people.advice("ELIGIBLE_NOW")
    row = answer["placements"][0]
    answer["placements"] = [{**row, "checks": {**row["checks"], "company": None}, "scheme": scheme}]
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert said in text and ("Pemerintah ke pemerintah" in text) is (scheme == "G2G")


def test_a_wish_that_a_path_opens_heads_the_page_with_its_day(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("TRAINING")
    answer["verdict"]["goal"] |= {"exact": True, "state": "TRAINING"}
    answer["verdict"]["text"] = (
        "Yang diminta terbuka sekitar 28 Januari 2027. Yang bisa dilamar sekarang: pemanen sawit."
    )
    people.tell(fakes, answer=answer)
    text = ana.get(HOME).get_data(as_text=True)
    assert '<h2 id="putusan">Yang diminta terbuka sekitar 28 Januari 2027.</h2>' in text
    assert "Yang bisa dilamar sekarang: pemanen sawit." in text


def test_whoever_took_the_consent_back_is_not_read_it_again(ana: FlaskClient, fakes: FakeHouses) -> None:
    people.tell(fakes, who=people.person(consent="WITHDRAWN"))
    read = words_on(ana, HOME)
    assert "Persetujuan sudah ditarik" in read and "Bacakan persetujuannya" not in read
    assert fakes.of("matching", "GET *") == []


def test_what_closes_soon_stands_under_the_headline_with_the_order_that_it_is_about(
    ana: FlaskClient, fakes: FakeHouses
) -> None:
    answer = people.advice()
    order = answer["placements"][0]
    answer["checklist_of"] = order["job_order"]
    answer["warnings"] = [{"code": "CLOSES_SOON", "text": "Hanya sampai 20 Desember 2026: umur menjadi 46 tahun."}]
    people.tell(fakes, answer=answer)
    head = ana.get(HOME).get_data(as_text=True).split('id="syarat"')[0]
    assert f"{order['title']}, " in head and "Hanya sampai 20 Desember 2026" in head


def test_a_ban_on_what_nobody_offers_stands_with_its_law(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("NO_PATH")
    ban: dict[str, Any] = {
        "code": "BAN",
        "version": "BAN-KHM/1",
        "text": "Penempatan ke Kamboja sedang ditutup.",
        "who": "PERSON",
    }
    ban |= {"legal_basis": {"instrument": "Surat BP2MI 2025", "article": "3"}, "next_action": "Pilih negara lain."}
    answer["verdict"] |= {"goal": None, "closed_by": [ban]}
    people.tell(fakes, answer=answer)
    read = words_on(ana, HOME)
    assert "Penempatan ke Kamboja sedang ditutup. Surat BP2MI 2025 ps. 3 Pilih negara lain." in read
