"""A provider publishes, a reviewer judges, a machine repeats itself."""

import io
from typing import Any
from urllib.parse import quote

import httpx
import pytest
import xlsxwriter

from shared import ids
from shared.events.contracts import check_said
from tests.integration.training.conftest import Provider, Training, a_provider, batch_body, course_body, created, day


def changed(client: httpx.Client, path: str, body: Any, version: int) -> httpx.Response:
    return client.patch(path, json=body, headers={"If-Match": f'"{version}"'})


def test_a_course_waits_for_review_and_says_so(provider: Provider, training: Training) -> None:
    course = provider.a_course(approved=False)
    assert course["review"]["state"] == "PENDING"
    assert course["outcomes"][0]["code"] == "CARE_ELDERLY"
    (event,) = training.said(course["id"])
    assert (event.type, event.version, event.data and event.data["review"]) == (
        "training.course.submitted",
        1,
        "PENDING",
    )
    assert event.data is not None
    check_said(event.topic, event.data)


def test_what_a_reviewer_looked_at_goes_back_to_review_when_it_changes(provider: Provider) -> None:
    course = provider.a_course()
    answer = changed(provider.key, f"/v1/courses/{course['id']}", {"lesson_hours": 20}, course["version"])
    assert answer.json()["review"]["state"] == "PENDING"
    assert answer.headers["ETag"] == f'"{course["version"] + 1}"'


def test_courses_that_are_entered_only_through_each_other_are_refused(provider: Provider, training: Training) -> None:
    def body(code: str, gives: str, needs: str | None) -> dict[str, Any]:
        demanded = {"all": [{"kind": "certificate", "certificate": "SKILL_TEST", "scheme": needs}]} if needs else None
        return course_body(code=code, certificate={"kind": "SKILL_TEST", "scheme": gives}, prerequisites=demanded)

    first = created(provider.key.post("/v1/courses", json=body("C-1", "SSW_CARE", None)))
    created(provider.key.post("/v1/courses", json=body("C-2", "SSW_FOOD", "SSW_CARE")))
    back = body("C-1", "SSW_CARE", "SSW_FOOD")["prerequisites"]
    closing = changed(provider.key, f"/v1/courses/{first['id']}", {"prerequisites": back}, first["version"])
    assert (closing.status_code, closing.json()["errors"][0]["code"]) == (422, "prerequisite_in_a_circle")
    assert closing.json()["errors"][0]["pointer"] == "/prerequisites/all/0"
    own = body("C-1", "SSW_FOOD", "SSW_CARE")["prerequisites"]
    itself = changed(provider.key, f"/v1/courses/{first['id']}", {"prerequisites": own}, first["version"])
    assert (itself.status_code, itself.json()["errors"][0]["code"]) == (422, "prerequisite_in_a_circle")
    created(a_provider(training).key.post("/v1/courses", json=body("C-1", "SSW_FOOD", None)))
    opened = changed(provider.key, f"/v1/courses/{first['id']}", {"prerequisites": back}, first["version"])
    assert opened.status_code == 200, opened.text


def test_a_change_of_an_older_version_is_refused(provider: Provider) -> None:
    course = provider.a_course()
    stale = changed(provider.key, f"/v1/courses/{course['id']}", {"lesson_hours": 20}, course["version"] - 1)
    assert (stale.status_code, stale.json()["code"]) == (412, "stale")
    unguarded = provider.key.patch(f"/v1/courses/{course['id']}", json={"lesson_hours": 20})
    assert unguarded.status_code == 428


def test_a_programme_without_accreditation_cannot_be_approved(provider: Provider) -> None:
    course = provider.a_course(approved=False, programme="PLRT-MASAK")
    answer = provider.reviewer.post(
        f"/v1/courses/{course['id']}/review", json={"decision": "APPROVED"}, headers={"If-Match": '"1"'}
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "not_accredited")


def test_a_provider_touches_only_its_own(provider: Provider, training: Training) -> None:
    course = provider.a_course()
    stranger = a_provider(training)
    answer = changed(stranger.key, f"/v1/courses/{course['id']}", {"lesson_hours": 1}, course["version"])
    assert (answer.status_code, answer.json()["code"]) == (403, "not_yours")
    assert stranger.key.post(f"/v1/courses/{course['id']}/batches", json=batch_body()).status_code == 403


def test_a_machine_that_repeats_itself_changes_nothing(provider: Provider, training: Training) -> None:
    body = course_body()
    path = f"/v1/courses/by-code/{provider.id}/{body.pop('code')}"
    first = provider.key.put(path, json=body)
    again = provider.key.put(path, json=body)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["version"] == 1
    assert len(training.said(first.json()["id"])) == 1


def test_a_repeated_post_with_its_key_creates_once(provider: Provider) -> None:
    body, headers = course_body(), {"Idempotency-Key": ids.new()}
    first = provider.key.post("/v1/courses", json=body, headers=headers)
    again = provider.key.post("/v1/courses", json=body, headers=headers)
    assert created(first)["id"] == created(again)["id"]
    assert again.headers["Idempotent-Replayed"] == "true"
    other = provider.key.post("/v1/courses", json=course_body(), headers=headers)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")


def test_a_providers_licence_is_told_again_with_its_courses(training: Training) -> None:
    provider = a_provider(training)
    course = provider.a_course()
    known = provider.reviewer.get(f"/v1/providers/{provider.id}").json()
    answer = changed(provider.reviewer, f"/v1/providers/{provider.id}", {"active": False}, known["version"])
    assert answer.status_code == 200, answer.text
    training.work()
    told = training.said(course["id"])[-1]
    assert told.data is not None and told.data["provider"]["active"] is False


def test_seats_never_fall_below_the_people_in_them(
    provider: Provider, training: Training, officer: httpx.Client
) -> None:
    batch = provider.a_batch(provider.a_course(), seats=2)
    for _ in range(2):
        person = ids.new()
        training.hear_of(person)
        created(officer.post("/v1/enrolments", json={"candidate_id": person, "batch_id": batch["id"]}))
    full = provider.key.get(f"/v1/batches/{batch['id']}").json()
    assert (full["taken"], full["status"]) == (2, "FULL")
    answer = changed(provider.key, f"/v1/batches/{batch['id']}", {"seats": 1}, full["version"])
    assert (answer.status_code, answer.json()["code"]) == (409, "seats_below_taken")


def test_a_batch_is_sent_again_to_whoever_has_its_version_because_days_that_pass_change_its_status(
    provider: Provider,
) -> None:
    batch = provider.a_batch(provider.a_course())
    answer = provider.key.get(f"/v1/batches/{batch['id']}", headers={"If-None-Match": f'"{batch["version"]}"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, f'"{batch["version"]}"')


@pytest.mark.parametrize("code", ["A/{n}", "A/{n}/b", "A {n}", "a.b-{n}_c"])
def test_a_code_with_a_slash_is_one_code_however_it_is_sent(provider: Provider, code: str) -> None:
    body = {name: value for name, value in course_body().items() if name != "code"}
    code = code.format(n=ids.new()[:8])
    made = provider.key.put(f"/v1/courses/by-code/{provider.id}/{quote(code, safe='')}", json=body)
    assert (made.status_code, made.json()["code"]) == (201, code), made.text
    bare = provider.key.put(f"/v1/courses/by-code/{provider.id}/{quote(code, safe='/')}", json=body)
    assert (bare.status_code, bare.json()["id"]) == (200, made.json()["id"])


def test_the_whole_world_may_read_an_approved_course_as_linked_data(provider: Provider, training: Training) -> None:
    course = provider.a_course()
    provider.a_batch(course)
    page = httpx.get(f"{training.url}/v1/courses/{course['id']}.jsonld")
    assert page.headers["Content-Type"].startswith("application/ld+json")
    assert (page.json()["@type"], len(page.json()["hasCourseInstance"])) == ("Course", 1)
    waiting = provider.a_course(approved=False)
    assert httpx.get(f"{training.url}/v1/courses/{waiting['id']}.jsonld").status_code == 404


def test_an_outdated_key_opens_nothing(training: Training) -> None:
    provider = a_provider(training)
    (key,) = provider.reviewer.get(f"/v1/providers/{provider.id}/keys").json()["items"]
    assert provider.reviewer.delete(f"/v1/providers/{provider.id}/keys/{key['id']}").status_code == 204
    assert provider.key.get("/v1/courses").status_code == 401


SHEET = [
    ["Kode kursus", "Judul", "Jabatan", "Kompetensi", "Jenis sertifikat", "Skema sertifikat", "JP", "Jam untuk", "Moda",
     "Pendanaan", "Prasyarat", "Angkatan", "Mulai", "Selesai", "Tempat", "Kursi"],
    ["MASAK-1", "Masak keluarga", "5120", "masak; belanja", "COMPETENCE", "FAMILY_COOK", "200", "5120 | 200 | MYS",
     "OFFLINE", "APBD", "umur | 18; pendidikan | SD", "2027-1", "{a}", "{b}", "Ende", "16"],
    ["MASAK-1", "Masak keluarga", "5120", "masak; belanja", "COMPETENCE", "FAMILY_COOK", "200", "5120 | 200 | MYS",
     "OFFLINE", "APBD", "umur | 18; pendidikan | SD", "2027-2", "{c}", "{d}", "53.08", "16"],
    ["JEPANG-1", "Bahasa Jepang", "", "bahasa jepang", "", "", "360", "", "daring", "SELF", "", "2027-1", "{b}", "{a}",
     "", "20"],
]  # fmt: skip


def rows_of_sheet() -> list[list[str]]:
    days = {"a": day(30), "b": day(70), "c": day(100), "d": day(150)}
    written = {key: "/".join(reversed(value.split("-"))) for key, value in days.items()}
    return [[cell.format(**written) for cell in row] for row in SHEET]


def as_csv() -> tuple[str, bytes, str]:
    return (
        "kursus.csv",
        "\n".join(";".join(f'"{cell}"' for cell in row) for row in rows_of_sheet()).encode(),
        "text/csv",
    )


def as_xlsx() -> tuple[str, bytes, str]:
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for line, row in enumerate(rows_of_sheet()):
            for place, cell in enumerate(row):
                sheet.write_string(line, place, cell)
    return "kursus.xlsx", target.getvalue(), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.mark.parametrize("file", [as_csv, as_xlsx])
def test_a_sheet_is_judged_then_its_good_rows_are_saved_once(training: Training, file: Any) -> None:
    provider = a_provider(training)

    def send(**query: str) -> Any:
        answer = provider.key.post("/v1/imports", files={"file": file()}, params=query)
        assert answer.status_code == 202, answer.text
        training.work()
        return provider.key.get(f"/v1/imports/{answer.json()['id']}").json()

    tried = send()
    assert (tried["state"], tried["counts"]) == ("DONE", {"NEW": 2, "BAD": 1})
    assert not provider.key.get("/v1/courses", params={"provider": provider.id}).json()["items"]
    assert send(dry_run="false")["state"] == "REFUSED", "one bad row keeps the file out until somebody says otherwise"
    saved = send(dry_run="false", only_good="true")
    assert (saved["state"], saved["counts"]) == ("DONE", {"NEW": 2, "BAD": 1})
    (bad,) = provider.key.get(f"/v1/imports/{saved['id']}/rows", params={"outcome": "BAD"}).json()["items"]
    assert bad["row"] == 4
    assert bad["faults"][0]["code"] == "ends_before_starts"
    again = send(dry_run="false", only_good="true")
    assert again["counts"] == {"SAME": 2, "BAD": 1}
    (course,) = provider.key.get("/v1/courses", params={"provider": provider.id}).json()["items"]
    assert [leaf["kind"] for leaf in course["prerequisites"]["all"]] == ["age", "education"]
    assert len(provider.key.get(f"/v1/courses/{course['id']}/batches").json()["items"]) == 2


def test_the_template_is_filled_with_the_providers_own_courses(provider: Provider) -> None:
    provider.a_course()
    answer = provider.key.get("/v1/imports/template.xlsx")
    assert answer.status_code == 200 and answer.content.startswith(b"PK")


def test_a_change_inside_an_object_keeps_its_other_members(provider: Provider) -> None:
    course = provider.a_course(title={"id": "Merawat lansia", "en": "Elderly care"})
    answer = changed(
        provider.key, f"/v1/courses/{course['id']}", {"title": {"id": "Merawat orang tua"}}, course["version"]
    )
    assert answer.status_code == 200, answer.text
    assert answer.json()["title"] == {"id": "Merawat orang tua", "en": "Elderly care"}
    assert answer.json()["certificate"] == course["certificate"]


def test_a_token_of_a_provider_that_names_none_owns_nothing(training: Training) -> None:
    with training.as_("provider", name="Petugas Tanpa Lembaga") as nobodys:
        for named in ({}, {"provider_id": ids.new()}):
            assert nobodys.post("/v1/courses", json={**course_body(), **named}).status_code == 403


def test_everybody_sees_what_may_be_joined_and_nothing_else(provider: Provider, training: Training) -> None:
    course = provider.a_course(isco08=["5322"])
    batch = provider.a_batch(course, seats=3, regency="53.08")
    waiting = provider.a_batch(provider.a_course(approved=False))
    planned, closed = provider.a_batch(course, status="PLANNED"), provider.a_batch(course, closes=day(-1))
    with training.with_credential(None) as nobody:
        found = nobody.get("/v1/open-batches", params={"regency": "53.08", "sector": "CARE"})
        assert found.status_code == 200, found.text
        rows = {row["batch_id"]: row for row in found.json()["items"]}
        assert rows[batch["id"]]["seats_left"] == 3
        assert not {waiting["id"], planned["id"], closed["id"]} & rows.keys()
        other = nobody.get("/v1/open-batches", params={"regency": "53.08", "sector": "SEA"}).json()["items"]
        assert batch["id"] not in {row["batch_id"] for row in other}
        assert nobody.get("/v1/open-batches", params={"regency": "5308"}).status_code == 422


def test_nobody_acts_for_a_provider_that_is_not_active_with_its_key_or_with_a_token(training: Training) -> None:
    provider = a_provider(training)
    course = provider.a_course()
    person = training.with_credential(training.issuer.mint("provider", "Yanti Pengelola", organisation=provider.id))
    assert person.get(f"/v1/courses/{course['id']}").status_code == 200
    known = provider.reviewer.get(f"/v1/providers/{provider.id}").json()
    shut = changed(provider.reviewer, f"/v1/providers/{provider.id}", {"active": False}, known["version"])
    for client in (provider.key, person):
        refused = [
            client.post("/v1/courses", json=course_body()),
            client.post(f"/v1/courses/{course['id']}/batches", json=batch_body()),
            client.post("/v1/imports", content=b"kode\n"),
            client.get(f"/v1/providers/{provider.id}/keys"),
            client.get("/v1/enrolments"),
        ]
        assert {(one.status_code, one.json()["code"]) for one in refused} == {(403, "organisation_inactive")}
    changed(provider.reviewer, f"/v1/providers/{provider.id}", {"active": True}, shut.json()["version"])
    assert person.post("/v1/courses", json=course_body()).status_code == 201


def test_a_token_for_a_provider_that_does_not_exist_does_nothing(training: Training) -> None:
    nobody = training.with_credential(training.issuer.mint("provider", "Yanti Pengelola", organisation=ids.new()))
    answer = nobody.post("/v1/courses", json=course_body())
    assert (answer.status_code, answer.json()["code"]) == (403, "organisation_inactive")
