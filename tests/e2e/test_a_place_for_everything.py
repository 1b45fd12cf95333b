"""What an offer, a person or a course can be has a place at every door: in the house that keeps it, on the wire, and in
a document that is only tried. Whatever is asked with both comes out the same.

First of its folder by its name: later files bring the demo's laws into the world that they share.
"""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from deploy.demo.visitors import Answer, until
from shared.codes.offers import CHANNELS, COST_ITEMS, VISA_TYPES
from tests.e2e.world import HOURS, World, a_candidate, an_offer, day


def housekeeper() -> Answer:
    """Papers, stay and records of somebody to whom the offers below are open; days count from the site's today."""
    paper = {"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "isco08": "9111"}
    return {
        "certificates": [{**paper, "valid_from": day(-9), "valid_until": day(900)}],
        "training_hours": [{"isco08": "9111", "destination": "NZL", "hours": HOURS}],
        "present_stay": {"country": "MYS", "until": day(40)},
        "records": [],
    }


def charged(item: str) -> Answer:
    return {"costs": [{"item": item, "payer": "CANDIDATE", "amount": {"amount": 350_000, "currency": "IDR"}}]}


def told(answer: Answer) -> dict[str, str]:
    """Rule → status of everything that an answer of `/v1/eligibility` says, with the state of the whole."""
    return {"": answer["state"], **{rule["rule"]: rule["status"] for rule in answer["rules"]}}


def both(world: World, person: Answer, order: Answer) -> tuple[dict[str, str], dict[str, str]]:
    """What is said of the person and the order as the houses keep them, and of the same documents sent along."""
    kept = world.judged(person, order)
    shown = world.officer("registry").get(f"/v1/candidates/{person['id']}")
    document = world.officer("placement").get(f"/v1/job-orders/{order['id']}")
    # The officer may write records down and not read them again; who sends a document along knows them.
    profile = {**shown, "records": []}
    tried = world.officer("matching").post("/v1/eligibility", {"profile": profile, "job_order": document})
    return told(kept), told(tried)


MakeOrder = Callable[..., Answer]


@pytest.fixture(scope="module")
def an_order(world: World) -> Iterator[MakeOrder]:
    """Publishes an offer and has it verified; all are closed at the end, for later files count what is open."""
    made: list[Answer] = []

    def make(**changes: Any) -> Answer:
        _, order = world.an_order(**changes)
        made.append(order)
        return order

    yield make
    reviewer = world.visitors.staff("placement", "reviewer", "Rina Peninjau")
    for order in made:
        reviewer.post(f"/v1/job-orders/{order['id']}/close", {})


@pytest.fixture(scope="module")
def person(world: World) -> Answer:
    return world.officer("registry").post("/v1/candidates", a_candidate(**housekeeper()))


def test_where_a_person_stays_now_is_kept_told_and_decides_nothing(world: World, person: Answer) -> None:
    shown = world.officer("registry").get(f"/v1/candidates/{person['id']}")
    assert shown["present_stay"] == {"country": "MYS", "regency": None, "until": day(40)}
    kept, tried = both(world, person, world.order)
    assert kept == tried and kept[""] == "ELIGIBLE_NOW"
    advised = world.officer("matching").post("/v1/recommendations", {"profile": shown})
    assert advised["verdict"]["state"] == "ELIGIBLE_NOW"


OFFERS: list[tuple[str, Answer, str]] = [
    *((f"channel {one}", {"channel": one}, "ELIGIBLE_NOW") for one in CHANNELS),
    *(
        (f"visa {one}", {"visa_type": one}, "ELIGIBLE_NOW" if one in ("WORK", "CALLING") else "NO_PATH")
        for one in VISA_TYPES
        if one not in ("SSW", "SEAFARER")  # visas of one trade or one country
    ),
    *((f"cost {one}", charged(one), "ELIGIBLE_NOW") for one in COST_ITEMS),
]


@pytest.mark.parametrize(("changes", "state"), [offer[1:] for offer in OFFERS], ids=[offer[0] for offer in OFFERS])
def test_an_offer_says_the_same_published_and_tried(
    world: World, an_order: MakeOrder, person: Answer, changes: Answer, state: str
) -> None:
    lawful = state == "ELIGIBLE_NOW"
    order = an_order(**changes) if lawful else world.company.post("/v1/job-orders", an_offer(**changes))
    kept, tried = both(world, person, order)
    kept.pop("ORDER_VERIFIED", None), tried.pop("ORDER_VERIFIED", None)
    assert kept == tried and kept[""] == state
    if not lawful:
        judged = until(
            lambda: world.officer("placement").get(f"/v1/job-orders/{order['id']}"),
            lambda found: bool(found["judgement"]),
            "the order to be judged",
        )["judgement"]
        assert (judged["outcome"], [rule["field"] for rule in judged["rules"]]) == ("UNLAWFUL", ["/visa_type"])


AT_SEA: Answer = {
    "title": {"id": "Awak kapal ikan", "en": "Fishing crew"},
    "scheme": "CREW",
    "visa_type": "SEAFARER",
    "isco08": "6223",
    "title_scheme": None,
    "employer": {"type": "COMPANY"},
    "wage": {"amount": 900, "currency": "USD"},
    "requirements": {
        "all": [
            {"kind": "certificate", "certificate": "SAFETY", "scheme": "BST"},
            {"kind": "certificate", "certificate": "SEAMAN_BOOK", "scheme": "SEAMAN_BOOK"},
        ]
    },
}


def test_one_course_gives_two_certificates(world: World, an_order: MakeOrder) -> None:
    """Safety training and the seaman's book that goes with it: advised, recorded once, and enough together."""
    order = an_order(**AT_SEA)
    both_papers = [{"kind": "SAFETY", "scheme": "BST"}, {"kind": "SEAMAN_BOOK", "scheme": "SEAMAN_BOOK"}]
    course = world.a_course(programme="BST", isco08=["6223"], certificate=None, certificates=both_papers, hours_for=[])
    assert [one["kind"] for one in course["certificates"]] == ["SAFETY", "SEAMAN_BOOK"]
    batch = world.a_batch(course, starts=day(1), ends=day(1), closes=day(0))
    fisher = world.officer("registry").post(
        "/v1/candidates", a_candidate(sex="M", wishes={"isco08": ["6223"], "destinations": ["NZL"]}, records=[])
    )
    until(
        lambda: world.advice(fisher),
        lambda found: [step["course"] for path in found["pathways"][:1] for step in path["steps"]] == [course["id"]],
        "the path to the ship",  # until the course is heard of, another one may lead somewhere
    )
    assert world.judged(fisher, order)["state"] == "TRAINING"

    world.trained(fisher, batch)
    fisher = until(
        lambda: world.officer("registry").get(f"/v1/candidates/{fisher['id']}"),
        lambda found: len(found["certificates"] or ()) == 2,
        "the registry to hear of both certificates",
    )
    assert world.judged(fisher, order)["state"] == "ELIGIBLE_NOW"


@pytest.mark.parametrize("asked", [{"test": "CEFR", "result": "B1"}, {"cefr": "B1"}], ids=["named", "bare"])
def test_a_bare_level_stands_beside_an_order_that_asks_for_one(
    world: World, an_order: MakeOrder, asked: Answer
) -> None:
    """`cefr` alone is the level itself, at the door of people and at that of offers, as a result of CEFR is."""
    order = an_order(requirements={"all": [{"kind": "language", "language": "en", **asked}]})
    registry = world.officer("registry")
    for level, state in (("B1", "ELIGIBLE_NOW"), ("C1", "ELIGIBLE_NOW"), ("A2", "NO_PATH")):
        for said in ({"cefr": level}, {"test": "CEFR", "result": level}):
            spoken = {"languages": [{"language": "en", **said}]}
            person = registry.post("/v1/candidates", a_candidate(**housekeeper(), **spoken))
            kept, tried = both(world, person, order)
            assert kept == tried and kept[""] == state, said


def test_a_level_that_names_no_test_is_refused_with_the_name_to_add(world: World) -> None:
    asked = {"requirements": {"all": [{"kind": "language", "language": "en", "result": "B1"}]}}
    refused = world.company.client.post("/v1/job-orders", json=an_offer(**asked))
    (error,) = refused.json()["errors"]
    assert (refused.status_code, error["pointer"]) == (422, "/requirements/all/0/test") and '"CEFR"' in error["fix"]
