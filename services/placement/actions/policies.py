"""Laws as data: one person proposes, another one approves, and nothing that was ever believed is edited away."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from services.placement import problems, says
from services.placement.actions.house import Document, House, guard
from services.placement.model import policy as model
from services.placement.schemas import contents
from shared import clock, ids
from shared.documents.mongo import Tx
from shared.http.callers import Caller


def propose(caller: Caller, house: House, data: Mapping[str, Any]) -> Document:
    """A new policy with its first proposal.

    Raises:
        CodeTaken: a policy of this code exists; revise that one.
        Invalid, Refused: the content does not fit its kind, or contradicts itself.
    """
    caller.need("policies:propose")
    tells = _tells(data["kind"], data)

    def work(tx: Tx) -> Document:
        if house.policies.by_code(data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Aturan {data['code']} sudah ada. Usulkan revisi pada aturan itu.",
                    "en": f"There is a policy {data['code']}. Propose a revision of that one.",
                }
            )
        revisions = model.propose([], tells, action="SET", by=caller.id, at=_now())
        return house.policies.create(tx, _policy(data, revisions))

    return house.database.run(work)


def propose_revision(caller: Caller, house: House, id: str, data: Mapping[str, Any]) -> Document:
    """A new version of a policy, or a correction of an old one: after approval it holds on its own days."""
    caller.need("policies:propose")

    def work(tx: Tx) -> Document:
        policy = load(house, id, tx)
        return _add(tx, house, caller, policy, _tells(policy["kind"], data), action="SET")

    return house.database.run(work)


def propose_end(caller: Caller, house: House, id: str, data: Mapping[str, Any]) -> Document:
    """After this day nothing of the policy is law any more, once a second person agrees."""
    caller.need("policies:propose")
    first_free_day = (date.fromisoformat(data["ends_on"]) + timedelta(days=1)).isoformat()
    tells = {"valid_from": first_free_day, "legal_basis": data["legal_basis"]}
    return house.database.run(lambda tx: _add(tx, house, caller, load(house, id, tx), tells, action="END"))


def approve(caller: Caller, house: House, id: str, number: int, version: int | None) -> Document:
    """Make a proposal law, from this moment on as far as anybody knew.

    Raises:
        NoSuchPolicy, NoSuchRevision, Stale: there is none, or it was changed since.
        StepNotPossible: it waits for nobody any more.
        FourEyes: whoever proposed it never approves it.
        TooManyRevisions: the policy is full; a new one takes over.
    """
    caller.need("policies:approve")

    def work(tx: Tx) -> Document:
        policy, row = _waiting(house, id, number, version, tx)
        if row["proposed_by"] == caller.id:
            raise problems.FourEyes(
                {
                    "id": "Usulan ini milik Anda sendiri. Minta orang lain menyetujuinya.",
                    "en": "This proposal is your own. Ask somebody else to approve it.",
                }
            )
        revisions = model.approve(policy["revisions"], number, by=caller.id, at=_now())
        if len(revisions) > model.MOST_REVISIONS:
            raise problems.TooManyRevisions()
        kind = says.POLICY_APPROVED if row["action"] == "SET" else says.POLICY_ENDED
        return house.policies.change(tx, {**policy, "revisions": revisions}, type=kind)

    return house.database.run(work)


def reject(caller: Caller, house: House, id: str, number: int, version: int | None, *, reason: str) -> Document:
    """Turn a proposal down, or take one's own back."""
    caller.need("policies:approve", "policies:propose")

    def work(tx: Tx) -> Document:
        policy, row = _waiting(house, id, number, version, tx)
        if row["proposed_by"] != caller.id:
            caller.need("policies:approve")
        revisions = model.reject(policy["revisions"], number, by=caller.id, at=_now(), reason=reason)
        return house.policies.change(tx, {**policy, "revisions": revisions}, type=says.POLICY_REJECTED)

    return house.database.run(work)


def show(caller: Caller, house: House, id: str) -> Document:
    """One policy. Law is public among all who are known here."""
    return load(house, id)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Policies by the filters of the request."""
    return house.policies.page({name: args[name] for name in ("kind", "code", "waiting") if name in args}, args)


def put(tx: Tx, house: House, caller: Caller, data: Mapping[str, Any]) -> tuple[Document, str]:
    """Propose whatever of a file's policy was not said before, inside a running transaction: the door of imports.

    Raises:
        TooManyRevisions: the policy is full; a new one takes over.
    """
    policy = house.policies.by_code(data["code"], tx)
    if policy is not None and policy["kind"] != data["kind"]:
        problems.refuse("/kind", "kind_is_fixed")
    before: list[model.Revision] = policy["revisions"] if policy else []
    revisions = before
    for at, row in enumerate(data["revisions"]):
        tells = _tells(data["kind"], row, at=f"/revisions/{at}")
        if model.already_said(revisions, tells) is None:
            revisions = model.propose(revisions, tells, action="SET", by=caller.id, at=_now())
    if len(revisions) > model.MOST_REVISIONS:
        raise problems.TooManyRevisions()
    if policy is None:
        return house.policies.create(tx, _policy(data, revisions)), "CREATED"
    if len(revisions) == len(before):
        return policy, "UNCHANGED"
    return house.policies.change(tx, {**policy, "revisions": revisions}, type=says.POLICY_PROPOSED), "CHANGED"


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The policy, or the problem that there is none."""
    policy = house.policies.load(id, tx)
    if policy is None:
        raise problems.NoSuchPolicy()
    return policy


def _add(tx: Tx, house: House, caller: Caller, policy: Document, tells: Mapping[str, Any], *, action: str) -> Document:
    if len(policy["revisions"]) >= model.MOST_REVISIONS:
        raise problems.TooManyRevisions()
    if model.is_waiting(policy["revisions"], tells, action=action):
        # The same words again: a request that was sent twice is one proposal.
        return policy
    revisions = model.propose(policy["revisions"], tells, action=action, by=caller.id, at=_now())
    return house.policies.change(tx, {**policy, "revisions": revisions}, type=says.POLICY_PROPOSED)


def _waiting(house: House, id: str, number: int, version: int | None, tx: Tx) -> tuple[Document, Mapping[str, Any]]:
    policy = load(house, id, tx)
    row = model.find(policy["revisions"], number)
    if row is None:
        raise problems.NoSuchRevision()
    guard(policy, version)
    if row["status"] != "PROPOSED":
        raise problems.StepNotPossible(
            {
                "id": f"Revisi ini sudah diputuskan ({row['status']}).",
                "en": f"This revision has been decided on ({row['status']}).",
            }
        )
    return policy, row


def _tells(kind: str, data: Mapping[str, Any], *, at: str = "") -> dict[str, Any]:
    """What a revision says, with its content read by the schema of its kind."""
    content = contents.read(kind, data["content"], at=f"{at}/content")
    found: list[problems.Contradiction] = []
    if data["valid_until"] is not None and data["valid_until"] < data["valid_from"]:
        found.append((f"{at}/valid_until", "until_before_from"))
    if data["verified_on"] > clock.today().isoformat():
        found.append((f"{at}/verified_on", "in_the_future"))
    problems.contradictory(found)
    return {**{name: data[name] for name in model.TELLS if name != "content"}, "content": content}


def _policy(data: Mapping[str, Any], revisions: list[model.Revision]) -> Document:
    return {"_id": ids.new(), "code": data["code"], "kind": data["kind"], "revisions": revisions}


def _now() -> str:
    return clock.now().isoformat(timespec="milliseconds").replace("+00:00", "Z")
