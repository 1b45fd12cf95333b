"""What can hardly be right among courses, batches and providers; for the operator's page of data quality."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial

from services.training.actions.house import Document, House
from services.training.model import batch as batches
from services.training.store import COURSES, PROVIDERS
from shared import clock
from shared.http.quality import Checks, Doubt, long_ago

VERIFIED_FOR = timedelta(days=365)
"""The province looks at a provider once a year."""


def checks(house: House) -> Checks:
    return {
        "COURSE_WITHOUT_BATCH": partial(_without_batch, house),
        "COURSE_WAITS": partial(_waiting, house),
        "SEATS_NOT_CONFIRMED": partial(_not_confirmed, house),
        "HOURS_DO_NOT_FIT": partial(_taught_too_fast, house),
        "PROVIDER_NOT_VERIFIED": partial(_not_verified, house),
    }


def _without_batch(house: House) -> Iterator[Doubt]:
    """Approved and running, but there is nothing to register for."""
    taught = {row["course_id"] for row in house.store.open_batches(clock.today().isoformat())}
    for course in _courses(house, "APPROVED"):
        if course["_id"] not in taught:
            yield Doubt(course["_id"], _called(course))


def _waiting(house: House) -> Iterator[Doubt]:
    """Nobody of the province has reviewed it for long."""
    for course in _courses(house, "PENDING"):
        since = clock.day_of(course["updated_at"])
        if long_ago(since):
            yield Doubt(course["_id"], _called(course), since)


def _not_confirmed(house: House) -> Iterator[Doubt]:
    """Open, and nobody has said for long whether the seats are still free."""
    open_now = house.store.open_batches(clock.today().isoformat())
    courses = house.store.several(COURSES, {row["course_id"] for row in open_now})
    for batch in open_now:
        said = batch.get("seats_confirmed_at")
        since = clock.day_of(datetime.fromisoformat(said) if said else batch["created_at"])
        course = courses.get(batch["course_id"])
        if course is not None and long_ago(since):
            yield Doubt(batch["_id"], f"{_called(course)}, {batch['number']}", since)


def _taught_too_fast(house: House) -> Iterator[Doubt]:
    """There are people in it, and its days are too few for the lessons that they are certified for."""
    taught = house.store.batches_with_people()
    courses = house.store.several(COURSES, {batch["course_id"] for batch in taught})
    for batch in taught:
        course = courses.get(batch["course_id"])
        if course is not None and not batches.hours_fit(course["lesson_hours"], batch):
            yield Doubt(batch["_id"], f"{_called(course)}, {batch['number']}", date.fromisoformat(batch["starts"]))


def _not_verified(house: House) -> Iterator[Doubt]:
    for provider in house.store.listed(PROVIDERS):
        on = provider.get("last_verified_on")
        if provider["active"] and (on is None or clock.today() - date.fromisoformat(on) > VERIFIED_FOR):
            yield Doubt(provider["_id"], provider["name"], date.fromisoformat(on) if on else None)


def _courses(house: House, state: str) -> Iterator[Document]:
    for course in house.store.listed(COURSES):
        if course["status"] == "ACTIVE" and course["review"]["state"] == state:
            yield course


def _called(course: Document) -> str:
    provider: str = course["provider"]["name"]
    return f"{course['title']['id']} ({course['code']}), {provider}"
