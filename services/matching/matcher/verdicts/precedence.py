"""The order in which a reader meets the answers: what nobody can change first, then what can be learned, then papers.

Age, then bans, then an offer that is not lawful, then whatever else closes this order to this person, then what can be
learned, then papers to bring, then the papers of later stages, and what is done at the end.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.rules import UNLAWFUL
from services.matching.matcher.requirements.status import Group, Stage, Status
from services.matching.matcher.verdicts.verdict import Outcome

AGES = frozenset(("AGE_18", "AGE_FLOOR", "AGE", "BIRTH_DATE"))
BANS = frozenset(("BAN", "ENTRY_BAN"))
CLOSES_FOR_ALL = UNLAWFUL | {"BAN"}

ABOUT_THE_OFFER = CLOSES_FOR_ALL | {"ORDER_VERIFIED", "ORDER_STATUS", "ORDER_OPENS", "ORDER_CLOSES", "SLOTS"}
"""Rules that read the offer and nobody's record."""

ABOUT_THE_PERSON = AGES | {"CONSENT", "EDUCATION", "SEX"}
"""Rules that read what no course changes and no paper of a later stage."""

STOP = Text("Jangan lanjutkan: lowongan ini tidak resmi.", "Do not go on: this job order is not lawful.")
CLOSED = Text("Pilih dulu lowongan yang terbuka.", "Choose a job order that is open first.")
ELSE = 3
"""The place of what else closes an order, behind age, bans and unlawful offers."""
LATER = {Group.AGREEMENT: 6, Group.DEPARTURE: 7, Group.DONE: 8}


def in_order(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes of one order for one person, in this order, none of them sending anybody after a closed order."""
    return tuple(sorted(_without_detours(outcomes), key=_place))


def closed_for_all(outcomes: Iterable[Outcome]) -> bool:
    """Does a ban or an unlawful offer close this order, whoever asks?"""
    return any(outcome.rule in CLOSES_FOR_ALL and outcome.status is Status.NOT_MET for outcome in outcomes)


def _without_detours(outcomes: Sequence[Outcome]) -> Iterable[Outcome]:
    """Nobody learns for an order that is closed to everybody, and nobody waits for an offer that is not lawful."""
    unlawful = any(outcome.rule in UNLAWFUL and outcome.status is Status.NOT_MET for outcome in outcomes)
    closed = closed_for_all(outcomes)
    for outcome in outcomes:
        if unlawful and outcome.rule == "ORDER_VERIFIED" and outcome.status is not Status.MET:
            yield replace(outcome, next_action=STOP, who="SERVICE_CENTRE")
        elif closed and outcome.group in (Group.LEARN, Group.WAIT) and outcome.stage is Stage.APPLY:
            yield replace(outcome, group=Group.OTHERS, next_action=CLOSED, who="PERSON")
        else:
            yield outcome


def place_of_unmet(rule: str) -> int:
    """Where a rule that is not met stands: age, ban, unlawful offer, and whatever else behind them."""
    order = (AGES, BANS, UNLAWFUL)
    return next((place for place, rules in enumerate(order) if rule in rules), len(order))


def _place(outcome: Outcome) -> int:
    if outcome.group in LATER:
        return LATER[outcome.group]
    if outcome.status is Status.NOT_MET and place_of_unmet(outcome.rule) < ELSE:
        return place_of_unmet(outcome.rule)
    return {Group.LEARN: 4, Group.BRING: 5}.get(outcome.group, ELSE)
