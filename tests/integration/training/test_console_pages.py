"""The provider's pages on the real training house: a sheet from the first try to what is published, and a referral."""

import io
import re
from typing import Any

import httpx
import pytest
from flask.testing import FlaskClient

from services.console.pages.unggah import kirim
from shared.ids import new as new_id
from tests.integration.training.conftest import Provider, Training
from tests.integration.training.test_imports import TITLES, a_file, a_line
from tests.support.console.real_house import a_browser
from tests.support.console.visits import csrf


@pytest.fixture(scope="module")
def pages(training: Training, provider: Provider) -> FlaskClient:
    """A browser of somebody of the provider."""
    return a_browser("training", training.url, "provider", provider.key, organisation=provider.id)


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kirim, "PATIENCE_SECONDS", 0.0)


def press(pages: FlaskClient, path: str, **data: Any) -> str:
    """Send a form; the address to which it leads."""
    answer = pages.post(path, data={"csrf_token": csrf(pages), "once": new_id(), **data})
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return str(answer.location)


def text_of(pages: FlaskClient, path: str) -> str:
    answer = pages.get(path)
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_data(as_text=True)


def test_a_sheet_with_an_error_is_tried_read_and_its_good_rows_published(
    pages: FlaskClient, training: Training, provider: Provider
) -> None:
    lines = [f"{a_line('KONSOL-A')};Ibu X", f"{a_line('KONSOL-B', seats='banyak')};Ibu Y"]
    content = a_file(*lines, titles=f"{TITLES};Instruktur")
    report = press(pages, "/unggah", file=(io.BytesIO(content), "sheet.csv"))
    assert "memuat ulang sendiri" in text_of(pages, report)
    training.work()
    text = text_of(pages, report)
    assert "Terbitkan 1 baris yang baik" in text
    assert "I3" in text
    assert "KONSOL-A" not in text_of(pages, "/kursus")
    assert pages.get(f"{report}/perbaikan.xlsx").get_data()[:2] == b"PK"
    column = re.search(r'name="ignore"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="ignore"', text)
    assert column
    again = (io.BytesIO(content), "sheet.csv")
    published = press(pages, f"{report}/terbitkan", file=again, ignore=column[1] or column[2])
    training.work()
    assert "1 baris terbit" in text_of(pages, published)
    own = text_of(pages, "/kursus")
    assert "KONSOL-A" in own
    assert "KONSOL-B" not in own
    assert "menunggu ditinjau" in own


def test_the_template_is_the_houses_own(pages: FlaskClient, provider: Provider) -> None:
    assert pages.get("/unggah/kursus.xlsx").get_data()[:2] == b"PK"


def test_a_referral_is_answered_when_the_law_has_spoken(
    pages: FlaskClient, training: Training, provider: Provider, officer: httpx.Client
) -> None:
    batch = provider.a_batch(provider.a_course(code="KONSOL-R"))
    person = new_id()
    training.hear_of(person)
    made = officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]})
    path = f"/rujukan-masuk/{made.json()['id']}"
    assert path in text_of(pages, "/rujukan-masuk")
    assert "Terima rujukan ini" not in text_of(pages, path)
    training.judge(made.json()["id"])
    assert "Terima rujukan ini" in text_of(pages, path)
    press(pages, f"{path}/langkah/SELECTED")
    assert path not in text_of(pages, "/rujukan-masuk")
    assert path in text_of(pages, f"/angkatan/{batch['id']}")
    press(pages, f"{path}/tolak", drop_reason="NO_SHOW")
    assert "tidak datang" in text_of(pages, path)


def test_a_reviewer_finds_the_course_that_waits_and_approves_what_was_read(
    training: Training, provider: Provider
) -> None:
    course = provider.a_course(code="KONSOL-T", approved=False)
    reviewer = a_browser("training", training.url, "reviewer", provider.reviewer)
    path = f"/tinjau/kursus/{course['id']}"
    assert path in text_of(reviewer, "/tinjau")
    assert "Setujui kursus ini" in text_of(reviewer, path)
    press(reviewer, f"{path}/setujui", version=str(course["version"]))
    assert "disetujui" in text_of(reviewer, path)
    assert path not in text_of(reviewer, "/tinjau")
    stale = reviewer.post(
        f"{path}/tolak",
        data={"csrf_token": csrf(reviewer), "version": str(course["version"]), "reason": "OTHER"},
    )
    assert stale.status_code == 409
