"""What a form refuses is refused in a sheet and in an item of a list: classes, people, orders, companies, laws."""

import uuid
from typing import Any

import httpx
import pytest

from deploy.demo.visitors import Answer, Visitor, until
from tests.deep.site import FEE, Site, code_of, in_class, patched
from tests.e2e.world import HOURS, a_candidate, an_offer, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]


SHEET = (
    "Kode kursus;Judul;Program;Jabatan;Jenis sertifikat;Skema sertifikat;JP;Jam untuk;Moda;Pendanaan;Biaya peserta;"
    "Angkatan;Mulai;Selesai;Tutup daftar;Tempat;Kursi"
)
PEOPLE = "Nama lengkap;NIK;Tanggal lahir;Jenis kelamin;Kabupaten/kota;Pendidikan;Persetujuan"


def a_row(course: Answer, batch: Answer, **cells: str) -> str:
    def said(day: str) -> str:
        return "/".join(reversed(day.split("-")))

    written = {
        "code": course["code"], "title": "Penata laksana rumah tangga", "programme": "PLRT", "isco08": "9111",
        "kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "hours": str(HOURS), "for": f"9111 | {HOURS} | NZL",
        "mode": "luring", "funding": "APBD", "cost": "0", "number": batch["number"], "starts": said(batch["starts"]),
        "ends": said(batch["ends"]), "closes": said(batch["closes"]), "place": "53.06", "seats": "16",
    }  # fmt: skip
    return ";".join({**written, **cells}.values())


def sheet(visitor: Visitor, *rows: str) -> tuple[Answer, list[Answer]]:
    report = visitor.send("kursus.csv", "\n".join([SHEET, *rows, ""]).encode())
    return report, visitor.get(f"/v1/imports/{report['id']}/rows", limit=100)["items"]


def faults(rows: list[Answer]) -> set[str]:
    return {fault["code"] for row in rows for fault in row.get("faults", ())}


@pytest.mark.parametrize(
    ("cells", "refused"),
    [
        ({"ends": (3, )}, "hours_do_not_fit"),
        ({"starts": (-30, ), "ends": (-1, ), "closes": (-30, )}, "batch_has_people"),
        ({"seats": "0"}, None),
    ],
    ids=["squeezed", "past", "no seats"],
)  # fmt: skip
def test_a_sheet_moves_no_batch_with_people_where_a_form_would_not(
    site: Site, cells: dict[str, Any], refused: str | None
) -> None:
    course, batch, enrolment = in_class(site)
    said = {
        name: "/".join(reversed(day(value[0]).split("-"))) if isinstance(value, tuple) else value
        for name, value in cells.items()
    }
    _, rows = sheet(site.world.provider, a_row(course, batch, **said))
    assert rows[0]["outcome"] == "BAD" and (refused is None or refused in faults(rows)), rows
    kept = site.world.provider.get(f"/v1/batches/{batch['id']}")
    assert [kept[name] for name in ("starts", "ends", "seats")] == [batch[name] for name in ("starts", "ends", "seats")]
    done = patched(site.world.provider, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], state="COMPLETED")
    assert code_of(done) == (409, "step_not_possible")


def test_a_sheet_that_rewords_a_course_lets_nobody_in_and_completes_nobody(site: Site) -> None:
    course, batch, enrolment = in_class(site, days=(0, 0), certificate=None, hours_for=[], lesson_hours=8)
    _, rows = sheet(site.world.provider, a_row(course, batch, hours="8", **{"for": "9111 | 8 | NZL"}))
    assert rows[0]["outcome"] in ("CHANGED", "NEW"), rows
    assert site.world.provider.get(f"/v1/courses/{course['id']}")["review"]["state"] == "PENDING"
    path = f"/v1/enrolments/{enrolment['id']}"
    done = patched(site.world.provider, path, enrolment["version"], state="COMPLETED", result="COMPETENT")
    assert code_of(done) == (409, "course_not_approved")
    other = site.registry.post("/v1/candidates", a_candidate())
    wanted = {"candidate_id": other["id"], "batch_id": batch["id"]}
    asked = site.world.officer("training").client.post("/v1/enrolments", json=wanted)
    assert asked.status_code in (409, 422), asked.text


def test_a_sheet_touches_no_course_of_another_provider(site: Site) -> None:
    course, batch, _ = in_class(site)
    _, other = site.world.a_provider()
    sheet(other, a_row(course, batch, title="Diambil alih"))
    kept = site.world.provider.get(f"/v1/courses/{course['id']}")
    assert (kept["title"], kept["version"]) == (course["title"], course["version"])


def test_a_new_course_out_of_a_sheet_opens_nothing_before_the_province_has_looked(site: Site) -> None:
    serial = uuid.uuid4().hex[:6].upper()
    batch = {"number": "S-1", "starts": day(2), "ends": day(20), "closes": day(1)}
    _, rows = sheet(site.world.provider, a_row({"code": f"SHEET-{serial}"}, batch))
    assert rows[0]["outcome"] == "NEW", rows
    made = site.world.provider.get(f"/v1/batches/{rows[0]['target']}")
    person = site.registry.post("/v1/candidates", a_candidate())
    wanted = {"candidate_id": person["id"], "batch_id": made["id"]}
    refused = site.world.officer("training").client.post("/v1/enrolments", json=wanted)
    assert refused.status_code == 409, refused.text


def people_sheet(site: Site, *rows: str) -> list[Answer]:
    report = site.registry.send("calon.csv", "\n".join([PEOPLE, *rows, ""]).encode())
    found: list[Answer] = site.registry.get(f"/v1/imports/{report['id']}/rows", limit=100)["items"]
    return found


def test_a_sheet_that_makes_somebody_a_child_stops_what_they_signed(site: Site) -> None:
    person = site.somebody()
    _, order = site.world.an_order()
    application = site.under_way(order, "SELECTED", "AGREED", person=person)
    known = site.registry.get(f"/v1/candidates/{person['id']}")
    nik = site.registry.post(f"/v1/candidates/{person['id']}/nik-reveals", {"reason": "Pemeriksaan data"})["nik"]
    born = "/".join(reversed(day(-16 * 365).split("-")))
    rows = people_sheet(site, f"{known['full_name']};{nik};{born};P;Flores Timur;SMP;MATCHING | WRITTEN")
    if rows[0]["outcome"] == "CHANGED":
        assert site.stands(application, "STOPPED")["stopped_at"] == "AGREED"
        assert site.step(application, "DEPARTED").json()["code"] == "unlawful"
    else:
        # Another birth date under the same NIK is asked about: then nothing has changed.
        assert rows[0]["outcome"] == "BAD", rows
        assert site.registry.get(f"/v1/candidates/{person['id']}")["birth_date"] == known["birth_date"]


def test_somebody_out_of_a_sheet_without_consent_applies_for_nothing(site: Site) -> None:
    born = "/".join(reversed(["2000", "04", "04"]))
    serial = f"{uuid.uuid4().int % 10**6:06d}"
    rows = people_sheet(
        site, f"Yosefina Contoh {chr(65 + int(serial) % 26)};9953064404{serial};{born};P;Flores Timur;SMP;"
    )
    assert rows[0]["outcome"] == "NEW", rows
    _, order = site.world.an_order()
    wanted = {"candidate_id": rows[0]["target"], "job_order_id": order["id"]}

    def apply() -> httpx.Response:
        return site.placement.client.post("/v1/applications", json=wanted)

    until(
        lambda: {"code": code_of(apply())[1]},
        lambda one: one["code"] not in ("person_not_known_yet",),
        "placement to hear of the person",
    )
    assert code_of(apply()) == (409, "consent_needed")


def items(visitor: Visitor, kind: str, *rows: Answer) -> list[Answer]:
    wanted = {"kind": kind, "dry_run": "false", "only_good": "true"}
    sent = visitor.client.post("/v1/imports", params=wanted, json=list(rows))
    if not sent.is_success:
        return [{"outcome": "REFUSED", "status": sent.status_code}]
    id = sent.json()["id"]
    until(lambda: visitor.get(f"/v1/imports/{id}"), lambda one: one["state"] in ("DONE", "REFUSED"), "the import")
    found: list[Answer] = visitor.get(f"/v1/imports/{id}/rows", limit=100)["items"]
    return found


def test_a_company_brings_in_neither_its_licence_nor_partners_nor_laws(site: Site) -> None:
    company, order = site.world.an_order()
    licence = {**site.reviewer.get(f"/v1/companies/{order['company']['id']}"), "valid_until": day(3000)}
    told = {name: licence[name] for name in ("sip3mi", "name", "status", "valid_from", "valid_until", "snapshot_on")}
    for kind, row in (("COMPANIES", told), ("FOREIGN_PARTNERS", {"code": "X"}), ("POLICIES", {"code": "X"})):
        rows = items(company, kind, row)
        assert rows[0]["outcome"] in ("REFUSED", "BAD"), (kind, rows)
    assert site.reviewer.get(f"/v1/companies/{order['company']['id']}")["valid_until"] == day(800)


def test_an_item_that_makes_people_pay_stops_whoever_applied(site: Site) -> None:
    company, order = site.world.an_order()
    application = site.under_way(order, "SELECTED")
    sip3mi = site.reviewer.get(f"/v1/companies/{order['company']['id']}")["sip3mi"]
    rows = items(company, "JOB_ORDERS", {**an_offer(), "code": order["code"], "company": sip3mi, "costs": [FEE]})
    assert rows[0]["outcome"] in ("CHANGED", "BAD"), rows
    if rows[0]["outcome"] == "CHANGED":
        refused = site.step(application, "AGREED").json()["code"]
        assert refused in ("job_order_not_verified", "unlawful"), refused
        verify = site.reviewer.patient(
            lambda: site.reviewer.client.post(f"/v1/job-orders/{order['id']}/verify", json={})
        )
        assert code_of(verify)[0] == 409, verify.text


def test_a_law_out_of_a_file_stops_nobody_before_a_second_person_approved_it(site: Site) -> None:
    _, order = site.world.an_order()
    application = site.under_way(order)
    ban = {
        "code": f"BAN-{uuid.uuid4().hex[:8].upper()}", "kind": "BAN",
        "revisions": [{
            "valid_from": day(-1), "valid_to": None,
            "legal_basis": {"instrument": "Contoh", "article": None, "source": "contoh"},
            "confidence": "H", "verified_on": day(-1), "text": {"id": "Ditutup.", "en": "Closed."},
            "content": {"countries": ["NZL"], "employer_type": None, "isco08": None},
        }],
    }  # fmt: skip
    items(site.supervisor, "POLICIES", ban)
    assert site.step(application, "SELECTED").status_code == 200
    assert site.shown(application)["state"] == "SELECTED"
