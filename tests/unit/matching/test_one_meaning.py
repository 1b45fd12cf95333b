"""What one answer says of one person never contradicts itself: people drawn by hand and read whole."""

import re
from datetime import date
from functools import cache
from typing import Any

import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facts.abilities import LanguageResult
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.rules import WORDINGS
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.pathway.sayings import title_of
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.base import Requirement
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.experience import NeedsExperience
from services.matching.matcher.requirements.groups import AllOf, AnyOf, Unreadable, standing_of
from services.matching.matcher.requirements.language import NeedsLanguage
from services.matching.matcher.requirements.person import NeedsSex
from services.matching.matcher.requirements.status import Status
from services.matching.matcher.world import World
from services.matching.profiles import person_of
from services.matching.schemas.profile import ProfileSchema
from tests.builders import TODAY, a_batch_payload, a_course_payload, days
from tests.quality.panels import WORDS
from tests.quality.test_panel_courses import RANKING
from tests.unit.matching.eligibility import demo
from tests.unit.matching.test_answer_size import province

HOUSEKEEPER, PALM, BANNED = "JO-MYS-HOUSEKEEPER", "JO-MYS-PALM", "JO-N1-SAU-HOUSE"
WISH = {"isco08": ["9111"], "destinations": ["MYS"]}


def told(lang: str = "id", *, world: World | None = None, **changes: Any) -> dict[str, Any]:
    """The answer to a woman with SMA from Flores Timur who wishes for a home in Malaysia, unless told otherwise."""
    profile = {
        "birth_date": "1998-05-05",
        "sex": "F",
        "regency": "53.06",
        "education": {"level": "SMA"},
        "records": [],
        "wishes": WISH,
        "consents": [{"purpose": "MATCHING"}],
        **changes,
    }
    somebody = person_of(WORDS, ProfileSchema().load(profile), id="one")
    return payload(advise(somebody, world or province(), RANKING, day=TODAY, lang=lang))


def born(years: int) -> str:
    return date(TODAY.year - years, TODAY.month, 1).isoformat()


@cache
def codes() -> dict[str, str]:
    return {id: order.code or "" for id, order in province().orders.items()}


def row(answer: dict[str, Any], code: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in answer["requirements"] if one["code"] == code)
    return found


@pytest.mark.parametrize(
    ("changes", "met", "never"),
    [
        ({"birth_date": born(16)}, "persetujuan", "umur"),
        ({"birth_date": born(58)}, "persetujuan", "umur"),
        ({"birth_date": None}, "persetujuan", "umur"),
        ({"education": None}, "umur", "pendidikan"),
        ({"education": {"level": "SD"}, "wishes": {"isco08": ["5322"], "destinations": ["TWN"]}}, "umur", "pendidikan"),
    ],
)
def test_of_the_person_nothing_is_said_to_be_met_that_is_not(changes: dict[str, Any], met: str, never: str) -> None:
    text = row(told(**changes), "PERSON")["text"].casefold()
    assert met in text and never not in text and "lainnya" not in text
    assert "umur" in row(told(), "PERSON")["text"]


@pytest.mark.parametrize("wish", [WISH, {"isco08": ["9111"], "destinations": ["SAU", "MYS"]}, {}])
def test_an_order_that_a_ban_closes_sends_nobody_to_a_course(wish: dict[str, Any]) -> None:
    (banned,) = (id for id, code in codes().items() if code == BANNED)
    for group in told(wishes=wish)["blocked"]:
        if banned in group["job_orders"] and group["code"] != "OTHERS":
            assert (group["code"], group["who"]) == ("BAN", "PERSON") and "pelatihan" not in group["next_action"]


def test_a_course_that_nobody_of_that_age_may_enter_is_not_shown() -> None:
    courses = demo_courses()
    child = told(world=courses, birth_date=born(16))["courses"]
    assert [one["title"] for one in child] == ["Bahasa Inggris"]
    assert "Penata laksana rumah tangga" in [one["title"] for one in told(world=courses)["courses"]]


@cache
def demo_courses() -> World:
    """The demo's law and orders with a course for adults and one for everybody."""
    world = World(Distances.read("deploy/data/distances.csv"))
    for policy in demo.policy_documents():
        world.put_policy(policy)
    for order in demo.order_documents():
        world.put_order(order)
    for number, (title, least) in enumerate((("Penata laksana rumah tangga", 18), ("Bahasa Inggris", None))):
        course = a_course(f"{number}", title, least)
        world.put_course(course)
        world.put_batch(a_batch_payload(course["id"], starts=days(20), ends=days(60), closes=days(18)))
    return world


def a_course(id: str, title: str, least: int | None) -> dict[str, Any]:
    door = None if least is None else {"all": [{"kind": "age", "min": least, "max": None}]}
    return a_course_payload(id=id, title={"id": title, "en": title}, prerequisites=door)


@pytest.mark.parametrize(
    ("changes", "wanting"),
    [({"birth_date": None}, "tanggal lahir (umur 21 sampai 45 tahun)"), ({"education": None}, "ijazah")],
)
def test_the_change_that_is_told_opens_what_was_asked_for(changes: dict[str, Any], wanting: str) -> None:
    """And not other work that would be open sooner."""
    answer = told(**changes)
    goal, change = answer["verdict"]["goal"], answer["nearest_change"]
    assert (goal["code"], goal["state"]) == (HOUSEKEEPER, "NO_PATH")
    assert (change["change"], change["job_order"]) == ("PAPER", goal["job_order"])
    assert wanting in change["text"] and wanting in answer["verdict"]["text"]


def test_what_is_missing_for_what_was_asked_for_is_named_in_the_headline() -> None:
    records = [{"kind": "DEPORTATION", "country": "MYS", "until": None}]
    answer = told(records=records, wishes={"isco08": ["9211"], "destinations": ["MYS"]})
    assert answer["verdict"]["state"] == "ELIGIBLE_BY"
    assert "dideportasi dari Malaysia" in answer["verdict"]["text"]
    change = answer["nearest_change"]
    assert change is None or "tidak ada larangan masuk" in change["text"]


def test_a_diploma_without_its_field_is_not_said_to_be_missing() -> None:
    nurse = {"isco08": ["2221"], "destinations": ["DEU"]}
    for field in (None, "KEPERAWATAN"):
        found = row(told(education={"level": "S1", "field": field}, wishes=nurse), "EDUCATION")
        assert (found["status"], "Jurusan" in found["text"]) == ("UNKNOWN", True)
    other = row(told(education={"level": "S1", "field": "CULINARY"}, wishes=nurse), "EDUCATION")
    assert other["status"] == "NOT_MET" and "S1" in other["text"].split("ijazah sekarang")[1]
    assert "bidang" in other["text"].split("ijazah sekarang")[1]


@pytest.mark.parametrize(("lang", "now"), [("id", "Dapat dilamar sekarang."), ("en", "Can be applied for now.")])
def test_an_order_that_is_open_is_open_now_and_not_soon(lang: str, now: str) -> None:
    answer = told(lang, wishes={"isco08": ["9211"], "destinations": ["MYS"]})
    said = {reason["text"] for one in answer["placements"] if one["eligible"] for reason in one["reasons"]}
    assert now in said


def test_a_choice_that_is_not_clear_says_what_there_is_to_choose() -> None:
    kaigo = {"isco08": ["5321"], "destinations": ["JPN"]}
    answer = told(wishes=kaigo, languages=[{"language": "ja", "test": "JFT_BASIC"}])
    (unclear,) = (one for one in answer["requirements"] if one["code"] == "ONE_OF" and one["status"] == "UNKNOWN")
    assert "JFT-Basic" in unclear["text"]


@pytest.mark.parametrize(
    ("work", "countries", "closed"),
    [(["9111"], ["SAU", "MYS"], 1), (["9111", "5321"], ["SAU", "JPN"], 1), (["9111"], ["MYS", "SGP"], 0)],
)
def test_a_wish_that_a_ban_closes_is_told_beside_one_that_is_not(
    work: list[str], countries: list[str], closed: int
) -> None:
    answer = told(wishes={"isco08": work, "destinations": countries})
    notes = [note for note in answer["verdict"]["notes"] if "Arab Saudi" in note and "ditutup" in note]
    assert len(notes) == closed
    assert answer["verdict"]["goal"]["country"] != "SAU"


@pytest.mark.parametrize("country", ["JPN", "KOR", "TWN", "SGP", "MYS", "HKG", "DEU", "BRN"])
def test_the_goal_is_the_order_that_its_paths_or_its_change_open(country: str) -> None:
    """Of a wish for a country alone there are several orders; goal, paths and change speak of one."""
    for changes in ({}, {"education": {"level": "SD"}}, {"birth_date": None}, {"regency": "53.01"}):
        answer = told(wishes={"destinations": [country]}, **changes)
        goal, change = answer["verdict"]["goal"], answer["nearest_change"]
        if goal is None:
            continue
        opened = [path for path in answer["pathways"] if path["kind"] in goal["opened_by"]]
        assert not opened or goal["job_order"] in opened[0]["unlocks"], (country, changes)
        assert opened or change is None or change["job_order"] == goal["job_order"], (country, changes)


def test_whoever_may_apply_for_the_nearest_work_is_not_sent_to_another_trade() -> None:
    """A farmer who learned in Japan: nobody offers just that, and the vegetable fields there are open today."""
    trained: dict[str, Any] = {
        "prior_programmes": [{"kind": "TITP", "field": "AGRICULTURE", "finished": True}],
        "languages": [{"language": "ja", "test": "JLPT", "result": "N4"}],
        "wishes": {"isco08": ["6111"], "destinations": ["JPN"]},
        "sex": "M",
    }
    answer = told(**trained)
    assert "pekerja kebun sayur, Jepang" in answer["verdict"]["text"]
    assert (answer["pathways"], answer["nearest_change"]) == ([], None)


def test_an_examination_is_no_class_that_is_waited_for() -> None:
    scored = [{"language": "ko", "test": "EPS_TOPIK", "result": "120", "valid_until": days(300)}]
    change = told(wishes={"isco08": ["9329"], "destinations": ["KOR"]}, languages=scored, sex="M")["nearest_change"]
    assert change is not None and "ujian" in change["text"] and "kelas" not in change["text"], change


@pytest.mark.parametrize(
    "changes",
    [
        {"records": [{"kind": "ENTRY_BAN", "country": "MYS", "until": days(40)}]},
        {"birth_date": days(30 - 18 * 365 - 5)},
    ],
)
def test_no_day_is_told_of_an_order_for_which_something_without_a_day_is_missing(changes: dict[str, Any]) -> None:
    placements = told(sex="M", wishes={"isco08": ["9211"], "destinations": ["MYS"]}, **changes)["placements"]
    waited = [one for one in placements if any("by" in rule for rule in one["missing"])]
    assert waited
    for one in waited:
        assert ("by" in one) == all("by" in rule for rule in one["missing"])


@pytest.mark.parametrize(("lang", "never"), [("id", "Belum ada kelas"), ("en", "No class")])
def test_a_class_that_stands_in_the_list_is_not_said_to_be_missing(lang: str, never: str) -> None:
    answer = told(lang, wishes={"isco08": ["9111"], "destinations": ["HKG"]})
    assert answer["courses"] and answer["nearest_change"]["change"] == "NEW_BATCH"
    assert never not in answer["nearest_change"]["text"]


@pytest.mark.parametrize(
    ("withdrawn", "said"),
    [({}, "Bacakan persetujuan"), ({"withdrawn_at": "2026-02-01T00:00:00Z"}, "Persetujuan data sudah ditarik")],
)
def test_whoever_took_the_consent_back_is_not_read_it_as_if_new(withdrawn: dict[str, str], said: str) -> None:
    given = [{"purpose": "MATCHING", "given_at": "2026-01-01T00:00:00Z", **withdrawn}] if withdrawn else []
    answer = told(consents=given)
    assert answer["verdict"]["state"] == "CONSENT_NEEDED"
    assert answer["verdict"]["text"].startswith(said)


@pytest.mark.parametrize(("lang", "said"), [("id", "untuk negara itu baru 0 jam"), ("en", "0 count for that country")])
def test_hours_for_another_country_are_not_called_none(lang: str, said: str) -> None:
    answer = told(lang, training_hours=[{"isco08": "9111", "destination": "HKG", "hours": 600}])
    assert said in row(answer, "TRAINING_HOURS")["text"]


@pytest.mark.parametrize(
    "changes",
    [{"regency": None}, {"certificates": [{"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": None}]}],
)
def test_only_what_is_not_on_record_is_to_be_brought_for_the_gate(changes: dict[str, Any]) -> None:
    gate = row(told("en", training_hours=TAUGHT, **changes), "GATE")
    assert gate["status"] == "UNKNOWN" and "identity card and" not in gate["next_action"]


CROPS = {"isco08": ["9211"], "destinations": ["JPN"]}
SKILL = {"kind": "SKILL_TEST", "scheme": "SSW_AGRICULTURE", "valid_until": days(700)}
JFT_ENDED = {"language": "ja", "test": "JFT_BASIC", "result": "PASS", "valid_until": days(-10)}
N4 = {"language": "ja", "test": "JLPT", "result": "N4"}
CERTIFIED = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": days(700)}
TAUGHT = [{"isco08": "9111", "destination": "MYS", "hours": 200}]


@pytest.mark.parametrize(
    ("changes", "code", "held", "lacking", "ended"),
    [
        ({"wishes": CROPS, "languages": [JFT_ENDED], "certificates": [SKILL]}, "ONE_OF",
         "agriculture skill test (Japan)", "JFT-Basic or JLPT N4", "JFT-Basic (valid until "),
        ({"wishes": CROPS, "languages": [N4]}, "ONE_OF", "JLPT N4", "agriculture skill test (Japan)", None),
        ({"wishes": CROPS, "languages": [JFT_ENDED]}, "ONE_OF", None, None, "JFT-Basic (valid until "),
        ({"certificates": [CERTIFIED]}, "GATE", "competence certificate (housekeeper)", "200 hours of training", None),
        ({"training_hours": TAUGHT}, "GATE", "200 hours of training", "competence certificate (housekeeper)", None),
    ],
)  # fmt: skip
def test_a_choice_says_what_is_held_what_is_lacking_and_what_ran_out(
    changes: dict[str, Any], code: str, held: str | None, lacking: str | None, ended: str | None
) -> None:
    said = row(told("en", **changes), code)
    assert said["status"] == "NOT_MET"
    assert held is None or re.search(f"(On record|there is): {re.escape(held)}[.]", said["text"])
    assert lacking is None or f"till needed: {lacking}" in said["text"]
    assert (ended or "as run out: ") in said["text"] or ended is None and "run out" not in said["text"]
    assert ("again" in said["next_action"]) is (ended is not None)


def test_a_choice_that_is_met_says_by_what() -> None:
    answer = told("en", wishes=CROPS, languages=[N4])
    met = [one["text"] for one in answer["requirements"] if one["code"] == "ONE_OF" and one["status"] == "MET"]
    assert met == ["One of the choices is met: JLPT N4."]


IN_THE_DRAWER = {**CERTIFIED, "valid_until": None}
HOUSEKEEPING = "Housekeeping"


def test_a_paper_that_opens_it_today_stands_before_the_course_and_is_asked_for_once() -> None:
    answer = told("en", certificates=[IN_THE_DRAWER], training_hours=TAUGHT)
    assert (answer["verdict"]["state"], answer["verdict"]["steps"]) == ("ELIGIBLE_BY", 1)
    (asked,) = answer["verdict"]["goal"]["blocked_by"]
    assert asked["code"] == "GATE" and asked["also"] == ["CERTIFICATE"]
    assert (
        answer["pathways"][0]["text"] == "If what is to be brought cannot be found, by training: Housekeeper, Malaysia."
    )
    assert HOUSEKEEPING not in [one["title"] for one in answer["courses"]]


@pytest.mark.parametrize(
    ("changes", "listed"),
    [
        ({"certificates": [CERTIFIED], "training_hours": TAUGHT}, False),
        ({"certificates": [CERTIFIED], "training_hours": []}, True),  # of the 200 hours none is on record
    ],
)
def test_nobody_goes_to_a_class_for_what_is_held(changes: dict[str, Any], listed: bool) -> None:
    assert (HOUSEKEEPING in [one["title"] for one in told("en", **changes)["courses"]]) is listed


def test_a_level_is_named_with_its_language_and_one_month_is_one() -> None:
    asked = NeedsLanguage("en", "CEFR", "B1")
    assert WORDINGS["LANGUAGE/UNASKED"].not_met.en == "Not asked yet, a test in {language}: {needed}."
    assert title_of(Course(id="x", languages=(LanguageResult("en", "CEFR", "B1", None, None),))) == asked.named()
    assert NeedsExperience("9111", 1).phrase().en == "1 month of similar work"
    assert NeedsAge(min=25, max=25).phrase() == Text("tepat 25 tahun", "exactly 25")


@pytest.mark.parametrize("never", [NeedsSex("M"), NeedsAge(min=60), Unreadable(kind="x")])
def test_a_way_that_nobody_can_go_is_not_what_is_still_needed(never: Requirement) -> None:
    known = {"sex": "F", "birth_date": "1998-05-05", "languages": [N4], "consents": [{"purpose": "MATCHING"}]}
    person = person_of(WORDS, ProfileSchema().load(known), id="x")
    jlpt, care = NeedsLanguage("ja", "JLPT", "N4"), NeedsCertificate(certificate="COMPETENCE", scheme="SSW_CARE")
    assert standing_of(AnyOf((AllOf((jlpt, never)), care)), person, TODAY).held == ()
    assert jlpt.judge(person, TODAY) is Status.MET
    open_to_her = standing_of(AnyOf((AllOf((jlpt, care)), never)), person, TODAY)
    assert open_to_her.lacking == (care,) or never.judge(person, TODAY) is Status.UNKNOWN
