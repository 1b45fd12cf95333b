"""The import door: try it out first, save only on a second word, and the same file twice changes nothing."""

import io
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from services.registry.actions.imports import job
from services.registry.actions.imports.door import KIND
from shared.imports import job as imports_job
from tests.integration.registry.conftest import Registry

Person = Callable[..., dict[str, Any]]

TITLES = "Nama lengkap;NIK;Tanggal lahir;Jenis kelamin;Kabupaten/kota;Pendidikan;Keterampilan;Negara tujuan;Persetujuan"


def a_line(person: dict[str, Any], **cells: str) -> str:
    written = {
        "name": person["full_name"],
        "nik": person["nik"],
        "born": "04/04/2001",
        "sex": "P",
        "home": "Flores Timur",
        "school": "SLTP",
        "skills": '"jaga oma | HOME | 36; masak | HOME"',
        "goes_to": "Malaysia",
        "consent": "MATCHING | WRITTEN",
    }
    return ";".join({**written, **cells}.values())


def a_file(*lines: str) -> bytes:
    return "\n".join([TITLES, *lines, ""]).encode()


@pytest.fixture
def send(registry: Registry, officer: httpx.Client) -> Callable[..., dict[str, Any]]:
    """Send a file, let the job run, and answer the report."""

    def sent(content: bytes, **wanted: str) -> dict[str, Any]:
        answer = officer.post("/v1/imports", params=wanted, files={"file": ("calon.csv", content)})
        assert answer.status_code == 202, answer.text
        assert answer.json()["state"] == "QUEUED"
        assert answer.headers["Retry-After"] == "1"
        assert officer.get(answer.headers["Location"]).headers["Retry-After"] == "1"
        registry.work()
        report: dict[str, Any] = officer.get(answer.headers["Location"]).json()
        return report

    return sent


def rows(officer: httpx.Client, report: dict[str, Any], **args: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = officer.get(f"/v1/imports/{report['id']}/rows", params=args).json()["items"]
    return found


def test_trying_a_file_out_saves_nobody(registry: Registry, send: Callable[..., Any], a_person: Person) -> None:
    before = registry.database.collection("candidates").count_documents({})
    report = send(a_file(a_line(a_person()), a_line(a_person(), home="Mars")))
    assert (report["state"], report["dry_run"], report["counts"]) == ("DONE", True, {"NEW": 1, "BAD": 1})
    [fault] = report["faults"]
    assert (fault["cell"], fault["code"]) == ("E3", "unknown_regency")
    assert registry.database.collection("candidates").count_documents({}) == before


def test_a_file_with_a_bad_row_saves_nothing_unless_only_the_good_are_wanted(
    registry: Registry, officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    content = a_file(a_line(a_person()), a_line(a_person(), school="universitas"))
    before = registry.database.collection("candidates").count_documents({})
    refused = send(content, dry_run="false")
    assert (refused["state"], refused["counts"]) == ("REFUSED", {"NEW": 1, "BAD": 1})
    assert registry.database.collection("candidates").count_documents({}) == before
    saved = send(content, dry_run="false", only_good="true")
    assert (saved["state"], saved["counts"]) == ("DONE", {"NEW": 1, "BAD": 1})
    [good] = rows(officer, saved, outcome="NEW")
    page = officer.get(f"/v1/candidates/{good['candidate_id']}").json()
    assert (page["regency"], page["education"]["level"], page["sex"]) == ("53.06", "SMP", "F")
    assert page["skills"][0]["codes"][0]["code"] == "CARE_ELDERLY"
    assert page["wishes"]["destinations"] == ["MYS"]
    assert page["consent"] == "GIVEN"
    [event] = registry.said(page["id"])
    assert event.type == "registry.candidate.registered"
    assert event.trace is not None


def test_the_same_file_twice_changes_nothing(registry: Registry, send: Callable[..., Any], a_person: Person) -> None:
    content = a_file(*(a_line(a_person()) for _ in range(3)))
    assert send(content, dry_run="false")["counts"] == {"NEW": 3}
    waiting = registry.database.collection("outbox").count_documents({})
    assert send(content, dry_run="false")["counts"] == {"SAME": 3}
    assert registry.database.collection("outbox").count_documents({}) == waiting


def test_a_changed_cell_changes_that_field_and_an_empty_one_nothing(
    officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    person = a_person()
    send(a_file(a_line(person)), dry_run="false")
    report = send(a_file(a_line(person, school="SMA", goes_to="", skills="", consent="")), dry_run="false")
    assert report["counts"] == {"CHANGED": 1}
    [row] = rows(officer, report)
    assert row["changed"] == ["education"]
    page = officer.get(f"/v1/candidates/{row['candidate_id']}").json()
    assert (page["version"], page["wishes"]["destinations"], len(page["skills"])) == (2, ["MYS"], 2)


def test_an_old_sheet_does_not_give_back_a_consent_that_was_taken(
    officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    person = a_person()
    report = send(a_file(a_line(person)), dry_run="false")
    path = f"/v1/candidates/{rows(officer, report)[0]['candidate_id']}"
    officer.delete(f"{path}/consents/MATCHING", headers={"If-Match": '"1"'})
    again = send(a_file(a_line(person)), dry_run="false")
    assert again["counts"] == {"SAME": 1}
    assert officer.get(path).json()["consent"] == "WITHDRAWN"
    assert [one["code"] for one in rows(officer, again)[0]["warnings"]] == ["consent_stays_withdrawn"]


def test_rows_are_judged_against_each_other_and_against_who_is_registered(
    officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    known, person = a_person(), a_person()
    officer.post("/v1/candidates", json=known)
    report = send(
        a_file(
            a_line(person),
            a_line(person),
            a_line({**person, "nik": ""}),
            a_line({**known, "nik": a_person()["nik"]}),
            a_line({**a_person(), "nik": ""}, born=""),
        )
    )
    assert report["counts"] == {"NEW": 1, "BAD": 4}
    codes = [fault["code"] for row in rows(officer, report) for fault in row["faults"]]
    assert codes == ["repeated_in_file", "repeated_in_file", "possible_duplicate", "not_recognisable"]


def test_a_confirmed_person_is_recognised_when_the_sheet_comes_again(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    known = a_person()
    officer.post("/v1/candidates", json=known)
    titles = f"{TITLES};Orang baru"
    content = "\n".join([titles, a_line({**known, "nik": a_person()["nik"]}, new="ya"), ""]).encode()
    counts = []
    for _ in range(2):
        sent = officer.post("/v1/imports", params={"dry_run": "false"}, files={"file": ("calon.csv", content)})
        registry.work()
        counts.append(officer.get(sent.headers["Location"]).json()["counts"])
    assert counts == [{"NEW": 1}, {"SAME": 1}]


def test_a_number_that_a_spreadsheet_rounded_is_refused_by_its_cell(
    officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    import xlsxwriter

    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("Calon")
    sheet.write_row(0, 0, ["Nama lengkap", "NIK", "Tanggal lahir", "Kabupaten/kota"])
    sheet.write_row(1, 0, ["Ana Kolo", 5306044404010003, "04/04/2001", "53.06"])
    book.close()
    report = send(target.getvalue())
    [fault] = report["faults"]
    assert (fault["cell"], fault["code"]) == ("B2", "number_instead_of_text")
    assert "5306" not in str(report["faults"])


def test_the_template_can_be_filled_in_and_sent_back(officer: httpx.Client) -> None:
    template = officer.get("/v1/imports/template.xlsx")
    assert template.headers["Content-Disposition"] == 'attachment; filename="calon.xlsx"'
    answer = officer.post("/v1/imports", files={"file": ("calon.xlsx", template.content)})
    assert (answer.status_code, answer.json()["code"]) == (422, "no_rows")


def test_a_job_that_was_cut_off_goes_on_where_it_stopped(
    registry: Registry,
    officer: httpx.Client,
    a_person: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = a_file(*(a_line(a_person()) for _ in range(5)))
    answer = officer.post("/v1/imports", params={"dry_run": "false"}, files={"file": ("calon.csv", content)})
    real = job.save
    seen: list[Any] = []

    def fail_in_the_second_group(*args: Any, **more: Any) -> Any:
        seen.append(args)
        if len(seen) == 4:
            raise KeyboardInterrupt
        return real(*args, **more)

    monkeypatch.setattr(job, "save", fail_in_the_second_group)
    monkeypatch.setattr(imports_job, "GROUP", 2)
    with pytest.raises(KeyboardInterrupt):
        registry.work()
    assert registry.database.collection("candidates").count_documents({"origin.import": answer.json()["id"]}) == 2
    monkeypatch.undo()
    registry.database.collection("jobs").update_many({"kind": KIND}, {"$set": {"held": False}})
    registry.work()
    report = officer.get(answer.headers["Location"]).json()
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 5})
    ids = [row["candidate_id"] for row in rows(officer, report)]
    assert len(set(ids)) == 5
    assert registry.database.collection("candidates").count_documents({"origin.import": report["id"]}) == 5


def test_the_file_is_sealed_while_it_waits_and_gone_afterwards(
    registry: Registry, officer: httpx.Client, a_person: Person
) -> None:
    person = a_person()
    answer = officer.post("/v1/imports", files={"file": ("calon.csv", a_file(a_line(person)))})
    mine = {"import_id": answer.json()["id"]}
    [waiting] = registry.database.collection("import_files").find(mine)
    assert person["nik"].encode() not in waiting["sealed"]
    registry.work()
    assert registry.database.collection("import_files").count_documents(mine) == 0
    [row] = registry.database.collection("import_rows").find(mine)
    assert person["full_name"] not in str(row) and person["full_name"].encode() not in row["told"]


def test_an_erased_person_is_gone_from_the_reports_too(
    registry: Registry, officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    report = send(a_file(a_line(a_person())), dry_run="false")
    [row] = rows(officer, report)
    officer.delete(f"/v1/candidates/{row['candidate_id']}", headers={"If-Match": '"1"'})
    assert rows(officer, report) == []


def test_only_who_may_write_people_sends_sheets(registry: Registry, a_person: Person) -> None:
    with registry.as_("reviewer") as reviewer:
        answer = reviewer.post("/v1/imports", files={"file": ("calon.csv", a_file(a_line(a_person())))})
        assert answer.status_code == 403
        assert reviewer.get("/v1/imports/template.xlsx").status_code == 403


def test_a_scheme_that_is_on_no_list_is_kept_and_the_sender_told(
    registry: Registry, officer: httpx.Client, send: Callable[..., Any], a_person: Person
) -> None:
    person = a_person(certificates=[{"kind": "COMPETENCE", "scheme": "AQUA_FARMING_1"}])
    made = officer.post("/v1/candidates", json=person).json()
    assert [(one["code"], one["pointer"]) for one in made["notices"]] == [("not_listed", "/certificates/0/scheme")]
    assert made["certificates"][0]["scheme"] == "AQUA_FARMING_1"
    [event] = registry.said(made["id"])
    assert event.data is not None
    assert event.data["certificates"][0]["scheme"] is None

    titles = f"{TITLES};Sertifikat;Jurusan"
    lines = [
        a_line(a_person()) + cells for cells in (";COMPETENCE | AQUA_FARMING_1 | |;", ";;NURSING", ";;ILMU_PERIKANAN_X")
    ]
    report = send("\n".join([titles, *lines, ""]).encode())
    assert report["counts"] == {"NEW": 3}
    assert [(one["code"], one["cell"]) for one in report["warnings"]] == [("not_listed", "J2"), ("not_listed", "K4")]
