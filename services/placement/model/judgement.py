"""Whoever wants to take a step asks here what the law said of it, and whether what was said is new enough to act on.

Matching alone judges. A judgement names what it was made from; a house acts only on one that is no older than what it
has heard of itself. ``UNLAWFUL`` stops, ``UNKNOWN`` waits, and nothing passes unjudged.
"""

from collections.abc import Iterable, Mapping
from typing import Any

Document = Mapping[str, Any]

LAWFUL, UNLAWFUL, UNKNOWN = "LAWFUL", "UNLAWFUL", "UNKNOWN"
DECIDING = "APPLY"

BINDS_AT = {"AGREED": "AGREEMENT", "DEPARTED": "DEPARTURE"}
"""The step at which the papers of a stage must be there. What the step itself signs is not among them."""


def given(judgement: Document | None) -> bool:
    """Whether there is a judgement at all; the stub of an erased subject is none."""
    return judgement is not None and not judgement.get("erased")


def is_current(
    judgement: Document | None,
    *,
    day: str,
    policies: str,
    job_order: int,
    candidate: int | None = None,
    candidate_id: str | None = None,
) -> bool:
    """Whether it was made from nothing older than the day, the law, the order and (of an application) the person.

    ``candidate``: the version of the person; None for the judgement of an order by itself. ``candidate_id``: whose
    application it is now; what was judged of another record, before two became one, is no judgement of this person,
    and neither is one that does not say of whom it was made.
    """
    if judgement is None or judgement.get("erased"):
        return False
    versions = judgement["versions"]
    return bool(
        judgement["day"] == day
        and versions["policies"] == policies
        and (versions["job_order"] or 0) >= job_order
        and (candidate is None or (versions["candidate"] or 0) >= candidate)
        and judgement.get("candidate_id") == candidate_id
    )


def overridden(rule: Document, overrides: Iterable[Document]) -> bool:
    """Whether a supervisor answered for this very rule. Only what is not known can be answered for."""
    named = {(one["rule"], one["version"]) for override in overrides for one in override["rules"]}
    return rule["status"] == UNKNOWN and (rule["rule"], rule["version"]) in named


def still_answered(overrides: Iterable[Document], judgement: Document) -> list[Document]:
    """The answers that supervisors gave, without those for rules that turned out not to be met, at whatever stage: that
    was known wrong then, and what is not known again later is a new question."""
    wrong = {rule["rule"] for rule in judgement["rules"] if rule["status"] == "NOT_MET"}
    left = [{**one, "rules": [rule for rule in one["rules"] if rule["rule"] not in wrong]} for one in overrides]
    return [one for one in left if one["rules"]]


def unmet(judgement: Document) -> list[Document]:
    """The rules that stop: of the stage that decides, and not met."""
    return [rule for rule in judgement["rules"] if rule["stage"] == DECIDING and rule["status"] == "NOT_MET"]


def open_questions(judgement: Document, overrides: Iterable[Document]) -> list[Document]:
    """The rules that make it wait: of the stage that decides, not known, and nobody answered for them."""
    overrides = list(overrides)
    return [
        rule
        for rule in judgement["rules"]
        if rule["stage"] == DECIDING and rule["status"] == UNKNOWN and not overridden(rule, overrides)
    ]


def papers_missing(judgement: Document, step: str, overrides: Iterable[Document]) -> list[Document]:
    """The papers that this step needs and that are not there."""
    overrides = list(overrides)
    stage = BINDS_AT.get(step)
    return [rule for rule in judgement["rules"] if rule["stage"] == stage and not overridden(rule, overrides)]
