"""The form of a course, read by the house's own schema: what it sends is taken, and what it does not show stays."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from services.training.schemas.courses import CourseBodySchema, CourseInSchema, CoursePatchSchema
from tests.support.console import providers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.people import COURSE
from tests.support.console.visits import Visits, post, words_on

NEW, EDIT = "/kursus-baru", f"/kursus/{COURSE}/ubah"
Body = dict[str, Any]
TYPED = {
    "code": "LANSIA-JP", "title_id": "Perawat lansia", "title_en": "Caregiver", "programme": "PLRT", "isco08": "5322",
    "destinations": "Jepang\nTaiwan", "outcomes": "Memandikan\nMerawat",
    "skkni_units": "I.55HKP00.001.2\nI.55HKP00.002.2", "kkni_level": "2",
    "lesson_hours": "200", "mode": "OFFLINE", "boarding": "y", "cost": "1.500.000",
    "funding": "APBD", "kind_1": "COMPETENCE", "scheme_1": "ELDERLY_CARETAKER", "months_1": "24",
    "kind_3": "COMPLETION", "taught_1": "ja|JLPT", "reached_1": "n4", "taught_2": "en|IELTS", "reached_2": "4,5",
    "age_min": "18", "schooling": "SMP", "test_1": "ja|JLPT", "result_1": "N5", "certificate": "FAMILY_COOK",
}  # fmt: skip
LEAVES: list[Body] = [
    {"kind": "age", "min": 18, "max": None},
    {"kind": "education", "level": "SMP", "years": None, "fields": None},
    {"kind": "language", "language": "ja", "test": "JLPT", "result": "N5"},
    {"kind": "certificate", "certificate": "COMPETENCE", "scheme": "FAMILY_COOK"},
]
NESTED: list[Body] = [
    {
        "any": [
            {"kind": "age", "min": 40, "max": None},
            {"all": [LEAVES[1], {"kind": "condition", "code": "HEIGHT_158"}]},
        ]
    },
    {"kind": "experience", "isco08": "5322", "months": 6},
    {"kind": "education", "level": "SMA", "years": None, "fields": ["NURSING"]},
]
TAUGHT: list[Body] = [
    {"language": "en", "test": None, "result": None, "cefr": "A1"},
    {"language": "ja", "test": "JLPT", "result": "N4", "cefr": None},
    {"language": "ja", "test": "JFT_BASIC", "result": "200", "cefr": "A2"},
    *({"language": code, "test": "CEFR", "result": "A2", "cefr": None} for code in ("de", "ms", "pt", "pl")),
]
WHOLE: Body = {
    "title": {"id": "Perawat lansia", "en": "Caregiver"}, "programme": "PLRT", "isco08": ["5322", "5321"],
    "outcomes": ["Memandikan", "Merawat"], "skkni_units": ["I.55HKP00.001.2", "I.55HKP00.002.2"], "kkni_level": 2,
    "certificates": [
        {"kind": "COMPETENCE", "scheme": "SCHEME_OF_2199", "valid_months": 24},
        *({"kind": "COMPLETION", "scheme": None, "valid_months": None} for _ in range(3)),
        {"kind": "LICENCE", "scheme": "STR_NURSE", "valid_months": 60},
    ],
    "languages": TAUGHT, "lesson_hours": 200,
    "hours_for": [{"isco08": "5322", "destination": "MYS", "hours": 120}], "mode": "BLENDED", "boarding": True,
    "cost_to_trainee": {"amount": 1500, "currency": "IDR"}, "funding": "CSR", "destinations": ["TWN", "JPN"],
    "prerequisites": {"all": [NESTED[0], {**LEAVES[0], "ref": "SK 4"}, NESTED[1], *LEAVES[1:], NESTED[2]]},
}  # fmt: skip
"""A course of which every member says something."""


@pytest.fixture
def provider(visits: Visits, fakes: FakeHouses) -> FlaskClient:
    providers.tell(fakes)
    fakes.says("training", "POST /v1/courses", providers.course(), status=201)
    return visits.as_("provider")


def on_record(fakes: FakeHouses, **changes: Any) -> Body:
    """The course as the house keeps it: loaded by its own schema, the words with the codes found for them."""
    kept = CourseBodySchema().load({**WHOLE, **changes})
    course = providers.course(**kept)
    course["outcomes"] = [{"text": text, "code": None, "similarity": 0.0} for text in kept["outcomes"]]
    fakes.says("training", "GET /v1/courses/*", course)
    fakes.says("training", "PATCH /v1/courses/*", course)
    return course


def change(provider: FlaskClient, fakes: FakeHouses, **changes: str) -> Body | None:
    """What is sent when the form is opened, these fields are typed over, and it is saved."""
    before = len(fakes.of("training", "PATCH /v1/courses/*"))
    answer = provider.post(EDIT, data=typed(provider.get(EDIT).text, EDIT, **changes))
    assert answer.status_code == 303, answer.text
    sent = fakes.of("training", "PATCH /v1/courses/*")[before:]
    return sent[0].body if sent else None


def test_all_that_the_house_takes_of_a_common_course_can_be_typed(provider: FlaskClient, fakes: FakeHouses) -> None:
    assert post(provider, NEW, **TYPED).status_code == 303
    body = fakes.of("training", "POST /v1/courses")[0].body
    loaded = CourseInSchema().load(body)
    assert body["certificates"] == [
        {"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER", "valid_months": 24},
        {"kind": "COMPLETION", "scheme": None, "valid_months": None},
    ]
    assert [(one["language"], one["test"], one["result"]) for one in body["languages"]] == [
        ("ja", "JLPT", "N4"), ("en", "IELTS", "4.5"),
    ]  # fmt: skip
    assert loaded["prerequisites"] == {"all": LEAVES}
    assert (body["destinations"], body["kkni_level"], body["programme"]) == (["JPN", "TWN"], 2, "PLRT")
    assert body["skkni_units"] == ["I.55HKP00.001.2", "I.55HKP00.002.2"]
    assert set(CourseBodySchema().fields) - set(body) == {"certificate", "hours_for"}, "the list says the one"


def test_the_least_of_a_course_asks_nothing_of_anybody(provider: FlaskClient, fakes: FakeHouses) -> None:
    least = {name: TYPED[name] for name in ("code", "title_id", "lesson_hours", "mode", "funding")}
    assert post(provider, NEW, **least).status_code == 303
    body = fakes.of("training", "POST /v1/courses")[0].body
    loaded = CourseInSchema().load(body)
    assert (loaded["certificate"], loaded["certificates"], loaded["prerequisites"]) == (None, [], None)
    assert body["languages"] == body["destinations"] == body["skkni_units"] == []


def test_a_course_of_which_everything_is_said_comes_through_unharmed(provider: FlaskClient, fakes: FakeHouses) -> None:
    assert set(WHOLE) == set(CourseBodySchema().fields) - {"certificate"}
    on_record(fakes)
    assert change(provider, fakes) is None
    for member in ("certificates", "languages", "destinations", "skkni_units", "hours_for", "isco08", "outcomes"):
        on_record(fakes, **{member: []})
        assert change(provider, fakes) is None, member
    for tree in (None, LEAVES[0], {"any": [LEAVES[0], LEAVES[1]]}, {"any": [LEAVES[2]] * 2}, NESTED[0]):
        on_record(fakes, prerequisites=tree)
        assert change(provider, fakes) is None, tree


@pytest.mark.parametrize(
    ("field", "value", "member"),
    [
        ("title_en", "Care", "title"), ("programme", "LAIN", "programme"), ("isco08", "5312", "isco08"),
        ("outcomes", "Memasak", "outcomes"), ("skkni_units", "", "skkni_units"), ("kkni_level", "3", "kkni_level"),
        ("months_5", "36", "certificates"), ("kind_2", "", "certificates"), ("taught_1", "ja|CEFR", "languages"),
        ("lesson_hours", "240", "lesson_hours"), ("mode", "ONLINE", "mode"), ("cost", "0", "cost_to_trainee"),
        ("funding", "SELF", "funding"), ("destinations", "Malaysia", "destinations"),
        ("age_min", "19", "prerequisites"),
    ],
)  # fmt: skip
def test_one_field_that_is_changed_changes_nothing_else(
    provider: FlaskClient, fakes: FakeHouses, field: str, value: str, member: str
) -> None:
    on_record(fakes)
    more = {"reached_1": "A2"} if field == "taught_1" else {}
    more |= {"scheme_2": "", "months_2": ""} if field == "kind_2" else {}
    sent = change(provider, fakes, **{field: value}, **more)
    assert sent is not None and set(sent) == {member}
    CoursePatchSchema().load(sent)


def test_a_change_keeps_what_has_no_field_in_its_place(provider: FlaskClient, fakes: FakeHouses) -> None:
    on_record(fakes)
    sent = change(provider, fakes, age_min="20", schooling="", result_1="N4", taught_1="", reached_1="", isco08="9111")
    assert sent is not None
    nodes = sent["prerequisites"]["all"]
    assert nodes[0] == NESTED[0] and nodes[2] == NESTED[1], "alternatives and work stay where they stood"
    assert nodes[1] == {"kind": "age", "min": 20, "max": None, "ref": "SK 4"}
    assert [one for one in nodes if one.get("kind") == "education"] == [NESTED[2]]
    assert [one["result"] for one in nodes if one.get("kind") == "language"] == ["N4"]
    assert sent["languages"] == [TAUGHT[0], *TAUGHT[2:]] and sent["isco08"] == ["9111", "5321"]
    CoursePatchSchema().load(sent)


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("id", ["Tetap berlaku: umur mulai 40 tahun atau", "6 bulan pengalaman kerja",
                "Tetap berlaku: Inggris: A1; Jepang:",
                "Polandia: CEFR A2", "Tetap berlaku: 120 JP untuk"]),
        ("en", ["Stays as it is: aged 40 or more or", "6 months of work", "Stays as it is: English: A1; Japanese:",
                "Polish: CEFR A2", "Stays as it is: 120 lesson hours for"]),
    ],
)  # fmt: skip
def test_what_has_no_field_is_said_in_words(
    provider: FlaskClient, fakes: FakeHouses, lang: str, said: list[str]
) -> None:
    on_record(fakes)
    provider.get(f"/bahasa/{lang}?next=/kursus")
    page = words_on(provider, EDIT)
    for sentence in said:
        assert sentence in page
    on_record(fakes, isco08=[], languages=[], hours_for=[], prerequisites=None)
    assert said[0].split(":")[0] + ":" not in words_on(provider, EDIT)


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"kind_1": ""}, "kind_1", "Pilih jenis sertifikatnya"),
        ({"months_3": "601"}, "months_3", "1 sampai 600"),
        ({"months_2": "12"}, "kind_2", "Pilih jenis sertifikatnya"),
        ({"reached_2": ""}, "reached_2", "Ketik hasil yang dicapai"),
        ({"taught_1": ""}, "taught_1", "Pilih bahasa dan ujiannya"),
        ({"destinations": "Jepang\nAtlantis"}, "destinations", "“Atlantis” tidak dikenal"),
        ({"kkni_level": "10"}, "kkni_level", "1 sampai 9"),
        ({"age_max": "17"}, "age_max", "lebih rendah daripada umur terendah"),
        ({"result_1": ""}, "result_1", "Ketik hasil yang diminta"),
    ],
)
def test_what_cannot_be_stands_at_its_field_and_what_was_typed_stays(
    provider: FlaskClient, fakes: FakeHouses, changes: Body, field: str, said: str
) -> None:
    answer = post(provider, NEW, **{**TYPED, **changes})
    assert answer.status_code == 422 and f'id="{field}-error"' in answer.text and said in answer.text
    assert fakes.of("training", "POST *") == []
    again = typed(answer.text, NEW)
    wanted = {**TYPED, **changes}
    assert {name: again.get(name, "") for name in wanted} == {**wanted, "isco08": again["isco08"]}


@pytest.mark.parametrize(
    ("pointer", "field"),
    [
        ("/certificates/1/scheme", "scheme_3"), ("/certificates/0/valid_months", "months_1"),
        ("/certificates", "kind_1"), ("/languages/1/result", "reached_2"), ("/languages/0/test", "taught_1"),
        ("/prerequisites/all/0/min", "age_min"), ("/prerequisites/all/3", "certificate"),
        ("/prerequisites/all/2/result", "result_1"), ("/prerequisites", "age_min"),
        ("/skkni_units/1", "skkni_units"), ("/destinations/0", "destinations"),
    ],
)  # fmt: skip
def test_a_refusal_of_the_house_stands_at_its_field(
    provider: FlaskClient, fakes: FakeHouses, pointer: str, field: str
) -> None:
    fault = {"pointer": pointer, "code": "x", "message": "Ini tidak cocok.", "fix": "Ketik yang lain."}
    fakes.refuses("training", "POST /v1/courses", 422, "invalid", "Belum bisa", errors=[fault])
    answer = post(provider, NEW, **TYPED)
    assert answer.status_code == 422 and f'href="#{field}"' in answer.text and "Ini tidak cocok." in answer.text


def test_rows_that_say_nothing_wait_behind_a_summary(provider: FlaskClient, fakes: FakeHouses) -> None:
    page = provider.get(NEW).text
    assert page.index('id="kind_1"') < page.index("Sertifikat lain") < page.index('id="kind_2"')
    on_record(fakes)
    assert "Sertifikat lain" not in provider.get(EDIT).text, "all five are in use"
