"""One house for a test module, as its visitors see it: its routes over a real socket, on a database of its own.

No broker is asked: what the house says waits in its outbox, and a test hands it what it hears.
"""

import threading
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import httpx
from flask import Flask
from pymongo.errors import AutoReconnect
from werkzeug.serving import make_server

from shared import clock, ids
from shared.documents.mongo import CollectionSpec, Database
from shared.events import outbox
from shared.events.envelope import Event, source_of
from shared.house import PLUMBING
from shared.http.tokens import DevelopmentIssuer
from shared.settings import Common

if TYPE_CHECKING:
    from deploy.local.stack import Stack

CENTRE = "KUPANG"
S = TypeVar("S", bound=Common)


@dataclass(frozen=True, slots=True)
class Served(Generic[S]):
    """The running house."""

    url: str
    settings: S
    database: Database
    issuer: DevelopmentIssuer

    def as_(self, role: str = "officer", *, name: str = "Ana Petugas", scopes: list[str] | None = None) -> httpx.Client:
        """A client with the token of a member of staff of the service centre in Kupang."""
        return self.with_credential(self.issuer.mint(role, name, CENTRE, scopes))

    def with_credential(self, credential: str | None) -> httpx.Client:
        """A client with this token or key, or with none."""
        headers = {"Authorization": f"Bearer {credential}"} if credential else {}
        return httpx.Client(base_url=self.url, headers=headers, timeout=30)

    def said(self, id: str, topic: str | None = None) -> list[Event]:
        """The events about one document (an order and its slots share an id) that wait for the relay, in order."""
        waiting = outbox.waiting(self.database)
        return [event for event in waiting if event.key == id and topic in (None, event.topic)]


@contextmanager
def served(
    stack: "Stack",
    folder: Path,
    settings: type[S],
    create_app: Callable[..., Flask],
    specs: Sequence[CollectionSpec],
    **more: Any,
) -> Iterator[Served[S]]:
    """Serve a house until the end of the block. ``folder``: an empty one for its issuer; ``more``: its own settings."""
    issuer = DevelopmentIssuer(folder, environment="development")
    database = Database(stack.mongodb_admin_uri, f"test_{uuid.uuid4().hex[:12]}")
    database.ensure([*PLUMBING, *specs])
    chosen = settings(
        lumbung_env="development",
        mongodb_uri=stack.mongodb_admin_uri,
        mongodb_database=database.name,
        kafka_bootstrap=stack.bootstrap,
        kafka_username="nobody",
        kafka_password="unused",
        http_port=0,
        oidc_jwks=str(issuer.jwks_path),
        **more,
    )
    server = make_server("127.0.0.1", 0, create_app(chosen, database=database), threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Served(f"http://127.0.0.1:{server.port}", chosen, database, issuer)
    finally:
        server.shutdown()
        thread.join()
        with suppress(AutoReconnect):
            # The embedded engine closes the line where a large one is dropped; its folder is thrown away in any case.
            database.raw.client.drop_database(database.name)
        database.close()


def told(topic: str, key: str, version: int, data: dict[str, Any] | None) -> Event:
    """An event of another house, as the listener reads it; ``data`` None is a tombstone."""
    owner = topic.partition(".")[0]
    return Event(
        topic=topic,
        key=key,
        type=f"{owner}.thing.changed",
        version=version,
        source=source_of(owner),
        id=ids.new(),
        time=clock.now(),
        trace=None,
        data=data,
    )


def consent_of(candidate_id: str, version: int, consent: str | None) -> Event:
    """What a house that only books people hears of one: their consent; None is their erasure."""
    data = None if consent is None else {"id": candidate_id, "version": version, "consent": consent}
    return told("registry.candidates.v1", candidate_id, version, data)


def judgement_of(
    id: str,
    subject: str,
    *,
    versions: dict[str, Any],
    day: str,
    version: int = 1,
    rules: Sequence[dict[str, Any]] = (),
    candidate_id: str | None = None,
) -> Event:
    """What matching would tell of an order, an application or an enrolment; lawful without ``rules``."""
    deciding = {rule["status"] for rule in rules if rule["stage"] in ("APPLY", "ENROL")}
    outcome = "UNLAWFUL" if "NOT_MET" in deciding else "UNKNOWN" if "UNKNOWN" in deciding else "LAWFUL"
    nothing = dict.fromkeys(("candidate", "job_order", "quota", "course", "batch", "policies"))
    data = {
        "id": id,
        "version": version,
        "subject": subject,
        "candidate_id": candidate_id,
        "day": day,
        "outcome": outcome,
        "versions": {**nothing, **versions},
        "rules": list(rules),
        "judged_at": clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z"),
    }
    return told("matching.judgements.v1", id, version, data)


def a_rule(rule: str, status: str = "NOT_MET", *, stage: str = "APPLY", field: str | None = None) -> dict[str, Any]:
    """One rule of a judgement."""
    return {
        "rule": rule,
        "version": f"{rule}/1",
        "stage": stage,
        "status": status,
        "legal_basis": {"instrument": "Peraturan contoh", "article": "1", "source": "contoh"},
        "text_code": f"{rule}.{status}",
        "field": field,
    }
