"""No answer ends on "no": several things missing, or an offer that ends before the classes do, are said as they are."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.schemas.shown import RecommendationSchema
from shared.codes import texts
from tests.builders import a_batch_payload, days
from tests.quality.test_panel_courses import COURSES, course
from tests.unit.matching.eligibility import demo
from tests.unit.matching.test_closing_soon import ban_from, with_, world
from tests.unit.matching.test_one_meaning import told
from tests.unit.matching.test_whole_answers import HELD, HOURS, ban

READY = days(66)
"""The last day of the only class."""
HELD_ALREADY: dict[str, Any] = {"certificates": [HELD], "training_hours": HOURS}
SECOND = "00000000-0000-4000-8000-00000000fe02"


def taught(*policies: dict[str, Any], **changes: Any) -> Any:
    """The housekeeper's order with these changes, and one class for it."""
    made = world(*policies, **changes)
    made.put_course(course("HOUSE", COURSES["HOUSE"]))
    batch = a_batch_payload("HOUSE", starts=days(18), ends=READY, closes=days(16))
    made.put_batch({**batch, "id": "one", "regency": "53.06"})
    return made


def said(day: str, lang: str) -> str:
    return texts.day(date.fromisoformat(day), lang)


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("order", "policies", "end", "says"),
    [
        (with_("sip2mi", valid_until=days(40)), [], days(40), ("Izin merekrut", "permit to recruit")),
        (with_("company", valid_until=days(40)), [], days(40), ("Izin perusahaan", "company's licence")),
        ({}, [ban_from(days(20))], days(19), ("aturan baru", "new rule")),
    ],
)
def test_what_ends_before_the_class_does_is_named_with_its_day(
    order: dict[str, Any], policies: list[dict[str, Any]], end: str, says: tuple[str, str], lang: str
) -> None:
    answer = told(lang, world=taught(*policies, **order))
    change = answer["nearest_change"]
    assert (answer["verdict"]["state"], change["change"]) == ("NO_PATH", "LATER_END")
    assert (change["by"], change["ready_on"]) == (end, READY)
    assert says[lang == "en"] in change["text"]
    assert RecommendationSchema().dump(answer) == answer


def renewed(code: str, day: str) -> dict[str, Any]:
    """A policy of the demo with a second revision of the same content from this day."""
    policy = deepcopy(next(one for one in demo.policy_documents() if one["code"] == code))
    old = policy["revisions"][-1]
    new = {**deepcopy(old), "number": old["number"] + 1, "valid_from": day, "known_from": "2026-01-01T00:00:00Z"}
    ended = {**old, "valid_until": (date.fromisoformat(day) - timedelta(days=1)).isoformat()}
    return {**policy, "revisions": [*policy["revisions"][:-1], ended, new]}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("policies", "closes"),
    [
        ([renewed("RATE-EUR", days(3)), ban_from(days(20))], 20),  # a law that turns before and has no part in it
        ([ban_from(days(20)), renewed("RATE-EUR", days(40))], 20),
        ([ban_from(days(10), valid_until=days(12)), {**ban_from(days(30)), "id": SECOND, "code": "BAN-SECOND"}], 30),
    ],
)
def test_of_several_turns_of_the_law_that_is_named_which_closes_the_path(
    policies: list[dict[str, Any]], closes: int, lang: str
) -> None:
    change = told(lang, world=taught(*policies))["nearest_change"]
    assert (change["change"], change["by"], change["ready_on"]) == ("LATER_END", days(closes - 1), READY)
    assert said(days(closes), lang) in change["text"] and ("aturan baru", "new rule")[lang == "en"] in change["text"]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("order", "policies", "records", "end", "ready", "says"),
    [
        ({"opens_on": days(15)}, [ban_from(days(10))], [], days(9), days(15), ("aturan baru", "new rule")),
        ({}, [ban_from(days(10))], ban(20), days(9), days(21), ("aturan baru", "new rule")),
        (with_("sip2mi", valid_until=days(10)), [], ban(20), days(10), days(21), ("Izin merekrut", "permit")),
    ],
)
def test_what_ends_before_a_day_that_alone_would_open_it_is_named(
    order: dict[str, Any],
    policies: list[dict[str, Any]],
    records: list[dict[str, Any]],
    end: str,
    ready: str,
    says: tuple[str, str],
    lang: str,
) -> None:
    answer = told(lang, world=world(*policies, **order), records=records, **HELD_ALREADY)
    change = answer["nearest_change"]
    assert (answer["verdict"]["state"], change["change"]) == ("NO_PATH", "LATER_END")
    assert (change["by"], change["ready_on"]) == (end, ready)
    assert says[lang == "en"] in change["text"] and said(ready, lang) in change["text"]
    assert {"id": "kelas", "en": "class"}[lang] not in change["text"]


def test_a_class_that_ends_in_time_is_a_path_and_nothing_else_is_said() -> None:
    answer = told(world=taught(**with_("sip2mi", valid_until=days(66))))
    assert answer["pathways"] and answer["nearest_change"] is None


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("person", "first"),
    [
        ({"sex": "M", "wishes": {"destinations": ["KOR"]}}, ("EPS-TOPIK", "EPS-TOPIK")),
        (
            {"wishes": {"isco08": ["2221"], "destinations": ["DEU"]}},
            ("selesaikan dulu kuliah", "finish the studies"),
        ),
        (
            {"sex": "M", "wishes": {"destinations": ["KOR"]}, "education": None},
            ("bawa ijazah terakhir", "bring the highest diploma"),
        ),
        (
            {"fitness": {"status": "UNFIT", "on": days(-5)}},
            ("tanyakan ke klinik", "ask the designated clinic"),
        ),
    ],
)
def test_of_several_things_missing_the_first_is_named(
    person: dict[str, Any], first: tuple[str, str], lang: str
) -> None:
    answer = told(lang, **person)
    change = answer["nearest_change"]
    assert (change["change"], change["by"], change["ready_on"]) == ("FIRST_STEP", None, None)
    begin, left = [("Mulai dari ini: ", "syarat lain"), ("Begin with this: ", "more requirement")][lang == "en"]
    assert first[lang == "en"] in change["text"].split(begin)[1] and left in change["text"]
    assert change["job_order"] == answer["verdict"]["goal"]["job_order"]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("person", "left"),
    [(HELD_ALREADY, ()), ({"certificates": [], "training_hours": []}, ("Sesudah itu masih ada 1", "After that 1"))],
)
def test_what_can_be_done_today_comes_before_a_ban_that_ends_by_itself(
    person: dict[str, Any], left: tuple[str, ...], lang: str
) -> None:
    missing = {"birth_date": None, "records": ban(20), "wishes": {"isco08": ["9111"], "destinations": ["MYS"]}}
    text = told(lang, world=world(), **{**missing, **person})["nearest_change"]["text"]
    begin = {"id": "Mulai dari ini: bawa ", "en": "Begin with this: bring "}[lang]
    assert begin in text and {"id": "Sebelum ", "en": "Before "}[lang] + said(days(21), lang) in text
    after = {"id": "Sesudah itu", "en": "After that"}[lang]
    assert left[lang == "en"] in text if left else after not in text


def test_a_ban_without_an_end_decides_first_whether_the_rest_is_worth_while() -> None:
    endless = [{"kind": "ENTRY_BAN", "country": "MYS", "until": None}]
    text = told("en", world=world(), birth_date=None, records=endless, **HELD_ALREADY)["nearest_change"]["text"]
    assert "Begin with this: bring" not in text


def test_an_examination_without_a_date_says_so() -> None:
    assert "Tanggal ujian belum tercatat" in told(sex="M", wishes={"destinations": ["KOR"]})["nearest_change"]["text"]


def test_a_birthday_behind_the_last_day_of_the_order_is_not_waited_for() -> None:
    answer = told(birth_date=days(-19 * 365))
    change = answer["nearest_change"]
    birthday = next(row["by"] for row in answer["verdict"]["goal"]["blocked_by"] if row.get("by"))
    assert change["change"] == "FIRST_STEP" and said(birthday, "id") in change["text"]
    assert "Mulai dari ini" not in change["text"]


@pytest.mark.parametrize(
    "person", [{"birth_date": days(-52 * 365 - 60)}, {"wishes": {"isco08": ["9111"], "destinations": ["SAU"]}}]
)
def test_nobody_is_told_to_begin_with_what_stays_closed(person: dict[str, Any]) -> None:
    change = told(**person)["nearest_change"]
    assert change is None or change["change"] != "FIRST_STEP"


def test_ways_to_other_work_stay_beside_the_first_step() -> None:
    assert told(sex="M", wishes={"isco08": ["9329"], "destinations": ["KOR"]})["pathways"]


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("door", [{"kind": "age", "max": 20}, {"kind": "sex", "is": "M"}, {"kind": "age", "min": 60}])
def test_nobody_is_sent_to_begin_at_a_door_that_stays_shut_to_them(door: dict[str, Any], lang: str) -> None:
    made = world()
    made.put_course({**course("HOUSE", COURSES["HOUSE"]), "prerequisites": door})
    made.put_batch({**a_batch_payload("HOUSE", starts=days(18), ends=READY, closes=days(16)), "id": "one"})
    answer = told(lang, world=made)
    change = answer["nearest_change"]
    assert (change["change"], answer["courses"]) == ("FIRST_STEP", [])
    said = {"id": "tidak menerima umur, jenis kelamin, atau ijazah ini", "en": "do not take this age, sex or schooling"}
    assert said[lang] in change["text"]


def test_a_door_that_can_be_learned_or_is_open_is_no_such_door() -> None:
    gone = {**a_batch_payload("HOUSE", starts=days(-60), ends=days(-20), closes=days(-61)), "id": "one"}
    for door in (None, {"kind": "language", "language": "en", "cefr": "A2"}, {"kind": "age", "min": 28, "max": 45}):
        made = world()
        made.put_course({**course("HOUSE", COURSES["HOUSE"]), "prerequisites": door})
        made.put_batch(gone)
        change = told("en", world=made)["nearest_change"]
        assert change is not None and "do not take this age" not in change["text"], door
