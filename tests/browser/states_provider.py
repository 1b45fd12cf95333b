"""The pages of a provider: courses, batches, referrals to answer, and sheets."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import providers, publics
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.providers import BATCH, COURSE, OTHER

REFERRAL = f"/rujukan-masuk/{BATCH}"
REPORT = f"/unggah/{OTHER}"


def of_a_provider(
    page: str, name: str, path: str, *, silent: bool = False, main: bool = False, status: int = 200, **more: Any
) -> State:
    """A state of a page that a provider looks at. ``more``: what :func:`providers.tell` takes, or a report."""
    report = more.pop("report", None)

    def prepare(houses: FakeHouses) -> None:
        providers.tell(houses, **more)
        if report:
            houses.says("training", "GET /v1/imports/*", report)
            houses.says("training", "GET /v1/imports/*/rows", {"items": providers.rows(), "next": None})
        if silent:
            houses.silence("training")

    return State(page, name, path, role="provider", prepare=prepare, main=main, status=status)


def of_a_referral(name: str, outcome: str | None = "LAWFUL", **changes: Any) -> State:
    return of_a_provider("rujukan masuk", name, REFERRAL, referral=providers.enrolment(outcome, **changes))


def in_class(name: str, **changes: Any) -> State:
    def prepare(houses: FakeHouses) -> None:
        providers.tell(houses)
        houses.says("training", "GET /v1/batches/*", providers.running())
        houses.says("training", "GET /v1/batches/*/attendance", providers.attendance(**changes))

    return State(
        "angkatan hadir", name, f"/angkatan/{BATCH}/hadir", role="provider", prepare=prepare, main=bool(not changes)
    )


def ended(name: str, **changes: Any) -> State:
    def prepare(houses: FakeHouses) -> None:
        providers.tell(houses)
        houses.says("training", "GET /v1/batches/*", providers.running(starts=publics.day(-30), ends=publics.day(-1)))
        houses.says("training", "GET /v1/enrolments", {"items": providers.class_of_three(), "next": None, **changes})

    return State("angkatan hasil", name, f"/angkatan/{BATCH}/hasil", role="provider", prepare=prepare)


def with_keys(page: str, name: str, found: dict[str, Any]) -> State:
    def prepare(houses: FakeHouses) -> None:
        providers.tell(houses)
        houses.says("training", "GET /v1/providers/*/keys", found)

    return State(page, name, "/kunci", role="provider", prepare=prepare)


STATES = [
    of_a_provider("kursus", "some", "/kursus", main=True),
    of_a_provider("kursus", "training down", "/kursus", silent=True),
    of_a_provider("angkatan", "one", f"/angkatan/{BATCH}"),
    in_class("some"),
    in_class("nobody", people=[], days=[]),
    of_a_provider("angkatan hadir", "not begun", f"/angkatan/{BATCH}/hadir"),
    of_a_provider("angkatan hadir", "training down", f"/angkatan/{BATCH}/hadir", silent=True, status=503),
    ended("some"),
    ended("nobody", items=[]),
    of_a_provider("angkatan hasil", "not over", f"/angkatan/{BATCH}/hasil"),
    of_a_provider("rujukan masuk", "list", "/rujukan-masuk"),
    of_a_referral("lawful"),
    of_a_referral("unlawful", "UNLAWFUL"),
    of_a_referral("not judged", None),
    of_a_referral("result", state="ENROLLED"),
    of_a_referral("finished", state="COMPLETED", result="COMPETENT", finished_on="2026-03-01"),
    of_a_referral("lapsed", state="DROPPED", drop_reason="LAPSED"),
    of_a_provider("kursus baru", "empty", "/kursus-baru"),
    of_a_provider("kursus ubah", "filled", f"/kursus/{COURSE}/ubah"),
    of_a_provider("angkatan baru", "copied", f"/kursus/{COURSE}/angkatan-baru", main=True),
    of_a_provider("angkatan ubah", "filled", f"/angkatan/{BATCH}/ubah"),
    of_a_provider("kursi tautan", "to make", f"/angkatan/{BATCH}/kursi"),
    of_a_provider("kunci", "one", "/kunci"),
    with_keys("kunci", "none", {"items": [], "next": None}),
    of_a_provider("kunci", "training down", "/kunci", silent=True),
    of_a_provider("permintaan", "some", "/permintaan", main=True),
    of_a_provider("permintaan", "training down", "/permintaan", silent=True),
    of_a_provider("pekerjaan", "sheets", "/pekerjaan"),
    of_a_provider("unggah", "start", "/unggah"),
    of_a_provider("unggah", "report", REPORT, main=True),
    of_a_provider("unggah", "published", REPORT, report=providers.report(dry_run=False)),
    of_a_provider("unggah", "refused", REPORT, report=providers.report(dry_run=False, state="REFUSED")),
]
