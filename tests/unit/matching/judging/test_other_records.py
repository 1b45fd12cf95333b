"""An application whose record went into another one is judged anew, whatever the numbers of the two versions are."""

from services.matching.judging.docket import Docket
from services.matching.matcher.world import World
from tests import builders as make
from tests.builders import TODAY
from tests.property.paths_worlds import KM


def test_an_application_that_came_to_be_somebody_elses_is_judged_again() -> None:
    world, docket = World(KM), Docket()
    order, child = make.an_order_payload(), make.a_person_payload(birth_date=TODAY.isoformat())
    grown = make.a_person_payload()
    world.put_order(order)
    for person in (grown, child):
        docket.put_person({**person, "_id": person["id"]})
    row = {"_id": make.an_id(), "candidate_id": grown["id"], "job_order_id": order["id"], "state": "APPLIED"}
    docket.put_application({**row, "reserved": False, "version": 1})
    first = [one for one in docket.due(world, TODAY) if one.id == row["_id"]]
    assert [(one.outcome, one.candidate_id) for one in first] == [("LAWFUL", grown["id"])]
    assert child["version"] == grown["version"]
    docket.put_application({**row, "candidate_id": child["id"], "reserved": False, "version": 2})
    again = [one for one in docket.due(world, TODAY) if one.id == row["_id"]]
    assert [(one.outcome, one.candidate_id) for one in again] == [("UNLAWFUL", child["id"])]
