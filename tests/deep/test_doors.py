"""Every other door: sheets, links, replays, merges, words of the wrong people. The lawful end is written beforehand.

As visitors send it to running houses. What a form refuses is refused in a sheet, and whoever comes with an old version,
an old key or somebody else's token leaves everything as it stands.
"""

import uuid
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local.stack import Stack
from tests.deep.test_sequences import FEE, GOOD, Site
from tests.e2e.world import HOURS, a_candidate, an_offer, day

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500)]

SHEET = (
    "Kode kursus;Judul;Program;Jabatan;Jenis sertifikat;Skema sertifikat;JP;Jam untuk;Moda;Pendanaan;Biaya peserta;"
    "Angkatan;Mulai;Selesai;Tutup daftar;Tempat;Kursi"
)
TRAINED = {
    "certificates": [{**GOOD, "valid_until": day(900)}],
    "training_hours": [{"isco08": "9111", "destination": "NZL", "hours": HOURS}],
}
ADULT = {"all": [{"kind": "age", "min": 18}]}


@pytest.fixture(scope="module")
def site(stack: Stack, houses: dict[str, str]) -> Site:
    return Site(stack)


@pytest.fixture(scope="module")
def visitors(site: Site) -> Visitors:
    return site.world.visitors


def patched(visitor: Visitor, path: str, version: int, **body: Any) -> httpx.Response:
    return visitor.client.patch(path, json=body, headers={"If-Match": f'"{version}"'})


def recorded(site: Site, person: Answer, *records: Answer) -> None:
    """A supervisor corrects what is on record of deportations and bans."""
    supervisor = site.world.visitors.staff("registry", "supervisor", "Sari Pengawas")
    path = f"/v1/candidates/{person['id']}/specific"
    etag = {"If-Match": supervisor.client.get(path).headers["ETag"]}
    answer = supervisor.client.put(path, json={"records": list(records)}, headers=etag)
    assert answer.is_success, answer.text


def code_of(answer: httpx.Response) -> tuple[int, str]:
    body = answer.json()
    first = (body.get("errors") or [{}])[0].get("code")
    return answer.status_code, first or body.get("code", "")


def in_class(site: Site, *, days: tuple[int, int] = (2, 20), person: Answer | None = None, **course: Any) -> Any:
    """(course, batch, enrolment in state ENROLLED): somebody of age who sits in a batch."""
    world = site.world
    made = world.a_course(**course)
    batch = world.a_batch(made, starts=day(days[0]), ends=day(days[1]), closes=day(min(days[0], 1)))
    person = person or site.registry.post("/v1/candidates", a_candidate())
    wanted = {"candidate_id": person["id"], "batch_id": batch["id"]}
    enrolment = world.officer("training").post("/v1/enrolments", wanted)
    return made, batch, world.moved(enrolment, state="ENROLLED")


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


# --- sheets of providers


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


# --- sheets of offices

PEOPLE = "Nama lengkap;NIK;Tanggal lahir;Jenis kelamin;Kabupaten/kota;Pendidikan;Persetujuan"


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


# --- items of orders, companies, partners and laws


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


# --- words after verification


@pytest.mark.parametrize(
    "words",
    [
        {"employer": {"type": "COMPANY", "household_size": None, "partner": None}},
        {"country": "SGP"},
        {"requirements": {"all": []}},
        {"scheme": "MANDIRI"},
        {"isco08": "9112", "title_scheme": None},
        {"closes_on": day(900)},
    ],
    ids=lambda words: next(iter(words)),
)  # fmt: skip
def test_whatever_a_company_rewords_is_looked_at_again_before_anybody_goes_on(
    site: Site, words: dict[str, Any]
) -> None:
    company, order = site.world.an_order(requirements={"all": [{"kind": "age", "min": 21}]})
    application = site.under_way(order)
    path = f"/v1/job-orders/{order['id']}"
    changed = patched(company, path, company.get(path)["version"], **words)
    if changed.status_code == 200 and changed.json()["verification"] != "VERIFIED":
        assert site.step(application, "SELECTED").json()["code"] in ("job_order_not_verified", "unlawful")
        shown = httpx.get(f"{site.placement.client.base_url}/v1/check", params={"job_order": order["code"]})
        assert shown.status_code == 200 and '"REAL"' not in shown.text
    else:
        assert "closes_on" in words or changed.status_code in (409, 422), changed.text


def test_nobody_but_the_province_verifies_and_nobody_verifies_what_they_never_saw(site: Site) -> None:
    company, order = site.world.an_order()
    path = f"/v1/job-orders/{order['id']}"
    company.patch(path, {"wage": {"amount": 11, "currency": "NZD"}}, version=company.get(path)["version"])
    for visitor in (company, site.placement, site.supervisor):
        assert visitor.client.post(f"{path}/verify", json={}).status_code == 403
    stale = site.reviewer.client.post(f"{path}/verify", json={}, headers={"If-Match": '"1"'})
    assert stale.status_code == 412, stale.text
    assert site.reviewer.get(path)["verification"] != "VERIFIED"


# --- wrong people, old versions, old keys


def test_an_application_is_moved_by_nobody_else_and_never_on_an_old_version(site: Site) -> None:
    _, order = site.world.an_order()
    other_company, _ = site.world.an_order()
    application = site.under_way(order)
    path, version = f"/v1/applications/{application['id']}", site.shown(application)["version"]
    assert patched(other_company, path, version, state="SELECTED").status_code in (403, 404)
    assert patched(site.reviewer, path, version, state="SELECTED").status_code == 403
    assert site.placement.client.patch(path, json={"state": "SELECTED"}).status_code == 428
    assert site.step(application, "SELECTED").status_code == 200
    for state in ("AGREED", "WITHDRAWN"):
        assert patched(site.placement, path, version, state=state).status_code == 412
    assert site.shown(application)["state"] == "SELECTED"
    mine = site.world.visitors.of_organisation("placement", "company", order["company"]["id"])
    for state in ("AGREED", "DEPARTED", "WITHDRAWN"):
        assert patched(mine, path, site.shown(application)["version"], state=state).status_code == 403


@pytest.mark.parametrize("role", ["officer", "reviewer", "company"])
def test_an_answer_for_what_is_unknown_is_a_supervisor_s_alone(site: Site, role: str) -> None:
    person = site.registry.post("/v1/candidates", a_candidate(**TRAINED))
    _, order = site.world.an_order(requirements={"all": [{"kind": "no_record", "record": "DEPORTATION"}]})
    application = site.under_way(order, person=person)
    visitors = {
        "officer": site.placement,
        "reviewer": site.reviewer,
        "company": site.world.visitors.of_organisation("placement", "company", order["company"]["id"]),
    }
    refused = visitors[role].client.post(
        f"/v1/applications/{application['id']}/overrides", json={"rules": ["NO_RECORD"], "reason": "Sudah ditanya"}
    )
    assert refused.status_code == 403
    assert site.step(application, "SELECTED").json()["code"] == "law_unknown"


def test_an_answer_for_one_deportation_is_none_for_the_second(site: Site) -> None:
    once = {"kind": "DEPORTATION", "country": "NZL", "until": None}
    person = site.somebody()
    _, order = site.world.an_order()
    recorded(site, person, once)
    application = site.under_way(order, person=person)
    answer = {"rules": ["ENTRY_BAN"], "reason": "Imigrasi: tidak ada larangan"}

    def missing() -> list[str]:
        rules = (site.shown(application)["judgement"] or {"rules": []})["rules"]
        return [rule["rule"] for rule in rules if not rule["overridden"]]

    for records in ((once,), (once, once)):
        recorded(site, person, *records)
        until(lambda: {"missing": missing()}, lambda one: "ENTRY_BAN" in one["missing"], "the deportation to be judged")
        refused = site.step(application, "SELECTED")
        assert refused.json()["code"] == "law_unknown" and "facts" not in refused.text
        site.supervisor.post(f"/v1/applications/{application['id']}/overrides", answer)
        assert "ENTRY_BAN" not in missing()
    assert site.step(application, "SELECTED").status_code == 200


def test_a_replayed_request_has_no_second_effect_and_none_on_what_the_law_stopped(site: Site) -> None:
    _, order = site.world.an_order()
    person = site.somebody()
    key = {"Idempotency-Key": str(uuid.uuid4())}
    wanted = {"candidate_id": person["id"], "job_order_id": order["id"]}

    def send(body: Answer) -> httpx.Response:
        return site.placement.patient(lambda: site.placement.client.post("/v1/applications", json=body, headers=key))

    first = send(wanted)
    assert first.status_code == 201, first.text
    application = first.json()
    ends = site.law()
    site.stands(application, "STOPPED")
    again = send(wanted)
    assert (again.status_code, again.json()["id"]) == (201, application["id"])
    assert site.shown(application)["state"] == "STOPPED"
    other = send({**wanted, "candidate_id": str(uuid.uuid4())})
    assert other.status_code == 422
    listed = site.placement.get("/v1/applications", candidate=person["id"])["items"]
    assert [one["id"] for one in listed] == [application["id"]]
    ends()
    site.stands(application, "APPLIED")


def test_two_who_reach_for_the_last_slot_and_one_who_signs_without(site: Site) -> None:
    _, order = site.world.an_order(sip2mi={**an_offer()["sip2mi"], "quota": 1})
    people = [site.somebody() for _ in range(2)]
    path = f"/v1/job-orders/{order['id']}/reservations"
    applications = [
        site.placement.post("/v1/applications", {"candidate_id": one["id"], "job_order_id": order["id"]})
        for one in people
    ]
    with ThreadPoolExecutor(2) as pool:
        held = list(pool.map(lambda one: site.placement.client.post(path, json={"candidate_id": one["id"]}), people))
    assert sorted(answer.status_code for answer in held) == [201, 409], [answer.text for answer in held]
    lucky = held[0].status_code != 201
    for application in applications:
        site.step(application, "SELECTED")
    loser = applications[0 if lucky else 1]
    refused = site.step(loser, "AGREED")
    assert refused.status_code == 409, refused.text
    assert site.shown(loser)["state"] != "AGREED"


# --- the same person twice, and gone


def test_whoever_was_erased_goes_nowhere_and_their_slot_is_free(site: Site) -> None:
    _, order = site.world.an_order(sip2mi={**an_offer()["sip2mi"], "quota": 1})
    person = site.somebody()
    application = site.under_way(order, "SELECTED", person=person)
    path = f"/v1/candidates/{person['id']}"
    version = site.registry.get(path)["version"]
    gone = site.registry.client.delete(path, headers={"If-Match": f'"{version}"'})
    assert gone.is_success, gone.text
    until(
        lambda: {"status": site.placement.client.get(f"/v1/applications/{application['id']}").status_code},
        lambda one: one["status"] == 410,
        "placement to forget",
    )
    moved = patched(site.placement, f"/v1/applications/{application['id']}", 99, state="AGREED")
    assert moved.status_code == 410
    other = site.somebody()
    site.placement.post(f"/v1/job-orders/{order['id']}/reservations", {"candidate_id": other["id"]})


def test_a_withdrawn_application_is_over_and_a_new_one_is_judged_anew(site: Site) -> None:
    _, order = site.world.an_order()
    person = site.somebody()
    application = site.under_way(order, "SELECTED", person=person)
    assert site.step(application, "WITHDRAWN").status_code == 200
    assert site.step(application, "SELECTED").json()["code"] == "step_not_possible"
    site.person_says(person, certificates=[])
    again = site.placement.post("/v1/applications", {"candidate_id": person["id"], "job_order_id": order["id"]})
    assert again["id"] != application["id"]
    site.stands(again, "STOPPED")
    assert site.step(again, "SELECTED").json()["code"] == "unlawful"


def test_twins_with_one_name_are_two_people_and_each_is_judged_alone(site: Site) -> None:
    _, order = site.world.an_order()
    one = site.somebody()
    told = {name: value for name, value in a_candidate().items() if name != "nik"}
    known = site.registry.get(f"/v1/candidates/{one['id']}")
    twin = site.registry.post(
        "/v1/candidates", {**told, "full_name": known["full_name"], "nik": a_candidate()["nik"], "records": []}
    )
    first = site.under_way(order, "SELECTED", person=one)
    second = site.placement.post("/v1/applications", {"candidate_id": twin["id"], "job_order_id": order["id"]})
    site.stands(second, "STOPPED")
    assert site.step(second, "SELECTED").json()["code"] == "unlawful"
    assert site.shown(first)["state"] == "SELECTED"


# --- enrolments, links, attendance, results


@pytest.mark.parametrize("asked", ["by an office", "by a decision"])
def test_a_child_holds_no_seat_in_a_course_that_asks_eighteen(site: Site, asked: str) -> None:
    course = site.world.a_course(prerequisites=ADULT)
    batch = site.world.a_batch(course)
    child = site.registry.post("/v1/candidates", a_candidate(birth_date=day(-16 * 365)))
    training = site.world.officer("training")
    if asked == "by an office":
        training.post("/v1/enrolments", {"candidate_id": child["id"], "batch_id": batch["id"]})
    else:
        answer = site.world.advice(child)
        chosen = {"kind": "COURSE", "course": course["id"], "batch": batch["id"]}
        matching = site.world.officer("matching")
        matching.client.post(
            f"/v1/recommendations/{answer['id']}/decisions", json={"decision": "ACCEPTED", "chosen": chosen}
        )
    listed = until(
        lambda: training.get("/v1/enrolments", candidate=child["id"]),
        lambda page: all(one["state"] == "DROPPED" for one in page["items"]),
        "the seat to lapse",
    )
    assert all(one["drop_reason"] in ("NOT_ADMITTED", "NOT_POSSIBLE") for one in listed["items"])
    assert site.world.provider.get(f"/v1/batches/{batch['id']}")["taken"] == 0


def test_a_provider_touches_no_class_of_another(site: Site) -> None:
    _, batch, enrolment = in_class(site)
    _, other = site.world.a_provider()
    for answer in (
        patched(other, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], state="COMPLETED"),
        patched(other, f"/v1/batches/{batch['id']}", 2, ends=day(0)),
        other.client.post(f"/v1/batches/{batch['id']}/seat-links"),
        other.client.put(f"/v1/batches/{batch['id']}/attendance", json={"day": day(0), "present": [enrolment["id"]]}),
        other.client.get(f"/v1/batches/{batch['id']}/attendance"),
    ):
        assert answer.status_code in (403, 404), answer.text


def test_a_signed_link_says_seats_of_its_batch_and_nothing_else(site: Site) -> None:
    provider = site.world.provider
    _, batch, _ = in_class(site)
    _, other, _ = in_class(site)
    slip = provider.post(f"/v1/batches/{batch['id']}/seat-links")["slip"]
    anybody = httpx.Client(base_url=provider.client.base_url, trust_env=False)
    for wrong in (f"/v1/seat-links/{other['id']}/{slip}", f"/v1/seat-links/{batch['id']}/{slip[:-2]}AA"):
        assert anybody.post(wrong, json={"free": 3}).status_code in (404, 410)
    path = f"/v1/seat-links/{batch['id']}/{slip}"
    for body in ({"free": -1}, {"free": 10**6}, {"free": 3, "ends": day(0)}, {"seats": 0}, {"free": "tiga"}):
        assert anybody.post(path, json=body).status_code in (400, 422), body
    assert anybody.post(path, json={"free": 0}).status_code == 200
    kept = provider.get(f"/v1/batches/{batch['id']}")
    assert (kept["seats"], kept["taken"], kept["ends"]) == (1, 1, batch["ends"])
    assert provider.get(f"/v1/batches/{other['id']}")["seats"] == other["seats"]


@pytest.mark.parametrize(
    "body",
    [
        {"state": "COMPLETED", "result": "COMPETENT"},
        {"state": "COMPLETED", "finished_on": day(-1)},
        {"state": "COMPLETED", "finished_on": day(25)},
        {"result": "COMPETENT"},
        {"result": "COMPETENT", "certificate_until": day(900)},
    ],
    ids=["early", "backdated", "in the future", "a result alone", "with its end"],
)
def test_no_result_comes_before_the_last_day(site: Site, body: dict[str, Any]) -> None:
    _, _, enrolment = in_class(site)
    refused = patched(site.world.provider, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], **body)
    assert code_of(refused) == (409, "step_not_possible"), refused.text
    person = site.registry.get(f"/v1/candidates/{enrolment['candidate_id']}")
    assert not person["certificates"] and not person["training_hours"]


def test_whoever_is_of_another_house_changes_nothing_here(site: Site, visitors: Visitors) -> None:
    company, order = site.world.an_order()
    application = site.under_way(order)
    stranger = visitors.of_organisation("placement", "provider", site.world.provider_id)
    for answer in (
        patched(stranger, f"/v1/applications/{application['id']}", 1, state="SELECTED"),
        stranger.client.post("/v1/applications", json={"candidate_id": str(uuid.uuid4()), "job_order_id": order["id"]}),
        stranger.client.post(f"/v1/job-orders/{order['id']}/verify", json={}),
        stranger.client.post("/v1/imports", params={"kind": "JOB_ORDERS"}, json=[]),
        stranger.client.get(f"/v1/applications/{application['id']}"),
    ):
        assert answer.status_code in (401, 403, 404), answer.text
    company_at_training = visitors.of_organisation("training", "company", order["company"]["id"])
    _, batch, enrolment = in_class(site)
    for answer in (
        patched(company_at_training, f"/v1/enrolments/{enrolment['id']}", enrolment["version"], state="DROPPED"),
        patched(company_at_training, f"/v1/batches/{batch['id']}", 2, seats=1),
        company_at_training.client.post("/v1/imports", files={"file": ("kursus.csv", SHEET.encode())}),
        company_at_training.client.get(f"/v1/enrolments/{enrolment['id']}"),
    ):
        assert answer.status_code in (401, 403, 404), answer.text
