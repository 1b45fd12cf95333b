"""What the operator's page counts among courses, batches and providers; the day before a limit nothing is found."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from services.training.actions import quality
from services.training.store import COURSES, PROVIDERS
from tests.support.today import TODAY, day

Row = dict[str, Any]


def course(id: str, state: str = "APPROVED", *, changed: int = 0, status: str = "ACTIVE") -> Row:
    words = {"title": {"id": "Las"}, "code": id.upper(), "provider": {"name": "BLK Contoh"}}
    return {"_id": id, "review": {"state": state}, "status": status, "updated_at": at(changed), **words}


def batch(id: str, course_id: str, *, confirmed: int | None) -> Row:
    said = None if confirmed is None else at(confirmed).isoformat()
    return {
        "_id": id,
        "course_id": course_id,
        "number": "2027-1",
        "seats_confirmed_at": said,
        "created_at": at(15 if confirmed is None else 99),
    }


def at(days_ago: int) -> datetime:
    return datetime(TODAY.year, TODAY.month, TODAY.day, 3, tzinfo=UTC) - timedelta(days=days_ago)


def found(
    *,
    courses: list[Row] = [],  # noqa: B006
    batches: list[Row] = [],  # noqa: B006
    planned: list[Row] = [],  # noqa: B006
    providers: list[Row] = [],  # noqa: B006
) -> dict[str, list[str]]:
    store = SimpleNamespace(
        listed=lambda name: {COURSES: courses, PROVIDERS: providers}[name],
        batches_with_people=lambda: [row for row in planned if row["taken"] and row["status"] != "CANCELLED"],
        open_batches=lambda after: batches,
        several=lambda name, ids: {row["_id"]: row for row in courses if row["_id"] in ids},
    )
    checks = quality.checks(SimpleNamespace(store=store))  # type: ignore[arg-type]
    return {code: [one.id for one in check()] for code, check in checks.items() if list(check())}


def test_a_course_needs_a_batch_that_can_be_joined() -> None:
    rows = [course("a"), course("b"), course("c", "PENDING"), course("d", status="ENDED")]
    assert found(courses=rows, batches=[batch("x", "a", confirmed=1)]) == {"COURSE_WITHOUT_BATCH": ["b"]}


def test_what_waits_for_review_and_what_nobody_confirmed_counts_after_fourteen_days() -> None:
    rows = [course("a", "PENDING", changed=14), course("b", "PENDING", changed=15)]
    assert found(courses=rows) == {"COURSE_WAITS": ["b"]}
    rows = [course("a"), course("b"), course("c")]
    open_now = [batch("x", "a", confirmed=14), batch("y", "b", confirmed=15), batch("z", "c", confirmed=None)]
    assert found(courses=rows, batches=open_now) == {"SEATS_NOT_CONFIRMED": ["y", "z"]}


def test_people_are_not_taught_200_lessons_in_a_day() -> None:
    def planned(id: str, days: int, *, taken: int = 1, status: str = "DONE") -> Row:
        return {**batch(id, "c", confirmed=1), "starts": day(1), "ends": day(days), "taken": taken, "status": status}

    rows = [{**course("c", "PENDING"), "lesson_hours": 200}]
    empty, cancelled = planned("e", 1, taken=0), planned("f", 1, status="CANCELLED")
    told = found(courses=rows, planned=[planned("a", 1), planned("b", 14), planned("d", 15), empty, cancelled])
    assert told == {"HOURS_DO_NOT_FIT": ["a", "b"]}


def test_a_provider_is_looked_at_once_a_year() -> None:
    def provider(id: str, on: str | None, active: bool = True) -> Row:
        return {"_id": id, "name": id, "active": active, "last_verified_on": on}

    rows = [provider("a", day(-365)), provider("b", day(-366)), provider("c", None), provider("d", None, active=False)]
    assert found(providers=rows) == {"PROVIDER_NOT_VERIFIED": ["b", "c"]}
