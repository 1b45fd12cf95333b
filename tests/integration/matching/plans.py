"""What tests of plans share: who asks, and how a plan is read."""

from typing import Any

import httpx

from tests.integration.matching.conftest import Matching


def supervisor(matching: Matching, name: str = "Budi Pengawas") -> httpx.Client:
    return matching.as_("supervisor", name=name)


def problem(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def rows_of(client: httpx.Client, id: str) -> list[dict[str, Any]]:
    """All people of a plan, page by page."""
    rows, after = [], None
    while True:
        page = client.get(f"/v1/allocations/{id}/people", params={"limit": 5, **({"after": after} if after else {})})
        rows += page.json()["items"]
        after = page.json()["next"]
        if after is None:
            return rows
