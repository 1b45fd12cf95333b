"""What a judgement was made from is compared whole: versions alone do not say whose a record is, or what it says."""

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


def test_what_a_rebuild_mended_is_judged_again_though_its_version_is_the_same() -> None:
    """A rebuild mends documents that stand at the right version with the wrong content, while the judge is at work."""
    world, docket = World(KM), Docket()
    order, grown = make.an_order_payload(), make.a_person_payload()
    course = make.a_course_payload(prerequisites={"kind": "age", "min": 18})
    batch = make.a_batch_payload(course["id"])
    world.put_order(order)
    world.put_course(course)
    world.put_batch(batch)
    docket.put_person({**grown, "_id": grown["id"]})
    applied = {"_id": make.an_id(), "job_order_id": order["id"], "reserved": False}
    enrolled = {"_id": make.an_id(), "course_id": course["id"], "batch_id": batch["id"]}
    for row, put in ((applied, docket.put_application), (enrolled, docket.put_enrolment)):
        put({**row, "candidate_id": grown["id"], "state": "APPLIED", "version": 1})

    def outcomes() -> dict[str, str]:
        return {one.id: one.outcome for one in docket.due(world, TODAY)}

    first = outcomes()
    assert (first[applied["_id"]], first[enrolled["_id"]]) == ("LAWFUL", "LAWFUL")
    assert outcomes() == {}
    docket.put_person({**grown, "_id": grown["id"], "birth_date": TODAY.isoformat()})
    assert outcomes() == {applied["_id"]: "UNLAWFUL", enrolled["_id"]: "UNLAWFUL"}
    world.put_order({**order, "country": None})
    assert set(outcomes()) == {order["id"], applied["_id"]}
    world.put_order({**order, "country": None})
    assert outcomes() == {}, "the same once more is no news"
