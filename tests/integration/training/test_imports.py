"""A provider's sheet over a real socket: what it says changes, and nothing else; what nobody reads stops the save."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import httpx
import pytest
import xlsxwriter

from services.training import says
from services.training.hears import hears
from services.training.store import ORDERS
from shared import clock
from shared.events import outbox
from shared.events.hearing import Hearing
from tests.integration.training.conftest import Provider, Training, a_provider
from tests.support.served import told as told_event

Answer = dict[str, Any]
Send = Callable[..., Answer]

TITLES = "Kode kursus;Judul;JP;Moda;Pendanaan;Angkatan;Mulai;Selesai;Kursi"


def day(ahead: int) -> str:
    return f"{clock.today() + timedelta(days=ahead):%d/%m/%Y}"


def a_line(code: str, **cells: str) -> str:
    written = {
        "code": code, "title": "Perawatan lansia", "hours": "200", "mode": "luring", "funding": "APBD",
        "number": "2030-1", "starts": day(60), "ends": day(120), "seats": "16",
    }  # fmt: skip
    return ";".join({**written, **cells}.values())


def a_file(*lines: str, titles: str = TITLES) -> bytes:
    return "\n".join([titles, *lines, ""]).encode()


@pytest.fixture
def key(provider: Provider) -> httpx.Client:
    return provider.key


@pytest.fixture
def send(training: Training, key: httpx.Client) -> Send:
    """Send a file as the provider, let the job run, and answer the report with its rows."""

    def sent(content: bytes, **wanted: Any) -> Answer:
        answer = key.post("/v1/imports", params=wanted, files={"file": ("kursus", content)})
        assert answer.status_code == 202, answer.text
        training.work()
        report: Answer = key.get(answer.headers["Location"]).json()
        report["items"] = key.get(f"{answer.headers['Location']}/rows?limit=100").json()["items"]
        return report

    return sent


def course_of(key: httpx.Client, report: Answer, row: int = 0) -> Answer:
    batch = key.get(f"/v1/batches/{report['items'][row]['target']}").json()
    found: Answer = key.get(f"/v1/courses/{batch['course_id']}").json()
    return found


def test_what_nobody_wrote_is_not_known_and_never_free_or_near(send: Send, key: httpx.Client, code: str) -> None:
    report = send(a_file(a_line(code)), dry_run="false")
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 1})
    course = course_of(key, report)
    assert course["cost_to_trainee"] is None
    codes = {warning["code"] for warning in report["warnings"]}
    assert {"cost_unknown", "place_unknown", "opens_nothing", "not_accredited"} <= codes
    assert report["items"][0]["review_needed"] is True
    assert "200" in report["items"][0]["read"]["id"]


def test_a_heading_that_nobody_reads_stops_the_save_until_it_is_confirmed(send: Send, code: str) -> None:
    content = a_file(a_line(code) + ";merah", titles=f"{TITLES};Warna seragam")
    tried = send(content)
    [unread] = tried["unread"]
    assert (unread["cell"], unread["heading"], unread["filled"], unread["ignored"]) == ("J1", "Warna seragam", 1, False)
    assert (tried["state"], tried["faults"][0]["code"], tried["counts"]) == ("DONE", "column_unread", {"NEW": 1})
    refused = send(content, dry_run="false")
    assert (refused["state"], refused["items"][0]["target"]) == ("REFUSED", None)
    assert send(content, dry_run="false", ignore="Warna seragam")["state"] == "DONE"


def test_headings_as_offices_write_them_are_read(send: Send, key: httpx.Client, code: str) -> None:
    titles = f"{TITLES};Biaya pelatihan (Rp);Lokasi pelatihan"
    report = send(a_file(a_line(code) + ";7.500.000;Maumere", titles=titles), dry_run="false")
    assert (report["unread"], report["counts"]) == ([], {"NEW": 1})
    assert course_of(key, report)["cost_to_trainee"] == {"amount": 7_500_000, "currency": "IDR"}
    batch = key.get(f"/v1/batches/{report['items'][0]['target']}").json()
    assert batch["regency"] == "53.07"


def test_an_empty_or_absent_cell_changes_nothing_and_keeps_the_approval(
    training: Training, send: Send, key: httpx.Client, code: str
) -> None:
    titles = f"{TITLES};Bahasa;Prasyarat;Jenis sertifikat;Biaya peserta;Tempat;Negara tujuan"
    full = ";en | CEFR | A2;umur | 18;COMPLETION;1500000;Ende;MYS"
    first = send(a_file(a_line(code) + full, titles=titles), dry_run="false")
    before = course_of(key, first)
    again = send(a_file(a_line(code)), dry_run="false")
    assert again["counts"] == {"SAME": 1}
    narrow = send(a_file(f"{code};2030-1;20", titles="Kode kursus;Angkatan;Kursi"), dry_run="false")
    [row] = narrow["items"]
    assert (row["outcome"], row["changed"]) == ("CHANGED", ["seats"])
    assert row["changes"] == [
        {
            "field": "seats",
            "label": {"id": "Kursi", "en": "Seats"},
            "from": {"id": "16", "en": "16"},
            "to": {"id": "20", "en": "20"},
        }
    ]
    assert course_of(key, first) == before
    more = send(a_file(a_line(code, seats="20") + ";SGP", titles=f"{TITLES};Negara tujuan"), dry_run="false")
    assert course_of(key, more)["destinations"] == ["MYS", "SGP"]
    empty = send(a_file(f"{code};2030-1;kosongkan", titles="Kode kursus;Angkatan;Prasyarat"), dry_run="false")
    assert empty["items"][0]["changed"] == ["prerequisites"]
    assert course_of(key, first)["prerequisites"] is None


def test_the_filled_template_sent_back_changes_nothing_but_what_is_added(
    training: Training, send: Send, key: httpx.Client, code: str
) -> None:
    titles = (
        f"{TITLES};Bahasa;Prasyarat;Jenis sertifikat;Skema sertifikat;Berlaku (bulan);Biaya peserta;Tempat;Kompetensi"
    )
    full = ';en | CEFR | A2;umur | 18;COMPETENCE;HOUSEKEEPER;36;1500000;Kota Kupang;"merawat lansia; ""cuci, setrika"""'
    send(a_file(a_line(code) + full, titles=titles), dry_run="false")
    template = key.get("/v1/imports/template.xlsx").content
    report = send(template, dry_run="false")
    assert set(report["counts"]) == {"SAME"}, [row for row in report["items"] if row["outcome"] != "SAME"]
    assert report["unread"] == []


def test_rows_that_contradict_each_other_are_refused_together(send: Send, code: str) -> None:
    titles = f"{TITLES};Biaya peserta"
    report = send(
        a_file(a_line(code) + ";100000", a_line(code, number="2030-2") + ";200000", titles=titles), dry_run="false"
    )
    assert (report["state"], report["counts"]) == ("REFUSED", {"BAD": 2})
    assert {(fault["cell"], fault["code"]) for row in report["items"] for fault in row["faults"]} == {
        ("J2", "contradicts_row"), ("J3", "contradicts_row"),
    }  # fmt: skip


def test_rows_of_two_sheets_that_contradict_each_other_name_the_sheet(send: Send, code: str) -> None:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, cost in (("APBD", 100_000), ("APBN", 200_000)):
            page = book.add_worksheet(name)
            page.write_row(0, 0, [*TITLES.split(";"), "Biaya peserta"])
            page.write_row(1, 0, [*a_line(code).split(";"), cost])
    report = send(target.getvalue(), dry_run="false")
    told = {f["cell"]: f["message"]["id"] for row in report["items"] for f in row["faults"]}
    assert "2 (APBN)" in told["APBD!J2"] and "2 (APBD)" in told["APBN!J2"]
    assert any("di baris 2 (APBD)" in message for message in told.values())


def test_a_course_that_needs_a_column_is_told_its_name(send: Send, code: str) -> None:
    report = send(a_file(f"{code};Las;1;{day(60)};{day(90)};16", titles="Kode;Judul;Angkatan;Mulai;Selesai;Kursi"))
    told = {fault["pointer"].rpartition("/")[2]: fault for fault in report["faults"]}
    assert told["lesson_hours"]["message"]["id"].endswith("kolom JP tidak ada.")
    assert '"JP"' in told["lesson_hours"]["fix"]["id"]


def test_an_older_sheet_that_undoes_a_correction_warns_with_both_values(
    send: Send, key: httpx.Client, code: str
) -> None:
    send(a_file(a_line(code)), dry_run="false")
    send(a_file(a_line(code, seats="24")), dry_run="false")
    old = send(a_file(a_line(code)))
    [warning] = [one for one in old["items"][0]["warnings"] if one["code"] == "undoes_correction"]
    assert "24" in warning["message"]["id"] and "16" in warning["message"]["id"]


def test_sheets_totals_titles_and_signatures_are_told_apart_from_data(send: Send, key: httpx.Client, code: str) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for name in ("APBD", "APBN"):
        sheet = book.add_worksheet(name)
        sheet.write(0, 0, f"DAFTAR PELATIHAN {name} TAHUN 2030")
        for place, (above, below) in enumerate(
            [("No", ""), ("Kode", ""), ("Nama Pelatihan", ""), ("JP", ""), ("Metode", ""), ("Sumber Dana", ""),
             ("Angkatan", ""), ("Tanggal", "Mulai"), ("", "Selesai"), ("Kuota", "")]
        ):  # fmt: skip
            sheet.write(2, place, above)
            sheet.write(3, place, below)
        sheet.write_row(4, 0, [str(n) for n in range(1, 11)])
        sheet.merge_range(5, 0, 5, 9, "A. Kejuruan Perawatan")
        row = [
            1,
            f"{code}-{name}",
            "Perawatan lansia",
            "200 JP",
            "tatap muka",
            name,
            "1",
            day(60),
            day(120),
            "16 orang",
        ]
        sheet.write_row(6, 0, row)
        sheet.write(7, 2, "Jumlah")
        sheet.write(7, 9, 16)
        sheet.write(9, 7, "Kupang, 3 Januari 2030")
        sheet.write(10, 7, "Kepala BLK")
        sheet.write(12, 7, "Drs. Yohanes")
    book.add_worksheet("Catatan rapat").write(0, 0, "Rapat pertama")
    book.close()
    report = send(target.getvalue(), dry_run="false")
    assert (report["state"], report["counts"]) == ("DONE", {"NEW": 2, "SKIPPED": 12}), report["faults"]
    assert [(one["name"], one["read"], one["why"]) for one in report["sheets"]] == [
        ("APBD", True, None), ("APBN", True, None), ("Catatan rapat", False, "no_header"),
    ]  # fmt: skip
    codes = [row["code"] for row in report["skipped"][:6]]
    assert codes == ["row_numbering", "row_title", "row_total", "row_signature", "row_signature", "row_signature"]
    assert {row["sheet"] for row in report["items"]} == {"APBD", "APBN"}


def test_the_file_comes_back_with_its_faults_and_the_mended_copy_can_be_sent(
    send: Send, key: httpx.Client, code: str
) -> None:
    report = send(a_file(a_line(code, ends=day(30)), a_line(code, number="x", seats="enam")))
    assert report["counts"] == {"BAD": 2}
    faults = {fault["cell"]: fault for fault in report["faults"]}
    assert faults["H2"]["message"]["id"].startswith("Sel H2: ")
    answer = key.get(report["annotated"])
    assert answer.status_code == 200
    again = send(answer.content)
    assert again["counts"] == {"BAD": 2} and again["unread"] == []
    fine = send(a_file(a_line(code)))
    assert fine["annotated"] is None


def test_a_status_that_follows_from_seats_and_dates_is_not_set(send: Send, code: str) -> None:
    report = send(a_file(a_line(code) + ";Penuh", titles=f"{TITLES};Status"))
    [fault] = report["items"][0]["faults"]
    assert (fault["cell"], fault["code"]) == ("J2", "status_follows")


def test_what_the_province_hears_of_an_unknown_price_is_null(training: Training, send: Send, code: str) -> None:
    send(a_file(a_line(code)), dry_run="false")
    waiting = [event for event in outbox.waiting(training.database) if event.topic == says.COURSES]
    told = [event for event in waiting if event.data and event.data["code"] == code]
    assert told[-1].data is not None and told[-1].data["cost_to_trainee"] is None


@pytest.fixture
def code() -> str:
    return f"K-{date.today():%d}-{next(_NUMBERS)}"


_NUMBERS = iter(range(1, 10_000))


def test_a_course_that_no_open_order_asks_for_is_told_so_at_upload(training: Training, send: Send, code: str) -> None:
    titles = f"{TITLES};Jabatan;Skema;Jenis sertifikat"
    lines = [
        a_line(f"{code}-{scheme}") + f";{isco};{scheme};kompetensi"
        for isco, scheme in (("7212", "OWN_1"), ("5322", "OWN_2"))
    ]

    def told() -> list[list[str]]:
        codes = {"no_order_asks", "scheme_not_listed"}
        rows = send(a_file(*lines, titles=titles))["items"]
        return [sorted(one["code"] for one in row["warnings"] if one["code"] in codes) for row in rows]

    def order(number: int, isco: str, scheme: str, ahead: int) -> None:
        closes_on = (clock.today() + timedelta(days=ahead)).isoformat()
        id = str(UUID(int=number))
        data: Answer = {
            "id": id, "version": 1, "isco08": isco, "title_scheme": scheme, "status": "OPEN",
            "closes_on": closes_on, "requirements": {"all": []},
        }  # fmt: skip
        Hearing(training.database, hears(training.rooms)).apply([told_event("placement.job-orders.v1", id, 1, data)])

    assert told() == [["scheme_not_listed"], ["scheme_not_listed"]], "without any order nobody can know"
    order(1, "7212", "CLOSED_1", -1)
    assert told() == [["scheme_not_listed"], ["scheme_not_listed"]], "an order that is over asks for nothing"
    order(2, "5322", "OWN_2", 30)
    assert told() == [["no_order_asks", "scheme_not_listed"], []]
    training.database.collection(ORDERS).delete_many({})


def test_an_import_is_found_again_by_whose_it_is_alone(training: Training, send: Send, key: httpx.Client) -> None:
    first, second = send(a_file(a_line("LIST-1"))), send(a_file(a_line("LIST-2")), dry_run="false")
    found = key.get("/v1/imports").json()["items"]
    assert [one["id"] for one in found[:2]] == [second["id"], first["id"]]
    assert (found[0]["state"], found[0]["dry_run"], found[0]["counts"]) == ("DONE", False, {"NEW": 1})
    assert "LIST-2" not in str(found) and "by" not in found[0]
    page = key.get("/v1/imports", params={"limit": 1}).json()
    again = key.get("/v1/imports", params={"limit": 1, "after": page["next"]}).json()
    assert [page["items"][0]["id"], again["items"][0]["id"]] == [second["id"], first["id"]]
    assert a_provider(training).key.get("/v1/imports").json()["items"] == []
    assert training.with_credential(None).get("/v1/imports").status_code == 401
    operator = training.as_("operator", name="Oka Operator")
    assert operator.get("/v1/imports").status_code == 403
    work = operator.get("/v1/operations/work").json()
    assert work["rebuilding"] is False and work["imports"][0]["id"] == second["id"]
    assert not {"by", "head", "file", "provider_id"} & set(work["imports"][0])
    assert key.get("/v1/operations/work").status_code == 403
    doubts = operator.get("/v1/operations/quality").json()["items"]
    assert [one["code"] for one in doubts][:2] == ["COURSE_WITHOUT_BATCH", "COURSE_WAITS"]
    assert all(one["number"] >= len(one["examples"]) for one in doubts) and "LIST-2" not in str(doubts[1])
    assert key.get("/v1/operations/quality").status_code == 403


def test_a_sheet_under_way_of_a_provider_that_is_no_longer_active_saves_nothing(training: Training, code: str) -> None:
    """Its key does nothing any more, and neither does a file that waits; the same file goes in once it is active."""
    shut = a_provider(training)
    path = f"/v1/providers/{shut.id}"

    def turn(active: bool) -> None:
        tag = {"If-Match": f'"{shut.reviewer.get(path).json()["version"]}"'}
        assert shut.reviewer.patch(path, json={"active": active}, headers=tag).status_code == 200

    def sent() -> str:
        answer = shut.key.post(
            "/v1/imports", params={"dry_run": "false"}, files={"file": ("kursus", a_file(a_line(code)))}
        )
        assert answer.status_code == 202, answer.text
        return str(answer.headers["Location"])

    waiting = sent()
    turn(False)
    training.work()
    report = shut.reviewer.get(waiting).json()
    assert (report["state"], report["counts"]) == ("REFUSED", {"BAD": 1})
    assert {fault["code"] for fault in report["faults"]} == {"organisation_inactive"}
    assert list(training.database.collection("courses").find({"provider_id": shut.id})) == []
    turn(True)
    again = sent()
    training.work()
    assert shut.key.get(again).json()["counts"] == {"NEW": 1}


@pytest.mark.parametrize(
    ("days", "seats", "cell", "fault"),
    [
        ((60, 60), "16", "H2", "hours_do_not_fit"),
        ((-30, -1), "16", None, "batch_has_people"),
        ((60, 120), "0", "I2", None),
    ],
    ids=["squeezed", "past", "no seats"],
)
def test_a_sheet_moves_no_batch_with_people_where_a_form_would_not(
    training: Training,
    send: Send,
    key: httpx.Client,
    code: str,
    days: tuple[int, int],
    seats: str,
    cell: str | None,
    fault: str | None,
) -> None:
    cells = {"starts": day(days[0]), "ends": day(days[1]), "seats": seats}
    report = send(a_file(a_line(code)), dry_run="false")
    before = key.get(f"/v1/batches/{report['items'][0]['target']}").json()
    training.database.collection("batches").update_one({"_id": before["id"]}, {"$set": {"taken": 1}})
    for dry_run in ("true", "false"):
        refused = send(a_file(a_line(code, **cells)), dry_run=dry_run, only_good="true")
        assert refused["counts"] == {"BAD": 1}, refused
        (found,) = refused["items"][0]["faults"]
        assert fault in (None, found["code"]) and cell in (None, found["cell"]), found
    after = key.get(f"/v1/batches/{before['id']}").json()
    assert [after[name] for name in ("starts", "ends", "seats")] == [
        before[name] for name in ("starts", "ends", "seats")
    ]
