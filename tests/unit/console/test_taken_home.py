"""What a person takes home on paper or by phone, where the family and whoever lends the phone read it too."""

import io
import re
from typing import Any

import pypdf
import pytest
from flask.testing import FlaskClient

from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID

HOME = f"/calon/{ID}"
SAID = "Pernah dideportasi dari Malaysia"


def rule(code: str, status: str = "NOT_MET", stage: str = "APPLY", **more: Any) -> dict[str, Any]:
    return {
        "code": code, "status": status, "stage": stage, "text": SAID, "next_action": f"{SAID}.", "who": "PERSON",
        "group": "OTHERS", "legal_basis": {"instrument": "X", "article": "1", "source": "x"}, "version": f"{code}/1",
    } | more  # fmt: skip


def taken_home(ana: FlaskClient, fakes: FakeHouses, answer: dict[str, Any]) -> list[str]:
    """The sentences of the summary, of the page and of the sheet."""
    people.tell(fakes, answer=answer)
    summary = ana.get(f"{HOME}/whatsapp").get_data(as_text=True)
    page = ana.get(f"{HOME}/jalur-saya").get_data(as_text=True)
    paper = ana.get(f"{HOME}/jalur-saya/jalur.pdf")
    texts = [*re.findall(r'<p class="lb-read lb-lines">(.*?)</p>', summary, re.S), page]
    if paper.status_code == 200:
        read = " ".join(one.extract_text() for one in pypdf.PdfReader(io.BytesIO(paper.data)).pages)
        texts.append(" ".join(read.split()))
    return texts


@pytest.mark.parametrize("code", ["FITNESS", "HEALTH_CONDITION", "ENTRY_BAN", "NO_RECORD"])
@pytest.mark.parametrize("state", ["NO_PATH", "ELIGIBLE_NOW", "TRAINING"])
@pytest.mark.parametrize("where", ["checklist", "goal"])
def test_neither_health_nor_past_goes_home(
    ana: FlaskClient, fakes: FakeHouses, code: str, state: str, where: str
) -> None:
    answer = people.advice(state, requirements=[])
    answer["verdict"] |= {"text": f"Belum terbuka. {SAID}.", "goal": None}
    if where == "checklist":
        answer["requirements"] = [rule(code), rule(code, stage="AGREEMENT")]
    else:
        answer["verdict"]["goal"] = {
            "title": "Pemanen sawit", "country": "MYS", "state": "NO_PATH", "exact": True, "blocked_by": [rule(code)],
            "opened_by": [],
        }  # fmt: skip
    texts = taken_home(ana, fakes, answer)
    assert len(texts) == 3
    for text in texts:
        assert SAID not in text and "anyakan ke petugas LTSA" in text, text


def test_what_else_closes_the_wish_is_said(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice(
        "NO_PATH", requirements=[rule("AGE"), rule("FITNESS", "MET"), rule("NO_RECORD", "UNKNOWN", "AGREEMENT")]
    )
    answer["verdict"] |= {"text": "Belum terbuka. Umur di atas 45 tahun.", "goal": None}
    assert all("Umur di atas 45" in text for text in taken_home(ana, fakes, answer))


def test_without_consent_nothing_goes_home(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("CONSENT_NEEDED", pathways=[], requirements=[])
    answer["verdict"]["text"] = "Bacakan persetujuan data dan catat jawabannya dulu."
    (page,) = taken_home(ana, fakes, answer)
    assert "tidak ada lembar" in page and "Bacakan" not in page and "jalur.pdf" not in page
    assert "wa.me" not in ana.get(f"{HOME}/whatsapp").get_data(as_text=True)
    assert ana.get(f"{HOME}/jalur-saya/jalur.pdf").status_code == 404


@pytest.mark.parametrize("paths", [True, False])
def test_the_warning_speaks_of_costs_only_where_some_are_named(
    ana: FlaskClient, fakes: FakeHouses, paths: bool
) -> None:
    fakes.says("training", "GET /v1/enrolments", {"items": [], "next": None})
    answer = people.advice("TRAINING") if paths else people.advice("NO_PATH", pathways=[])
    if not paths:
        answer["verdict"]["goal"] = None
    for text in taken_home(ana, fakes, answer):
        assert ("di luar biaya di atas" in text) is paths, text
        assert ("Jangan bayar apa pun kepada siapa pun" in text) is not paths, text


def test_what_did_not_fit_into_the_summary_is_said_to_be_missing(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice("TRAINING", requirements=[])
    answer["verdict"] |= {"text": "Panjang sekali. " * 25, "goal": None}
    summary, *_ = taken_home(ana, fakes, answer)
    assert "Selanjutnya lihat lembar" in summary and len(summary) <= 600


def test_a_path_to_an_order_that_is_not_listed_names_it_everywhere(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice()
    aim = {"job_order": "f3f5c1a2-0000-4000-8000-000000000001", "title": "Perawat lansia di rumah", "country": "HKG"}
    answer["pathways"] = [
        {**answer["pathways"][0], "unlocks": [aim["job_order"]], "aim": aim, "other_than_asked": "WORK"}
    ]
    answer["verdict"]["goal"] |= {"state": "NO_PATH", "opened_by": []}
    for text in (*taken_home(ana, fakes, answer), ana.get(HOME).get_data(as_text=True)):
        assert "Perawat lansia di rumah, Hong Kong" in text and "pekerjaan lain daripada yang diminta" in text


def test_the_same_work_in_another_country_is_not_called_other_work(ana: FlaskClient, fakes: FakeHouses) -> None:
    answer = people.advice()
    goal = answer["verdict"]["goal"]
    aim = {"job_order": "f3f5c1a2-0000-4000-8000-000000000001", "title": goal["title"], "country": "HKG"}
    answer["pathways"] = [{**answer["pathways"][0], "aim": aim, "other_than_asked": "COUNTRY"}]
    goal |= {"state": "NO_PATH", "opened_by": []}
    for text in taken_home(ana, fakes, answer):
        assert "pekerjaan yang sama di negara lain" in text
