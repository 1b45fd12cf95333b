"""Forty people whose right order is plain to any officer, ranked and explained by the product as it serves.

Their words go the whole way: the profile of a request, codes, columns, cards, reasons.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.law.rules.corridors import comparable
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.ranking.values import OrderProspect, Ranked
from tests.builders import TODAY, a_factory_order
from tests.quality.panels import person
from tests.unit.matching.eligibility import demo

PANEL = yaml.safe_load(Path(__file__).with_name("panel.yaml").read_text(encoding="utf-8"))
RANKING = Ranking.cold()


def order(code: str, told: dict[str, Any]) -> Order:
    amount, currency = told["wage"]
    skills = [
        (skill, essential) for essential in (True, False) for skill in told["essential" if essential else "optional"]
    ]
    return a_factory_order(
        id=code,
        code=code,
        isco08=told["isco08"],
        country=told["country"],
        title=dict(zip(("id", "en"), told["title"], strict=True)),
        wage={"amount": amount, "currency": currency},
        skills=[{"code": skill, "essential": essential, "similarity": 1.0} for skill, essential in skills],
        requirements={"all": told["needs"]} if "needs" in told else None,
    )


LAW = demo.law().at(TODAY)
ORDERS = [
    *(found for code, found in demo.orders().items() if not code.startswith("JO-N")),
    *(order(code, told) for code, told in PANEL["orders"].items()),
]
GAPS = {one.id: OrderProspect(wage_idr=comparable(one.wage, "IDR", LAW) if one.wage else None) for one in ORDERS}


def ranked(told: dict[str, Any]) -> list[Ranked]:
    return list(RANKING.orders(person(told), ORDERS, GAPS))


def test_there_are_forty() -> None:
    assert len(PANEL["people"]) == 40


@pytest.mark.parametrize("told", PANEL["people"], ids=lambda told: told["who"].replace(" ", "-"))
def test_the_list_is_as_any_officer_would_make_it(told: dict[str, Any]) -> None:
    rows = ranked(told)
    place = {row.id: number for number, row in enumerate(rows, start=1)}
    assert rows[0].id in told["first"], [(row.id, round(row.score, 1)) for row in rows[:5]]
    for better, worse in told.get("before", ()):
        assert place[better] < place[worse], f"{better} is {place[better]}, {worse} is {place[worse]}"
    for id in told.get("last", ()):
        assert place[id] > len(rows) / 2, f"{id} is {place[id]} of {len(rows)}"


@pytest.mark.parametrize("told", PANEL["people"], ids=lambda told: told["who"].replace(" ", "-"))
def test_what_stands_first_says_why_in_at_most_three_reasons_that_the_score_used(told: dict[str, Any]) -> None:
    best = ranked(told)[0]
    assert 1 <= len(best.reasons) <= 3 and len(best.missing) <= 3
    assert sum(part.points for part in best.parts) == pytest.approx(best.score, abs=1e-9)
    used = {round(part.points, 9) for part in best.parts}
    for reason in best.reasons:
        assert round(reason.weight, 9) in used and reason.text.id and reason.text.en
