"""Who may sit in a course on its first day: what is held then, what is on the way, and what can no longer come."""

from datetime import date, timedelta
from typing import Any

import pytest

from services.matching.judging.docket import Docket
from services.matching.judging.judgement import Judgement
from services.matching.matcher.world import World
from tests import builders as make
from tests.builders import TODAY, days
from tests.property.paths_worlds import KM

N4 = {"kind": "language", "language": "ja", "test": "JLPT", "result": "N4"}


class Desk:
    """One person and the courses that they are in."""

    def __init__(self, **person: Any) -> None:
        self.world, self.docket = World(KM), Docket()
        self.person = make.a_person_payload(**{"certificates": [], "training_hours": [], **person})
        self.docket.put_person({**self.person, "_id": self.person["id"]})

    def enrols(self, starts: int, ends: int, *, state: str = "APPLIED", **course: Any) -> str:
        """An enrolment in a batch of a new course; returns its id."""
        known = {"id": make.an_id(), "version": 1, "code": "K", "prerequisites": None, "languages": [], **course}
        batch = {"id": make.an_id(), "version": 1, "course_id": known["id"], "starts": days(starts), "ends": days(ends)}
        self.world.put_course(known)
        self.world.put_batch({**batch, "seats": 16, "taken": 1, "status": "OPEN"})
        id = make.an_id()
        row = {"candidate_id": self.person["id"], "course_id": known["id"], "batch_id": batch["id"], "state": state}
        self.docket.put_enrolment({"_id": id, "version": 1, **row})
        return id

    def judged(self, id: str, day: date = TODAY) -> Judgement:
        found = {judgement.id: judgement for judgement in self.docket.due(self.world, day)}
        return found[id]


def test_a_course_that_asks_nothing_takes_everybody() -> None:
    desk = Desk()
    judgement = desk.judged(desk.enrols(20, 60))
    assert (judgement.outcome, judgement.day, judgement.findings) == ("LAWFUL", days(20), ())


@pytest.mark.parametrize(("years", "outcome"), [(17, "UNLAWFUL"), (18, "LAWFUL")])
def test_age_is_that_of_the_first_day(years: int, outcome: str) -> None:
    first = TODAY + timedelta(days=20)
    desk = Desk(birth_date=first.replace(year=first.year - years).isoformat())
    judgement = desk.judged(desk.enrols(20, 60, prerequisites={"all": [{"kind": "age", "min": 18}]}))
    assert judgement.outcome == outcome


def test_what_is_not_on_record_waits() -> None:
    desk = Desk(education=None)
    judgement = desk.judged(desk.enrols(20, 60, prerequisites={"kind": "education", "level": "SMP"}))
    assert [(one.rule, one.status.name) for one in judgement.findings] == [("EDUCATION", "UNKNOWN")]
    assert judgement.outcome == "UNKNOWN"


def test_what_nobody_is_about_to_give_cannot_be_met() -> None:
    desk = Desk(languages=[])
    assert desk.judged(desk.enrols(20, 60, prerequisites=N4)).outcome == "UNLAWFUL"


@pytest.mark.parametrize(("ends", "outcome"), [(19, "UNKNOWN"), (20, "UNLAWFUL"), (40, "UNLAWFUL")])
def test_what_an_earlier_course_of_theirs_will_give_waits_until_then(ends: int, outcome: str) -> None:
    desk = Desk(languages=[])
    desk.enrols(1, ends, languages=[make.a_result(result="N4")])
    second = desk.enrols(20, 60, prerequisites=N4)
    assert desk.judged(second).outcome == outcome


def test_on_the_first_day_only_what_is_held_counts() -> None:
    desk = Desk(languages=[])
    desk.enrols(1, 19, languages=[make.a_result(result="N4")])
    second = desk.enrols(20, 60, prerequisites=N4)
    assert desk.judged(second).outcome == "UNKNOWN"
    assert desk.judged(second, TODAY + timedelta(days=20)).outcome == "UNLAWFUL"


def test_an_earlier_course_that_is_given_up_gives_nothing() -> None:
    desk = Desk(languages=[])
    first = desk.enrols(1, 19, languages=[make.a_result(result="N4")])
    second = desk.enrols(20, 60, prerequisites=N4)
    assert desk.judged(second).outcome == "UNKNOWN"
    desk.docket.put_enrolment({**desk.docket.enrolments[first], "state": "DROPPED"})
    assert desk.judged(second).outcome == "UNLAWFUL"


def test_without_consent_nothing_is_computed_and_nobody_is_thrown_out() -> None:
    desk = Desk(consent="WITHDRAWN")
    judgement = desk.judged(desk.enrols(20, 60, prerequisites={"kind": "age", "min": 18}))
    assert [(one.rule, one.status.name) for one in judgement.findings] == [("CONSENT", "UNKNOWN")]


@pytest.mark.parametrize("missing", ["course", "batch", "person"])
def test_what_was_not_heard_of_waits(missing: str) -> None:
    desk = Desk()
    id = desk.enrols(20, 60)
    row = desk.docket.enrolments[id]
    if missing == "person":
        desk.docket.put_person({"_id": desk.person["id"], "version": 2, "erased": True})
    elif missing == "course":
        desk.world.drop_course(row["course_id"])
    else:
        desk.world.drop_batch(row["batch_id"])
    assert list(desk.docket.due(desk.world, TODAY)) == []
    assert desk.docket.waiting(desk.world)["ENROLMENT"] == 1
