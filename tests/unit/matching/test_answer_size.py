"""How long an answer is, and that nothing stands in it twice: orders of two panels, under ids as long as ids are."""

import json
import random
import uuid
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest

from services.matching.matcher.advice import length as shortening
from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.advice.rules_told import cautions
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.verdicts.cautions import DOUBTFUL
from services.matching.matcher.verdicts.verdict import Caution
from services.matching.matcher.world import World
from services.matching.schemas.shown import RecommendationSchema
from tests.builders import TODAY, a_batch_payload, a_person, an_order_payload, days
from tests.quality.panels import person
from tests.quality.test_panel import PANEL
from tests.quality.test_panel_courses import COURSES, PEOPLE, RANKING, course, order
from tests.quality.test_panel_courses import PANEL as COURSE_PANEL
from tests.unit.matching.eligibility import demo

LONGEST = 15_000
"""Promised of a typical answer, and kept by every one of these."""
AS_OF_BYTES = 450
"""Of the id and of what an answer was made from, which the house adds."""
BASIS = LegalBasis("UU 18/2017", "5", None)
WISHING = [told for told in (*PANEL["people"], *PEOPLE.values()) if told.get("wishes")]


@cache
def province() -> World:
    """The demo's law and orders, and those of the panels, under ids of the length that ids have."""
    drawn = random.Random(4)

    def id() -> str:
        return str(uuid.UUID(int=drawn.getrandbits(128), version=4))

    world = World(Distances.read("deploy/data/distances.csv"))
    for policy in demo.policy_documents():
        world.put_policy(policy)
    for document in demo.order_documents():
        world.put_order({**document, "id": id()})
    for code, told in COURSE_PANEL["orders"].items():
        world.put_order({**order(code, told), "id": id(), "code": code})
    for code, told in COURSES.items():
        key, (first, last, *place) = id(), told["batch"]
        world.put_course({**course(code, told), "id": key})
        batch = a_batch_payload(key, starts=days(first), ends=days(last), closes=days(first - 2))
        world.put_batch({**batch, "id": id(), "regency": place[0] if place else None})
    return world


def answer(told: dict[str, Any], **asked: Any) -> dict[str, Any]:
    return payload(advise(person(told), province(), RANKING, day=TODAY, **asked))


def length(answer: dict[str, Any]) -> int:
    return len(json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()) + AS_OF_BYTES


@pytest.mark.parametrize("told", WISHING)
def test_an_answer_is_what_its_schema_says(told: dict[str, Any]) -> None:
    """The door sends it as it is."""
    shown = answer(told, lang="en")
    assert RecommendationSchema().dump(shown) == shown


def test_a_birthday_that_is_waited_for_stands_in_the_schema_too() -> None:
    world = World(Distances({}))
    world.put_order(an_order_payload(requirements={"kind": "age", "min": 24}, title_scheme=None, closes_on=days(300)))
    young = a_person(birth_date=days(60 - 24 * 365))
    shown = payload(advise(young, world, RANKING, day=TODAY))
    (row,) = (one for order in shown["placements"] for one in order["missing"])
    assert row["by"] > TODAY.isoformat() and RecommendationSchema().dump(shown) == shown


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_typical_answer_is_short(lang: str) -> None:
    lengths = [length(answer(told, lang=lang)) for told in (*PANEL["people"], *PEOPLE.values())]
    assert max(lengths) <= LONGEST, sorted(lengths)


def test_a_long_answer_names_fewer_ids_and_leaves_no_row_and_no_rule_in_the_way_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = next(one for one in WISHING if (answer(one)["verdict"]["goal"] or {}).get("opened_by"))
    monkeypatch.setattr(shortening, "MOST_BYTES", 10**6)
    whole = answer(told)
    monkeypatch.setattr(shortening, "MOST_BYTES", 1)
    short = answer(told)
    assert length(short) < length(whole) - 500
    for name in ("courses", "placements", "pathways"):
        for before, after in zip(whole[name], short[name], strict=True):
            assert {**before, **after}.keys() >= before.keys() and after["reasons" if name != "pathways" else "steps"]
            assert [one for one in before.get("missing", ()) if one["legal"]] == [
                one for one in after.get("missing", ()) if one["legal"]
            ]
    counts = [
        [row.get("unlocks_count", len(row["unlocks"])) for name in ("courses", "pathways") for row in one[name]]
        for one in (whole, short)
    ]
    assert counts[0] == counts[1] and short["verdict"]["goal"]["job_order"] in short["pathways"][0]["unlocks"]
    assert all(path["aim"]["job_order"] in path["unlocks"] for path in short["pathways"])
    assert sum(row["count"] for row in short["blocked"]) == sum(row["count"] for row in whole["blocked"])
    assert [(row["code"], row["text"], row["legal_basis"]) for row in short["requirements"]] == [
        (row["code"], row["text"], row["legal_basis"]) for row in whole["requirements"]
    ]
    assert RecommendationSchema().dump(short) == short


@pytest.mark.parametrize(
    ("asked", "named"), [(None, ["b"]), ("e", ["e"]), ("elsewhere", ["b"])], ids=["no wish", "closed", "not on the way"]
)
def test_a_path_of_a_long_answer_still_names_an_order_whose_title_stands_in_it(
    asked: str | None, named: list[str]
) -> None:
    rows: dict[str, Any] = {"courses": [], "placements": [{"job_order": "d"}, {"job_order": "b"}]}
    rows["pathways"] = [{"unlocks": ["a", "b", "c", "d", "e"], "unlocks_count": 40}]
    advice: Any = SimpleNamespace(goal=SimpleNamespace(order=SimpleNamespace(id=asked)) if asked else None)
    shortening._name_one(rows, advice)
    assert rows["pathways"] == [{"unlocks": named, "unlocks_count": 40}]


def test_no_block_ends_without_what_to_do_and_what_is_left_for_several_placements_is_told_once() -> None:
    for told in WISHING[::2]:
        shown = answer(told, lang="en")
        goal = shown["verdict"]["goal"] or {"blocked_by": ()}
        rows = [*goal["blocked_by"], *shown["blocked"]]
        rows += [row for order in shown["placements"] for row in order["missing"] if row["legal"]]
        assert all(row["next_action"] for row in rows)
        later = shown.get("later", ())
        assert len({(row["code"], row["text"]) for row in later}) == len(later)
        assert all(row["placements"] and row["placements"][-1] < len(shown["placements"]) for row in later)
        warnings = [row for order in shown["placements"] for row in order.get("warnings", ())]
        laws = [(row["text"], row["version"]) for row in warnings if "version" in row]
        assert len(laws) == len(set(laws))


def test_two_rows_of_law_in_doubt_are_both_named_though_their_sentence_is_the_same() -> None:
    rows = [Caution(code="DOUBTFUL_AGE", version=f"{row}/1", legal_basis=BASIS, text=DOUBTFUL) for row in "ABA"]
    assert [row.get("version") for row in cautions(rows, "id")] == ["A/1", "B/1", None]


def test_a_reason_that_a_row_before_gave_in_the_same_words_is_not_repeated() -> None:
    for told in WISHING[::4]:
        shown = answer(told)
        for rows in (shown["courses"], shown["placements"]):
            said: set[str] = set()
            for row in rows:
                assert row["reasons"] or row["missing"], "a row that stands there for the wish says why, too"
                weights = [reason["weight"] for reason in row["reasons"]]
                assert weights == sorted(weights, reverse=True)
                assert not said & {reason["text"] for reason in row["reasons"][1:]}, row["reasons"]
                said |= {reason["text"] for reason in row["reasons"]}


def test_what_one_law_leaves_open_and_one_question_settles_is_one_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shortening, "MOST_BYTES", 10**6)
    shown = answer({"wishes": {"isco08": ["9216"], "destinations": ["KOR"]}, "sex": "M"}, lang="en")
    (asked,) = (row for row in shown["requirements"] if row["code"] == "NO_RECORD")
    assert asked["text"].count("Nobody has asked") == len(asked["needed"]) == 4, asked
    assert asked["version"] and asked["legal_basis"]["instrument"] and asked["next_action"]


def test_a_path_names_the_order_that_the_answer_speaks_of() -> None:
    """However many better paid ones of its kind it opens."""
    world, drawn = province(), random.Random(5)
    told = next(one for one in WISHING if (answer(one)["verdict"]["goal"] or {}).get("opened_by"))
    goal = answer(told)["verdict"]["goal"]
    model = next(one for one in demo.order_documents() if one["code"] == goal["code"])
    added = [str(uuid.UUID(int=drawn.getrandbits(128), version=4)) for _ in range(15)]
    for place, id in enumerate(added, start=1):
        wage = {**model["wage"], "amount": model["wage"]["amount"] + place}
        world.put_order({**model, "id": id, "code": f"{goal['code']}-{place}", "wage": wage})
    try:
        shown = answer(told)
        path = shown["pathways"][0]
        assert path["unlocks_count"] >= 16 > len(path["unlocks"])
        assert shown["verdict"]["goal"]["job_order"] in path["unlocks"]
    finally:
        province.cache_clear()


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_rule_of_the_asked_for_order_is_there_once(lang: str) -> None:
    for told in WISHING[:6]:
        shown = answer(told, lang=lang)
        rows = [(row["code"], row["text"]) for row in shown["requirements"]]
        assert len(rows) == len(set(rows)) and all(row["legal_basis"]["instrument"] for row in shown["requirements"])
        papers = [version for row in shown["requirements"] if row["code"] == "PAPERS" for version in row["rules"]]
        named = {row["code"] for row in shown["requirements"]} | {version.split("/")[0] for version in papers}
        assert {"PASSPORT", "WORK_VISA", "FAMILY_CONSENT", "ORIENTATION", "FITNESS"} <= named
        goal = shown["verdict"]["goal"]
        assert (
            goal is None or goal["opened_by"] == [path["kind"] for path in shown["pathways"]] or not goal["opened_by"]
        )
