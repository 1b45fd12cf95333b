"""What the operator's page counts among orders, companies and laws; the day before a limit nothing is found."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from services.placement.actions import quality
from tests.support.today import TODAY, day

Row = dict[str, Any]


def order(id: str, **changes: Any) -> Row:
    changed = datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC) - timedelta(days=changes.pop("changed", 0))
    row = {"_id": id, "code": id, "closes_on": day(0), "verification": "VERIFIED", "company": None, "company_id": None}
    return {**row, "updated_at": changed, **changes}


def law(code: str, on: str | None) -> Row:
    held = {"status": "APPROVED", "action": "SET", "known_until": None, "valid_from": day(-400), "valid_until": None}
    return {"_id": code, "code": code, "revisions": [{**held, "verified_on": on}]}


def found(*, orders: list[Row] = [], companies: list[Row] = [], laws: list[Row] = []) -> dict[str, list[str]]:  # noqa: B006
    house = SimpleNamespace(
        job_orders=SimpleNamespace(not_closed=lambda: orders),
        companies=SimpleNamespace(load={row["_id"]: row for row in companies}.get),
        policies=SimpleNamespace(all=lambda: laws),
    )
    checks = quality.checks(house)  # type: ignore[arg-type]
    return {code: [one.id for one in check()] for code, check in checks.items() if list(check())}


def test_the_last_day_of_an_order_is_still_open() -> None:
    assert found(orders=[order("a"), order("b", closes_on=day(-1))]) == {"ORDER_PAST_CLOSING": ["b"]}


def test_an_order_waits_too_long_after_fourteen_days() -> None:
    rows = [order("a", verification="UNVERIFIED", changed=14), order("b", verification="UNVERIFIED", changed=15)]
    assert found(orders=rows) == {"ORDER_WAITS": ["b"]}


def test_days_are_those_of_the_province() -> None:
    late = datetime(TODAY.year, TODAY.month, TODAY.day, 20, tzinfo=UTC) - timedelta(days=16)  # 04.00 there
    row = order("a", verification="UNVERIFIED") | {"updated_at": late}
    assert found(orders=[row]) == {"ORDER_WAITS": ["a"]}
    assert found(orders=[row | {"updated_at": late + timedelta(days=1)}]) == {}


def test_a_licence_holds_on_its_last_day_and_is_compared_every_ninety() -> None:
    rows = [order("a", company={"valid_until": day(0)}), order("b", company={"valid_until": day(-1)})]
    assert found(orders=rows) == {"LICENCE_ENDED": ["b"]}
    companies = [{"_id": "c", "name": "C", "snapshot_on": day(-90)}, {"_id": "d", "name": "D", "snapshot_on": day(-91)}]
    rows = [order("a", company_id="c"), order("b", company_id="d"), order("e", company_id="d")]
    assert found(orders=rows, companies=companies) == {"LICENCE_NOT_SEEN": ["d"]}


def test_a_law_is_compared_with_its_source_twice_a_year() -> None:
    ended = law("E", None)
    ended["revisions"][0]["valid_until"] = day(-1)
    assert found(laws=[law("A", day(-180)), law("B", day(-181)), law("C", None), ended]) == {
        "LAW_NOT_CHECKED": ["B", "C"]
    }
