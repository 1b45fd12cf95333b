"""L12 `/pengawas`: what waits for the supervisor: proposed laws, reports, and what nobody could decide."""

from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, matching, placement, t, together, visitor
from services.console.pages.calon.words import application_state
from services.console.pages.pengawas.words import concern_kind, policy_kind
from services.console.pages.standing import standing

page = Page(
    __name__,
    "/pengawas",
    needs=("policies:approve",),
    menu=Entry("Pengawas", "Supervisor", 40),
)

Body = dict[str, Any]
SHOWN = 25
STANDING = ("APPLIED", "SELECTED", "AGREED")


@page.get
def show() -> ResponseReturnValue:
    found = together(
        policies=placement.get("/v1/policies", waiting=True, limit=SHOWN, after=request.args.get("aturan")),
        concerns=placement.get("/v1/concerns", state="RECEIVED", limit=SHOWN, after=request.args.get("laporan")),
        applications=placement.get("/v1/applications", state=list(STANDING), limit=100),
        plans=matching.get("/v1/allocations", limit=SHOWN),
    )
    someone = visitor()
    me = someone.subject if someone else ""
    return page.render(
        policies=found["policies"],
        proposals=[
            {"policy": policy, "row": row, "mine": row["proposed_by"] == me}
            for policy in found["policies"].items()
            for row in policy["revisions"]
            if row["status"] == "PROPOSED"
        ],
        concerns=found["concerns"],
        plans=found["plans"],
        unsigned=[
            {**one, "mine": one["made_by"] == me}
            for one in found["plans"].items()
            if one["state"] == "READY" and not one["signed"]
        ],
        applications=found["applications"],
        open_questions=[row for row in map(_unknown, found["applications"].items()) if row],
        policy_kind=policy_kind,
        concern_kind=concern_kind,
        application_state=application_state,
        title=t("Yang menunggu pengawas", "What waits for the supervisor"),
    )


def _unknown(application: Body) -> Body | None:
    """An application that stands still because nobody knows, with the rules in question; None for all others."""
    stands = standing(application)
    return {**application, "rules": stands.waits} if stands.waits and not stands.stops else None
