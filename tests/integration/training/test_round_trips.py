"""The filled template sent back changes nothing, whatever a provider has on record; and what it says it keeps whole."""

from typing import Any

import httpx
import pytest

from tests.integration.training.conftest import Provider, Training, a_provider, day

Answer = dict[str, Any]

SEVERAL: list[Answer] = [
    {"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER", "valid_months": 36},
    {"kind": "COMPLETION", "scheme": None, "valid_months": None},
    {"kind": "SAFETY", "scheme": "BST", "valid_months": 60},
]
ODD: dict[str, Answer] = {
    "as it is": {},
    "several certificates": {"certificate": SEVERAL[0], "certificates": SEVERAL},
    "begins like a formula": {"title": {"id": "=1+1", "en": "@SUM(A1)"}, "outcomes": ["+62 = awalan", "-kursus"]},
    "marks of lists": {"outcomes": ["a; b", 'c "d"', "e, f", "g | h", "ganti: i"], "skkni_units": ["X;1", "Y,2"]},
    "words that mean nothing": {"title": {"id": "Kosong", "en": "n a"}, "outcomes": ["kosongkan", "tidak ada", "-"]},
    "other letters": {"title": {"id": "Bahasa Jepang 日本語", "en": "日本語"}, "outcomes": ["読む", "Nur’aini"]},
    "no certificate, no price": {"certificate": None, "cost_to_trainee": None},
    "free": {"cost_to_trainee": {"amount": 0, "currency": "IDR"}},
    "a year": {"certificate": {"kind": "COMPLETION", "scheme": None, "valid_months": 1}},
    "empty lists": {"isco08": [], "outcomes": [], "languages": [], "hours_for": [], "destinations": []},
    "languages": {"languages": [{"language": "ko", "test": "EPS_TOPIK", "result": "150", "cefr": None},
                                {"language": "en", "test": "IELTS", "result": "5.5", "cefr": "B2"},
                                {"language": "ms", "test": None, "result": None, "cefr": "A1"}]},
    "hours": {"hours_for": [{"isco08": "5322", "hours": 200, "destination": "HKG"}, {"isco08": "0110", "hours": 1}]},
    "prerequisites": {"prerequisites": {"all": [
        {"kind": "age", "min": 18, "max": 45}, {"kind": "education", "level": "SMA"},
        {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "HOUSEKEEPER"},
        {"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"},
        {"kind": "hours", "isco08": "5322", "hours": 40}]}},
    "prerequisites that no cell can say": {"prerequisites": {"any": [
        {"kind": "education", "level": "SMA"}, {"all": [{"kind": "age", "min": 30}, {"kind": "education",
        "level": "SMP"}]}]}},
    "long": {"title": {"id": "x" * 200, "en": "y" * 200}, "outcomes": ["z" * 120] * 1},
    "online": {"mode": "ONLINE", "boarding": True, "funding": "SELF", "kkni_level": 2},
}  # fmt: skip
BATCHES: tuple[Answer, ...] = (
    {"number": "2030-1", "starts": day(30), "ends": day(60)},
    {"number": "1.0", "place": "=Gedung", "status": "PLANNED"},
    {"number": "01", "place": "Jl. Sudirman 1; lantai 2, kanan", "closes": day(20)},
    {"number": "A|1", "regency": "53.71", "seats": 1},
)


@pytest.fixture
def own(training: Training) -> Provider:
    return a_provider(training)


def sent(training: Training, key: httpx.Client, content: bytes, **wanted: Any) -> Answer:
    answer = key.post("/v1/imports", params={"dry_run": "false", **wanted}, files={"file": ("kursus", content)})
    assert answer.status_code == 202, answer.text
    training.work()
    report: Answer = key.get(answer.headers["Location"]).json()
    report["items"] = key.get(f"{answer.headers['Location']}/rows?limit=100").json()["items"]
    return report


def test_the_filled_template_of_odd_courses_sent_back_is_the_same_in_every_row(
    training: Training, own: Provider
) -> None:
    courses = [own.a_course(**changes) for changes in ODD.values()]
    for at, course in enumerate(courses):
        own.a_batch(course, **BATCHES[at % len(BATCHES)])
    own.a_course(approved=False)
    before = [own.key.get(f"/v1/courses/{course['id']}").json() for course in courses]
    report = sent(training, own.key, own.key.get("/v1/imports/template.xlsx").content)
    strange = [
        (row["key"], row["outcome"], row["changes"], [fault["message"]["id"] for fault in row["faults"]])
        for row in report["items"]
        if row["outcome"] != "SAME"
    ]
    assert (strange, report["unread"]) == ([], [])
    assert [own.key.get(f"/v1/courses/{course['id']}").json() for course in courses] == before


def test_one_certificate_that_changes_leaves_the_others(training: Training, own: Provider) -> None:
    course = own.a_course(**ODD["several certificates"])
    own.a_batch(course, number="1")
    lines = f"Kode kursus;Angkatan;Berlaku (bulan)\n{course['code']};1;24\n"
    report = sent(training, own.key, lines.encode())
    assert [row["changed"] for row in report["items"]] == [["certificate_months"]]
    changed = own.key.get(f"/v1/courses/{course['id']}").json()
    assert changed["certificates"] == [{**SEVERAL[0], "valid_months": 24}, *SEVERAL[1:]]
    tag = {"If-Match": f'"{changed["version"]}"'}
    patched = own.key.patch(f"/v1/courses/{course['id']}", json={"certificate": {"valid_months": 12}}, headers=tag)
    assert patched.json()["certificates"] == [{**SEVERAL[0], "valid_months": 12}, *SEVERAL[1:]]
    assert patched.json()["certificate"] == {**SEVERAL[0], "valid_months": 12}


def test_a_certificate_that_is_not_the_first_of_its_list_is_refused(own: Provider) -> None:
    course = own.a_course(**ODD["several certificates"])
    tag = {"If-Match": f'"{course["version"]}"'}
    both = own.key.patch(
        f"/v1/courses/{course['id']}", json={"certificate": SEVERAL[1], "certificates": SEVERAL}, headers=tag
    )
    assert (both.status_code, both.json()["errors"][0]["code"]) == (422, "contradicts_member")
    none = own.key.patch(f"/v1/courses/{course['id']}", json={"certificate": None}, headers=tag)
    assert (none.status_code, none.json()["errors"][0]["code"]) == (422, "several_certificates")
    gone = own.key.patch(f"/v1/courses/{course['id']}", json={"certificates": []}, headers=tag)
    assert (gone.status_code, gone.json()["certificate"], gone.json()["certificates"]) == (200, None, [])
