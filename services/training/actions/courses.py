"""Courses: a provider describes them, the province reviews them, and only a reviewed course is ever recommended."""

from collections.abc import Mapping
from typing import Any

from services.training import problems, says
from services.training.actions.circles import CIRCLE, CIRCLE_SAID, circle_among
from services.training.actions.house import House, guard, own_only
from services.training.model import course as model
from services.training.model import provider as providers
from services.training.store import COURSES
from shared import clock, ids
from shared.documents import replaced
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.http.problems import say

_SEVERAL_CERTIFICATES = (
    say("Kursus ini memberi beberapa sertifikat.", "This course gives several certificates."),
    say(
        "Kirim daftar sertifikat yang tetap ada; kosong bila tidak ada.",
        "List those that stay; empty for none.",
    ),
)
PENDING: dict[str, Any] = {"state": "PENDING", "reason": None, "by": None, "on": None}


def submit(caller: Caller, house: House, data: dict[str, Any]) -> Document:
    """Describe a new course; it waits for review.

    Raises:
        CodeTaken: the provider has a course of this code.
    """
    caller.need("courses:write", "courses:review")
    provider_id = provider_of(caller, data.pop("provider_id", None))

    def work(tx: Tx) -> Document:
        if house.store.course_by_code(provider_id, data["code"], tx):
            raise problems.CodeTaken(
                {
                    "id": f"Anda sudah punya kursus dengan kode {data['code']}. Ubah yang ada, atau pakai kode lain.",
                    "en": f"You have a course with the code {data['code']}. Change that one, or use another code.",
                }
            )
        return create(tx, house, provider_id, data)

    return house.database.run(work)


def change(caller: Caller, house: House, id: str, version: int, changes: dict[str, Any]) -> Document:
    """Change a course; what a reviewer looked at goes back to review when it changes."""
    caller.need("courses:write", "courses:review")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        own_only(caller, doc["provider_id"])
        guard(doc, version)
        return alter(tx, house, doc, changes)

    return house.database.run(work)


def upsert(caller: Caller, house: House, provider_id: str, code: str, data: dict[str, Any]) -> tuple[Document, bool]:
    """State a course by the provider's own code. Returns it and whether it is new; the same again changes nothing."""
    caller.need("courses:write", "courses:review")
    own_only(caller, provider_id)
    return house.database.run(lambda tx: put(tx, house, provider_id, code, data))


def review(caller: Caller, house: House, id: str, version: int, decision: str, reason: str | None) -> Document:
    """Approve or reject a course, with a reason code when rejected.

    Raises:
        NoSuchCourse, Stale: as for every change of a course.
        CourseWithdrawn: nothing is left to review.
        NotAccredited: the provider's accreditation for the programme is not on record.
    """
    caller.need("courses:review")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        guard(doc, version)
        if doc["status"] == "WITHDRAWN":
            raise problems.CourseWithdrawn()
        if decision == "APPROVED" and doc["accreditation"] is None:
            raise problems.NotAccredited(
                {
                    "id": f"Catat dulu akreditasi program {doc['programme']} pada data lembaga.",
                    "en": f"First record the accreditation of the programme {doc['programme']} with the provider.",
                }
            )
        judged = {"state": decision, "reason": reason, "by": caller.id, "on": clock.today().isoformat()}
        kind = says.COURSE_APPROVED if decision == "APPROVED" else says.COURSE_REJECTED
        reviewed = doc | {"review": judged, "approved_texts": model.approved_texts(doc)}
        reviewed["approved_texts"] = model.approved_texts(reviewed)
        return house.store.courses.change(tx, reviewed, type=kind)

    return house.database.run(work)


def withdraw(caller: Caller, house: House, id: str, version: int) -> Document:
    """Take a course off the market; its record stays for the people who took it."""
    caller.need("courses:write", "courses:review")

    def work(tx: Tx) -> Document:
        doc = load(house, id, tx)
        own_only(caller, doc["provider_id"])
        guard(doc, version)
        if doc["status"] == "WITHDRAWN":
            return doc
        return house.store.courses.change(tx, doc | {"status": "WITHDRAWN"}, type=says.COURSE_WITHDRAWN)

    return house.database.run(work)


def provider_of(caller: Caller, stated: str | None) -> str:
    """Whose course this is: a provider's key says it, staff must state it.

    Raises:
        NotYours: a provider states another one.
        Refused: staff state none.
    """
    if caller.kind == "provider":
        # A token that names no organisation owns nothing, and passes for nobody.
        own_only(caller, stated or caller.organisation or "")
        return caller.organisation or ""
    if stated is None:
        problems.refuse(
            "/provider_id",
            "required",
            {
                "id": "Sebutkan provider_id lembaga pemilik kursus.",
                "en": "State the provider_id of the course's owner.",
            },
        )
    return stated


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """Courses by provider, review state or occupation. Whoever is known may read them; of others a provider sees what
    is approved.
    """
    where: dict[str, Any] = {"provider_id": args["provider"]} if "provider" in args else {"listed": True}
    if "review" in args:
        where["review.state"] = args["review"]
    if caller.kind == "provider" and args.get("provider") != caller.organisation:
        if args.get("review", "APPROVED") != "APPROVED":
            return {"items": [], "next": None}
        where["review.state"] = "APPROVED"
    if "isco08" in args:
        where["isco08"] = args["isco08"]
    return house.store.page(COURSES, where, args)


def load(house: House, id: str, tx: Tx | None = None) -> Document:
    """The course, or the problem that there is none."""
    doc = house.store.courses.load(id, tx)
    if doc is None:
        raise problems.NoSuchCourse()
    return doc


def show(caller: Caller, house: House, id: str) -> Document:
    """A course for whoever asks: what another provider has not had approved yet is not there for a provider."""
    doc = load(house, id)
    is_mine = caller.kind != "provider" or caller.organisation == doc["provider_id"]
    return doc if is_mine else load_public(house, id)


def need_teaching(tx: Tx, house: House, course: Document, first_day: str) -> None:
    """Stop unless a batch of the course may begin on this day. Its provider is read itself, because what the course
    says of it may be a moment old.

    Raises:
        BatchClosed: the accreditation or the licence does not reach that day, or the provider is not active.
    """
    fresh = _with_provider(course, owner_of(house, course["provider_id"], tx))
    if not model.may_begin_on(fresh, first_day):
        raise problems.BatchClosed(
            {
                "id": "Pada hari pertamanya lembaga ini tidak aktif, atau akreditasi program atau izinnya tidak"
                " berlaku. Pilih kursus lain, atau minta provinsi memperbarui data lembaga.",
                "en": "On its first day this provider is not active, or the programme's accreditation or the licence is"
                " not valid. Choose another course, or ask the province to renew the provider's record.",
            }
        )


def need_accredited(tx: Tx, house: House, course: Document, first_day: str) -> None:
    """Stop unless a batch of the course that began on this day may be completed, as the province has it on record now.

    Raises:
        NotAccredited: the programme was not accredited on that day, or the provider not licensed.
    """
    owner = owner_of(house, course["provider_id"], tx)
    if not providers.was_accredited_on(owner, course["programme"], first_day):
        raise problems.NotAccredited(
            {
                "id": "Pada hari pertama angkatan ini akreditasi program atau izin lembaga tidak berlaku, jadi"
                " penyelesaiannya tidak bisa dicatat. Minta provinsi memeriksa data lembaga.",
                "en": "On the first day of this batch the programme's accreditation or the provider's licence was not"
                " valid, so its completion cannot be recorded. Ask the province to look at the provider's record.",
            }
        )


def load_public(house: House, id: str) -> Document:
    """The course as the whole world may see it: approved and not withdrawn.

    Raises:
        NoSuchCourse: there is none, or it is not for everybody.
    """
    doc = load(house, id)
    if doc["review"]["state"] != "APPROVED" or doc["status"] == "WITHDRAWN":
        raise problems.NoSuchCourse()
    return doc


def put(tx: Tx, house: House, provider_id: str, code: str, data: dict[str, Any]) -> tuple[Document, bool]:
    """Create or change inside a running transaction; the door of imports and machines."""
    doc = house.store.course_by_code(provider_id, code, tx)
    if doc is None:
        return create(tx, house, provider_id, data | {"code": code}), True
    return alter(tx, house, doc, data), False


def owner_of(house: House, provider_id: str, tx: Tx | None = None) -> Document:
    """The provider, or the problem that there is none."""
    owner = house.store.providers.load(provider_id, tx)
    if owner is None:
        raise problems.NoSuchProvider()
    return owner


def create(tx: Tx, house: House, provider_id: str, data: dict[str, Any]) -> Document:
    """A new course inside a running transaction."""
    owner = owner_of(house, provider_id, tx)
    doc = _described(house, data) | {
        "_id": ids.new(),
        "listed": True,
        "provider_id": provider_id,
        "review": dict(PENDING),
        "status": "ACTIVE",
    }
    _runs_in_no_circle(tx, house, doc)
    return house.store.courses.create(tx, _with_provider(doc, owner), type=says.COURSE_SUBMITTED)


def alter(tx: Tx, house: House, doc: Document, changes: dict[str, Any]) -> Document:
    """Apply changes inside a running transaction; no change, no new version."""
    new = _described(house, doc | _among_others(doc, changes))
    owner = owner_of(house, doc["provider_id"], tx)
    new = _with_provider(new, owner)
    if new == doc:
        return doc
    new[replaced.FIELD] = replaced.remembered(doc, new, model.REVIEWED)
    if model.differs(doc, new):
        _runs_in_no_circle(tx, house, new)
        new |= {"review": dict(PENDING), "approved_texts": model.approved_texts(doc)}
    return house.store.courses.change(tx, new, type=says.COURSE_CHANGED)


def _among_others(doc: Document, changes: dict[str, Any]) -> dict[str, Any]:
    """One certificate that is said alone takes the place of the first, and leaves the others as they are."""
    if "certificates" in changes or changes.get("certificate", doc["certificate"]) == doc["certificate"]:
        return changes
    said, others = changes["certificate"], model.certificates(doc)[1:]
    if said is None and others:
        problems.refuse("/certificate", "several_certificates", *_SEVERAL_CERTIFICATES)
    return changes | {"certificates": [said, *others] if said else []}


def refresh_provider(tx: Tx, house: House, course_id: str) -> None:
    """Tell a course again when its provider's licence, activity or accreditation has changed."""
    doc = load(house, course_id, tx)
    owner = owner_of(house, doc["provider_id"], tx)
    new = _with_provider(doc, owner)
    if new != doc:
        house.store.courses.change(tx, new, type=says.COURSE_CHANGED)


def _runs_in_no_circle(tx: Tx, house: House, course: Document) -> None:
    """Refuse a course that can only be entered through courses that can only be entered through it."""
    if not course["prerequisites"]:
        return
    path = circle_among(course, house.store.doors(but=course["_id"], provider_id=course["provider_id"], tx=tx))
    if path is not None:  # another provider may lead to the same; few courses are asked that far
        path = circle_among(course, house.store.doors(but=course["_id"], tx=tx))
    if path is not None:
        problems.refuse("/".join(["/prerequisites", *map(str, path)]), CIRCLE, *CIRCLE_SAID)


def _described(house: House, data: dict[str, Any]) -> dict[str, Any]:
    """The data with its words coded: what the provider wrote stays, the code found for it stands beside."""
    words = [entry["text"] if isinstance(entry, dict) else entry for entry in data["outcomes"]]
    return data | {"outcomes": house.outcomes(words), "programme": data.get("programme") or data["code"]}


def _with_provider(doc: dict[str, Any], owner: Document) -> dict[str, Any]:
    return doc | {
        "provider": providers.card(owner),
        "accreditation": providers.accreditation_for(owner, doc["programme"]),
    }
