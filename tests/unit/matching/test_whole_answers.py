"""Answers read whole, as an officer reads them: what each sentence says is true, and the whole of what is missing."""

from datetime import date
from typing import Any

import pytest

from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.world import World
from shared.codes import texts
from tests.builders import a_batch_payload, days
from tests.quality.test_panel_courses import COURSES, course
from tests.unit.matching.eligibility import demo
from tests.unit.matching.test_one_meaning import HOUSEKEEPER, told

HELD: dict[str, Any] = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": days(700)}
HOURS = [{"isco08": "9111", "destination": "MYS", "hours": 200}]
PALM_WORK = {"isco08": ["9211"], "destinations": ["MYS"]}


def ban(last: int | None) -> list[dict[str, Any]]:
    return [{"kind": "ENTRY_BAN", "country": "MYS", "until": days(last) if last else None}]


def test_no_course_is_said_to_be_needed_for_what_only_a_day_is_missing_for() -> None:
    """The ban ends before every class does; no class ends it."""
    waiting = told(records=ban(40), wishes=PALM_WORK, sex="M")
    assert waiting["nearest_change"]["change"] == "WAIT"
    assert not {reason["code"] for row in waiting["courses"] for reason in row["reasons"]} & {"TOWARDS_WISH"}
    learning = told(records=ban(40), wishes={"isco08": ["9111"], "destinations": ["MYS"]})
    assert learning["courses"][0]["title"] == "Penata laksana rumah tangga"


def test_nobody_is_sent_to_an_examination_for_work_that_their_eyes_close_to_them() -> None:
    scored = [{"language": "ko", "test": "EPS_TOPIK", "result": "120", "valid_until": days(300)}]
    examined = {"status": "FIT", "on": days(-10), "conditions": [{"code": "COLOUR_VISION", "met": False}]}
    answer = told(
        sex="M", languages=scored, fitness=examined, wishes={"isco08": ["9329"], "destinations": ["KOR"]}, lang="en"
    )
    goal = answer["verdict"]["goal"]
    (group,) = (one for one in answer["blocked"] if goal["job_order"] in one["job_orders"])
    assert (group["code"], group["next_action"]) == ("HEALTH_CONDITION", "Choose another job order.")
    assert goal["blocked_by"][0]["code"] == group["code"]


@pytest.mark.parametrize(("lang", "wait"), [("id", "Tunggu sampai"), ("en", "Wait until")])
def test_a_certificate_that_begins_later_is_waited_for_and_not_learned_again(lang: str, wait: str) -> None:
    answer = told(lang, certificates=[{**HELD, "valid_from": days(10)}], training_hours=HOURS)
    goal = answer["verdict"]["goal"]
    assert [row["next_action"].startswith(wait) for row in goal["blocked_by"]] == [True], goal["blocked_by"]
    assert {row["by"] for row in answer["requirements"] if row["code"] in ("GATE", "CERTIFICATE")} == {days(10)}
    assert answer["nearest_change"]["change"] == "WAIT"


def test_a_certificate_that_ran_out_is_renewed_beside_the_hours_that_are_there() -> None:
    answer = told("en", certificates=[{**HELD, "valid_until": days(-1)}], training_hours=HOURS)
    (row,) = answer["verdict"]["goal"]["blocked_by"]
    assert "has run out" in row["text"] and "Renew" in row["next_action"]
    without = told("en", certificates=[{**HELD, "valid_until": days(-1)}])["verdict"]["goal"]["blocked_by"]
    assert "need training" in without[0]["text"], "with no hours a certificate alone would not do"


def test_the_headline_names_what_no_course_gives_beside_what_one_does() -> None:
    answer = told("en", education={"level": "NONE"})
    text = answer["verdict"]["text"]
    assert answer["verdict"]["goal"]["code"] == HOUSEKEEPER and "need training" in text and "schooling" in text.lower()


@pytest.mark.parametrize("last", [2000, None])
def test_where_nothing_is_open_and_nothing_opens_the_wish_the_least_change_to_other_work_is_named(
    last: int | None,
) -> None:
    answer = told("en", records=ban(last), wishes=PALM_WORK, sex="M")
    change = answer["nearest_change"]
    assert not answer["placements"] and not answer["pathways"] and change is not None
    assert change["job_order"] != answer["verdict"]["goal"]["job_order"] and "What it opens: " in change["text"]
    assert all(row["next_action"] != "Choose from those shown first." for row in answer["blocked"])


def test_a_change_names_the_courses_that_are_needed_all_the_same() -> None:
    answer = told("en", sex="M", education={"level": "SD"}, wishes={"isco08": ["6223"]})
    change = answer["nearest_change"]
    assert "seaman's book" in change["text"] and change["text"].endswith("Take first: Basic safety training.")


@pytest.mark.parametrize(("lang", "said"), [("id", "habis {day}, sebelum kontrak"), ("en", "ends on {day}, before")])
def test_what_ends_within_the_contract_says_when(lang: str, said: str) -> None:
    tomorrow = days(1)
    answer = told(lang, certificates=[{**HELD, "valid_until": tomorrow}], training_hours=HOURS)
    (warning,) = (row for row in answer["warnings"] if row["code"] == "ENDS_WITHIN_CONTRACT")
    assert said.format(day=texts.day(date.fromisoformat(tomorrow), lang)) in warning["text"]


def test_one_paper_that_ends_is_warned_of_once() -> None:
    """The order asks for the test of farming, the law of Japan for any."""
    answer = told(
        languages=[{"language": "ja", "test": "JFT_BASIC", "result": "PASS"}],
        certificates=[{"kind": "SKILL_TEST", "scheme": "SSW_AGRICULTURE", "valid_until": days(900)}],
        wishes={"isco08": ["9211"], "destinations": ["JPN"]},
    )
    assert [row["code"] for row in answer["warnings"]].count("ENDS_WITHIN_CONTRACT") == 1


def test_two_ways_by_one_provider_say_how_they_differ() -> None:
    texts_ = [path["text"] for path in told()["pathways"]]
    assert len(texts_) == len(set(texts_)) == 3 and "Rp6.000.000" in " ".join(texts_), texts_


@pytest.mark.parametrize(("lang", "said"), [("id", "tinggal menunggu hari itu"), ("en", "only that day has to come")])
def test_a_birthday_that_is_waited_for_asks_for_no_papers(lang: str, said: str) -> None:
    almost = days(60 - 21 * 365 - 6)
    answer = told(lang, birth_date=almost, certificates=[HELD], training_hours=HOURS)
    assert answer["verdict"]["state"] == "ELIGIBLE_BY" and said in answer["verdict"]["text"]
    unclear = told(lang, birth_date=almost, certificates=[{**HELD, "valid_until": None}], training_hours=HOURS)
    assert said not in unclear["verdict"]["text"], "the certificate has to be brought as well"


@pytest.mark.parametrize(("lang", "said"), [("id", "Tanyakan lagi lain hari"), ("en", "Ask again another day")])
def test_where_nobody_offers_anything_the_answer_says_what_to_do(lang: str, said: str) -> None:
    assert said in told(lang, world=World(Distances({})))["verdict"]["text"]


def of_one_order(closes: int, *batches: dict[str, Any]) -> World:
    """The housekeeper's order, which closes after so many days, and classes of one course."""
    world = World(Distances({}))
    for policy in demo.policy_documents():
        world.put_policy(policy)
    (document,) = (one for one in demo.order_documents() if one["code"] == HOUSEKEEPER)
    world.put_order({**document, "closes_on": days(closes)})
    world.put_course(course("HOUSE", COURSES["HOUSE"]))
    for number, batch in enumerate(batches):
        world.put_batch({**a_batch_payload("HOUSE"), "id": f"{number}", "regency": "53.06", **batch})
    return world


def class_of(first: int, last: int, closes: int, **more: Any) -> dict[str, Any]:
    return {"starts": days(first), "ends": days(last), "closes": days(closes), **more}


@pytest.mark.parametrize(
    ("closes", "batch", "kind", "indonesian", "english"),
    [
        (270, class_of(18, 66, 16, seats=9, taken=9), "SEAT", "satu kursi paling lambat", "one seat by"),
        (270, class_of(18, 66, 16, status="PLANNED"), "OPENED", "dibuka paling lambat", "opens by"),
        (270, class_of(1, 49, -1), "LATER_REGISTRATION", "ditutup 1 hari lalu", "closed 1 day ago"),
        (270, class_of(3, 51, -2), "LATER_REGISTRATION", "ditutup 2 hari lalu", "closed 2 days ago"),
        (65, class_of(18, 66, 16), "LATER_CLOSING", "ditutup 1 hari terlalu cepat", "closes 1 day too soon"),
    ],
)
def test_the_day_of_a_change_is_the_last_that_helps_and_one_day_is_one_day(
    closes: int, batch: dict[str, Any], kind: str, indonesian: str, english: str
) -> None:
    for lang, said in (("id", indonesian), ("en", english)):
        change = told(lang, world=of_one_order(closes, batch))["nearest_change"]
        assert change["change"] == kind and said in change["text"], change["text"]
        assert "sebelum" not in change["text"], "the day itself is in time"
        if kind == "LATER_CLOSING":
            assert COURSES["HOUSE"]["title"][lang == "en"] in change["text"]


def test_a_registered_nurse_who_asks_for_japan_hears_of_care_and_the_language_there_first() -> None:
    """One rule less keeps Germany closed to her; nobody holds a class for it, and she asked for Japan."""
    answer = told(
        "en",
        education={"level": "D3", "field": "NURSING"},
        work_history=[{"title": "perawat", "months": 30, "country": "IDN"}],
        certificates=[{"kind": "LICENCE", "scheme": "STR_NURSE", "valid_until": days(900)}],
        wishes={"isco08": ["2221"], "destinations": ["JPN"]},
    )
    assert "care worker (kaigo), Japan" in answer["verdict"]["text"]
    assert [one["title"] for one in answer["courses"][:3]] == ["Care skill test", "Japanese N5", "Japanese N4"]
    assert any(note.startswith("With the own diploma to Germany: ") for note in answer["verdict"]["notes"])


@pytest.mark.parametrize(("lang", "said"), [("id", "perlu 600 jam pelatihan"), ("en", "needs 600 hours of training")])
def test_a_rule_that_is_not_certain_says_what_it_asks(lang: str, said: str) -> None:
    answer = told(
        lang, languages=[{"language": "en", "cefr": "B1"}], wishes={"isco08": ["9111"], "destinations": ["HKG"]}
    )
    (warning,) = (row for row in answer["warnings"] if row["code"] == "DOUBTFUL_TRAINING_HOURS")
    assert said in warning["text"] and "BP3MI" in warning["text"]


@pytest.mark.parametrize(
    ("wish", "country", "level", "way"),
    [("2221", "DEU", "SMA", "Finish the studies"), ("9111", "MYS", "NONE", "Finish more schooling")],
)
def test_nobody_becomes_a_graduate_by_the_examinations_for_school(
    wish: str, country: str, level: str, way: str
) -> None:
    answer = told("en", education={"level": level}, wishes={"isco08": [wish], "destinations": [country]})
    (row,) = (one for one in answer["verdict"]["goal"]["blocked_by"] if one["code"] == "EDUCATION")
    assert row["next_action"].startswith(way)
