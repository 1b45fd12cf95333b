"""The provider's pages on fake houses: courses, sheets, referrals and results."""

import io
import re

import pytest

from tests.support.console import people, providers, publics
from tests.support.console.fake_houses import Asked, FakeHouses
from tests.support.console.providers import BATCH, OTHER, SHEET, press, text_of
from tests.support.console.visits import Visits, csrf

REFERRAL = f"/rujukan-masuk/{BATCH}"
REPORT = f"/unggah/{OTHER}"


@pytest.fixture
def house(fakes: FakeHouses) -> FakeHouses:
    providers.tell(fakes)
    return fakes


def file(content: bytes = SHEET) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), "Daftar Ibu Dorotea.csv"


def test_the_start_shows_own_courses_with_what_the_province_said_and_seats(visits: Visits, house: FakeHouses) -> None:
    assert visits.as_("provider").get("/").location == "/kursus"
    text = text_of(visits, "/kursus")
    for expected in ("disetujui, terbit", "ditolak", "melanggar aturan", "11 dari 16 kosong", "biaya belum diketahui"):
        assert expected in text
    assert "1 rujukan menunggu jawaban" in text
    own = "0f0f0f0f-0000-4000-8000-000000000001"
    assert [one.params["provider"] for one in house.of("training", "GET /v1/courses")] == [own] * 1


def test_without_the_training_house_the_start_says_so(visits: Visits, house: FakeHouses) -> None:
    house.silence("training")
    assert "tidak menjawab" in text_of(visits, "/kursus")


@pytest.mark.parametrize(("outcome", "may"), [("LAWFUL", True), ("UNLAWFUL", False), ("UNKNOWN", False), (None, False)])
def test_a_referral_is_accepted_only_where_the_law_lets_it(
    visits: Visits, fakes: FakeHouses, outcome: str | None, may: bool
) -> None:
    providers.tell(fakes, referral=providers.enrolment(outcome))
    text = text_of(visits, REFERRAL)
    assert ("Terima rujukan ini" in text) is may
    assert "Tidak menerima rujukan ini" in text
    assert ("UU 18/2017" in text) is (outcome in ("UNLAWFUL", "UNKNOWN"))


def test_a_judgement_that_is_too_old_is_no_yes(visits: Visits, fakes: FakeHouses) -> None:
    old = providers.judgement(current=False)
    providers.tell(fakes, referral=providers.enrolment(judgement=old))
    assert "Terima rujukan ini" not in text_of(visits, REFERRAL)


def test_each_step_is_sent_with_the_version_that_was_seen(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "PATCH *", providers.enrolment(state="SELECTED", version=2))
    assert press(visits, f"{REFERRAL}/langkah/SELECTED").status_code == 303
    sent = house.of("training", "PATCH *")[0]
    assert sent.body == {"state": "SELECTED"}
    assert sent.headers["if-match"] == '"1"'
    assert press(visits, f"{REFERRAL}/langkah/COMPLETED").status_code == 404


def test_declining_needs_a_reason(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "PATCH *", providers.enrolment(state="DROPPED", version=2))
    assert press(visits, f"{REFERRAL}/tolak").status_code == 422
    assert press(visits, f"{REFERRAL}/tolak", drop_reason="NO_SHOW").status_code == 422  # nobody came yet
    assert house.of("training", "PATCH *") == []
    assert press(visits, f"{REFERRAL}/tolak", drop_reason="DECLINED_BY_PROVIDER").status_code == 303
    assert house.of("training", "PATCH *")[0].body == {"state": "DROPPED", "drop_reason": "DECLINED_BY_PROVIDER"}


def test_what_was_recorded_as_completed_by_mistake_is_corrected_or_taken_back(
    visits: Visits, fakes: FakeHouses
) -> None:
    providers.tell(fakes, referral=providers.enrolment(state="COMPLETED", result="COMPETENT"))
    fakes.says("training", "PATCH *", providers.enrolment(state="DROPPED", version=2))
    text = text_of(visits, REFERRAL)
    assert "Perbaiki hasil" in text and "Tercatat selesai karena keliru" in text and "tidak dapat dikembalikan" in text
    stood = {"stood": "COMPLETED COMPETENT"}
    sure = {"sure": "y", **stood}
    assert press(visits, f"{REFERRAL}/tolak", drop_reason="DECLINED_BY_PROVIDER", **sure).status_code == 422
    assert press(visits, f"{REFERRAL}/tolak", drop_reason="NO_SHOW", **stood).status_code == 422, "it is for good"
    assert press(visits, f"{REFERRAL}/tolak", drop_reason="NO_SHOW", **sure).status_code == 303
    assert press(visits, f"{REFERRAL}/hasil", result="NOT_YET_COMPETENT", **stood).status_code == 303
    sent = [one.body for one in fakes.of("training", "PATCH *")]
    assert sent == [{"state": "DROPPED", "drop_reason": "NO_SHOW"}, {"result": "NOT_YET_COMPETENT"}]


def test_a_result_that_was_corrected_since_is_not_written_over(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes, referral=providers.enrolment(state="COMPLETED", result="COMPETENT"))
    old = press(visits, f"{REFERRAL}/hasil", result="NOT_YET_COMPETENT", stood="COMPLETED NOT_YET_COMPETENT")
    assert old.status_code == 409 and "sekarang: selesai: Kompeten" in old.text
    assert fakes.of("training", "PATCH *") == []


def test_a_result_is_recorded_with_its_certificate(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes, referral=providers.enrolment(state="ENROLLED"))
    fakes.says("training", "PATCH *", providers.enrolment(state="COMPLETED", version=2))
    typed = {"result": "COMPETENT", "finished_on": "8/12/2026", "certificate_number": "LSP-1"}
    assert press(visits, f"{REFERRAL}/hasil", **typed).status_code == 303
    assert fakes.of("training", "PATCH *")[0].body == {
        "state": "COMPLETED",
        "result": "COMPETENT",
        "finished_on": "2026-12-08",
        "certificate_number": "LSP-1",
    }


def test_a_result_may_come_later_and_not_be_empty_then(visits: Visits, fakes: FakeHouses) -> None:
    providers.tell(fakes, referral=providers.enrolment(state="ENROLLED"))
    fakes.says("training", "PATCH *", providers.enrolment(state="COMPLETED", version=2))
    assert press(visits, f"{REFERRAL}/hasil", result="").status_code == 303
    assert fakes.of("training", "PATCH *")[0].body == {"state": "COMPLETED"}
    providers.tell(fakes, referral=providers.enrolment(state="COMPLETED"))
    assert press(visits, f"{REFERRAL}/hasil", result="").status_code == 422
    assert press(visits, f"{REFERRAL}/hasil", result="NOT_YET_COMPETENT").status_code == 303
    assert fakes.of("training", "PATCH *")[1].body == {"result": "NOT_YET_COMPETENT"}


def test_what_the_house_refuses_stands_on_the_page(visits: Visits, house: FakeHouses) -> None:
    house.refuses("training", "PATCH *", 409, "not_judged_yet", "Hukumnya belum diperiksa")
    answer = press(visits, f"{REFERRAL}/langkah/SELECTED")
    assert answer.status_code == 409
    assert "Hukumnya belum diperiksa" in answer.get_data(as_text=True)


def test_a_sheet_is_tried_first_and_its_name_is_not_handed_on(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/imports", providers.report(state="QUEUED"), status=202)
    answer = press(visits, "/unggah", file=file())
    assert (answer.status_code, answer.location) == (303, REPORT)
    sent = house.of("training", "POST /v1/imports")[0]
    assert sent.params == {"dry_run": "true", "only_good": "false"}
    assert SHEET in sent.body
    assert b"Dorotea" not in sent.body


def test_no_file_and_an_empty_one_are_refused_at_the_field(visits: Visits, house: FakeHouses) -> None:
    for typed in ({}, {"file": file(b"")}):
        answer = press(visits, "/unggah", **typed)
        assert answer.status_code == 422
        assert "Pilih berkas" in answer.get_data(as_text=True)
    assert house.of("training", "POST /v1/imports") == []


def test_a_file_that_cannot_be_read_says_what_to_do(visits: Visits, house: FakeHouses) -> None:
    wrong = [{"pointer": "/file", "code": "x", "message": "Ini XLS lama.", "fix": "Simpan sebagai XLSX."}]
    house.refuses("training", "POST /v1/imports", 422, "invalid", "Tidak bisa dibaca", errors=wrong)
    text = press(visits, "/unggah", file=file()).get_data(as_text=True)
    assert "Ini XLS lama. Simpan sebagai XLSX." in text


def test_the_report_tells_row_by_row_what_was_read_and_what_to_type(visits: Visits, house: FakeHouses) -> None:
    text = text_of(visits, REPORT)
    for expected in ("D7", "Ketik 30/11/2026.", "Kursi: dari 12 menjadi 16", "biaya belum diketahui", "1 baru",
                     "1 ditolak", "tidak dibaca: tidak ada judul", "Instruktur (G1), 2 baris terisi",
                     "apakah maksudnya Tempat?", "Terbitkan 2 baris yang baik", "belum ada yang terbit"):  # fmt: skip
        assert expected in text, expected


def test_the_rows_to_be_mended_come_first_and_every_row_is_one_press_away(visits: Visits, house: FakeHouses) -> None:
    for query, outcome in (("", "BAD"), ("?hasil=LAIN", "BAD"), ("?hasil=NEW", "NEW"), ("?hasil=semua", None)):
        text = text_of(visits, REPORT + query)
        assert house.of("training", "GET /v1/imports/*/rows")[-1].params.get("outcome") == outcome
        assert ("?hasil=semua" in text) is (outcome is not None)


def test_what_was_tried_is_published_with_one_press_and_no_second_choosing(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/imports", providers.report(state="DONE"), status=202)
    client = visits.as_("provider")
    token = {"csrf_token": csrf(client, "/unggah")}
    report = client.post("/unggah", data={**token, "file": file()}).location
    assert 'type="file"' not in client.get(report).get_data(as_text=True)
    assert all(SHEET not in str(row).encode() for row in visits.memory.rows.values()), "sealed"
    assert client.post(f"{report}/terbitkan", data={**token, "ignore": "G1"}).status_code == 303
    tried, sent = house.of("training", "POST /v1/imports")
    assert SHEET in tried.body and SHEET in sent.body
    assert sent.params == {"dry_run": "false", "only_good": "true"}
    assert 'type="file"' in client.get(report).get_data(as_text=True), "it is kept no longer than needed"
    assert 'type="file"' in text_of(visits, report), "nor for anybody else"


def test_a_report_that_is_not_done_reloads_itself_and_publishes_nothing(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/imports/*", providers.report(state="RUNNING", done=1, counts={}))
    house.says("training", "GET /v1/imports/*/rows", {"items": [], "next": None})
    answer = visits.as_("provider").get(REPORT)
    assert int(answer.headers["Refresh"]) > 0
    assert "Terbitkan" not in answer.get_data(as_text=True)


def test_publishing_is_for_exactly_the_file_that_was_checked(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "POST /v1/imports", providers.report(state="DONE", dry_run=False), status=202)
    other = press(visits, f"{REPORT}/terbitkan", file=file(b"another"), ignore="G1")
    assert other.status_code == 422
    assert "bukan berkas yang diperiksa" in other.get_data(as_text=True)
    unread = press(visits, f"{REPORT}/terbitkan", file=file())
    assert unread.status_code == 422
    assert "Centang setiap kolom" in unread.get_data(as_text=True)
    assert house.of("training", "POST /v1/imports") == []
    assert press(visits, f"{REPORT}/terbitkan", file=file(), ignore="G1").status_code == 303
    sent: Asked = house.of("training", "POST /v1/imports")[0]
    assert sent.params == {"dry_run": "false", "only_good": "true"}
    assert b"G1" in sent.body
    assert sent.headers["idempotency-key"]


def test_after_publishing_there_is_no_second_button(visits: Visits, house: FakeHouses) -> None:
    house.says("training", "GET /v1/imports/*", providers.report(dry_run=False))
    house.says("training", "GET /v1/imports/*/rows", {"items": providers.rows(), "next": None})
    text = text_of(visits, REPORT)
    assert "2 baris terbit" in text
    assert '<h2 class="lb-h3" id="terbitkan"' not in text


@pytest.mark.parametrize("path", ["/unggah/kursus.xlsx", f"{REPORT}/perbaikan.xlsx"])
def test_workbooks_come_as_files(visits: Visits, house: FakeHouses, path: str) -> None:
    answer = visits.as_("provider").get(path)
    assert answer.get_data() == b"PK workbook"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_batch_lists_everybody_in_it_by_name_with_consent_and_by_number_without(
    visits: Visits, house: FakeHouses
) -> None:
    text = text_of(visits, f"/angkatan/{BATCH}")
    assert providers.NAME in text and f"/angkatan/{BATCH}/hasil" in text
    house.says("registry", "GET /v1/contacts", {"items": [], "next": None})
    text = text_of(visits, f"/angkatan/{BATCH}")
    assert f"Rujukan {BATCH[-6:].upper()}" in text and providers.NAME not in text
    assert house.of("training", "GET /v1/enrolments")[0].params["batch"] == BATCH


@pytest.mark.parametrize(
    ("starts", "ends", "closes", "said"),
    [
        (3, 30, 1, "menerima pendaftaran"), (3, 30, None, "menerima pendaftaran"), (3, 30, -1, "sudah ditutup"),
        (0, 30, -1, "berjalan"), (-9, 0, -10, "berjalan"), (-9, -1, -10, "selesai"), (0, 30, 0, "menerima pendaftaran"),
    ],
)  # fmt: skip
def test_a_batch_is_what_its_days_make_it_today(
    visits: Visits, house: FakeHouses, starts: int, ends: int, closes: int | None, said: str
) -> None:
    days = {"starts": publics.day(starts), "ends": publics.day(ends)}
    shut = publics.day(closes) if closes is not None else None
    house.says("training", "GET /v1/batches/*", people.batch(taken=5, closes=shut, **days))
    chips = re.findall(r"lb-chip--.*?</span> ([^<]+)</span>", text_of(visits, f"/angkatan/{BATCH}"))
    assert said in chips[0]
