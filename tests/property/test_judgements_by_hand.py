"""Random histories: people, orders, laws, slots and days change in any order; every judgement equals the law by hand.

The second reading of the law (`law_by_hand`) knows nothing of the program; who is under way stays under way when an
order closes, and a held slot counts, so both are put right before it is asked.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from services.matching.judging.docket import Docket, law_digest
from services.matching.judging.judgement import Judgement
from services.matching.matcher.world import World
from tests.builders import TODAY, a_person_payload, a_result
from tests.property import law_by_hand as by_hand
from tests.property.paths_worlds import KM, Drawn, Payload

STEPS = 40


class History:
    """A small world that changes, what the judge has heard of it, and the last judgement of each subject."""

    def __init__(self, seed: int) -> None:
        self.drawn = Drawn(seed)
        self.random, self.day = self.drawn.random, TODAY
        self.world, self.docket = World(KM), Docket()
        self.judged: dict[str, Judgement] = {}
        self.people = self._some(self._somebody, 3)
        self.orders = self._some(self.drawn.order, 3)
        self.quotas = {id: self.drawn.quota(order) for id, order in self.orders.items()}
        self.policies = {policy["code"]: policy for policy in self.drawn.policies()}
        self.applications: dict[str, Payload] = {}
        for person in self.people:
            for order in self.orders:
                id = self.drawn.id()
                self.applications[id] = self._application(id, person, order)
        for code in self.policies:
            self.world.put_policy(self.policies[code])
        for id in self.orders:
            self.world.put_order(self.orders[id])
            self.world.put_quota(self.quotas[id])
        for row in self.applications.values():
            self.docket.put_application(row)
        for somebody in self.people.values():
            self.docket.put_person({**somebody, "_id": somebody["id"]})

    def _somebody(self) -> Payload:
        """Every other one has what a household in Malaysia asks for."""
        if self.random.random() < 0.5:
            return self.drawn.someone()
        return a_person_payload(id=self.drawn.id(), languages=[a_result(result="N4")])

    def _some(self, make: Callable[[], Payload], number: int) -> dict[str, Payload]:
        made = [make() for _ in range(number)]
        return {str(one["id"]): one for one in made}

    def _application(self, id: str, person: str, order: str, **changes: Any) -> Payload:
        row = {"_id": id, "candidate_id": person, "job_order_id": order, "state": "APPLIED", "reserved": False}
        return {**row, "version": 1, **changes}

    def step(self) -> None:
        """One thing of the world changes, and the judge hears of it."""
        pick = self.random.choice
        pick((self._a_person, self._an_order, self._a_law, self._an_end, self._slots, self._a_slot, self._days))()

    def _a_person(self) -> None:
        id = self.random.choice(list(self.people))
        person = {**self._somebody(), "id": id, "version": self.people[id]["version"] + 1}
        self.people[id] = person
        self.docket.put_person({**person, "_id": id})

    def _an_order(self) -> None:
        id = self.random.choice(list(self.orders))
        self.orders[id] = {**self.drawn.order(), "id": id, "version": self.orders[id]["version"] + 1}
        self.world.put_order(self.orders[id])

    def _a_law(self) -> None:
        """New law, or another revision of one that stands; a proposal now and then."""
        drawn = self.drawn.policies()
        if drawn:
            policy = self.random.choice(drawn)
            known = self.policies.get(policy["code"])
            if known:
                policy = {**policy, "id": known["id"], "version": known["version"] + 1}
                last = max(row["number"] for row in known["revisions"])
                for row in policy["revisions"]:
                    row["number"] += last
            self.policies[policy["code"]] = policy
            self.world.put_policy(policy)

    def _an_end(self) -> None:
        """A law ends today."""
        if self.policies:
            code = self.random.choice(list(self.policies))
            policy = self.policies[code]
            rows = [
                {**row, "number": row["number"] + 100, "valid_until": self.day.isoformat()}
                if row["valid_from"] <= self.day.isoformat()
                else {**row, "status": "REJECTED"}
                for row in policy["revisions"]
            ]
            self.policies[code] = {**policy, "version": policy["version"] + 1, "revisions": rows}
            self.world.put_policy(self.policies[code])

    def _slots(self) -> None:
        id = self.random.choice(list(self.orders))
        self.quotas[id] = {**self.drawn.quota(self.orders[id]), "version": self.quotas[id]["version"] + 1}
        self.world.put_quota(self.quotas[id])

    def _a_slot(self) -> None:
        id = self.random.choice(list(self.applications))
        row = self.applications[id]
        state = self.random.choice(("APPLIED", "SELECTED", "AGREED", "STOPPED"))
        changes = {"reserved": not row["reserved"], "state": state, "version": row["version"] + 1}
        self.applications[id] = {**row, **changes}
        self.docket.put_application(self.applications[id])

    def _days(self) -> None:
        self.day += timedelta(days=self.random.choice((1, 1, 7, 40)))

    def judge(self) -> int:
        """The judge looks. Returns how much it judged anew."""
        fresh = {judgement.id: judgement for judgement in self.docket.due(self.world, self.day)}
        self.judged |= fresh
        return len(fresh)

    def lawful_by_hand(self, row: Payload) -> bool:
        """May this application go on today?"""
        order = self.orders[row["job_order_id"]]
        quota = self.quotas[order["id"]]
        under_way = {
            **order,
            "status": "OPEN" if order["status"] == "CLOSED" else order["status"],
            "opens_on": None,
            "closes_on": "2999-12-31",
        }
        held = {"quota": 1, "reserved": 0, "taken": 0} if row["reserved"] else quota
        person = self.people[row["candidate_id"]]
        return by_hand.may_apply(person, under_way, held, self.policies.values(), self.day)


def check(seed: int) -> tuple[int, int]:
    """Tell one history; how many judgements were lawful, and how many were not."""
    history = History(seed)
    lawful = unlawful = 0
    for _ in range(STEPS):
        for _ in range(history.random.choice((1, 1, 2, 4))):  # the judge does not see every state on the way
            history.step()
        history.judge()
        for id, row in history.applications.items():
            judgement = history.judged[id].as_document()
            expected = history.lawful_by_hand(row)
            assert (judgement["outcome"] == "LAWFUL") == expected, (seed, judgement, history.day)
            assert judgement["day"] == history.day.isoformat()
            assert judgement["versions"]["candidate"] == history.people[row["candidate_id"]]["version"]
            assert judgement["versions"]["job_order"] == history.orders[row["job_order_id"]]["version"]
            assert judgement["versions"]["policies"] == law_digest(history.world)
            lawful, unlawful = lawful + expected, unlawful + (not expected)
        assert history.judge() == 0, "what has not changed is not judged again"
    return lawful, unlawful


@pytest.mark.parametrize("seed", range(12))
def test_every_judgement_equals_the_law_by_hand(seed: int) -> None:
    check(seed)


def test_the_histories_show_both_outcomes_often_enough_to_prove_something() -> None:
    counts = [check(seed) for seed in range(100, 120)]
    assert sum(lawful for lawful, _ in counts) > 100
    assert sum(unlawful for _, unlawful in counts) > 500


@pytest.mark.deep
@pytest.mark.parametrize("seed", range(1000, 1150))
def test_the_same_for_many_more_histories(seed: int) -> None:
    check(seed)


def test_a_judge_that_starts_anew_says_the_same() -> None:
    """Everything is derived: a judge that was killed and one that heard every step end with the same judgements."""
    history = History(7)
    for _ in range(60):
        history.step()
        history.judge()
    fresh = History(7)
    fresh.world, fresh.docket = history.world, Docket()
    for row in history.applications.values():
        fresh.docket.put_application(row)
    for person in history.people.values():
        fresh.docket.put_person({**person, "_id": person["id"]})
    again = {judgement.id: judgement.as_document() for judgement in fresh.docket.due(history.world, history.day)}
    assert again == {id: one.as_document() for id, one in history.judged.items() if id in again}
    assert again.keys() >= history.applications.keys()
