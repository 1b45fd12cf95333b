"""One person's way, as an officer walks it with them: blocked today, a dated path, months of training, open to apply.

Everything is told with the public answers; only the clock is moved by hand, which a development site allows.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from deploy.demo.province import FAMILIES, WOMEN
from deploy.demo.publishing import Published
from deploy.demo.screens import Screens
from deploy.demo.visitors import Answer, Visitor, Visitors, until
from deploy.local.problems import Fault
from shared import clock

Say = Callable[[str], None]


@dataclass(slots=True)
class Told:
    """What happened, for the tables and for `--json`."""

    person: Answer = field(default_factory=dict)
    before: Answer = field(default_factory=dict)
    path: Answer = field(default_factory=dict)
    enrolments: list[Answer] = field(default_factory=list)
    days_passed: int = 0
    after: Answer = field(default_factory=dict)
    application: Answer = field(default_factory=dict)
    fresh_ms: float = 0.0


def tell(visitors: Visitors, published: Published, screens: Screens, say: Say, *, advance: bool) -> Told:
    """The officer's session, from the door to the application. `screens` shows each step to whom it concerns.

    `advance`: let the days of the training pass by moving the site's development clock; without it the story ends where
    the person is enrolled.
    """
    told = Told()
    registry = visitors.staff("registry", "officer", "Ana Petugas")
    matching = visitors.staff("matching", "officer", "Ana Petugas")
    began = time.monotonic()
    told.person = registry.post("/v1/candidates", somebody_new())
    told.before = advice(matching, told.person)
    told.fresh_ms = (time.monotonic() - began) * 1000
    name = told.person["full_name"]
    say(f"registered {name} ({told.person['number']}); advised {told.fresh_ms:.0f} ms later")
    told.path = _chosen_path(told.before, published)
    codes = {id: code for code, id in published.orders.items()}
    screens.together(
        lambda: screens.advised(told.person, told.before),
        screens.of_the_province,
        lambda: screens.of_everybody(codes[told.path["unlocks"][0]]),
    )
    _decide(matching, told.before, told.path)
    for step in told.path["steps"]:
        told.enrolments.append(_enrolled(visitors, published, screens, told, step, say))
        if not advance:
            return told
        told.enrolments[-1] = _trained(published, told, step, told.enrolments[-1], say)
    told.person = until(
        lambda: registry.get(f"/v1/candidates/{told.person['id']}"),
        lambda person: len(person["training_hours"]) >= len(told.path["steps"]) and bool(person["certificates"]),
        "the registry to hear of the training",
    )
    told.after = advice(matching, told.person)
    told.application = _applied(visitors, published, screens, told, say)
    return told


def somebody_new() -> Answer:
    """A woman from Flores Timur who has cared at home for years and wishes domestic work in Malaysia. Invented anew."""
    dice = random.SystemRandom()
    today = clock.today()
    born = date(today.year - 26, 1 + dice.randrange(12), 1 + dice.randrange(28))
    serial = dice.randrange(1000, 10_000)
    return {
        "full_name": f"{' '.join(dice.sample(WOMEN, 2))} {dice.choice(FAMILIES)} (SYNTHETIC)",
        "nik": f"995306{born.day + 40:02d}{born:%m%y}{serial}",
        "birth_date": born.isoformat(),
        "sex": "F",
        "regency": "53.06",
        "education": {"level": "SMP", "years": 9},
        "skills": [
            {"text": "jaga oma yang sakit di rumah", "source": "HOME", "months": 72},
            {"text": "masak dan cuci baju untuk keluarga", "source": "HOME", "months": 120},
        ],
        "wishes": {"isco08": ["9111"], "destinations": ["MYS"], "boarding_ok": True},
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
        "confirm_new": True,
    }


def advice(matching: Visitor, person: Answer, **more: Any) -> Answer:
    """The answer for a person that knows of their newest version."""
    path = f"/v1/candidates/{person['id']}/recommendations"
    return matching.get(path, min_candidate_version=person["version"], wait=10, lang="en", **more)


def _chosen_path(answer: Answer, published: Published) -> Answer:
    """The fastest way to what was asked for, or to anything; through the story's own courses, so that no seat of
    somebody else's batch is taken.
    """
    paths = [path for path in answer["pathways"] if all(step["course"] in published.own for step in path["steps"])]
    if not paths:
        raise Fault(
            "No path through the courses of these files opens a job order for the story's person.",
            "Send courses with open batches that the orders ask for, or see the answer with --json.",
        )
    return dict(paths[0])


def _decide(matching: Visitor, answer: Answer, path: Answer) -> None:
    steps = path["steps"]
    chosen = {
        "courses": [step["course"] for step in steps if step["course"] in _shown(answer, "course")],
        "batches": [step["batch"] for step in steps if step["batch"] in _shown(answer, "batch")],
        "job_orders": [],
    }
    matching.post(f"/v1/recommendations/{answer['id']}/decisions", {"decision": "ACCEPTED", "chosen": chosen})


def _shown(answer: Answer, kind: str) -> set[str]:
    steps = [step for path in answer["pathways"] for step in path["steps"]]
    return {step[kind] for step in steps} | {row[kind] for row in answer["courses"]}


def _enrolled(visitors: Visitors, published: Published, screens: Screens, told: Told, step: Answer, say: Say) -> Answer:
    """Refer and enrol: the office holds the seat, the provider takes the person, once the law has been asked."""
    office = visitors.staff("training", "officer", "Ana Petugas")
    course, batch = published.courses[step["course"]], published.batches[step["batch"]]
    wanted = {"candidate_id": told.person["id"], "batch_id": step["batch"]}
    enrolment = office.post("/v1/enrolments", wanted)
    say(f"referred to {course['title']['en']}, {batch['number']}, {course['provider']['name']}: seat held 72 hours")
    screens.together(
        lambda: screens.referred(told.person, enrolment, course), lambda: screens.accepting(enrolment, course)
    )
    return _moved(published.providers[course["provider_id"]], enrolment, state="ENROLLED")


def _trained(published: Published, told: Told, step: Answer, enrolment: Answer, say: Say) -> Answer:
    """Let the batch pass, complete, certify: the provider says what happened in its own course."""
    course = published.courses[step["course"]]
    provider = published.providers[course["provider_id"]]
    days = (date.fromisoformat(step["ends"]) - clock.today()).days
    clock.advance(days)
    told.days_passed += days
    say(f"{days} days later ({clock.today():%d %B %Y}): the course is over")
    enrolment = _moved(provider, enrolment, state="COMPLETED")
    if course["certificate"] or course["languages"]:
        number = f"CONTOH/{random.SystemRandom().randrange(10**6):06d}"
        enrolment = _moved(provider, enrolment, result="COMPETENT", certificate_number=number)
        say("completed, tested and found competent")
    return enrolment


def _moved(provider: Visitor, enrolment: Answer, **step: str) -> Answer:
    return provider.patch(f"/v1/enrolments/{enrolment['id']}", step, version=enrolment["version"])


def _applied(visitors: Visitors, published: Published, screens: Screens, told: Told, say: Say) -> Answer:
    """Apply to the best of the orders that the path was to open and that are the story's own."""
    wished = set(told.path["unlocks"]) & set(published.orders.values())
    open_now = [row for row in told.after["placements"] if row["eligible"] and row["job_order"] in wished]
    if not open_now:
        return {}
    office = visitors.staff("placement", "officer", "Ana Petugas")
    wanted = {"candidate_id": told.person["id"], "job_order_id": open_now[0]["job_order"]}
    application = office.post("/v1/applications", wanted)
    application = until(
        lambda: office.get(f"/v1/applications/{application['id']}"),
        lambda one: bool(one["judgement"] and one["judgement"]["current"]),
        "the application to be judged",
    )
    outcome = application["judgement"]["outcome"]
    say(f"applied to {open_now[0]['code']}: {application['state']}; what the law says of it: {outcome}")
    order = office.get(f"/v1/job-orders/{application['job_order_id']}")
    company = office.get(f"/v1/companies/{order['company']['id']}")
    screens.together(
        lambda: screens.applied(told.person, told.after, application),
        lambda: screens.of_the_company(company["name"], application, order),
    )
    return application
