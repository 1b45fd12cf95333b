"""Whoever is told "may apply" is told when what that rests on ends: an application takes weeks, a judgement its day."""

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.matcher.pathway.distances import Distances
from services.matching.matcher.world import World
from shared.codes import texts
from tests.builders import TODAY, days
from tests.unit.matching.eligibility import demo
from tests.unit.matching.test_one_meaning import HOUSEKEEPER, told
from tests.unit.matching.test_whole_answers import HELD, HOURS

READY: dict[str, Any] = {"certificates": [HELD], "training_hours": HOURS}
ON_21_DECEMBER_46 = f"{TODAY.year - 46}-12-21"


def the_order() -> dict[str, Any]:
    (document,) = (one for one in demo.order_documents() if one["code"] == HOUSEKEEPER)
    return document


def world(*policies: dict[str, Any], **changes: Any) -> World:
    """The housekeeper's order alone, with these changes, under the demo's law and these policies."""
    made = World(Distances({}))
    for policy in (*demo.policy_documents(), *policies):
        made.put_policy(policy)
    made.put_order({**the_order(), **changes})
    return made


def ban_from(day: str, **changes: Any) -> dict[str, Any]:
    ban = deepcopy(next(one for one in demo.policy_documents() if one["code"] == "BAN-MENA-HOUSEHOLD"))
    revision = {**ban["revisions"][0], "valid_from": day, "known_from": "2026-01-01T00:00:00Z", **changes}
    revision["content"] = {**revision["content"], "countries": ["MYS"]}
    return {**ban, "id": "00000000-0000-4000-8000-00000000fe01", "code": "BAN-COMING", "revisions": [revision]}


def closing(answer: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in answer["warnings"] if one["code"] == "CLOSES_SOON"]


def until(last: str, lang: str) -> str:
    return {"id": "Hanya sampai ", "en": "Only until "}[lang] + texts.day(date.fromisoformat(last), lang) + ":"


def with_(part: str, **changes: Any) -> dict[str, Any]:
    return {part: {**the_order()[part], **changes}}


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize(
    ("person", "order", "last", "says", "version"),
    [
        ({"birth_date": ON_21_DECEMBER_46}, {}, f"{TODAY.year}-12-20", ("46 tahun", "becomes 46"), "JO-"),
        ({"certificates": [{**HELD, "valid_until": days(30)}]}, {}, days(30), ("Perpanjang", "Renew"), "NTT-GATE"),
        ({}, with_("sip2mi", valid_until=days(40)), days(40), ("izin merekrut", "permit to recruit"), "SIP2MI/1"),
        ({}, with_("company", valid_until=days(3)), days(3), ("izin perusahaan", "licence"), "COMPANY_LICENCE/1"),
        (
            {},
            with_("employer", partner_listed=False, partner_listing={"from": days(50), "until": None}),
            days(49),
            ("daftar bermasalah", "problem list"),
            "PARTNER/1",
        ),
    ],
)
def test_a_yes_says_when_what_it_rests_on_ends(
    person: dict[str, Any], order: dict[str, Any], last: str, says: tuple[str, str], version: str, lang: str
) -> None:
    answer = told(lang, world=world(**order), **{**READY, **person})
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    (warning,) = closing(answer)
    assert warning["text"].startswith(until(last, lang)) and says[lang == "en"] in warning["text"]
    assert warning["version"].startswith(version) and warning["legal_basis"]["instrument"]


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_ban_that_is_approved_for_a_later_day_is_told_before_it_comes(lang: str) -> None:
    answer = told(lang, world=world(ban_from(days(20))), **READY)
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    (warning,) = closing(answer)
    assert warning["text"].startswith(until(days(19), lang)) and warning["version"] == "BAN-COMING/1"


@pytest.mark.parametrize(
    "changes",
    [
        {"policies": [ban_from(days(61))]},
        {"policies": [ban_from(days(20), status="PROPOSED")]},
        {"policies": [ban_from(days(20), known_until="2026-02-01T00:00:00Z")]},
        {"policies": [ban_from(days(20), confidence="L")]},
        {"order": with_("sip2mi", valid_until=days(61))},
    ],
)
def test_what_is_far_away_or_no_law_closes_nothing_soon(changes: dict[str, Any]) -> None:
    answer = told(world=world(*changes.get("policies", ()), **changes.get("order", {})), **READY)
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW" and closing(answer) == []


def test_whoever_may_not_apply_anyhow_is_not_told_what_closes_later() -> None:
    assert closing(told(world=world(ban_from(days(20))))) == []


def test_a_second_certificate_that_lasts_keeps_the_order_open() -> None:
    two = [{**HELD, "valid_until": days(30)}, HELD]
    assert closing(told(world=world(), certificates=two, training_hours=HOURS)) == []


def test_the_last_days_of_the_calendar_are_answered() -> None:
    lasting = world(**with_("sip2mi", valid_until="9999-12-31"), closes_on="9999-12-31")
    somebody = demo_person()
    order = next(iter(lasting.orders.values()))
    for day in (date.max, date(9999, 11, 30)):
        assert lasting.verdict(somebody, order, lasting.law.at(day), day).outcomes


def demo_person() -> Any:
    from services.matching.profiles import person_of
    from services.matching.schemas.profile import ProfileSchema
    from tests.quality.panels import WORDS

    profile = {"birth_date": "1998-05-05", "consents": [{"purpose": "MATCHING"}]}
    return person_of(WORDS, ProfileSchema().load(profile), id="one")


def renewed(code: str, day: str) -> dict[str, Any]:
    """The same law once more, from this day on."""
    policy = deepcopy(next(one for one in demo.policy_documents() if one["code"] == code))
    last = policy["revisions"][-1]
    then = {**deepcopy(last), "number": last["number"] + 1, "valid_from": day, "known_from": "2026-01-01T00:00:00Z"}
    until_then = (date.fromisoformat(day) - timedelta(days=1)).isoformat()
    return {**policy, "revisions": [*policy["revisions"][:-1], {**last, "valid_until": until_then}, then]}


@pytest.mark.parametrize(
    "changes",
    [{}, {"certificates": None, "training_hours": None}, {"certificates": [{**HELD, "valid_until": None}]}],
)
def test_a_law_that_only_goes_on_closes_nothing(changes: dict[str, Any]) -> None:
    assert closing(told(world=world(renewed("NTT-GATE", days(30))), **{**READY, **changes})) == []
