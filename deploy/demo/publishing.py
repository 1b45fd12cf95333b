"""Everybody's files go in through the public doors, with the right callers: the first half of the main job."""

import json
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from deploy.demo.visitors import Answer, Visitor, Visitors, read, until
from deploy.local.problems import Fault

Say = Callable[[str], None]

NEVER_VERIFIED = "JO-N"
"""Orders whose code begins so are the demo's unlawful offers: nobody verifies them, and rules refuse them."""


@dataclass(frozen=True, slots=True)
class Published:
    """What is out in the world now: ids by code."""

    orders: dict[str, str]
    courses: dict[str, Answer]
    batches: dict[str, Answer]
    policies: list[str]
    providers: dict[str, Visitor]
    """Provider id → somebody of the provider."""
    own: frozenset[str]
    """The courses of the files that were sent; whatever else is there belongs to somebody else."""


def publish(visitors: Visitors, folder: Path, say: Say) -> Published:
    """Send the files of a folder. Files that are not there are passed over; the same files again change nothing."""
    reviewer_of_placement = visitors.staff("placement", "reviewer", "Rina Peninjau")
    with ThreadPoolExecutor(max_workers=1) as training:
        courses_sent = training.submit(_training, visitors, folder, say)
        policies = propose_and_approve(visitors, folder / "policies.json", say)
        orders = _placement(visitors, reviewer_of_placement, folder, say)
        providers, courses, batches, own = courses_sent.result()
    published = Published(orders, courses, batches, policies, providers, own)
    _arrived(visitors, published, say)
    return published


def is_empty(visitors: Visitors) -> bool:
    """Has nobody entered anything here yet? The clock of what somebody keeps is theirs."""
    looks = (
        visitors.staff("placement", "reviewer", "Rina Peninjau").get("/v1/companies", limit=1),
        visitors.staff("placement", "reviewer", "Rina Peninjau").get("/v1/job-orders", limit=1),
        visitors.staff("placement", "supervisor", "Budi Pengawas").get("/v1/policies", limit=1),
        visitors.staff("training", "reviewer", "Rina Peninjau").get("/v1/providers", limit=1),
        visitors.staff("registry", "officer", "Ana Petugas").get("/v1/candidates", limit=1),
    )
    return not any(found["items"] for found in looks)


def people(visitors: Visitors, files: Iterable[Path], say: Say) -> None:
    """The people of the province, file by file through the import door."""
    officer = visitors.staff("registry", "officer", "Ana Petugas")
    for path in files:
        began = time.monotonic()
        report = officer.send(path.name, path.read_bytes())
        took = time.monotonic() - began
        rate = f"{report['rows'] / took:.0f} a second"
        say(f"registry: {path.name}: {report['rows']} people in {took:.1f} s ({rate}){_counts(report)}")


def propose_and_approve(visitors: Visitors, path: Path, say: Say) -> list[str]:
    """One supervisor proposes the law, another one approves it."""
    if not path.exists():
        return []
    proposer = visitors.staff("placement", "supervisor", "Budi Pengawas")
    approver = visitors.staff("placement", "supervisor", "Citra Pengawas")
    report = proposer.send(path.name, path.read_bytes(), kind="POLICIES")
    sent = {policy["code"]: policy["revisions"] for policy in json.loads(path.read_text(encoding="utf-8"))}
    approved = 0
    for policy in approver.all("/v1/policies"):
        for revision in policy["revisions"]:
            # Any other proposal is somebody else's, also one of the same law, and not the story's to decide.
            waits = revision["status"] == "PROPOSED" and revision["proposed_by"] == proposer.id
            if waits and any(_says(revision, one) for one in sent.get(policy["code"], ())):
                approver.post(f"/v1/policies/{policy['id']}/revisions/{revision['number']}/approve")
                approved += 1
    codes = [policy["code"] for policy in approver.all("/v1/policies") if policy["in_force"]]
    say(f"placement: {report['rows']} policies, {approved} revisions approved by a second person{_counts(report)}")
    return codes


def _says(revision: Answer, sent: Answer) -> bool:
    """Are these the words of the file? A house trims what it is told."""
    words, typed = revision["text"] or {}, sent["text"]
    return bool(revision["valid_from"] == sent["valid_from"]) and all(
        words.get(language, "").split() == text.split() for language, text in typed.items()
    )


def _placement(visitors: Visitors, reviewer: Visitor, folder: Path, say: Say) -> dict[str, str]:
    """The province enters companies and partners, each company publishes its own orders, the reviewer verifies them."""
    for name, kind in (("companies.json", "COMPANIES"), ("foreign_partners.json", "FOREIGN_PARTNERS")):
        if (folder / name).exists():
            report = reviewer.send(name, (folder / name).read_bytes(), kind=kind)
            say(f"placement: {report['rows']} {kind.lower().replace('_', ' ')}{_counts(report)}")
    path = folder / "job_orders.json"
    if not path.exists():
        return {}
    companies = {company["sip3mi"]: company["id"] for company in reviewer.all("/v1/companies")}
    for owner, orders in _by_company(json.loads(path.read_text(encoding="utf-8")), companies).items():
        sender = visitors.of_organisation("placement", "company", owner) if owner else reviewer
        report = sender.send(path.name, json.dumps(orders).encode(), kind="JOB_ORDERS")
        _none_refused(sender, report, path.name)
    sent = {order["code"] for order in json.loads(path.read_text(encoding="utf-8"))}
    verified, refused = 0, []
    for order in reviewer.all("/v1/job-orders"):
        if order["code"] in sent and order["verification"] == "UNVERIFIED" and not _never_verified(order):
            if _verified(reviewer, order):
                verified += 1
            else:
                refused.append(order["code"])
    known = {order["code"]: order["id"] for order in reviewer.all("/v1/job-orders") if order["code"] in sent}
    say(f"placement: {len(known)} job orders published by their companies and the province, {verified} verified now")
    if refused:
        say(f"placement: not verified, because the law stands against them: {', '.join(sorted(refused))}")
    return known


def _never_verified(order: Answer) -> bool:
    return str(order["code"]).startswith(NEVER_VERIFIED)


def _verified(reviewer: Visitor, order: Answer) -> bool:
    """Verify an order as soon as matching has judged it; False when it is unlawful by itself."""
    path, headers = f"/v1/job-orders/{order['id']}/verify", {"If-Match": f'"{order["version"]}"'}
    answer = reviewer.patient(lambda: reviewer.client.post(path, json={"decision": "VERIFIED"}, headers=headers))
    if answer.status_code == 409 and answer.json()["code"] == "unlawful_job_order":
        return False
    read(answer)
    return True


def _by_company(orders: Iterable[Answer], companies: dict[str, str]) -> dict[str | None, list[Answer]]:
    """Orders by the id of the company that may send them; None where the province does."""
    found: dict[str | None, list[Answer]] = {}
    for order in orders:
        found.setdefault(companies.get(order.get("company") or ""), []).append(order)
    return found


def _training(
    visitors: Visitors, folder: Path, say: Say
) -> tuple[dict[str, Visitor], dict[str, Answer], dict[str, Answer], frozenset[str]]:
    """The province enters providers, each provider sends its sheet, the reviewer approves what is accredited."""
    reviewer = visitors.staff("training", "reviewer", "Rina Peninjau")
    path = folder / "providers.json"
    entered = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    providers: dict[str, Visitor] = {}
    ended: list[Answer] = []
    sent: dict[str, set[str]] = {}
    for provider in entered:
        known = reviewer.get("/v1/providers", code=provider["code"])["items"]
        # An inactive provider may do nothing: one that is inactive today has sent its courses before.
        there = known[0] if known else reviewer.post("/v1/providers", provider | {"active": True})
        id = there["id"]
        providers[id] = visitors.of_organisation("training", "provider", id)
        for sheet in sorted((folder / "courses").glob(f"{provider['code'].lower()}.*")) if there["active"] else ():
            report = providers[id].send(sheet.name, sheet.read_bytes())
            _none_refused(providers[id], report, sheet.name)
            rows = providers[id].all(f"/v1/imports/{report['id']}/rows")
            sent[id] = sent.get(id, set()) | {f"{row['key']}/" for row in rows}
            say(f"training: {sheet.name}: {report['rows']} rows{_counts(report)}")
        if there["active"] and not provider.get("active", True):
            ended.append(there)
    approved = 0
    for course in reviewer.all("/v1/courses", review="PENDING"):
        # What else waits is not the story's to decide, also where it belongs to one of these providers.
        if course["accreditation"] and _is_one_of(course, sent):
            reviewer.post(f"/v1/courses/{course['id']}/review", {"decision": "APPROVED"}, version=course["version"])
            approved += 1
    say(f"training: {approved} courses reviewed and approved now")
    # After the reviews: the courses of a provider that changes are told again, each as a new version.
    for there in ended:
        reviewer.patch(f"/v1/providers/{there['id']}", {"active": False}, version=there["version"])
        say(f"training: {there['code']} is active no more, as the province says")
    courses = {course["id"]: course for course in reviewer.all("/v1/courses")}
    batches = {batch["id"]: batch for id in courses for batch in reviewer.all(f"/v1/courses/{id}/batches")}
    return providers, courses, batches, frozenset(id for id, course in courses.items() if _is_one_of(course, sent))


def _is_one_of(course: Answer, sent: dict[str, set[str]]) -> bool:
    """Did its provider's sheet name it? Rows are known by the code of the course, and of the batch behind it."""
    return any(key.startswith(f"{course['code']}/") for key in sent.get(course["provider_id"], ()))


def _arrived(visitors: Visitors, published: Published, say: Say) -> None:
    """Wait until matching has heard all of it: events travel, nobody is asked."""
    began = time.monotonic()
    officer = visitors.staff("matching", "officer", "Ana Petugas")
    probe: dict[str, Any] = {"profile": {"consents": [{"purpose": "MATCHING"}]}}

    def heard() -> Answer:
        answers = [
            officer.client.post("/v1/eligibility", json={**probe, "job_order": id}) for id in published.orders.values()
        ]
        laws = answers[0].json().get("as_of", {}).get("policies", []) if answers else []
        known = {law.partition("/")[0] for law in laws}
        return {"all": all(answer.is_success for answer in answers) and known >= set(published.policies)}

    until(heard, lambda answer: bool(answer["all"]), "matching to hear of all orders and policies")
    say(f"matching: has heard of everything ({time.monotonic() - began:.1f} s after the last door closed)")


def _counts(report: Answer) -> str:
    names = {"NEW": "new", "CHANGED": "changed", "SAME": "unchanged", "BAD": "refused"}
    told = ", ".join(f"{report['counts'][key]} {word}" for key, word in names.items() if report["counts"].get(key))
    return f": {told}" if told else ""


def _none_refused(sender: Visitor, report: Answer, name: str) -> None:
    if not report["counts"].get("BAD"):
        return
    (first, *_) = sender.get(f"/v1/imports/{report['id']}/rows", outcome="BAD")["items"]
    fault = first["faults"][0]
    where = fault.get("cell") or f"item {first['row']}{fault['pointer']}"
    raise Fault(
        f"{name}, {where}: {fault['message']['en']}",
        (fault["fix"] or {}).get("en") or "Mend it and send the file again.",
    )
