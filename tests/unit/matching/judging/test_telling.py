"""What the judge tells first: whatever turned, before the rest is even judged, and nothing that is no news."""

from collections.abc import Iterator
from typing import Any

import pytest

from services.matching import says
from services.matching.judging.judgement import APPLICATION, JOB_ORDER
from services.matching.judging.loop import TOGETHER, Judge


class Store:
    """Writes down what is told, and by which kind of event."""

    def __init__(self) -> None:
        self.told: list[list[str]] = []
        self.kinds: set[str] = set()

    def tell(self, judged: list[dict[str, Any]], *, type: str) -> None:
        self.told.append([one["_id"] for one in judged])
        self.kinds.add(type)


class Lease:
    def hold(self) -> bool:
        return True


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def judge(store: Store) -> Judge:
    one: Any = Judge.__new__(Judge)
    one._store, one._lease, one._told = store, Lease(), {}
    judge: Judge = one
    return judge


def judged(number: int, outcome: str = "LAWFUL", *, subject: str = APPLICATION, law: str = "a") -> dict[str, Any]:
    versions = {"candidate": 1, "job_order": 1, "quota": 1, "policies": law}
    rules = [] if outcome == "LAWFUL" else [{"rule": "GATE"}]
    return {
        "_id": f"{subject}-{number}",
        "subject": subject,
        "candidate_id": None,
        "day": "2026-11-24",
        "outcome": outcome,
        "versions": versions,
        "rules": rules,
    }


def test_the_first_telling_announces_everything(judge: Judge, store: Store) -> None:
    assert judge._tell_what_is_news(judged(number) for number in range(TOGETHER + 20)) == TOGETHER + 20
    assert [len(piece) for piece in store.told] == [TOGETHER, 20]
    assert store.kinds == {says.JUDGEMENT_ANNOUNCED}


def test_what_turned_leaves_before_the_rest_is_judged(judge: Judge, store: Store) -> None:
    judge._tell_what_is_news(judged(number) for number in range(3 * TOGETHER))
    store.told.clear()
    store.kinds.clear()
    left_after: list[int] = []

    def again() -> Iterator[dict[str, Any]]:
        for number in range(3 * TOGETHER):
            left_after.append(len(store.told))
            yield judged(number, "UNLAWFUL" if number % 2 else "LAWFUL", law="b")

    judge._tell_what_is_news(again())
    assert left_after[-1] == 1, "a whole piece had turned long before the last was judged"
    told = [id for piece in store.told for id in piece]
    turned = [f"{APPLICATION}-{number}" for number in range(3 * TOGETHER) if number % 2]
    assert told[: len(turned)] == turned and len(set(told)) == 3 * TOGETHER
    assert store.kinds == {says.JUDGED}


def test_what_nobody_would_learn_from_is_not_told(judge: Judge, store: Store) -> None:
    judge._tell_what_is_news(iter([judged(1)]))
    slots = judged(1)
    slots["versions"] = {**slots["versions"], "quota": 9}
    assert judge._tell_what_is_news(iter([slots])) == 1
    assert len(store.told) == 1


def test_applications_come_before_orders_of_which_nobody_waits(judge: Judge, store: Store) -> None:
    judge._tell_what_is_news(iter([judged(1, subject=JOB_ORDER), judged(2)]))
    store.told.clear()
    judge._tell_what_is_news(iter([judged(1, subject=JOB_ORDER, law="b"), judged(2, law="b")]))
    assert store.told == [[f"{APPLICATION}-2", f"{JOB_ORDER}-1"]]
