"""From a rule and a person to an outcome in plain words, and the order in which a reader meets the outcomes.

Age, then bans, then an offer that is not lawful, then whatever else closes this order to this person, then what can be
learned, then papers to bring, then the papers of later stages, and what is done at the end.
"""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache, partial
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules import UNLAWFUL, WORDINGS
from services.matching.matcher.law.rules.papers import BY_CODE
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.groups import leaves, of_the_offer
from services.matching.matcher.requirements.health import NeedsCondition
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.names import WAYS, scheme
from services.matching.matcher.requirements.status import Group, Stage, Status
from services.matching.matcher.requirements.wording import OTHER_ORDER, Act, Wording, Words, fill, gaps_of
from services.matching.matcher.verdicts.verdict import Outcome
from shared.codes import countries, offers, texts

MET, UNKNOWN, DONE = Status.MET, Status.UNKNOWN, Group.DONE
GROW = Act(
    Group.WAIT,
    "NOBODY",
    Text(
        "Tunggu sampai umur {years} tahun ({by}), atau pilih lowongan lain.",
        "Wait until the age of {years} ({by}), or choose another job order.",
    ),
)
OF_AGE = Act(
    Group.WAIT,
    "NOBODY",
    Text(
        "Tunggu sampai umur 18 tahun ({by}). Pelatihan boleh diikuti sekarang.",
        "Wait for the 18th birthday ({by}). Training is open now.",
    ),
)


def outcome_of(rule: AppliedRule, person: Person, order: Order, day: date) -> Outcome | None:
    """The answer to one rule, with its sentence, the next action and who acts.

    None where nobody looked yet and a rule of a later stage asks the same: what was never examined is not met.
    """
    status, stage = rule.ask.judge(person, day), rule.stage
    wording = _wording_of(rule, person, day, status)
    if status is MET:
        if not rule.ask.unseen(person):
            return _done(rule, person, order, day, wording.met)
        if isinstance(rule.ask, NeedsCondition):
            return None
        status, stage = UNKNOWN, Stage.AGREEMENT
    passes, by = rule.ask.cleared_on(person, day), cleared_on(rule, person, day, status)
    in_time = isinstance(rule.ask, NeedsAge) and rule.ask.grows_into(person, day) is not None
    action = wording.show if status is UNKNOWN else wording.act
    if by is not None and isinstance(rule.ask, NeedsAge):
        action = OF_AGE if rule.code == "AGE_18" else GROW
    if in_time or rule.code == "AGE_18" and status is Status.NOT_MET:
        action = Act(Group.WAIT, "NOBODY", action.text)
    elif passes is not None:
        action = Act(Group.OTHERS, "PERSON", action.text)
    action = _moved(action, stage)
    words = partial(_word, rule, person, order, day, by)
    paper = BY_CODE.get(rule.code)
    return Outcome(
        rule=rule.code,
        version=rule.version,
        stage=stage,
        status=status,
        legal_basis=rule.legal_basis,
        value=_had(rule, person, day),
        needed=rule.needed if rule.needed is not None else rule.ask.wanted(),
        text=_unmet(wording, status, rule, order, words),
        group=action.group,
        next_action=_filled(action.text, rule, order, words),
        who=action.who,
        usual_days=None if paper is None else paper.usual_days,
        by=by,
        ask=rule.ask,
    )


def sentence_of(rule: AppliedRule, person: Person, order: Order, day: date) -> Text:
    """The sentence alone of the outcome of a rule that is not met, or of which it is not known."""
    status = rule.ask.judge(person, day)
    words = partial(_word, rule, person, order, day, cleared_on(rule, person, day, status))
    return _unmet(_wording_of(rule, person, day, status), status, rule, order, words)


def cleared_on(rule: AppliedRule, person: Person, day: date, status: Status) -> date | None:
    """The day on which time alone clears it: a birthday, the end of a ban, the first day of what the person holds, or
    of the order."""
    if rule.code == "ORDER_OPENS" and isinstance(rule.value, str):
        return date.fromisoformat(rule.value) if status is Status.NOT_MET else None
    passes = rule.ask.cleared_on(person, day)
    return rule.ask.begins(person, day) if passes is None and status is Status.NOT_MET else passes


@cache
def names_the_order(rule: str) -> bool:
    """Does a sentence of this rule say the country or the title of the order?"""
    own = (one for code, one in WORDINGS.items() if code.partition("/")[0] == rule)
    texts_ = (text for one in own for text in (one.met, one.not_met, one.unknown, one.act.text, one.show.text))
    return any(gap in ("country", "scheme") for text in texts_ for gap in gaps_of(text))


def _unmet(wording: Wording, status: Status, rule: AppliedRule, order: Order, words: Words) -> Text:
    return _filled(wording.unknown if status is UNKNOWN else wording.not_met, rule, order, words)


OF_A_PERSON = frozenset(("value", "by", "until", "held", "lacking", "ended"))
"""Gaps of sentences that are filled from somebody's record."""
MOST_SENTENCES = 8_192
_sentences: dict[Hashable, Text] = {}
"""Sentences that say nothing of a person, by all that they are made of."""


def _filled(template: Text, rule: AppliedRule, order: Order, words: Words) -> Text:
    """The sentence with its words; one that says nothing of a person is put together once for everybody."""
    gaps = gaps_of(template)
    if not gaps:
        return _sentence(template)
    if rule.value is not None or rule.needed is not None or not OF_A_PERSON.isdisjoint(gaps):
        return _sentence(fill(template, words))
    key = template, rule.code, rule.ask, order.country, order.title_scheme, order.title
    found = _sentences.get(key)
    if found is None:
        if len(_sentences) >= MOST_SENTENCES:
            _sentences.clear()
        found = _sentences[key] = _sentence(fill(template, words))
    return found


def _done(rule: AppliedRule, person: Person, order: Order, day: date, template: Text) -> Outcome:
    """A rule that is met: nothing to do, nobody acts."""
    return Outcome(
        rule=rule.code,
        version=rule.version,
        stage=rule.stage,
        status=MET,
        legal_basis=rule.legal_basis,
        value=_had(rule, person, day),
        needed=rule.needed if rule.needed is not None else rule.ask.wanted(),
        text=_filled(template, rule, order, partial(_word, rule, person, order, day, None)),
        group=DONE,
        next_action=None,
        who=None,
        ask=rule.ask,
    )


def _wording_of(rule: AppliedRule, person: Person, day: date, status: Status) -> Wording:
    """The closest wording that there is: `RULE/VARIANT` (run out, not asked, a ban that ends), else the rule's own."""
    variants = rule.ask.variants(person, day, status)
    if status is Status.NOT_MET:
        variants += _of_the_value(rule.value, day.isoformat())
    closest = (WORDINGS.get(f"{rule.code}/{variant}") for variant in variants)
    return next((found for found in closest if found is not None), WORDINGS[rule.code])


def _of_the_value(value: Any, today: str) -> list[str]:
    """Closer wordings by what the offer says: `RULE/REJECTED`, and of something with days that is over or to come."""
    if isinstance(value, str):
        return [value]
    if not isinstance(value, dict):
        return []
    first, last = value.get("from"), value.get("until")
    ended = isinstance(last, str) and last < today
    to_come = isinstance(first, str) and first > today and value.get("status") in (None, "ACTIVE")
    return ["ENDED"] if ended else ["TO_COME"] if to_come else []


def _had(rule: AppliedRule, person: Person, day: date) -> Any:
    return rule.value if of_the_offer(rule.ask) else rule.ask.had(person, day)


def _moved(action: Act, stage: Stage) -> Act:
    """What belongs to a later stage is done in that stage, whatever it asks."""
    if stage is Stage.APPLY or action.group in (Group.AGREEMENT, Group.DEPARTURE):
        return action
    return Act(Group[stage.name], action.who, action.text)


def _word(rule: AppliedRule, person: Person, order: Order, day: date, by: date | None, name: str) -> Text | None:
    """A word of the sentences about one rule; None where there is none."""
    match name:
        case "by":
            return None if by is None else _date(by)
        case "until":
            until = rule.value.get("until") if isinstance(rule.value, dict) else None
            if isinstance(until, str):
                return _date(date.fromisoformat(until))
            return None if by is None else _date(by - timedelta(days=1))
        case "from":
            first = rule.value.get("from") if isinstance(rule.value, dict) else None
            return _date(date.fromisoformat(first)) if isinstance(first, str) else None
        case "needed":
            return _needed(rule)
        case "value":
            return _value(rule, person, day)
        case "scheme":
            return _scheme(order)
        case "country" if order.country is not None:
            return Text.both(partial(countries.name, order.country))
    return rule.ask.words().get(name) or rule.ask.words_about(person, day).get(name)


def _date(day: date) -> Text:
    return Text.both(partial(texts.day, day))


def _scheme(order: Order) -> Text:
    """The title's certificate, or the title itself where the order names none."""
    if order.title_scheme is not None:
        return scheme(order.title_scheme)
    return Text(order.title.id.lower(), order.title.en.lower()) if order.title else Text("", "")


def _needed(rule: AppliedRule) -> Text:
    if rule.code == "CONTRACT_TERM":
        return _at_least_or_most(rule.needed)
    if rule.needed is not None:
        return _said(rule.needed)
    ask = rule.ask
    return _said(ask.hours) if isinstance(ask, NeedsHours) else ask.phrase()


def _value(rule: AppliedRule, person: Person, day: date) -> Text:
    ask = rule.ask
    if of_the_offer(ask):
        return _said(rule.value)
    said = ask.said_had(person, day)
    if said is not None:
        return said
    value = ask.had(person, day)
    return _said(value) if isinstance(value, int | float) else Text("", "")


def _at_least_or_most(needed: dict[str, float]) -> Text:
    (op, bound), *_ = needed.items()
    number = _said(bound)
    if op == "min":
        return Text(f"paling sedikit {number.id}", f"at least {number.en}")
    return Text(f"paling lama {number.id}", f"at most {number.en}")


LISTED = {**{code: Text(*names) for code, names in (offers.COST_ITEMS | offers.VISA_TYPES).items()}, **WAYS}
"""What costs, visas and ways of placement are called."""


def _said(value: Any) -> Text:
    """A plain value as words of both languages."""
    match value:
        case None | "":
            return Text("", "")
        case {"currency": currency, **amounts}:
            amount: Any = next(iter(amounts.values()))
            return Text.both(partial(texts.money, amount, str(currency)))
        case {"from": day} | {"until": day}:
            return Text("", "") if day is None else Text.both(partial(texts.day, day))
        case {"min": bound} | {"max": bound}:
            return _said(bound)
        case float() | int():
            return Text.both(partial(texts.number, value))
        case list():
            return Text.joined(*(LISTED.get(str(part)) or _said(part) for part in value), by=", ")
        case _:
            return Text(str(value), str(value))


def _sentence(text: Text) -> Text:
    if text.id[:1].isupper() and text.en[:1].isupper():
        return text
    return Text(text.id[:1].upper() + text.id[1:], text.en[:1].upper() + text.en[1:])


AGES = frozenset(("AGE_18", "AGE_FLOOR", "AGE", "BIRTH_DATE"))
BANS = frozenset(("BAN", "ENTRY_BAN"))
CLOSES_FOR_ALL = UNLAWFUL | {"BAN"}

ABOUT_THE_OFFER = CLOSES_FOR_ALL | {"ORDER_VERIFIED", "ORDER_STATUS", "ORDER_OPENS", "ORDER_CLOSES", "SLOTS"}
"""Rules that read the offer and nobody's record."""

OF_THE_PERSON: dict[frozenset[str], Text] = {
    frozenset({"CONSENT"}): Text("persetujuan", "consent"),
    AGES: Text("umur", "age"),
    frozenset({"EDUCATION"}): Text("pendidikan", "schooling"),
    frozenset({"SEX"}): Text("jenis kelamin", "sex"),
}
"""What such rules are about, by its name."""
ABOUT_THE_PERSON = frozenset[str]().union(*OF_THE_PERSON)
"""Rules that read what no course changes and no paper of a later stage."""

STOP = Text("Jangan lanjutkan: lowongan ini tidak resmi.", "Do not go on: this job order is not lawful.")
CLOSED = Text("Pilih dulu lowongan yang terbuka.", "Choose a job order that is open first.")
ELSE = 3
"""The place of what else closes an order, behind age, bans and unlawful offers."""
LEARNED = 4
"""The place of what can be learned, behind all that nobody can learn."""
LATER = {Group.AGREEMENT: 6, Group.DEPARTURE: 7, Group.DONE: 8}


def in_order(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The outcomes of one order for one person, in this order, none of them sending anybody after a closed order."""
    return tuple(sorted(_without_detours(outcomes), key=_place))


def closed_for_all(outcomes: Iterable[Outcome]) -> bool:
    """Does a ban or an unlawful offer close this order, whoever asks?"""
    return any(outcome.rule in CLOSES_FOR_ALL and outcome.status is Status.NOT_MET for outcome in outcomes)


def never_open(outcomes: Iterable[Outcome]) -> bool:
    """Does something about the person close this order that no birthday clears, and nothing that is learned?

    Too old, another sex, a deportation where none may be: such a rule says "choose another job order". Whoever is
    unfit for now may be well again.
    """
    return any(
        one.status is Status.NOT_MET
        and one.stage is Stage.APPLY
        and one.by is None
        and one.next_action == OTHER_ORDER.text
        and not isinstance(one.ask, NeedsCondition)
        for one in outcomes
    )


def _without_detours(outcomes: Sequence[Outcome]) -> Iterable[Outcome]:
    """Nobody learns for an order that is closed to all, or to them for good; nobody waits for an unlawful offer."""
    unlawful = any(outcome.rule in UNLAWFUL and outcome.status is Status.NOT_MET for outcome in outcomes)
    closed = CLOSED if closed_for_all(outcomes) else OTHER_ORDER.text if never_open(outcomes) else None
    for outcome in outcomes:
        if unlawful and outcome.rule == "ORDER_VERIFIED" and outcome.status is not Status.MET:
            yield replace(outcome, next_action=STOP, who="SERVICE_CENTRE")
        elif closed and outcome.group in (Group.LEARN, Group.WAIT) and outcome.stage is Stage.APPLY:
            yield replace(outcome, group=Group.OTHERS, next_action=closed, who="PERSON")
        else:
            yield outcome


@cache
def place_of_unmet(rule: str) -> int:
    """Where a rule that is not met stands: age, ban, unlawful offer, what else closes an order, what can be learned."""
    order = (AGES, BANS, UNLAWFUL)
    learned = rule in WORDINGS and WORDINGS[rule].act.group is Group.LEARN
    return next((place for place, rules in enumerate(order) if rule in rules), LEARNED if learned else ELSE)


def _place(outcome: Outcome) -> int:
    if outcome.group in LATER:
        return LATER[outcome.group]
    if outcome.status is Status.NOT_MET and place_of_unmet(outcome.rule) < ELSE:
        return place_of_unmet(outcome.rule)
    return {Group.LEARN: LEARNED, Group.BRING: 5}.get(outcome.group, ELSE)


def said_once(blocking: Sequence[Outcome]) -> list[tuple[Outcome, Sequence[str]]]:
    """The rules that decide, each with the rules that ask for the same. What to do about it is said once.

    The gate asks for certificate and hours itself: rules that ask for just these, and are settled in the same way,
    stand beside it.
    """
    gate = next((one for one in blocking if one.rule == "GATE" and one.group in (Group.LEARN, Group.BRING)), None)
    asked = [leaf.wanted() for leaf in leaves(gate.ask)] if gate is not None else []
    same = [one for one in blocking if gate is not None and one.needed in asked and one.group is gate.group]
    found: dict[str, Outcome] = {}
    for one in blocking:
        if one is gate or one not in same:
            found.setdefault(one.next_action.id if one.next_action else one.text.id, one)
    return [(one, list(dict.fromkeys(other.rule for other in same)) if one is gate else []) for one in found.values()]
