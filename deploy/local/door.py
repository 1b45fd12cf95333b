"""The partners house of this machine, asked by whoever manages agreements: the same API that anybody could call."""

from typing import Any

import httpx

from deploy.local.problems import Fault
from deploy.local.site import Site
from deploy.partners import Partner


class Door:
    """Registers the partners of the file at `/v1/organisations` and gives them keys."""

    def __init__(self, site: Site) -> None:
        token = site.token("manager", "Pengelola Mitra")
        self._client = httpx.Client(
            base_url=site.url("partners"),
            headers={"Authorization": f"Bearer {token}", "Accept-Language": "en"},
            timeout=30,
            trust_env=False,
        )

    def let_in(self, partner: Partner) -> str:
        """Make the organisation agree with the file, let it in, and give it a key. Of two live keys the older ends."""
        body = _agreed(partner)
        known = self._find(partner.code)
        if known is None:
            known = self._ask("POST", "/v1/organisations", json=body)
        else:
            changed = {name: value for name, value in body.items() if name != "code"} | {"status": "ACTIVE"}
            path, guard = f"/v1/organisations/{known['id']}", {"If-Match": f'"{known["version"]}"'}
            known = self._ask("PATCH", path, json=changed, headers=guard)
        keys = f"/v1/organisations/{known['id']}/keys"
        live = sorted(self._ask("GET", keys)["items"], key=lambda key: str(key["created_at"]))
        for key in live[: max(len(live) - 1, 0)]:
            self._ask("DELETE", f"{keys}/{key['id']}")
        made: str = self._ask("POST", keys)["key"]
        return made

    def suspend(self, partner: Partner) -> None:
        """Stop it; one that was never added has nothing to be stopped."""
        known = self._find(partner.code)
        if known is not None and known["status"] != "SUSPENDED":
            guard = {"If-Match": f'"{known["version"]}"'}
            self._ask("PATCH", f"/v1/organisations/{known['id']}", json={"status": "SUSPENDED"}, headers=guard)

    def states(self) -> dict[str, str]:
        """Code → ACTIVE or SUSPENDED, of every partner that was added."""
        found = self._ask("GET", "/v1/organisations", params={"limit": 100})
        return {row["code"]: row["status"] for row in found["items"]}

    def _find(self, code: str) -> dict[str, Any] | None:
        items: list[dict[str, Any]] = self._ask("GET", "/v1/organisations", params={"code": code})["items"]
        return items[0] if items else None

    def _ask(self, method: str, path: str, **more: Any) -> Any:
        try:
            answer = self._client.request(method, path, **more)
        except httpx.HTTPError as error:
            raise Fault("The partners house does not answer.", "Is it up? ./lumbung status says so.") from error
        if answer.status_code >= 400:
            problem = answer.json()
            faults = "; ".join(f"{one['pointer']}: {one['message']}" for one in problem.get("errors", []))
            raise Fault(
                f"The partners house refuses it: {problem.get('detail') or problem['title']} {faults}".strip(),
                "Mend its entry in the file of partners.",
            )
        return answer.json() if answer.content else None


def _agreed(partner: Partner) -> dict[str, Any]:
    return {
        "code": partner.code,
        "name": partner.name,
        "kind": partner.kind,
        "legal_basis": partner.legal_basis,
        "contact": partner.contact,
        "regions": list(partner.regions),
        "payload_level": partner.level,
        "provider_id": partner.provider_id,
        "valid_until": partner.until.isoformat() if partner.until else None,
    }
