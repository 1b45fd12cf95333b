"""What a story leaves for each role to look at and answer, so that no queue of a fresh province is empty.

All of it is what people do on a day like this, by the public doors; nothing is decided, and the next story adds to it.
"""

import random
from typing import Any

from deploy.demo.publishing import Published
from deploy.demo.story import Say, somebody_new
from deploy.demo.visitors import Answer, Visitors
from shared import clock


def leave(visitors: Visitors, published: Published, say: Say) -> list[str]:
    """Returns whose queues something was left in."""
    serial = f"{random.SystemRandom().randrange(10**6):06d}"
    _from_a_village(visitors, serial)
    _about_an_offer(visitors, serial)
    left = ["officer", "supervisor"]
    if published.courses and _a_course_to_review(visitors, published, serial):
        left.append("reviewer")
    if _a_referral_to_answer(visitors, published):
        left.append("provider")
    say(f"left something that waits for the {', '.join(left)} and the company")
    return left


def _from_a_village(visitors: Visitors, serial: str) -> None:
    village = visitors.staff("registry", "village_task_force", "Dorce Gugus Tugas Desa")
    village.post(
        "/v1/submissions",
        {
            "full_name": f"Yohana Contoh {serial} (SYNTHETIC)",
            "regency": "53.71",
            "village": "Oesapa",
            "note": "Ingin bekerja di luar negeri secara resmi.",
            "agrees": True,
        },
    )


def _about_an_offer(visitors: Visitors, serial: str) -> None:
    visitors.staff("placement", "officer", "Ana Petugas").post(
        "/v1/concerns",
        {"kind": "MONEY_DEMANDED", "company": f"PT Tidak Dikenal {serial} (CONTOH)", "regency": "53.06",
         "text": "Diminta membayar sebelum ada perjanjian."},
    )  # fmt: skip


def _a_course_to_review(visitors: Visitors, published: Published, serial: str) -> bool:
    """A copy of a course by its own provider, under another code: approving is the reviewer's."""
    office = visitors.staff("training", "reviewer", "Rina Peninjau")
    active = {one["id"] for one in office.all("/v1/providers") if one["active"] and one["id"] in published.providers}
    own = [one for id, one in published.courses.items() if id in published.own and one["provider_id"] in active]
    if not own:
        return False
    known = min(own, key=lambda one: str(one["code"]))
    named = ("isco08", "skkni_units", "kkni_level", "certificate", "lesson_hours", "hours_for", "mode", "boarding",
             "cost_to_trainee", "funding", "destinations", "prerequisites", "languages")  # fmt: skip
    title = {language: f"{text} {serial}" for language, text in known["title"].items()}
    body: dict[str, Any] = {"code": f"USULAN-{serial}", "title": title, **{name: known[name] for name in named}}
    published.providers[known["provider_id"]].post("/v1/courses", body)
    return True


def _a_referral_to_answer(visitors: Visitors, published: Published) -> bool:
    """Somebody who shares the name is referred to a batch that takes registrations; the seat is held for 72 hours."""
    batch = _an_open_batch(visitors, published)
    if batch is None:
        return False
    person = somebody_new()
    purposes = ("MATCHING", "SHARING_PROVIDER")
    person["consents"] = [{"purpose": purpose, "method": "WRITTEN"} for purpose in purposes]
    registered = visitors.staff("registry", "officer", "Ana Petugas").post("/v1/candidates", person)
    visitors.staff("training", "officer", "Ana Petugas").post(
        "/v1/enrolments", {"candidate_id": registered["id"], "batch_id": batch["batch_id"]}
    )
    return True


def _an_open_batch(visitors: Visitors, published: Published) -> Answer | None:
    """The one of the files that begins last, so that it stands in nobody's way."""
    office = visitors.staff("training", "officer", "Ana Petugas")
    after = clock.today().isoformat()
    found = [
        one
        for one in office.get("/v1/open-batches")["items"]
        if one["course_id"] in published.own and one["seats_left"] > 1 and one["starts"] > after
    ]
    return max(found, key=lambda one: (one["starts"], one["batch_id"]), default=None)
