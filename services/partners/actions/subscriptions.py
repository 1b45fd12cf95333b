"""Subscriptions: a partner names an endpoint and what it wishes to hear there; secrets change without an outage."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from services.partners import problems, says
from services.partners.actions import organisations
from services.partners.actions.house import MANAGES, PARTNER, House, guard, own_only
from services.partners.actions.sentences import TROUBLES, URLS
from services.partners.actions.waiting import Waiting
from services.partners.model import addresses, samples
from services.partners.model.organisation import covers
from services.partners.outgoing import attempts, secrets
from services.partners.outgoing.posting import Answer
from shared import clock, ids
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller

WRITES = "subscriptions:write"
MOST = 20
"""Subscriptions of one partner; more is a script that runs away."""


def create(caller: Caller, house: House, data: dict[str, Any]) -> Document:
    """Subscribe; the answer has the secret, which is shown this once. It hears what comes from now on.

    Raises:
        TooManySubscriptions: the organisation has as many as it may.
        Refused: the address or a kind of event cannot be subscribed to.
    """
    caller.need(WRITES, MANAGES)
    organisation_id = _whose(caller, data.pop("organisation_id", None))
    secret, id = secrets.new(), ids.new()

    def work(tx: Tx) -> Document:
        organisation = organisations.load(house, organisation_id, tx)
        _check(house, organisation, data)
        if house.subscriptions.count_of(tx, organisation_id) >= MOST:
            raise problems.TooManySubscriptions(
                {
                    "id": f"Paling banyak {MOST} langganan. Tutup yang tidak dipakai.",
                    "en": f"{MOST} subscriptions at most. Close those that are not used.",
                }
            )
        new = {
            "_id": id,
            "listed": True,
            "organisation_id": organisation_id,
            **data,
            "status": "ACTIVE",
            "reason": None,
            "secrets": [_kept(house, secret, id)],
        }
        house.subscriptions.begin(tx, id, house.feed.ends(tx).newest)
        return house.subscriptions.rows.create(tx, new, type="")

    return {**shown(house, house.database.run(work)), "secret": secret}


def change(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Change it, pause it, or set it going again: from where it stood, so that nothing is lost."""
    caller.need(WRITES, MANAGES)

    def work(tx: Tx) -> Document:
        doc = _open(caller, house, id, tx)
        guard(doc, version)
        new = doc | changes
        _check(house, organisations.load(house, doc["organisation_id"], tx), new)
        if new["status"] == "ACTIVE":
            new["reason"] = None
        if new == doc:
            return doc
        if new["status"] == "ACTIVE":
            # Somebody says that it is mended: what was given up meanwhile is tried once more.
            house.subscriptions.begin_again(tx, id)
            if doc["status"] == "DISABLED":
                since = doc["updated_at"] - timedelta(days=6)
                house.deliveries.after_outage(tx, id, since, clock.now())
        return house.subscriptions.rows.change(tx, new, type="")

    return shown(house, house.database.run(work))


def close(caller: Caller, house: House, id: str, version: int) -> None:
    """End it for good; its log stays."""
    caller.need(WRITES, MANAGES)

    def work(tx: Tx) -> None:
        doc = _open(caller, house, id, tx)
        guard(doc, version)
        house.deliveries.cancel(tx, id)
        house.subscriptions.rows.change(tx, {**doc, "status": "CLOSED", "listed": False, "secrets": []}, type="")

    house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One subscription and how its deliveries go."""
    caller.need(WRITES, MANAGES, "events:read")
    return shown(house, load(caller, house, id))


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A partner's own subscriptions; whoever manages partners sees everybody's."""
    caller.need(WRITES, MANAGES, "events:read")
    if caller.may(MANAGES):
        where = {"organisation_id": args["organisation_id"]} if "organisation_id" in args else {"listed": True}
    else:
        where = {"organisation_id": _whose(caller, args.get("organisation_id"))}
    found = house.subscriptions.page(where, args)
    return {**found, "items": [shown(house, doc) for doc in found["items"]]}


def rotate(caller: Caller, house: House, id: str, keep_hours: int) -> dict[str, Any]:
    """A new secret, shown this once; the old one signs too for so many hours, so that nobody must hurry."""
    caller.need(WRITES, MANAGES)
    secret = secrets.new()

    def work(tx: Tx) -> dict[str, Any]:
        doc = _open(caller, house, id, tx)
        now = clock.now()
        until = now + timedelta(hours=keep_hours)
        # One old secret at most: whoever changes it twice in a day wants to be rid of the first.
        newest = secrets.valid(doc["secrets"], now)[:1] if keep_hours else []
        old = [{**one, "valid_until": until} for one in newest]
        house.subscriptions.rows.change(tx, {**doc, "secrets": [_kept(house, secret, id), *old]}, type="")
        return {"secret": secret, "old_until": until if old else None}

    return house.database.run(work)


def test(caller: Caller, house: House, waiting: Waiting, id: str, type: str) -> dict[str, Any]:
    """Send the sample of an event now and say what came of it. Nothing real, nothing stored, no secret shown.

    Raises:
        TooManyTrials: see there.
    """
    caller.need(WRITES, MANAGES)
    doc = _open(caller, house, id)
    event = says.trial(f"test_{ids.new()}", type, clock.now(), samples.sample(type))
    with waiting.trying(doc["organisation_id"]):
        answer = attempts.send(doc, event, house.seal, development=house.development)
    return {
        "delivered": answer.trouble is None,
        "status": answer.status,
        "trouble": answer.trouble,
        "text": _text_of(answer),
        "ms": answer.ms,
        "answer": answer.text,
    }


def reseal(house: House) -> tuple[int, int]:
    """Seal every secret with the newest key that another one sealed. How many were, and how many there are."""
    renewed = known = 0
    for id in house.subscriptions.everyone():
        fresh, kept = house.database.run(partial(_reseal, house, id))
        renewed, known = renewed + fresh, known + kept
    return renewed, known


def _reseal(house: House, id: str, tx: Tx) -> tuple[int, int]:
    doc = house.subscriptions.rows.load(id, tx)
    kept = list(doc["secrets"]) if doc else []
    fresh = [house.seal.renewed(bytes(one["sealed"]), id) for one in kept]
    if doc is not None and any(fresh):
        rows = [{**one, "sealed": new or one["sealed"]} for one, new in zip(kept, fresh, strict=True)]
        # Its version stays: nothing that anybody sees of it has changed.
        house.subscriptions.keep_secrets(tx, id, rows)
    return sum(new is not None for new in fresh), len(kept)


def load(caller: Caller, house: House, id: str, tx: Tx | None = None) -> Document:
    """A subscription that this caller may see, or the problem that there is none."""
    doc = house.subscriptions.rows.load(id, tx)
    if doc is None:
        raise problems.NoSuchSubscription()
    own_only(caller, doc["organisation_id"])
    return doc


def shown(house: House, doc: Document) -> Document:
    """With where it stands, and without its secrets."""
    standing = house.subscriptions.standing(doc["_id"])
    behind = max(house.feed.ends().newest - standing["position"], 0)
    until = [one["valid_until"] for one in secrets.valid(doc["secrets"], clock.now())]
    bare = {name: value for name, value in doc.items() if name != "secrets"}
    return {**bare, "id": doc["_id"], "standing": {**standing, "behind": behind}, "secrets_until": until}


def _open(caller: Caller, house: House, id: str, tx: Tx | None = None) -> Document:
    doc = load(caller, house, id, tx)
    if doc["status"] == "CLOSED":
        raise problems.SubscriptionClosed()
    return doc


def _whose(caller: Caller, named: str | None) -> str:
    if caller.kind == PARTNER and caller.organisation is not None:
        if named is not None:
            own_only(caller, named)
        return caller.organisation
    if named is None:
        problems.refuse(
            "/organisation_id",
            "organisation_missing",
            {"id": "Untuk mitra yang mana?", "en": "For which partner?"},
            {"id": "Isi organisation_id.", "en": "Give organisation_id."},
        )
    return named


def _kept(house: House, secret: str, id: str) -> Document:
    sealed = house.seal.seal(secret.encode(), id)
    return {"sealed": sealed, "created_at": clock.now(), "valid_until": None}


def _check(house: House, organisation: Document, data: Mapping[str, Any]) -> None:
    wrong = addresses.refusal(data["url"], development=house.development)
    if wrong is not None:
        problems.refuse("/url", wrong, *URLS[wrong])
    possible = organisations.may_hear(organisation)
    for place, wanted in enumerate(data["event_types"]):
        if wanted not in possible:
            problems.refuse(
                f"/event_types/{place}",
                "not_agreed",
                {"id": f"{wanted} tidak termasuk perjanjian Anda.", "en": f"{wanted} is not in your agreement."},
                {"id": "Yang boleh: " + ", ".join(possible) + ".", "en": "Possible: " + ", ".join(possible) + "."},
            )
    for place, wanted in enumerate(data["regions"]):
        if not covers(organisation["regions"], wanted):
            agreed = ", ".join(organisation["regions"])
            problems.refuse(
                f"/regions/{place}",
                "not_agreed",
                {"id": f"Wilayah {wanted} tidak termasuk perjanjian.", "en": f"{wanted} is not in your agreement."},
                {"id": f"Yang boleh: {agreed}.", "en": f"Possible: {agreed}."},
            )
    if data["payload_level"] == "REFERENCES" and organisation["payload_level"] == "MINIMAL":
        problems.refuse(
            "/payload_level",
            "not_agreed",
            {"id": "Perjanjian Anda hanya untuk MINIMAL.", "en": "Your agreement is for MINIMAL only."},
            {"id": "Isi MINIMAL.", "en": "Give MINIMAL."},
        )


def _text_of(answer: Answer) -> Mapping[str, str] | None:
    return None if answer.trouble is None else TROUBLES[answer.trouble]
