"""The cases of the law through all doors: policies proposed and approved, orders published and verified, people
registered, and then asked about as an officer would.

The everyday tests ask the same cases of one house. Here nothing is told behind the counter: what placement and registry
make of a document on its way to matching is judged too.
"""

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from deploy.demo.publishing import propose_and_approve
from deploy.demo.visitors import Answer, Visitor, Visitors, until
from tests.law.reading import PUBLISHED, TODAY, Case, cases
from tests.support.engines import a_stack

pytestmark = [pytest.mark.deep, pytest.mark.timeout(1500), pytest.mark.clock_at(TODAY)]

ONLY_INLINE = {"quota", "verification", "status"}
"""What an order cannot say of itself when it is published."""

FROM_THE_LIST = {"partner_listed", "partner_listing"}
"""What placement itself says of an employer, out of its list of problem partners."""

DOORS_OF_THEIR_OWN = {"requirements"}
"""What an officer records of a person one by one, apart from the rest."""


def published() -> list[Case]:
    """The cases that need no invented policy and say nothing that only a draft may say."""
    return [
        case
        for case in cases(every=False)
        if case.door == "any"
        and not case.name.startswith("times")
        and not ONLY_INLINE & case.order.keys()
        and not FROM_THE_LIST & case.order["employer"].keys()
        and case.order.get("company", {}).get("status") in (None, "ACTIVE")  # others stop their orders at once
        and not DOORS_OF_THEIR_OWN & case.person.keys()
        and not any("withdrawn_at" in consent for consent in case.person.get("consents", ()))  # nobody registers so
    ]


@pytest.fixture(scope="module")
def visitors(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitors]:
    """At a site of their own, which lives on the day of the cases: their orders close one day."""
    with a_stack(tmp_path_factory.mktemp("lumbung"), on=TODAY) as site:
        site.start_engines()
        site.start_houses()
        yield Visitors(site)


def test_every_case_comes_out_the_same_through_all_doors(visitors: Visitors) -> None:
    matching = visitors.staff("matching", "officer", "Ana Petugas")
    propose_and_approve(visitors, PUBLISHED, lambda line: None)
    chosen = published()
    orders, people = _orders(visitors, chosen), _people(visitors, chosen)
    _arrived(matching, orders[_key(chosen[-1].order)], people[_key(chosen[-1].person)])
    wrong = [line for case in chosen for line in _asked(matching, case, orders, people)]
    assert len(chosen) > 200
    assert not wrong, "\n".join(wrong)
    assert not _unlawful(matching, chosen, orders, people)


def _orders(visitors: Visitors, chosen: list[Case]) -> dict[str, Answer]:
    reviewer = visitors.staff("placement", "reviewer", "Rina Peninjau")
    companies: dict[str, str] = {}
    made: dict[str, Answer] = {}
    for case in chosen:
        key = _key(case.order)
        if key in made:
            continue
        order = {**case.order, "code": f"LAW-{len(made)}"}
        licence = order.pop("company", None)
        if licence is not None:
            named = _key(licence)
            if named not in companies:
                company = {"name": "PT Contoh", "snapshot_on": "2026-11-01", "valid_until": None, **licence}
                company["sip3mi"] = f"SIP3MI-LAW-{len(companies)}"
                companies[named] = reviewer.post("/v1/companies", company)["id"]
            order["company"] = companies[named]
        sent = reviewer.post("/v1/job-orders", order)
        path = f"/v1/job-orders/{sent['id']}"
        answer = reviewer.patient(partial(reviewer.client.post, f"{path}/verify", json={}))
        assert answer.is_success or answer.json()["code"] == "unlawful_job_order", answer.text
        made[key] = reviewer.get(path)
    return made


def _people(visitors: Visitors, chosen: list[Case]) -> dict[str, Answer]:
    registry = visitors.staff("registry", "officer", "Ana Petugas")
    made: dict[str, Answer] = {}
    for case in chosen:
        key = _key(case.person)
        if key not in made:
            name = "".join("abcdefghij"[int(digit)] for digit in str(len(made)))
            named = {"full_name": f"Contoh {name.title()}", "confirm_new": True}
            made[key] = registry.post(
                "/v1/candidates", {**case.person, **named, "nik": f"9953064404{len(made) + 1:06d}"}
            )
    return made


def _arrived(matching: Visitor, order: Answer, person: Answer) -> None:
    asked = {"candidate": person["id"], "job_order": order["id"]}
    until(
        lambda: {"status": matching.client.post("/v1/eligibility", json=asked).status_code},
        lambda found: bool(found["status"] == 200),
        "matching to hear of everybody",
    )


def _asked(matching: Visitor, case: Case, orders: dict[str, Answer], people: dict[str, Answer]) -> list[str]:
    """What came out otherwise than the law says."""
    person, order = people[_key(case.person)], orders[_key(case.order)]
    asked = {"candidate": person["id"], "job_order": order["id"], "as_of_date": case.day}
    answer = matching.post("/v1/eligibility", asked)
    found = (answer["state"], sorted(set(answer["deciding"])))
    # What is unlawful by itself today is never verified; then that decides too, also for a day on which it was lawful.
    unverified = {"ORDER_VERIFIED"} if order["verification"] != "VERIFIED" else set()
    state = "NO_PATH" if unverified and case.wanted["is"] == "ELIGIBLE_NOW" else case.wanted["is"]
    wanted = (state, sorted({*case.wanted.get("rules", []), *unverified}))
    return [] if found == wanted else [f"{case.name}: {found} instead of {wanted}"]


def _unlawful(
    matching: Visitor, chosen: list[Case], orders: dict[str, Answer], people: dict[str, Answer]
) -> list[tuple[Any, ...]]:
    """Placements that are recommended as open although the law of the day says something else."""
    found = []
    for person, day in {(people[_key(case.person)]["id"], case.day) for case in chosen}:
        path = f"/v1/candidates/{person}/recommendations"
        answer = matching.get(path, as_of_date=day, placements=6, courses=0)
        for placement in answer["placements"]:
            asked = {"candidate": person, "job_order": placement["job_order"], "as_of_date": day}
            verdict = matching.post("/v1/eligibility", asked)
            if placement["eligible"] != verdict["eligible"] or (placement["eligible"] and verdict["deciding"]):
                found.append((person, day, placement["job_order"], verdict["deciding"]))
    return found


def _key(document: Any) -> str:
    return json.dumps(document, sort_keys=True)
