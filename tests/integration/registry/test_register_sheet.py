"""The register of an office as a sheet: the same sheet sent back changes nothing, and a changed cell only itself."""

import io
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import httpx
import pytest
import python_calamine
import xlsxwriter

from tests.integration.registry.conftest import Registry, new_person
from tests.support.today import day

WHY = {"reason": "rekap bulanan kantor"}


@pytest.fixture(scope="module")
def desk(registry: Registry) -> Iterator[httpx.Client]:
    """An officer of an office in which nobody else works."""
    with registry.with_credential(registry.issuer.mint("officer", "Rosa Lamak", "ALOR")) as client:
        yield client


FULL: dict[str, Any] = {
    "birth_date": "1999-12-31",
    "sex": "M",
    "district": "Teluk Mutiara",
    "village": "Kalabahi; Timur",
    "phone": "+6281234567890",
    "education": {"level": "SMK", "years": 12, "field": "NURSING"},
    "skills": [
        {"text": "merawat nenek", "source": "HOME", "months": 36},
        {"text": "masak, cuci; setrika", "source": "WORK"},
    ],
    "work_history": [{"title": "pelayan toko", "months": 12, "country": "IDN"}],
    "languages": [{"language": "en", "test": "CEFR", "result": "A2", "cefr": "A2"}],
    "certificates": [
        {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "title": "Penata rumah", "valid_until": day(400)},
        {"kind": "COMPLETION", "title": "Kursus masak"},
    ],
    "training_hours": [{"isco08": "9111", "destination": "MYS", "hours": 200}, {"isco08": "5322", "hours": 40}],
    "prior_programmes": [{"kind": "TITP", "field": "CAREGIVING", "finished": True}],
    "wishes": {
        "isco08": ["5322", "9111"],
        "destinations": ["MYS", "HKG"],
        "min_wage": {"amount": 1500.5, "currency": "MYR"},
        "ready_within_days": 180,
        "max_distance_km": 400,
        "boarding_ok": False,
        "available": [{"from": day(1), "until": day(90)}],
    },
}
ODD: list[dict[str, Any]] = [
    {},
    {"nik": None},
    {"birth_date": None, "regency": None, "sex": None},
    {"village": "kosongkan"},
    {"village": "-"},
    {"skills": [{"text": "masak | cuci", "source": "HOME"}], "work_history": []},
    {"skills": [{"code": "CARE_ELDERLY", "source": "HOME"}]},
    {"wishes": {"min_wage": {"amount": 1_500_000, "currency": "IDR"}}},
    {"education": {"level": "NONE"}},
    {"full_name": "Nur’aini “Nona” D'Rosari"},
    {"full_name": "陳美玲"},
]


def sheet_of(desk: httpx.Client, **more: Any) -> bytes:
    answer = desk.post("/v1/candidates:export", json={**WHY, **more})
    assert answer.status_code == 200, answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    return answer.content


def cells_of(content: bytes) -> list[list[Any]]:
    """The first sheet, as somebody sees it."""
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def saved(cells: list[list[Any]]) -> bytes:
    """The same sheet saved by another program."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False})
    page, shape = book.add_worksheet("Lembar1"), book.add_format({"num_format": "dd/mm/yyyy"})
    for number, row in enumerate(cells):
        for place, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(number, place, value, shape)
            elif value != "":
                page.write(number, place, value)
    book.close()
    return target.getvalue()


def sent(registry: Registry, desk: httpx.Client, content: bytes) -> dict[str, Any]:
    answer = desk.post("/v1/imports", params={"dry_run": "false"}, files={"file": ("calon.xlsx", content)})
    assert answer.status_code == 202, answer.text
    registry.work()
    report: dict[str, Any] = desk.get(answer.headers["Location"]).json()
    return report


def test_a_register_sent_back_is_the_same_in_every_row(registry: Registry, desk: httpx.Client) -> None:
    people = [desk.post("/v1/candidates", json=new_person(**more)).json() for more in (FULL, *ODD)]
    twin = {**new_person(), "full_name": people[1]["full_name"], "nik": None, "confirm_new": True}
    people.append(desk.post("/v1/candidates", json=twin).json())
    assert [one.get("errors") for one in people if "id" not in one] == []
    waiting = registry.database.collection("outbox").count_documents({})
    content = sheet_of(desk)
    report = sent(registry, desk, content)
    assert (report["state"], report["counts"]) == ("DONE", {"SAME": len(people)}), report["faults"]
    assert registry.database.collection("outbox").count_documents({}) == waiting
    head, *rows = cells_of(content)
    assert head[0] == "Nomor calon"
    assert "NIK" not in head and "Persetujuan" not in head
    assert [row[0] for row in rows] == [one["number"] for one in people]
    [said] = [row for row in registry.rooms.trail.of([people[0]["id"]]) if row["did"] == "SHEET_MADE"]
    assert said["reason"] == WHY["reason"]


def test_one_changed_cell_changes_that_field_of_that_person(registry: Registry, desk: httpx.Client) -> None:
    made = desk.post("/v1/candidates", json=new_person(**{**FULL, "regency": "53.05"})).json()
    head, *rows = cells_of(sheet_of(desk, regency="53.05"))
    [row] = [row for row in rows if row[0] == made["number"]]
    row[head.index("Telepon")] = "0813 9999 0000"
    report = sent(registry, desk, saved([head, row]))
    assert report["counts"] == {"CHANGED": 1}
    after = desk.get(f"/v1/candidates/{made['id']}").json()
    assert {name for name in after if after[name] != made.get(name)} == {"phone", "version", "updated_at"}


@pytest.mark.parametrize(
    ("number", "code"),
    [("LB-2026-999999", "unknown_number"), ("17", "not_a_number_of_ours"), ("kosongkan", "cannot_be_erased")],
)
def test_a_number_of_nobody_is_refused(registry: Registry, desk: httpx.Client, number: str, code: str) -> None:
    content = f"Nomor calon;Nama lengkap\n{number};Ana Kolo\n".encode()
    assert [fault["code"] for fault in sent(registry, desk, content)["faults"]] == [code]


def test_a_number_under_another_name_changes_nobody(registry: Registry, desk: httpx.Client) -> None:
    made = desk.post("/v1/candidates", json=new_person()).json()
    content = f"Nomor calon;Nama lengkap;Desa\n{made['number']};Orang Lain Sekali;Lewolema\n".encode()
    assert [fault["code"] for fault in sent(registry, desk, content)["faults"]] == ["possible_duplicate"]


def test_a_register_is_given_to_its_own_office_with_a_reason(
    registry: Registry, officer: httpx.Client, desk: httpx.Client, a_person: Callable[..., dict[str, Any]]
) -> None:
    theirs = officer.post("/v1/candidates", json=a_person()).json()
    assert theirs["number"].encode() not in sheet_of(desk)
    numbers = [row[0] for row in cells_of(sheet_of(desk))]
    assert theirs["number"] not in numbers
    assert desk.post("/v1/candidates:export", json={}).status_code == 422
    assert desk.post("/v1/candidates:export", json={"reason": "x"}).status_code == 422
    for role in ("reviewer", "operator"):
        with registry.as_(role) as stranger:
            assert stranger.post("/v1/candidates:export", json=WHY).status_code == 403, role


def test_a_file_that_came_back_with_its_faults_is_mended_and_sent(registry: Registry, desk: httpx.Client) -> None:
    one, other = new_person(), new_person()
    lines = ["Nama lengkap;NIK;Tanggal lahir;Kabupaten/kota"]
    lines += [f"{one['full_name']};{one['nik']};04/04/2001;Mars", f"{other['full_name']};{other['nik']};5/5/1999;Ende"]
    report = sent(registry, desk, "\n".join([*lines, ""]).encode())
    assert (report["state"], report["counts"]) == ("REFUSED", {"BAD": 1, "NEW": 1})
    cells = cells_of(desk.get(report["annotated"]).content)
    assert (cells[0][-1], cells[1][-1] != "", cells[2][-1]) == ("Perbaikan", True, "")
    cells[1][3] = "Alor"
    mended = saved(cells)
    assert sent(registry, desk, mended)["counts"] == {"NEW": 2}
    assert sent(registry, desk, mended)["counts"] == {"SAME": 2}
