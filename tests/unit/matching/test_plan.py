"""The plan for everybody: what is an option, what it is worth, what is said to each person and in sums."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.facts.people import Person
from services.matching.matcher.fairness_slices import slices_of
from services.matching.matcher.options import NONE
from services.matching.matcher.plan import gathering, rendering
from services.matching.matcher.plan.figures import FIRST_COME, GREEDY, PLAN, Figure, compared, figures
from services.matching.matcher.plan.gathering import Gathered, gather
from services.matching.matcher.plan.proposal import WORST_OFF, Fate, Line, floors_for, lines, propose, used
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.matcher.world import World
from tests import builders as make
from tests.builders import TODAY, days
from tests.property.paths_worlds import KM

RANKING = Ranking.cold()
GATE = {"home_regency_prefix": "53.", "employer_type": "HOUSEHOLD", "isco08": None, "reading": "WIDE"}
UNTRAINED: dict[str, Any] = {"certificates": [], "training_hours": []}


def groups(person: Person) -> dict[str, str]:
    return dict(slices_of(person, TODAY))


class Province:
    """One order with some slots, and a course with some seats that opens it."""

    def __init__(self, slots: int = 5, seats: int = 5) -> None:
        self.world = World(KM)
        gate = {"id": make.an_id(), "version": 1, "code": "NTT-GATE", "kind": "GATE"}
        self.world.put_policy({**gate, "revisions": [make.a_revision(GATE, number=1)]})
        self.order = self.adds_order(slots)
        self.course = make.a_course_payload()
        self.world.put_course(self.course)
        self.batch = self.adds_batch(seats)

    def adds_order(self, slots: int, **changes: Any) -> str:
        order = make.an_order_payload(**changes)
        self.world.put_order(order)
        self.world.put_quota({"id": order["id"], "version": 1, "quota": slots, "reserved": 0, "taken": 0})
        return str(order["id"])

    def adds_batch(self, seats: int, **changes: Any) -> str:
        batch = make.a_batch_payload(self.course["id"], **{"seats": seats, "taken": 0, **changes})
        self.world.put_batch(batch)
        return str(batch["id"])

    def gathers(self, *people: Person, day: date = TODAY) -> Gathered:
        return gather(people, self.world, RANKING, day=day)

    def tells(self, *people: Person) -> list[Line]:
        gathered = self.gathers(*people)
        return lines(gathered, propose(gathered, []), self.world, RANKING, TODAY)


def test_options_are_what_the_law_opens_now_and_what_one_course_opens() -> None:
    province = Province()
    trained, untrained = make.a_person(), make.a_person(**UNTRAINED)
    gathered = province.gathers(untrained, trained)
    told = {
        gathered.people[at].id: (way.order, way.batch, way.ready_on.isoformat())
        for at, way in zip(gathered.options.person, gathered.ways, strict=True)
    }
    assert told == {
        trained.id: (province.order, None, days(0)),
        untrained.id: (province.order, province.batch, days(54)),
    }


def test_an_option_is_worth_what_the_own_answer_of_the_person_says() -> None:
    province = Province()
    for _ in range(4):
        province.adds_order(3)
    person = make.a_person()
    advice = advise(person, province.world, RANKING, day=TODAY, placements=10)
    shown = {row.id: (row.chance, row.worth) for _, _, row in advice.placements}
    assert {way.order: (way.chance, way.worth) for way in province.gathers(person).ways} == shown
    untrained = make.a_person(**UNTRAINED)
    advice = advise(untrained, province.world, RANKING, day=TODAY, placements=10)
    shown = {row.id: (row.chance, row.worth) for _, _, row in advice.placements}
    ways = province.gathers(untrained).ways
    assert len(ways) == 5
    assert {way.order: (way.chance, way.worth) for way in ways} == shown


@pytest.mark.parametrize(
    ("person", "fate"),
    [
        (
            make.a_person(home_regency="53.06", education=None, birth_date=None, sex=None, skills=[], **UNTRAINED),
            Fate.DATA_NEEDED,
        ),
        (Person(id=make.an_id(), consent="GIVEN"), Fate.DATA_NEEDED),
        (make.a_person(birth_date=make.born(16)), Fate.NO_OPTION),
        (make.a_person(wishes={"available": [{"from": days(20), "to": days(30)}]}, **UNTRAINED), Fate.NO_OPTION),
    ],
    ids=["hardly anything known", "nothing known", "a child", "not free during the batch"],
)
def test_whom_the_law_or_the_facts_keep_out_has_no_option_and_a_way_on(person: Person, fate: Fate) -> None:
    (line,) = Province().tells(person)
    assert (line.fate, line.given, line.best) == (fate, None, None)
    assert "rekomendasi" in line.fate.value.id


def test_without_consent_nobody_is_in_the_plan() -> None:
    assert Province().gathers(Person(id=make.an_id(), consent="NONE")).people == ()


def test_a_banned_order_is_no_option_whatever_it_is_worth() -> None:
    province = Province()
    ban = {"countries": ["MYS"], "employer_type": "HOUSEHOLD", "isco08": None}
    record = {"id": make.an_id(), "version": 1, "code": "BAN", "kind": "BAN"}
    province.world.put_policy({**record, "revisions": [make.a_revision(ban, number=1)]})
    assert province.gathers(make.a_person(), make.a_person(**UNTRAINED)).ways == ()


def test_an_order_that_closes_before_the_course_ends_is_not_behind_it() -> None:
    province = Province()
    closing = province.adds_order(5, closes_on=days(30))
    assert {way.order for way in province.gathers(make.a_person(**UNTRAINED)).ways} == {province.order}
    assert closing in {way.order for way in province.gathers(make.a_person()).ways}


def test_who_has_a_slot_reserved_keeps_it_and_gets_no_other() -> None:
    province = Province()
    for person in (make.a_person(), Person(id=make.an_id(), consent="GIVEN")):
        (line,) = province.tells(person.with_holds([province.order]))
        assert (line.fate, line.given) == (Fate.RESERVED, None), "even where hardly anything is known any more"


def test_a_wish_for_no_long_journey_keeps_a_far_batch_away() -> None:
    wishes = {"max_distance_km": 50}
    assert Province().gathers(make.a_person(wishes=wishes, **UNTRAINED)).ways == ()


def test_more_people_than_slots_and_everybody_hears_what_would_change_it() -> None:
    province = Province(slots=2)
    told = province.tells(*(make.a_person() for _ in range(3)))
    assert [line.fate for line in told].count(Fate.BEST) == 2
    (left,) = [line for line in told if line.fate is Fate.FULL]
    assert left.best is not None and left.best.full == ("SLOTS",)
    assert left.best.price == pytest.approx(left.best.way.chance * left.best.way.worth, rel=1e-3)
    assert left.next == left.best
    given = next(line for line in told if line.given)
    assert given.reasons and given.best is None and given.next is None


def test_no_seats_leave_slots_empty_and_say_that_seats_are_missing() -> None:
    province = Province(slots=5, seats=1)
    told = province.tells(*(make.a_person(**UNTRAINED) for _ in range(2)))
    (left,) = [line for line in told if line.given is None]
    assert left.best is not None and left.best.full == ("SEATS",)
    assert left.best.price > 0


def test_who_gets_another_than_the_best_hears_which_was_better() -> None:
    province = Province(slots=5)
    other = province.adds_order(5, wage={"amount": 1_600, "currency": "MYR"})
    asks_for_more = {"min_wage": {"amount": 1_650, "currency": "MYR"}}
    people = make.a_person(wishes=asks_for_more), make.a_person(wishes=asks_for_more)
    gathered = province.gathers(*people)
    better = gathered.ways[int(np.argmax(gathered.options.value))].order
    worse = other if better == province.order else province.order
    province.world.put_quota({"id": better, "version": 2, "quota": 1, "reserved": 0, "taken": 0})
    told = {line.fate: line for line in province.tells(*people)}
    assert told.keys() == {Fate.BEST, Fate.ANOTHER}
    given, best = told[Fate.ANOTHER].given, told[Fate.ANOTHER].best
    assert given is not None and given.way.order == worse
    assert best is not None and (best.way.order, best.full) == (better, ("SLOTS",))
    assert best.price > 0


def test_every_plan_keeps_slots_and_seats() -> None:
    province = Province(slots=4, seats=3)
    people = [make.a_person(**(UNTRAINED if at % 2 else {})) for at in range(12)]
    gathered = province.gathers(*people)
    plan = propose(gathered, floors_for(gathered, groups, worst=0.8, island=0.5))
    assert {floor.name for floor in plan.floors} == {WORST_OFF, "Flores"}
    for given in compared(gathered, plan.option, np.arange(12)).values():
        slots, seats, _ = used(gathered, given)
        assert (slots <= gathered.places.slots).all() and (seats <= gathered.places.seats).all()
        assert (given != NONE).sum() == 4


def test_orders_that_name_one_permit_get_no_more_people_together_than_it_allows() -> None:
    province = Province(slots=0)
    permit = make.a_permit(number="SIP/2 mi 7", quota=4)
    first = province.adds_order(4, sip2mi=permit)
    second = province.adds_order(4, sip2mi={**permit, "number": "sip2MI-7"})
    province.world.put_quota({"id": first, "version": 2, "quota": 4, "reserved": 1, "taken": 0})
    people = [make.a_person() for _ in range(8)]
    gathered = province.gathers(*people)
    assert gathered.places.permits.tolist() == [3]
    plan = propose(gathered, [])
    for given in compared(gathered, plan.option, np.arange(8)).values():
        assert (given != NONE).sum() == 3
    told = lines(gathered, plan, province.world, RANKING, TODAY)
    left = [line for line in told if line.given is None]
    assert len(left) == 5 and all(line.best is not None and "PERMIT" in line.best.full for line in left)
    assert {line.given.way.order for line in told if line.given} <= {first, second}


def test_figures_stand_beside_other_rules_and_hide_the_few() -> None:
    province = Province(slots=30)
    homes = ["53.06"] * 14 + ["53.07"] * 12 + ["53.20"] * 3
    gathered = province.gathers(*(make.a_person(home_regency=home) for home in homes))
    plan = propose(gathered, [])
    shown = figures(gathered, compared(gathered, plan.option, np.arange(29)), groups)
    every, regencies = shown[0], {one.group: one for one in shown if one.dimension == "regency"}
    assert (every.people, every.served[PLAN].people) == (29, 29)
    assert every.served[PLAN].expected == pytest.approx(plan.objective / 1_000_000)
    assert every.served.keys() == {PLAN, FIRST_COME, GREEDY}
    assert regencies["53.20"].people is None
    assert regencies["53.20"].served[PLAN].expected is None
    assert regencies["53.07"].people is None, "or the sum of all would give the hidden one away"
    assert regencies["53.06"].people == 14
    assert {one.dimension for one in shown} == {"all", "regency", "sex", "education", "island"}


def test_figures_of_few_served_in_a_great_group_are_hidden_too() -> None:
    province = Province(slots=4)
    gathered = province.gathers(*(make.a_person() for _ in range(20)))
    shown = figures(gathered, compared(gathered, propose(gathered, []).option, np.arange(20)), groups)
    sex: Figure = next(one for one in shown if one.dimension == "sex")
    assert (sex.people, sex.served[PLAN].people, sex.served[PLAN].expected) == (20, None, None)


def test_who_is_of_no_island_of_ntt_has_no_floor_of_one_and_the_plan_says_so() -> None:
    homes = ("53.01", "53.11", "32.04", None)
    gathered = Province(slots=4).gathers(*(make.a_person(home_regency=home) for home in homes for _ in range(3)))
    floors = floors_for(gathered, lambda person: slices_of(person, TODAY), worst=None, island=0.5)
    assert [floor.name for floor in floors] == ["Sumba", "Timor"]
    told = rendering.sums(propose(gathered, floors), [], 0, by_island=True)["floors_text"]
    assert "pulau asalnya di NTT tercatat" in told["id"] and "on record" in told["en"]
    nobody = rendering.sums(propose(Province().gathers(), []), [], 0, by_island=True)["floors_text"]
    assert "Tidak ada batas bawah yang diminta" not in nobody["id"]


def test_nobody_and_nothing_is_a_plan_too() -> None:
    gathered = Province().gathers()
    plan = propose(gathered, floors_for(gathered, groups, worst=0.9, island=0.9))
    assert (plan.objective, plan.proved, plan.floors_kept) == (0, True, True)
    assert figures(gathered, compared(gathered, plan.option, np.arange(0)), groups) == []


@pytest.mark.slow
def test_every_lawful_order_is_an_option_however_many_there_are() -> None:
    province = Province()
    for _ in range(260):
        province.adds_order(3)
    person = make.a_person()
    assert len(province.gathers(person).ways) == 261
    answer = payload(advise(person, province.world, RANKING, day=TODAY))
    assert (answer["placements_ranked"], answer["placements_in_all"]) == (200, 261), "an answer says what it left out"


def test_of_more_options_than_are_weighed_the_most_valuable_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    province, person = Province(), make.a_person()
    for _ in range(6):
        province.adds_order(3)
    every = province.gathers(person).ways
    monkeypatch.setattr(gathering, "MOST_EACH", 3)
    some = province.gathers(person).ways
    worth = sorted((way.chance * way.worth for way in every), reverse=True)
    assert len(some) == 3 and sorted((way.chance * way.worth for way in some), reverse=True) == worth[:3]
    assert list(some) == [way for way in every if way in some], "in their order"
