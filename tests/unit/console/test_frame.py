"""What every page promises: who comes in, what stays in the browser, what goes when somebody leaves."""

import re

import pytest

from services.console.frame.words import of_one
from shared.http.tokens import roles
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import COOKIE, Visits, csrf, post


def test_nobody_is_sent_to_the_sign_in_and_back_to_where_they_wanted(visits: Visits) -> None:
    answer = visits.nobody().get("/cari")
    assert answer.status_code == 303
    assert answer.location == "/masuk?next=%2Fcari"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"])
def test_nobody_is_sent_to_another_site(visits: Visits, address: str) -> None:
    assert visits.nobody().get("/bahasa/en", query_string={"next": address}).location == "/"


def test_a_session_that_ended_says_that_the_screen_was_locked(visits: Visits) -> None:
    client = visits.nobody()
    client.set_cookie(COOKIE, "a-number-that-is-not-known")
    assert client.get("/cari").location == "/terkunci?next=%2Fcari"
    assert "Layar terkunci" in client.get("/terkunci").get_data(as_text=True)


def test_the_browser_holds_a_number_and_nothing_else(visits: Visits) -> None:
    visits.as_("officer", name="Ana Petugas").get("/cari")
    (row,) = visits.memory.rows.values()
    assert b"Ana" not in row["sealed"]
    assert re.fullmatch(r"[0-9a-f]{64}", row["_id"]), "not even the cookie's number lies in the database"


def test_a_page_of_somebody_is_kept_by_nobody_and_runs_nothing(visits: Visits) -> None:
    answer = visits.as_().get("/cari")
    assert answer.headers["Cache-Control"] == "no-store"
    policy = answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in policy and "default-src 'none'" in policy and "frame-ancestors 'none'" in policy
    text = answer.get_data(as_text=True)
    assert " style=" not in text and "<script" not in text and " onclick" not in text


def test_a_left_screen_closes_itself_and_a_form_keeps_its_words(visits: Visits, fakes: FakeHouses) -> None:
    assert visits.as_().get("/cari").headers["Refresh"].endswith("url=/terkunci")


def test_a_public_page_is_kept_by_caches_and_gives_no_cookie(visits: Visits) -> None:
    answer = visits.nobody().get("/bantuan")
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    assert "Set-Cookie" not in answer.headers


def test_an_act_without_the_form_s_token_does_nothing(visits: Visits) -> None:
    assert visits.as_().post("/cari", data={"q": "Maria"}).status_code == 400
    assert visits.houses.asked == []


def test_the_shared_screen_is_on_until_somebody_who_works_here_says_otherwise(
    visits: Visits, caplog: pytest.LogCaptureFixture
) -> None:
    client = visits.as_()
    assert "Layar bersama: aktif" in client.get("/bantuan").get_data(as_text=True)
    with caplog.at_level("INFO", logger="lumbung.screen"):
        client.post("/layar-bersama", data={"csrf_token": csrf(client), "next": "/bantuan"})
    assert "Layar bersama: mati" in client.get("/bantuan").get_data(as_text=True)
    (line,) = [one for one in caplog.records if one.name == "lumbung.screen"]
    assert (line.__dict__["by"], line.__dict__["on"]) == ("dev:ana-petugas", False)


def test_leaving_forgets_the_session_and_has_the_browser_forget_too(visits: Visits) -> None:
    client = visits.as_()
    answer = client.post("/keluar", data={"csrf_token": csrf(client)})
    assert visits.memory.rows == {}
    assert '"storage"' in answer.headers["Clear-Site-Data"]
    assert client.get("/cari").status_code == 303


@pytest.mark.parametrize("path", ["/tidak-ada", "/calon/bukan-uuid", "/aset/x/rahasia.txt"])
def test_what_is_not_there_is_said_in_a_page(visits: Visits, path: str) -> None:
    assert visits.nobody().get(path).status_code == 404


def test_a_house_that_is_silent_is_named_and_nothing_breaks(visits: Visits, fakes: FakeHouses) -> None:
    fakes.silence("registry")
    client = visits.as_()
    answer = client.post("/cari", data={"q": "Maria", "csrf_token": csrf(client)})
    assert answer.status_code == 503
    assert "Layanan data calon sedang tidak menjawab" in answer.get_data(as_text=True)


def test_a_token_that_a_house_no_longer_takes_leads_to_the_sign_in(visits: Visits, fakes: FakeHouses) -> None:
    fakes.refuses("registry", "POST /v1/candidates:search", 401, "token_expired", "Token sudah kedaluwarsa")
    client = visits.as_()
    assert "/masuk" in client.post("/cari", data={"q": "Maria", "csrf_token": csrf(client)}).location


def test_english_is_one_click_away_and_stays(visits: Visits) -> None:
    client = visits.nobody()
    client.get("/bahasa/en?next=/bantuan")
    text = client.get("/bantuan").get_data(as_text=True)
    assert '<html lang="en"' in text and "Important numbers" in text


def test_where_no_sign_in_is_real_everybody_s_start_is_every_role_in_one_click(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = set(re.findall(r'href="/masuk\?sebagai=(\w+)"', visits.nobody().get("/").get_data(as_text=True)))
    assert here == set(roles()) - {"system"}
    monkeypatch.setitem(visits.app.config, "IN_DEVELOPMENT", False)
    assert "sebagai=" not in visits.nobody().get("/").get_data(as_text=True)


@pytest.mark.parametrize("in_development", [True, False])
def test_a_link_says_as_whom_to_the_development_sign_in_only(
    visits: Visits, monkeypatch: pytest.MonkeyPatch, in_development: bool
) -> None:
    monkeypatch.setitem(visits.app.config, "IN_DEVELOPMENT", in_development)
    asked: list[dict[str, str]] = []

    def redirected(back: str, **more: str) -> str:
        asked.append(more)
        return back

    monkeypatch.setattr(visits.app.extensions["console.provider"], "authorize_redirect", redirected)
    visits.nobody().get("/masuk?sebagai=officer")
    assert asked == [{"login_hint": "officer"} if in_development else {}]


@pytest.mark.parametrize("host", ["..", "a" * 64, "x" * 6_000, "[::"])
def test_whatever_host_is_named_is_answered(visits: Visits, host: str) -> None:
    for path, status in (("/livez", 200), ("/periksa", 200), ("/tidak-ada", 404)):
        assert visits.nobody().get(path, headers={"Host": host}).status_code == status


@pytest.mark.parametrize("query", ["x" * 5_000, "%CC%96" * 1_300, "a=b&" * 1_500])
def test_the_way_on_fits_into_a_header_and_leads_to_the_page_at_least(visits: Visits, query: str) -> None:
    answer = visits.nobody().get(f"/cari?wait={query}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/masuk?next=%2Fcari")


def test_another_language_is_chosen_on_the_page_at_least(visits: Visits) -> None:
    for query, back in (("lowongan=JO-1", "/periksa?lowongan=JO-1"), ("lowongan=" + "x" * 5_000, "/periksa")):
        answer = visits.nobody().get("/bahasa/en", query_string={"next": f"/periksa?{query}"})
        assert (answer.status_code, answer.headers["Location"]) == (303, back)


def test_of_an_address_too_long_for_a_header_only_what_does_not_fit_is_left_out(
    visits: Visits, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = {"end_session_endpoint": "https://masuk.example/keluar"}
    monkeypatch.setattr(visits.app.extensions["console.provider"], "load_server_metadata", lambda: told)
    for token, hinted in (("kecil", True), ("x" * 4_000, False)):
        client = visits.as_(id_token=token)
        way = post(client, "/keluar").headers["Location"]
        assert way.startswith("https://masuk.example/keluar?") and "post_logout_redirect_uri=" in way
        assert ("id_token_hint" in way) is hinted


@pytest.mark.parametrize("part", [b"form-data", b'form-data; filename="x"'])
def test_a_part_of_a_form_without_a_name_is_refused(visits: Visits, part: bytes) -> None:
    body = b"--B\r\nContent-Disposition: " + part + b"\r\n\r\nx\r\n--B--\r\n"
    answer = visits.as_("reviewer").post("/calon", data=body, content_type="multipart/form-data; boundary=B")
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("said", "is_said"),
    [
        ("1 people sent in by villages wait", "1 person sent in by villages wait"),
        ("1 people wait", "1 person waits"),
        ("1 job orders are not shown", "1 job order is not shown"),
        ("21 people wait, 1 slots left", "21 people wait, 1 slot left"),
        ("1 people need a course, 1 cells read", "1 person needs a course, 1 cell read"),
        ("1.1 people, 1,1 people, 11 people", "1.1 people, 1,1 people, 11 people"),
    ],
)
def test_english_tells_one_from_many(said: str, is_said: str) -> None:
    assert of_one(said) == is_said
