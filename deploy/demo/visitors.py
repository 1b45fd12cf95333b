"""Who knocks at the houses in the demo: officers and people of organisations with tokens, each over plain HTTP.

Nothing here reaches around the public APIs. A refusal that the story does not expect ends it, in the house's own words.
"""

import base64
import json
import time
import uuid
from collections.abc import Callable
from typing import Any

import httpx

from deploy.local.problems import Fault
from deploy.local.site import Site

Answer = dict[str, Any]

PATIENCE_SECONDS = 60.0
LOOK_EVERY_SECONDS = 0.1


class Visitor:
    """One caller of one house."""

    def __init__(self, url: str, credential: str) -> None:
        headers = {"Authorization": f"Bearer {credential}", "Accept-Language": "en"}
        # A proxy of the office is for the world outside, not for this machine's own houses.
        # Plain HTTP on this machine: without `verify=False` each client would load the whole list of authorities first.
        self.client = httpx.Client(base_url=url, headers=headers, timeout=60, trust_env=False, verify=False)

    @property
    def id(self) -> str:
        """Who a member of staff is to the houses: the subject of their token."""
        body = self.client.headers["Authorization"].removeprefix("Bearer ").split(".")[1]
        return str(json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))["sub"])

    def get(self, path: str, **query: Any) -> Answer:
        return read(self.client.get(path, params=query))

    def patient(self, send: Callable[[], httpx.Response], *, seconds: float = PATIENCE_SECONDS) -> httpx.Response:
        """The answer to a request that is sent again for as long as the house asks to (409 with `Retry-After`)."""
        deadline = time.monotonic() + seconds
        while True:
            answer = send()
            if answer.status_code != 409 or "Retry-After" not in answer.headers or time.monotonic() > deadline:
                return answer
            # The house names whole seconds; on one machine what it waits for comes sooner.
            time.sleep(min(float(answer.headers["Retry-After"]), 2 * LOOK_EVERY_SECONDS))

    def post(self, path: str, body: Any = None, *, version: int | None = None, **query: Any) -> Answer:
        """Sent under a key of its own, so that a lost answer can be asked for again without a second effect."""
        headers = {"Idempotency-Key": str(uuid.uuid4())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return read(self.patient(lambda: self.client.post(path, json=body, params=query, headers=headers)))

    def patch(self, path: str, body: Answer, *, version: int) -> Answer:
        headers = {"If-Match": f'"{version}"'}
        return read(self.patient(lambda: self.client.patch(path, json=body, headers=headers)))

    def put(self, path: str, body: Answer, *, version: int) -> Answer:
        return read(self.client.put(path, json=body, headers={"If-Match": f'"{version}"'}))

    def delete(self, path: str) -> None:
        read(self.client.delete(path))

    def send(self, name: str, content: bytes, **query: Any) -> Answer:
        """A file through the import door, saved at once but for its bad rows; returns the finished import."""
        wanted = {"dry_run": "false", "only_good": "true", **query}
        sent = read(self.client.post("/v1/imports", files={"file": (name, content)}, params=wanted))
        return until(
            lambda: self.get(f"/v1/imports/{sent['id']}"),
            lambda report: report["state"] in ("DONE", "REFUSED"),
            f"the import of {name}",
            seconds=3600,
        )

    def all(self, path: str, **query: Any) -> list[Answer]:
        """Every page of a list."""
        found: list[Answer] = []
        after: Answer = {}
        while True:
            page = self.get(path, limit=100, **query, **after)
            found += page["items"]
            if not page["next"]:
                return found
            after = {"after": page["next"]}


class Visitors:
    """The people and organisations of one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._tokens: dict[tuple[str, str], str] = {}

    def staff(self, house: str, role: str, name: str) -> Visitor:
        """A member of staff of the service centre in Kupang; one token for all houses, as a person has it."""
        who = (role, name)
        if who not in self._tokens:
            self._tokens[who] = self._site.token(role, name, centre="KUPANG")
        return Visitor(self._site.url(house), self._tokens[who])

    def of_organisation(self, house: str, role: str, id: str) -> Visitor:
        """Somebody of a `provider` or `company` with a token that names it, so that no API key of it is touched."""
        return Visitor(self._site.url(house), self._site.token(role, "Dedi Mitra", organisation=id))


def until(
    ask: Callable[[], Answer], enough: Callable[[Answer], bool], what: str, *, seconds: float = PATIENCE_SECONDS
) -> Answer:
    """Ask again until it is enough. Raises Fault, naming `what`, when that takes too long."""
    deadline = time.monotonic() + seconds
    while True:
        answer = ask()
        if enough(answer):
            return answer
        if time.monotonic() > deadline:
            raise Fault(f"Waited {seconds:.0f} s for {what}.", "See ./lumbung logs; a house may be down or behind.")
        time.sleep(LOOK_EVERY_SECONDS)


def read(response: httpx.Response) -> Answer:
    """The body of an answer. Raises Fault, in the house's own words, when it is a refusal."""
    if response.status_code == 204:
        return {}
    try:
        answer: Answer = response.json()
    except ValueError:
        answer = {"title": response.text[:200]}
    if response.is_success:
        return answer
    errors = "; ".join(f"{error['pointer']}: {error['message']}" for error in answer.get("errors", ())[:3])
    told = " ".join(part for part in (answer.get("title"), answer.get("detail"), errors) if part)
    request = response.request
    raise Fault(
        f"{request.method} {request.url.path} answered {response.status_code}: {told}",
        "Mend the input, or see ./lumbung logs.",
    )
