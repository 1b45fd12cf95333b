"""Somebody is erased while something is being written about them: it does not outlive them, whichever was first."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from services.registry.store.candidates import Candidates
from services.registry.store.imports import Imports
from services.registry.store.trail import Trail
from shared.imports import job
from tests.integration.registry.conftest import Registry
from tests.support.pausing import Paused

Person = Callable[..., dict[str, Any]]
WORDS = "Kata Zubal, sponsor menagih utang."
HEADINGS = "full_name;nik;birth_date;regency;Catatan Zubal\n"

NOTES: dict[str, tuple[str, dict[str, str]]] = {
    "a risk note": ("risk-notes", {"text": WORDS, "severity": "WARN"}),
    "the reason of a look at the NIK": ("nik-reveals", {"reason": WORDS}),
}


@pytest.fixture
def person(officer: httpx.Client, a_person: Person) -> dict[str, Any]:
    shown: dict[str, Any] = officer.post("/v1/candidates", json=a_person()).json()
    return shown


def erase(client: httpx.Client, person: dict[str, Any]) -> httpx.Response:
    return client.delete(f"/v1/candidates/{person['id']}", headers={"If-Match": f'"{person["version"]}"'})


def words_kept(registry: Registry) -> list[str]:
    names = registry.database.raw.list_collection_names()
    return [name for name in names for row in registry.database.collection(name).find({}) if "Zubal" in repr(row)]


@pytest.mark.parametrize("what", NOTES)
@pytest.mark.parametrize("written_first", [True, False])
def test_words_about_a_person_who_is_being_erased_do_not_outlive_them(
    registry: Registry,
    supervisor: httpx.Client,
    person: dict[str, Any],
    what: str,
    written_first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path, body = NOTES[what]
    address = f"/v1/candidates/{person['id']}/{path}"
    room, name = (Candidates, "hold") if written_first else (Trail, "forget_reasons")
    first = Paused(getattr(room, name), after=True)
    monkeypatch.setattr(room, name, lambda *args: first(*args))
    with ThreadPoolExecutor(2) as pool:
        if written_first:
            written = pool.submit(supervisor.post, address, json=body)
            first.wait()
            erased = pool.submit(erase, supervisor, person)
        else:
            erased = pool.submit(erase, supervisor, person)
            first.wait()
            written = pool.submit(supervisor.post, address, json=body)
        time.sleep(0.3)
        assert not (erased if written_first else written).done(), "the second of the two collides with the first"
        first.go()
        assert erased.result().status_code == 204, erased.result().text
        assert written.result().status_code == (201 if written_first else 410), written.result().text
    assert words_kept(registry) == []


@pytest.mark.parametrize("reported_first", [True, False])
def test_a_report_that_is_written_at_the_moment_of_an_erasure_does_not_bring_the_person_back(
    registry: Registry,
    officer: httpx.Client,
    a_person: Person,
    reported_first: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    details = a_person()
    person = officer.post("/v1/candidates", json=details).json()
    line = f"{details['full_name']};{details['nik']};{details['birth_date']};{details['regency']};\n"
    sent = officer.post("/v1/imports", params={"dry_run": "false"}, files={"file": (HEADINGS + line).encode()})
    assert sent.status_code == 202, sent.text
    room, name = (Imports, "worth_keeping") if reported_first else (job, "remembered")
    pause = Paused(getattr(room, name), after=True)
    monkeypatch.setattr(room, name, lambda *args, **more: pause(*args, **more))
    with ThreadPoolExecutor(2) as pool:
        worked = pool.submit(registry.work)
        pause.wait()
        erased = pool.submit(erase, officer, person)
        if not reported_first:
            assert erased.result().status_code == 204
        pause.go()
        assert erased.result().status_code == 204
        worked.result()
    report = officer.get(sent.headers["Location"]).json()
    assert (report["state"], report["counts"]) == ("DONE", {"SAME": 1})
    assert list(registry.database.collection("import_rows").find({"target": person["id"]})) == []


def test_a_report_keeps_neither_the_name_of_the_file_nor_unknown_headings(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    details = a_person()
    line = f"{details['full_name']};{details['nik']};{details['birth_date']};{details['regency']};x\n"
    sent = officer.post("/v1/imports", files={"file": ("Maria Zubal.csv", (HEADINGS + line).encode())})
    registry.work()
    report = officer.get(sent.headers["Location"]).json()
    assert (report["state"], report["unknown_columns"]) == ("DONE", ["E1"])
    assert report["file"].keys() == {"kind", "sha256", "bytes"}
    assert words_kept(registry) == []
