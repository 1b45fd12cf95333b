"""The province's plan of places, sent as a sheet, and the seats that stand against it, for everybody."""

from typing import Any

import httpx
import pytest

from tests.integration.training.conftest import Provider, Training, day


@pytest.fixture(scope="module")
def manager(training: Training) -> httpx.Client:
    return training.as_("manager", name="Maya Pengelola")


def send(client: httpx.Client, text: str, **form: Any) -> httpx.Response:
    return client.post("/v1/targets", files={"file": ("target.csv", text.encode(), "text/csv")}, data=form)


def supply(training: Training) -> dict[tuple[str, str], dict[str, Any]]:
    with training.with_credential(None) as nobody:
        found = nobody.get("/v1/supply")
        assert found.status_code == 200, found.text
        return {(row["regency"], row["month"]): row for row in found.json()["items"]}


def test_a_sheet_sets_the_places_that_it_names_and_no_others(training: Training, manager: httpx.Client) -> None:
    month, other = day(20)[:7], day(60)[:7]
    first = send(manager, f"Kabupaten;Bulan;Kursi\nEnde;{month};48\nFlores Timur;{month};16\n")
    assert (first.status_code, first.json()["changed"]) == (200, 2), first.text
    again = send(manager, f"kab/kota;periode;target\nEnde;{month};48\nEnde;{other};32\n")
    assert (again.json()["rows"], again.json()["changed"]) == (2, 1)
    found = supply(training)
    assert found["53.08", month]["target"] == 48
    assert found["53.08", other]["target"] == 32
    assert found["53.06", month]["target"] == 16


def test_one_bad_cell_and_nothing_is_saved(training: Training, manager: httpx.Client) -> None:
    month = day(20)[:7]
    before = supply(training)
    sheet = f"Kabupaten;Bulan;Kursi\nSikka;{month};9\nKupang;{month};5\nSikka;kapan;5\nSikka;{month};-3\n"
    refused = send(manager, sheet)
    assert refused.status_code == 422
    assert [(one["cell"], bool(one["fix"])) for one in refused.json()["errors"]] == [
        ("A3", True), ("B4", True), ("C5", True),
    ]  # fmt: skip
    assert send(manager, f"Kabupaten;Bulan;Kursi\nSikka;{month};kosongkan\n").status_code == 422
    twice = send(manager, f"Kabupaten;Bulan;Kursi\nSikka;{month};1\nSikka;{month};2\n")
    assert [one["code"] for one in twice.json()["errors"]] == ["twice"]
    assert supply(training) == before


def test_a_column_that_nobody_reads_stops_the_sheet_until_it_is_named(manager: httpx.Client) -> None:
    sheet = f"Kabupaten;Bulan;Kursi;Catatan\nSikka;{day(20)[:7]};9;segera\n"
    refused = send(manager, sheet)
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (422, "column_unread")
    assert send(manager, sheet, ignore="Catatan").status_code == 200
    unheaded = sheet.replace(";Catatan", "")
    assert send(manager, unheaded).json()["errors"][0]["cell"] == "D1"
    assert send(manager, unheaded, ignore="D1").status_code == 200


@pytest.mark.parametrize("rows", [f"Sikka;1;{'x' * 150_000}\n" * 3, "Sikka;1;x\n" * 4_000], ids=["letters", "cells"])
def test_what_is_too_large_to_be_judged_at_once_is_refused_with_its_bounds(manager: httpx.Client, rows: str) -> None:
    refused = send(manager, f"Kabupaten;Kursi;Catatan\n{rows}")
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["code"]) == (422, "too_many_rows")
    assert "10000 sel" in error["message"] and "400000 huruf" in error["message"]


def test_seats_of_approved_batches_stand_against_it(training: Training, provider: Provider) -> None:
    course = provider.a_course()
    month = day(200)[:7]
    before = supply(training).get(("53.08", month), {"seats": 0, "planned": 0})
    for changes in ({}, {"status": "PLANNED"}, {"regency": "53.06"}):
        provider.a_batch(course, starts=day(200), ends=day(230), closes=None, **{"seats": 16, **changes})
    provider.a_batch(provider.a_course(approved=False), starts=day(200), ends=day(230), closes=None)
    found = supply(training)["53.08", month]
    assert (found["seats"], found["planned"]) == (before["seats"] + 16, before["planned"] + 16)


def test_only_the_province_plans(training: Training, provider: Provider) -> None:
    sheet = f"Kabupaten;Bulan;Kursi\nEnde;{day(20)[:7]};1\n"
    assert send(provider.key, sheet).status_code == 403
    with training.with_credential(None) as nobody:
        assert send(nobody, sheet).status_code == 401
