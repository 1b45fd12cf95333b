"""The supervisor's pages."""

from typing import Any

from tests.browser.matrix import State
from tests.support.console import supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.supervisors import CONCERN, POLICY

LAW, REPORT = f"/pengawas/aturan/{POLICY}/2", f"/pengawas/laporan/{CONCERN}"


def of_a_supervisor(page: str, name: str, path: str, *, silent: str = "", shared: bool = True, **more: Any) -> State:
    """A state of a page that the supervisor looks at. ``more``: what :func:`supervisors.tell` takes."""

    def prepare(houses: FakeHouses) -> None:
        supervisors.tell(houses, **more)
        houses.silence(*filter(None, [silent]))

    return State(page, name, path, role="supervisor", prepare=prepare, shared=shared)


def with_plan(page: str, name: str, path: str, plan: dict[str, Any]) -> State:
    def prepare(houses: FakeHouses) -> None:
        supervisors.tell(houses)
        houses.says("matching", "GET /v1/allocations", {"items": [plan], "next": None})
        houses.says("matching", "GET /v1/allocations/*", plan)

    return State(page, name, path, role="supervisor", prepare=prepare)


OWN = supervisors.policy(supervisors.row(proposed_by=supervisors.ME))
DONE = supervisors.row(status="REJECTED", decided_by="dev:wati", decided_at="2026-11-01T00:00:00Z", reason="Belum")
END = supervisors.row(action="END", content=None, text=None, confidence=None, verified_on=None)
LAPSED = supervisors.policy(in_force=None, revisions=[supervisors.row(status="APPROVED", valid_from="2198-02-01")])

STATES = [
    of_a_supervisor("rencana", "form", "/pengawas/rencana"),
    of_a_supervisor("rencana", "plan", f"/pengawas/rencana/{ID}"),
    with_plan("rencana", "being made", f"/pengawas/rencana/{ID}", supervisors.making()),
    with_plan("rencana", "cancelled", f"/pengawas/rencana/{ID}", supervisors.cancelled()),
    with_plan("rencana", "failed", f"/pengawas/rencana/{ID}", supervisors.failed()),
    with_plan("pekerjaan", "plan being made", "/pekerjaan", supervisors.making()),
    with_plan("pekerjaan", "plan failed", "/pekerjaan", supervisors.failed()),
    of_a_supervisor("pekerjaan", "plans", "/pekerjaan"),
    of_a_supervisor("pekerjaan", "matching down", "/pekerjaan", silent="matching"),
    of_a_supervisor("pengawas", "queue", "/pengawas"),
    of_a_supervisor("pengawas", "placement down", "/pengawas", silent="placement"),
    of_a_supervisor("pengawas", "law", LAW),
    of_a_supervisor("pengawas", "own law", LAW, law=OWN),
    of_a_supervisor("pengawas", "end of a law", LAW, law=supervisors.policy(END)),
    of_a_supervisor("pengawas", "lapsed law among all", "/pengawas/aturan", law=LAPSED),
    of_a_supervisor("pengawas", "decided law", LAW, law=supervisors.policy(DONE)),
    of_a_supervisor("pengawas", "matcher down", LAW, silent="matching"),
    of_a_supervisor("pengawas", "all laws", "/pengawas/aturan"),
    of_a_supervisor("pengawas", "kinds of law", "/pengawas/aturan/baru"),
    of_a_supervisor("pengawas", "propose a corridor", "/pengawas/aturan/baru?jenis=CORRIDOR"),
    of_a_supervisor("pengawas", "propose a ban", "/pengawas/aturan/baru?jenis=BAN"),
    of_a_supervisor("pengawas", "revise", f"/pengawas/aturan/{POLICY}/usul"),
    of_a_supervisor("pengawas", "report shared", REPORT),
    of_a_supervisor("pengawas", "report", REPORT, shared=False),
]
