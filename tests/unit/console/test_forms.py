"""What is typed into a form, read as people mean it."""

import re
from datetime import date
from typing import Any

import pytest

from services.console.frame.form_words import SAYS, Plainly, is_general
from services.console.frame.forms import read_day
from services.console.pages.calon import baris
from tests.support.console.visits import Visits, csrf


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("8/12/2026", date(2026, 12, 8)),
        ("8-12-2026", date(2026, 12, 8)),
        (" 8.12.2026 ", date(2026, 12, 8)),
        ("14 April 2002", date(2002, 4, 14)),
        ("1 agustus 1999", date(1999, 8, 1)),
        ("3 Mei 2030", date(2030, 5, 3)),
        ("3 may 2030", date(2030, 5, 3)),
        ("3 Maret 2030", date(2030, 3, 3)),
        ("9 Okt 2026", date(2026, 10, 9)),
        ("31 Dec 2026", date(2026, 12, 31)),
        ("29/2/2028", date(2028, 2, 29)),
        ("29/2/2027", None),
        ("8/13/2026", None),
        ("2026-12-08", None),
        ("8/12/26", None),
        ("8 Foo 2026", None),
        ("0/1/2026", None),
    ],
)
def test_a_day_is_read_day_first_or_not_at_all(typed: str, meant: date | None) -> None:
    assert read_day(typed) == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("jaga oma yang sakit, 6 tahun", [("jaga oma yang sakit", 72)]),
        ("cuci, setrika (18 bulan)", [("cuci, setrika", 18)]),
        ("masak", [("masak", None)]),
        ("  masak \n\n tanam  jagung - 2 thn.", [("masak", None), ("tanam jagung", 24)]),
        ("kerja di pabrik 3 shift", [("kerja di pabrik 3 shift", None)]),
        ("", []),
        (None, []),
    ],
)
def test_a_line_is_words_and_how_long(typed: str | None, meant: list[tuple[str, int | None]]) -> None:
    assert baris.lines(typed) == meant


def test_what_is_shown_again_is_read_as_it_was() -> None:
    rows: list[dict[str, Any]] = [
        {"text": "masak", "months": 24},
        {"text": "jaga oma", "months": 18},
        {"text": "cuci", "months": None},
    ]
    assert [(one["text"], one["months"]) for one in baris.skills(baris.written(rows, "text"), "HOME")] == [
        (one["text"], one["months"]) for one in rows
    ]


@pytest.mark.parametrize("language", ["id", "en"])
def test_a_form_never_speaks_as_its_library_does(visits: Visits, language: str) -> None:
    """Whatever of its built-in sentences a field may say has words of ours; a form with nothing chosen shows them."""
    with visits.app.test_request_context(headers={"Cookie": f"bahasa={language}"}):
        for theirs, ours in SAYS.items():
            names = dict.fromkeys(re.findall(r"%\((\w+)\)", theirs), 3)
            said = str(Plainly().gettext(theirs)) if not names else Plainly().gettext(theirs) % names
            assert said == ours[language == "en"].format(**names)
    client = visits.nobody()
    client.set_cookie("bahasa", language)
    text = client.post("/laporkan", data={"csrf_token": csrf(client, "/laporkan"), "text": "Ada tawaran."}).text
    assert SAYS["Not a valid choice."][language == "en"] in text
    assert "Not a valid" not in text


def test_the_summary_names_the_field_where_its_sentence_could_stand_at_any(visits: Visits) -> None:
    client = visits.as_("village_task_force")
    read = client.post("/desa", data={"csrf_token": csrf(client, "/desa")}).get_data(as_text=True)
    for said in ("Nama lengkap: Isi bagian ini.", "Desa atau kelurahan: Isi bagian ini.", ">Pilih kabupatennya."):
        assert said in read, said
    read = client.post("/laporkan", data={"csrf_token": csrf(client, "/laporkan")}).get_data(as_text=True)
    assert "Apa yang terjadi: Pilih satu dari daftar ini." in read


@pytest.mark.parametrize(("said", "general"), [("Paling banyak 120 huruf.", True), ("Paling banyak kopi.", False)])
def test_a_sentence_with_a_number_in_it_is_known_again(visits: Visits, said: str, general: bool) -> None:
    with visits.app.test_request_context("/"):
        assert is_general(said) is general
