"""What tests of judged applications do at the doors: look, move on, answer for a rule, read the trail."""

from typing import Any

import httpx

from shared import clock
from tests.integration.placement.conftest import Answer, Placement, created, day


def shown(client: httpx.Client, application: Answer) -> Answer:
    answer: Answer = client.get(f"/v1/applications/{application['id']}").json()
    return answer


def move(client: httpx.Client, application: Answer, state: str) -> httpx.Response:
    version = shown(client, application)["version"]
    path = f"/v1/applications/{application['id']}"
    return client.patch(path, json={"state": state}, headers={"If-Match": f'"{version}"'})


def trail(client: httpx.Client, path: str) -> list[tuple[str, str]]:
    return [(row["what"], row["by"]) for row in client.get(f"{path}/trail").json()["items"]]


def override(client: httpx.Client, application: Answer, *rules: str, reason: str = "Ijazah asli dilihat") -> Any:
    path = f"/v1/applications/{application['id']}/overrides"
    return client.post(path, json={"rules": list(rules), "reason": reason})


def a_ban(placement: Placement, *, approved: bool = True) -> None:
    """Some other country is closed from now on; it touches no order here, but it is law."""
    with (
        placement.as_("supervisor", name="Sari Pengawas") as proposer,
        placement.as_("supervisor", name="Budi Pengawas") as approver,
    ):
        proposal = {
            "code": f"BAN-{clock.now():%f}-{clock.monotonic()}".replace(".", "-")[:40],
            "kind": "BAN",
            "valid_from": day(0),
            "legal_basis": {"instrument": "Larangan contoh", "article": None, "source": "contoh"},
            "confidence": "H",
            "verified_on": day(0),
            "text": {"id": "Ditutup.", "en": "Closed."},
            "content": {"countries": ["ISL"], "employer_type": None, "isco08": None},
        }
        policy = created(proposer, "/v1/policies", proposal)
        if approved:
            answer = approver.post(f"/v1/policies/{policy['id']}/revisions/1/approve")
            assert answer.status_code == 200, answer.text
