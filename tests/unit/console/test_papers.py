"""Papers: every text that somebody can type prints, the standard is kept, and nothing is on them that must not be."""

import io
import re
from typing import Any
from unittest import mock

import pypdf
import pytest
from flask.testing import FlaskClient

from services.console.frame.words import t
from services.console.pages.calon import daftar_syarat, jalur
from services.console.pages.calon.words import PAPERS as PAPERS_BY_NAME
from services.console.pdf import initials_of, printable
from services.console.pdf.path import my_path
from services.console.pdf.printable import FONTS
from tests.support.console import people, publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits, csrf

pytestmark = pytest.mark.slow

HOME, REFERRAL = f"/calon/{ID}", f"/rujukan/{BATCH}"
PAPERS = (f"{REFERRAL}/surat.pdf", f"{HOME}/jalur-saya/jalur.pdf")
MOST_BYTES = 40_000

NAMES = (
    "X",
    "Maria Fransiska Yuliana Kristina Wilhelmina Skolastika Rambu Ana Umbu Rara Nggadas " * 3,
    "W" * 200,
    "Đặng Thị Ngọc Ánh é́́́ Łukasz Ñuñez",
    "李小龍 محمد Людмила Αθηνά ကြည် 😀 \u202eabc\u202c\u200d\ufeff",
    '#panic("x") *tebal* $x$ @label <tag> \\ ` // [isi] {x}',
    "\x01\x02 \ue000 \U0010ffff",
)


def opened(client: FlaskClient, path: str, *, most: int = MOST_BYTES) -> pypdf.PdfReader:
    answer = client.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), answer.get_data(as_text=True)[:300]
    assert len(answer.data) < most
    return pypdf.PdfReader(io.BytesIO(answer.data))


def words(paper: pypdf.PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in paper.pages).split())


@pytest.mark.parametrize("path", PAPERS)
def test_a_paper_declares_and_keeps_the_standard(ana: FlaskClient, path: str) -> None:
    paper = opened(ana, path)
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root and root["/Lang"] == "id"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert len(paper.pages) == 1


def test_an_edition_is_two_sheets_of_the_standard_that_withhold_what_the_page_withholds(
    visits: Visits, fakes: FakeHouses
) -> None:
    publics.tell(fakes)
    frozen = publics.edition()
    page = f"/capaian/forum/{frozen['day']}"
    paper = opened(visits.nobody(), f"{page}/edisi.pdf", most=2 * MOST_BYTES)
    root: Any = paper.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] and "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data().decode()
    assert len(paper.pages) == 2
    first, second = (" ".join(one.extract_text().split()) for one in paper.pages)
    for part in (
        "Dibekukan",
        "Koreksi sejak itu",
        "Angka Ende keliru",
        "perubahan sejak",
        "naik 20",
        "ditepati terlambat",
    ):
        assert part in first, part
    assert "Kota Kupang" not in first and "Kota Kupang" in second and "luar NTT" in second
    assert "ditutup" in first and second.count("ditutup") > 3
    with mock.patch("services.console.pdf.making.typst.compile", side_effect=AssertionError("compiled anew")):
        again = visits.nobody().get(f"{page}/edisi.pdf")
        unchanged = visits.nobody().get(f"{page}/edisi.pdf", headers={"If-None-Match": again.headers["ETag"]})
    assert (again.status_code, unchanged.status_code) == (200, 304)
    assert f"{page}/edisi.pdf" in visits.nobody().get(page).get_data(as_text=True)
    assert visits.nobody().get("/capaian/forum/2026-13-99x/edisi.pdf").status_code == 404


def test_the_letter_says_who_where_when_and_until_when(ana: FlaskClient) -> None:
    read = words(opened(ana, PAPERS[0]))
    for part in (
        people.letter()["code"], people.person()["full_name"], people.person()["number"], "BLK Flobamora Kupang",
        "Oesapa, Kota Kupang", "Biaya calon", "Rp0", "Jalur calon", "Bisa melamar", "Dasar",
        "bukan tanda tangan elektronik tersertifikasi",
    ):  # fmt: skip
        assert part in read, part
    assert read.index("Nomor surat") < read.index("Yang dirujuk") < read.index("Dirujuk ke") < read.index("Dasar")


def test_my_path_says_what_where_when_and_whom_to_ask(ana: FlaskClient) -> None:
    read = words(opened(ana, PAPERS[1]))
    for part in (
        "Di mana",
        "Daftar paling lambat",
        "0800-1000",
        "Jangan bayar",
        "console.test",
        "Sesudah itu bisa melamar",
    ):
        assert part in read, part


@pytest.mark.parametrize("path", PAPERS)
@pytest.mark.parametrize("name", NAMES)
def test_no_name_breaks_a_paper(ana: FlaskClient, fakes: FakeHouses, path: str, name: str) -> None:
    course = people.course(title={"id": name, "en": name}, provider={"name": name})
    person = people.person(full_name=name)
    people.tell(fakes, who=person)
    fakes.says("training", "GET /v1/courses/*", course)
    written = people.letter(note=name, place=name, destination={"name": name, "regency": None}, course=course["title"])
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [written]})
    paper = opened(ana, path)
    assert len(paper.pages) <= 3
    width = float(paper.pages[0].mediabox.width)
    places: list[float] = []
    for page in paper.pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: places.append(tm[4] if text.strip() else 0.0))
    assert max(places) < width, "nothing begins outside the paper"


@pytest.mark.parametrize("path", PAPERS)
@pytest.mark.parametrize("language", ["en", "id-x-long"])
def test_a_paper_speaks_the_visitor_s_language_and_has_room(ana: FlaskClient, path: str, language: str) -> None:
    ana.set_cookie("bahasa", language)
    paper = opened(ana, path)
    assert len(paper.pages) <= 2
    assert ("Letter of referral" in words(paper) or "My path" in words(paper)) == (language == "en")


def test_what_is_missing_is_left_out(ana: FlaskClient, fakes: FakeHouses) -> None:
    bare = people.person(number=None, regency=None, centre=None, requirements={})
    people.tell(fakes, who=bare, answer=people.advice("NO_PATH", pathways=[], requirements=[]))
    answer = people.advice("NO_PATH", pathways=[], requirements=[])
    answer["verdict"]["goal"] = None
    fakes.says("matching", "GET *", answer)
    fakes.says("training", "GET /v1/courses/*", status=404, body={})
    nothing = {"office": None, "place": None, "recommendation": None, "destination": {"name": "BLK", "regency": None}}
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [people.letter(**nothing)]})
    for path in PAPERS:
        read = words(opened(ana, path))
        assert "None" not in read and "–" not in read.replace(" – ", "")
        assert "Jalur calon" not in read and "Biaya calon" not in read


def test_without_advice_the_letter_still_prints_and_the_path_says_so(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.silence("matching")
    assert "Jalur calon" not in words(opened(ana, PAPERS[0]))
    assert ana.get(PAPERS[1]).status_code == 503


def test_a_path_through_another_batch_is_not_on_the_letter(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "GET /v1/enrolments/*", people.enrolment(batch_id=people.ORDER))
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [people.letter()]})
    assert "Jalur calon" not in words(opened(ana, PAPERS[0]))


def test_a_letter_names_no_ground_of_work_that_the_class_does_not_lead_to(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice()
    fakes.says("matching", "GET *", answer)
    (first, *_) = daftar_syarat.bases_of(answer)
    assert first in words(opened(ana, PAPERS[0]))
    answer["verdict"]["goal"]["opened_by"] = []
    fakes.says("matching", "GET *", answer)
    assert first not in words(opened(ana, PAPERS[0]))


@pytest.mark.parametrize("letters", [[], [people.letter(state="REVOKED")]])
def test_a_letter_that_was_taken_back_is_not_printed(ana: FlaskClient, fakes: FakeHouses, letters: list[Any]) -> None:
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": letters})
    assert ana.get(PAPERS[0]).status_code == 404
    assert "Buat surat" in ana.get(REFERRAL).get_data(as_text=True)


def test_neither_paper_tells_what_nobody_needs(ana: FlaskClient, fakes: FakeHouses) -> None:
    person = people.person(village="Desa Contoh", nik_last4="8642", phone="081139109100")
    people.tell(fakes, who=person)
    for path in PAPERS:
        answer = ana.get(path)
        read = words(pypdf.PdfReader(io.BytesIO(answer.data)))
        for secret in (person["nik_last4"], person["village"], person["birth_date"], ID, BATCH, "081139109100"):
            assert secret not in read
        assert "no-store" in answer.headers["Cache-Control"]
        assert person["full_name"].split()[0].lower() not in str(answer.headers).lower()


def test_a_referral_makes_its_letter_with_initials_only(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "POST /v1/enrolments", people.enrolment(), status=201)
    fakes.says("training", "POST /v1/enrolments/*/letters", people.letter(), status=201)
    ana.get(HOME)
    form = {"csrf_token": csrf(ana), "batch": BATCH, "once": "1", "note": " Bawa kacamata. "}
    assert ana.post(f"{HOME}/rujukan/baru", data=form).location == REFERRAL
    (asked,) = fakes.of("training", "POST */letters")
    expected = {"initials": initials_of(people.person()["full_name"]), "note": "Bawa kacamata."}
    assert asked.body == {**expected, "recommendation": people.advice()["id"]}
    assert asked.headers["idempotency-key"] != "1", "the referral's own receipt"
    assert "Suratnya siap dicetak" in ana.get(REFERRAL).get_data(as_text=True)


def test_a_referral_stands_when_its_letter_fails(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "POST /v1/enrolments", people.enrolment(), status=201)
    fakes.says("training", "POST /v1/enrolments/*/letters", {}, status=500)
    form = {"csrf_token": csrf(ana), "batch": BATCH, "once": "1"}
    assert ana.post(f"{HOME}/rujukan/baru", data=form).location == REFERRAL
    assert "Suratnya belum jadi" in ana.get(REFERRAL).get_data(as_text=True)


def test_a_letter_is_replaced_and_taken_back(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "POST /v1/enrolments/*/letters", people.letter(), status=201)
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [people.letter(note="N", version=4)]})
    fakes.says("training", "PATCH /v1/letters/*", people.letter(state="REVOKED"))
    assert ana.post(f"{REFERRAL}/surat", data={"csrf_token": csrf(ana), "once": "7"}).status_code == 303
    assert fakes.of("training", "POST */letters")[0].body["note"] == "N", "what was written before stays"
    assert ana.post(f"{REFERRAL}/surat/cabut", data={"csrf_token": csrf(ana)}).status_code == 303
    (asked,) = fakes.of("training", "PATCH *")
    assert (asked.path, asked.headers["if-match"]) == (f"/v1/letters/{people.letter()['code']}", '"4"')


@pytest.mark.parametrize("role", [None, "officer", "provider"])
def test_everybody_checks_a_letter_and_reads_only_the_little(visits: Visits, fakes: FakeHouses, role: Any) -> None:
    fakes.says("training", "GET /v1/letters/*", {**people.letter(), "full_name": "RAHASIA", "note": "RAHASIA"})
    client = visits.as_(role) if role else visits.nobody()
    answer = client.get("/surat/8c4r9f3d4k")
    read = answer.get_data(as_text=True)
    assert "Surat ini berlaku" in read and "D.F.N." in read and "BLK Flobamora Kupang" in read
    assert "RAHASIA" not in read and "Oesapa" not in read
    assert answer.headers["Cache-Control"] == "no-store", "a letter that is taken back is void at once"


@pytest.mark.parametrize(
    ("state", "said"), [("EXPIRED", "lewat masa berlakunya"), ("REVOKED", "sudah dicabut: jangan diterima")]
)
def test_a_letter_that_is_over_says_so(visits: Visits, fakes: FakeHouses, state: str, said: str) -> None:
    fakes.says("training", "GET /v1/letters/*", people.letter_check(state=state))
    assert said in visits.nobody().get("/surat/8C4R9F3D4K").get_data(as_text=True)


def test_an_unknown_code_and_a_silent_house_are_two_things(visits: Visits, fakes: FakeHouses) -> None:
    fakes.refuses("training", "GET /v1/letters/*", 404, "letter_not_found", "Surat ini tidak dikenal")
    unknown = visits.nobody().get("/surat/1111111111")
    assert unknown.status_code == 404 and "Surat ini tidak dikenal" in unknown.get_data(as_text=True)
    fakes.silence("training")
    down = visits.nobody().get("/surat/1111111111")
    assert down.status_code == 503 and "tidak dikenal" not in down.get_data(as_text=True)


@pytest.mark.parametrize("typed", ["../keys", "keys", "%2e%2e%2fkeys", "a b", "ü" * 60, "x" * 500, "%00", "<script>"])
def test_what_is_typed_as_a_code_reaches_nothing_else(visits: Visits, fakes: FakeHouses, typed: str) -> None:
    fakes.refuses("training", "GET /v1/letters/*", 404, "letter_not_found", "Surat ini tidak dikenal")
    answer = visits.nobody().get("/surat", query_string={"kode": typed}, follow_redirects=True)
    assert answer.status_code in (200, 404) and "<script>" not in answer.get_data(as_text=True)
    assert all(re.fullmatch(r"/v1/letters/[\w-]{1,40}", one.path) for one in fakes.asked)


@pytest.mark.parametrize(
    ("name", "initials"),
    [("Yuliana Tefa", "Y.T."), ("yuliana", "Y."), ("A B C D E F", "A.B.C.D."), ("李 Tan", "L.T."), ("-- ", "X."),
     ("(SYNTHETIC) Dorotea", "S.D."), ("ß x", "S.X.")],
)  # fmt: skip
def test_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


def test_every_sign_that_is_said_to_be_covered_prints(ana: FlaskClient, fakes: FakeHouses) -> None:
    """The list of code points and the two fonts agree: the compiler refuses a sign without a glyph."""
    rows = (line.split("-") for line in (FONTS / "COVERED.txt").read_text().split())
    signs = [chr(code) for first, last in rows for code in range(int(first, 16), int(last, 16) + 1)]
    kept = printable(" ".join("".join(signs[at : at + 30]) for at in range(0, len(signs), 30)))
    assert len(kept) > 1000
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [people.letter(note=kept, place=kept)]})
    answer = ana.get(PAPERS[0])
    assert (answer.status_code, answer.mimetype) == (200, "application/pdf")


def referred(fakes: FakeHouses) -> None:
    """She is referred to a batch that no path of the answer goes through."""
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment(batch_id=people.ORDER)], "next": None})
    fakes.says("training", "GET /v1/batches/*", people.batch(id=people.ORDER, number="Angkatan 12"))
    fakes.says("training", "GET /v1/courses/*", people.course(title={"id": "Las dasar", "en": "Welding"}))


def test_what_is_agreed_stands_first_on_everything_that_is_taken_home(ana: FlaskClient, fakes: FakeHouses) -> None:
    referred(fakes)
    for read in (
        words(opened(ana, PAPERS[1])),
        ana.get(f"{HOME}/jalur-saya").get_data(as_text=True),
        ana.get(f"{HOME}/whatsapp").get_data(as_text=True),
    ):
        assert "Las dasar" in read
        assert read.index("Las dasar") < read.index("Penata laksana rumah tangga")


def test_a_step_that_is_agreed_is_not_shown_twice(ana: FlaskClient, fakes: FakeHouses) -> None:
    fakes.says("training", "GET /v1/enrolments", {"items": [people.enrolment()], "next": None})
    assert words(opened(ana, PAPERS[1])).count("Daftar paling lambat") == 0
    assert "menunggu jawaban lembaga" in words(opened(ana, PAPERS[1]))


def test_a_batch_whose_number_says_the_word_says_it_once(ana: FlaskClient, fakes: FakeHouses) -> None:
    written = people.letter(batch_number="Angkatan 28/02/2027")
    fakes.says("training", "GET /v1/enrolments/*/letters", {"items": [written]})
    assert "angkatan Angkatan" not in words(opened(ana, PAPERS[0]))


def test_grounds_stand_once_and_the_order_itself_is_none() -> None:
    from services.console.pages.calon.daftar_syarat import bases_of

    def rule(instrument: str, stage: str = "APPLY") -> dict[str, Any]:
        return {"stage": stage, "legal_basis": {"instrument": instrument, "article": None}}

    rules = [rule("UU 27/2022; UU 18/2017; Lowongan"), rule("UU 18/2017; PP 59/2021"), rule("X", "DEPARTURE")]
    assert bases_of({"requirements": rules}) == ["UU 27/2022", "UU 18/2017", "PP 59/2021"]


@pytest.mark.parametrize("name", ["A", "B" * 300, "Maria Fransiska"])
@pytest.mark.parametrize("title", ["Las", "Pelatihan " * 30])
def test_a_summary_for_a_telephone_is_short_and_ends_with_the_warning(
    ana: FlaskClient, fakes: FakeHouses, name: str, title: str
) -> None:
    people.tell(fakes, who=people.person(full_name=name))
    items = [people.enrolment(batch_id=people.ORDER) for _ in range(5)]
    fakes.says("training", "GET /v1/enrolments", {"items": items, "next": None})
    fakes.says("training", "GET /v1/courses/*", people.course(title={"id": title, "en": title}))
    page = ana.get(f"{HOME}/whatsapp").get_data(as_text=True)
    (shown,) = re.findall(r'<p class="lb-read lb-lines">(.*?)</p>', page, re.S)
    assert len(shown) <= 600 and shown.endswith("0800-1000.")
    assert people.person()["number"] not in shown and people.person()["nik_last4"] not in shown


def test_another_address_of_the_house_is_no_letter(visits: Visits, fakes: FakeHouses) -> None:
    fakes.says("training", "GET /v1/letters/keys", {"keys": [{"kty": "OKP"}]})
    answer = visits.nobody().get("/surat", query_string={"kode": "keys"}, follow_redirects=True)
    assert answer.status_code in (200, 404)
    answer = visits.nobody().get("/surat/keys")
    assert answer.status_code == 404 and "Surat ini tidak dikenal" in answer.get_data(as_text=True)


def test_a_way_of_two_courses_and_all_its_papers_is_one_sheet(visits: Visits) -> None:
    """What a person takes home is one page: with a second one the advice against frauds is what gets lost."""
    course = {
        "title": "Perawat lansia Jepang (kaigo)", "provider": "LPK Cendana Atambua (CONTOH)", "regency": "53.04",
        "starts": "2198-02-19", "ends": "2198-05-10", "closes": "2198-02-14",
        "cost": {"amount": 4_500_000, "currency": "IDR"},
    }  # fmt: skip
    aim = {"title": "Perawat lansia di panti (kaigo)", "country": "JPN"}
    path = {"aim": aim, "opens": 1, "wage": {"amount": 190_000, "currency": "JPY"}, "ready_on": "2198-07-04"}
    verdict = (
        "Belum ada lowongan resmi untuk pengasuh anak, Malaysia / Hong Kong. Yang paling dekat: perawat lansia "
        "di panti (kaigo), Jepang, bisa dilamar sekitar 4 Juli 2198, lewat 2 langkah. Yang bisa dilamar "
        "sekarang: pemanen sawit."
    )
    papers = ["Periksakan diri di klinik yang ditunjuk.", "Ceritakan kepada petugas bila pernah dideportasi."]
    with visits.app.test_request_context("/"):
        named = ", ".join(t(*words) for words in PAPERS_BY_NAME.values())
        whole = my_path(
            person={"full_name": "Maria Margareta Witak (SYNTHETIC)", "number": "LB-2198-000010", "centre": "KUPANG"},
            verdict=verdict, paths=[{**path, "steps": [course, course]}], agreed=[], papers=[*papers, named],
            since="28 Jan 2198", pay_nobody=jalur.pay_nobody(costs=True), url="http://127.0.0.1:24080",
        )  # fmt: skip
    assert len(pypdf.PdfReader(io.BytesIO(whole)).pages) == 1
