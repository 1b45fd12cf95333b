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
    return rule["status"] == UNKNOWN and any(_answers(one, rule) for each in overrides for one in each["rules"])


def answering(rule: Document) -> dict[str, Any]:
    """What a supervisor's answer for a rule is bound to: the rule as it stands, and what it read of the person."""
    return {name: rule[name] for name in ("rule", "version", "facts") if name in rule}


def _answers(answer: Document, rule: Document) -> bool:
    return all(answer.get(name) == rule.get(name) for name in ("rule", "version", "facts"))


def still_answered(overrides: Iterable[Document], judgement: Document) -> list[Document]:
    """The answers that supervisors gave, without those for rules that turned out not to be met, at whatever stage, and
    those given for other facts: that was known wrong then, and what is not known again later is a new question.

    What was told between the answer and this judgement counts too (``denied``), however short it stood.
    """
    judged = [rule for rule in judgement["rules"] if rule["status"] == UNKNOWN]
    wrong = {rule["rule"] for rule in judgement["rules"] if rule["status"] == "NOT_MET"}
    denied: Mapping[str, int] = judgement.get("denied", {})

    def stands(answer: Document, since: int) -> bool:
        asked = [rule for rule in judged if (rule["rule"], rule["version"]) == (answer["rule"], answer["version"])]
        return (
            answer["rule"] not in wrong
            and denied.get(answer["rule"], 0) <= since
            and (not asked or any(_answers(answer, rule) for rule in asked))
        )

    left = [
        {**one, "rules": [rule for rule in one["rules"] if stands(rule, one.get("judgement", 0))]} for one in overrides
    ]
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


def holds_up(judgement: Document, step: str, overrides: Iterable[Document]) -> bool:
    """Whether this step waits: something is not known that nobody answered for, or a paper of the step is not there."""
    overrides = list(overrides)
    return bool(open_questions(judgement, overrides) or papers_missing(judgement, step, overrides))
