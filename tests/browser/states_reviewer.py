"""The pages of the province's reviewer."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import reviewers
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.reviewers import COURSE, ORDER


def of_a_reviewer(page: str, name: str, path: str, *, silent: str = "", **more: Any) -> State:
    """A state of a page that the reviewer looks at. ``more``: what :func:`reviewers.tell` takes."""

    def prepare(houses: FakeHouses) -> None:
        reviewers.tell(houses, **more)
        houses.silence(*filter(None, [silent]))

    return State(page, name, path, role="reviewer", prepare=prepare)


STATES = [
    of_a_reviewer("tinjau", "queue", "/tinjau"),
    of_a_reviewer("tinjau", "placement down", "/tinjau", silent="placement"),
    of_a_reviewer("tinjau", "course", f"/tinjau/kursus/{COURSE}"),
    of_a_reviewer(
        "tinjau",
        "not accredited",
        f"/tinjau/kursus/{COURSE}",
        one_course=reviewers.course(accreditation=None),
    ),
    of_a_reviewer("tinjau", "order", f"/tinjau/lowongan/{ORDER}"),
    of_a_reviewer("tinjau", "unlawful", f"/tinjau/lowongan/{ORDER}", one_order=reviewers.order("UNLAWFUL")),
]
