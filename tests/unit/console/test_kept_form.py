"""A form that is sent after its session ended comes back to whoever wrote it, and to nobody else."""

import html
import io
import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.console.frame.kept import KEY, MARK
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import BATCH, ID
from tests.support.console.visits import Visits, a_visitor, csrf

REFER = f"/calon/{ID}/rujukan/baru"
NOTE = "Tolong sediakan asrama putri."


def fields(page: str, path: str) -> dict[str, str]:
    """The hidden fields of the form that goes to this path."""
    form = next(one for one in re.findall(r"<form.*?</form>", page, re.S) if f'action="{path}"' in one)
    return {name: html.unescape(value) for name, value in re.findall(r'name="([^"]+)"[^>]*? value="([^"]*)"', form)}


def signs_in(monkeypatch: pytest.MonkeyPatch, visits: Visits, client: FlaskClient, name: str) -> Any:
    grant = {"access_token": a_visitor("officer", name=name).token}
    provider = visits.app.extensions["console.provider"]
    monkeypatch.setattr(provider, "authorize_access_token", lambda: grant)
    return client.get("/masuk/kembali?code=x&state=y")


@pytest.fixture
def written(visits: Visits, fakes: FakeHouses) -> tuple[FlaskClient, dict[str, str]]:
    """Ana filled in a form, and then the session ended."""
    people.tell(fakes)
    fakes.says("training", "POST /v1/enrolments", people.enrolment(), status=201)
    fakes.says("training", "POST /v1/enrolments/*/letters", people.letter(), status=201)
    ana = visits.as_("officer", name="Ana Petugas")
    form = fields(ana.get(f"{REFER}?angkatan={BATCH}").get_data(as_text=True), REFER)
    visits.memory.rows.clear()
    return ana, {**form, "note": NOTE}


def test_what_was_typed_is_offered_again_and_sent_once(
    visits: Visits, fakes: FakeHouses, written: tuple[FlaskClient, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, form = written
    assert ana.post(REFER, data=form).location == "/masuk"
    assert fakes.of("training", "POST *") == [], "nothing is done for nobody"
    assert signs_in(monkeypatch, visits, ana, "Ana Petugas").location == "/lanjutkan"
    page = ana.get("/lanjutkan").get_data(as_text=True)
    again = fields(page, REFER)
    assert (again["note"], again["batch"], again["once"]) == (NOTE, BATCH, form["once"])
    assert ana.post(REFER, data=again).location == f"/rujukan/{BATCH}"
    assert fakes.of("training", "POST */letters")[0].body["note"] == NOTE
    assert ana.get("/lanjutkan").location == "/", "it is not kept any longer"


def test_the_next_one_at_the_same_computer_never_sees_it(
    visits: Visits, written: tuple[FlaskClient, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, form = written
    ana.post(REFER, data=form)
    assert signs_in(monkeypatch, visits, ana, "Beni Petugas").location == "/"
    assert ana.get("/lanjutkan").location == "/"
    assert NOTE not in ana.get("/").get_data(as_text=True)


def test_it_is_thrown_away_when_its_writer_says_so(
    visits: Visits, fakes: FakeHouses, written: tuple[FlaskClient, dict[str, str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    ana, form = written
    ana.post(REFER, data=form)
    signs_in(monkeypatch, visits, ana, "Ana Petugas")
    assert ana.post("/lanjutkan/buang", data={"csrf_token": csrf(ana)}).location == "/"
    assert ana.get("/lanjutkan").location == "/"
    assert fakes.of("training", "POST *") == []


def test_it_is_sealed_and_stands_in_no_address(visits: Visits, written: tuple[FlaskClient, dict[str, str]]) -> None:
    ana, form = written
    answer = ana.post(REFER, data=form)
    assert NOTE not in str(answer.headers) and "asrama" not in (answer.location or "")
    assert all(NOTE.encode() not in bytes(row["sealed"]) for row in visits.memory.rows.values())


@pytest.mark.parametrize("whose", ["", "x" * 32])
def test_a_form_without_its_writer_s_mark_is_nobody_s(
    visits: Visits, written: tuple[FlaskClient, dict[str, str]], monkeypatch: pytest.MonkeyPatch, whose: str
) -> None:
    ana, form = written
    answer = ana.post(REFER, data={**form, MARK: whose})
    assert answer.status_code == (303 if whose else 400)
    assert signs_in(monkeypatch, visits, ana, "Ana Petugas").location == "/"


def test_a_form_from_elsewhere_is_not_kept(visits: Visits, written: tuple[FlaskClient, dict[str, str]]) -> None:
    """A foreign page cannot send our cookie along (SameSite), so what it posts is refused and leaves nothing."""
    _, form = written
    assert visits.nobody().post(REFER, data=form).status_code == 400
    assert visits.memory.rows == {}


def test_what_is_too_long_is_not_kept(visits: Visits, written: tuple[FlaskClient, dict[str, str]]) -> None:
    ana, form = written
    assert "terkunci" in (ana.post(REFER, data={**form, "note": "x" * 61_000}).location or "")
    assert KEY not in str(visits.memory.rows)


def test_what_was_typed_while_a_house_is_silent_is_sent_again_by_one_button(visits: Visits, fakes: FakeHouses) -> None:
    fakes.silence("placement")
    nobody = visits.nobody()
    typed = {"csrf_token": csrf(nobody, "/laporkan"), "once": "o-1", "kind": "THREATS", "text": 'Rp5 juta "tunai"'}
    answer = nobody.post("/laporkan", data=typed)
    assert answer.status_code == 503 and "Yang Anda ketik mungkin belum tersimpan" in answer.text
    assert answer.headers["Cache-Control"] == "no-store" and "Refresh" not in answer.headers
    again = fields(answer.text, "/laporkan")
    assert {**again, "csrf_token": ""} == {**typed, "csrf_token": ""}
    fakes.silent.clear()
    fakes.says("placement", "POST /v1/concerns", {"id": "L-1"}, status=201)
    assert nobody.post("/laporkan", data=again).status_code == 200
    (sent,) = [one for one in fakes.of("placement", "POST /v1/concerns") if one.body["text"] == typed["text"]][-1:]
    assert sent.headers["idempotency-key"] == "o-1"


def test_a_file_is_chosen_again_because_a_page_cannot_hold_it(visits: Visits, fakes: FakeHouses) -> None:
    fakes.silence("training")
    provider = visits.as_("provider")
    sheet = {"csrf_token": csrf(provider), "once": "1", "file": (io.BytesIO(b"kode;judul"), "musim.csv")}
    answer = provider.post("/unggah", data=sheet)
    assert answer.status_code == 503 and "pilih dan kirim berkas itu sekali lagi" in answer.text
