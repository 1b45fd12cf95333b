"""What an agreement with a destination asks: of the order (channel, wage floor, household) and of the person."""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import LawOnDay, Row
from services.matching.matcher.law.policy_kinds import Corridor, OrderCondition, Rate
from services.matching.matcher.law.rules.person import parts
from services.matching.matcher.requirements.base import Requirement, yes
from services.matching.matcher.requirements.groups import AllOf, AnyOf, leaves
from services.matching.matcher.requirements.programme import NeedsProgramme
from services.matching.matcher.requirements.settled import Fixed
from services.matching.matcher.requirements.status import Group, Status
from services.matching.matcher.requirements.wording import (
    COMPLETE,
    LAWFUL_TERMS,
    OTHER_LAWFUL_ORDER,
    REPORT,
    Wording,
    act,
    wording,
)

RULE_OF_FIELD = {
    "scheme": "CORRIDOR_SCHEME",
    "channel": "CORRIDOR_CHANNEL",
    "visa_type": "CORRIDOR_VISA",
    "wage": "WAGE_FLOOR",
    "household_income": "HOUSEHOLD_INCOME",
    "household_size": "HOUSEHOLD_SIZE",
    "hours_per_day": "WORKING_HOURS",
    "hours_per_week": "WORKING_HOURS",
    "rest_per_day": "REST_HOURS",
    "rest_per_week": "REST_HOURS",
    "term_months": "CONTRACT_TERM",
}


def of_the_order(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """What an agreement asks of the offer: scheme, channel, visa, wage, household, hours, term."""
    for row, corridor, covers in _covering(order, law):
        for condition in corridor.order:
            value, needed, status = _compare(condition, order, law)
            yield AppliedRule.by_row(
                row, RULE_OF_FIELD[condition.field], _unless(covers, Fixed(status)), value=value, needed=needed
            )


def of_the_person(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """What an agreement asks of the person, a rule for each part of its tree."""
    for row, corridor, covers in _covering(order, law):
        for ask in parts(_exempting(corridor.person, order), order):
            yield AppliedRule.by_row(row, ask.RULE, _unless(covers, ask))


def _exempting(tree: Requirement, order: Order) -> Requirement:
    """What the corridor asks, with an exemption only as far as the order names it.

    An earlier programme among alternatives exempts people of the same field, and only the order knows its field.
    """
    if isinstance(tree, AllOf):
        return AllOf(tuple(_exempting(part, order) for part in tree.parts))
    if not isinstance(tree, AnyOf):
        return tree
    named = [leaf for leaf in leaves(order.requirements) if isinstance(leaf, NeedsProgramme)]
    kept: list[Requirement] = []
    for part in tree.parts:
        if isinstance(part, NeedsProgramme) and part.field is None:
            kept += [leaf for leaf in named if leaf.programme == part.programme]
        else:
            kept.append(_exempting(part, order))
    return kept[0] if len(kept) == 1 else AnyOf(tuple(kept))


def comparable(money: Money, currency: str, law: LawOnDay) -> float | None:
    """The amount in another currency by the rates of the day; None without a rate for either."""
    if money.currency == currency:
        return money.amount
    from_, to = _rate(money.currency, law), _rate(currency, law)
    return None if from_ is None or to is None else money.amount * from_ / to


def _covering(order: Order, law: LawOnDay) -> Iterator[tuple[Row, Corridor, Status]]:
    for row, corridor in law.of(Corridor):
        covers = corridor.scope.covers(order)
        if covers is not Status.NOT_MET:
            yield row, corridor, covers


def _unless(covers: Status, ask: Requirement) -> Requirement:
    """An order that does not say whether the corridor speaks of it leaves it open."""
    return ask if covers is Status.MET else AnyOf((Fixed(Status.UNKNOWN), ask))


def _compare(condition: OrderCondition, order: Order, law: LawOnDay) -> tuple[object, object, Status]:
    """What the order offers, what is needed, and whether it is enough; nothing on record is unknown."""
    if condition.values:
        offered = getattr(order, condition.field)
        status = Status.UNKNOWN if offered is None else yes(offered in condition.values)
        return offered, list(condition.values), status
    if condition.money is not None:
        money = order.wage if condition.field == "wage" else order.employer.household_income
        needed = {condition.op: condition.money.amount, "currency": condition.money.currency}
        if money is None:
            return None, needed, Status.UNKNOWN
        same = comparable(money, condition.money.currency, law)
        return (
            {"amount": money.amount, "currency": money.currency},
            needed,
            _bounded(same, condition, condition.money.amount),
        )
    number = _number(condition.field, order)
    return number, {condition.op: condition.bound}, _bounded(number, condition, condition.bound or 0.0)


def _number(field: str, order: Order) -> float | None:
    hours = order.working_hours
    return {
        "household_size": order.employer.household_size,
        "hours_per_day": hours.per_day,
        "hours_per_week": hours.per_week,
        "rest_per_day": hours.rest_per_day,
        "rest_per_week": hours.rest_per_week,
        "term_months": order.term_months,
    }[field]


def _bounded(value: float | None, condition: OrderCondition, bound: float) -> Status:
    if value is None:
        return Status.UNKNOWN
    return yes(value >= bound if condition.op == "min" else value <= bound)


def _rate(currency: str, law: LawOnDay) -> float | None:
    """Rupiah for one unit. Several rows for one currency: the one that began last, then the greater code.

    A rate of low confidence decides nothing, neither that a wage is enough nor that one pays better than another.
    """
    if currency == "IDR":
        return 1.0
    rates = ((row, rate) for row, rate in law.of(Rate) if row.binding and rate.currency == currency)
    found = [(row.valid_from, row.code, rate.idr) for row, rate in rates]
    return max(found)[2] if found else None


FIELDS = {
    "CORRIDOR_SCHEME": "/scheme",
    "CORRIDOR_CHANNEL": "/channel",
    "CORRIDOR_VISA": "/visa_type",
    "WAGE_FLOOR": "/wage",
    "HOUSEHOLD_INCOME": "/employer/household_income",
    "HOUSEHOLD_SIZE": "/employer/household_size",
    "WORKING_HOURS": "/working_hours",
    "REST_HOURS": "/working_hours",
    "CONTRACT_TERM": "/term_months",
}
"""Rule code → where in a job order its company sees what to change."""
UNLAWFUL = frozenset(FIELDS)
"""Not met, they make the offer unlawful, whoever asks."""

WORDINGS: dict[str, Wording] = {
    "CORRIDOR_SCHEME": wording(
        ("Jalur penempatan sesuai perjanjian.", "The way of placement follows the agreement."),
        ("Ke {country} hanya lewat jalur ini: {needed}.", "{country} is reached only this way: {needed}."),
        ("Jalur penempatan belum jelas.", "The way of placement is not clear."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
    "CORRIDOR_CHANNEL": wording(
        ("Lowongan lewat satu pintu resmi.", "The order uses the one official channel."),
        (
            "Pekerjaan ini di {country} hanya lewat satu pintu resmi.",
            "This work in {country} has one official channel only.",
        ),
        ("Belum jelas lowongan ini lewat pintu mana.", "It is not clear which channel is used."),
        REPORT,
        COMPLETE,
    ),
    "CORRIDOR_VISA": wording(
        ("Jenis visa sesuai perjanjian.", "The kind of visa follows the agreement."),
        ("Untuk {country} perlu visa jenis lain: {needed}.", "{country} needs another kind of visa: {needed}."),
        ("Jenis visa belum jelas.", "The kind of visa is not clear."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "WAGE_FLOOR": wording(
        ("Gaji tidak di bawah batas.", "The wage is not below the floor."),
        ("Gaji di bawah batas {needed}.", "The wage is below the floor of {needed}."),
        ("Gaji belum bisa dibandingkan dengan batas {needed}.", "The wage cannot be compared with {needed} yet."),
        LAWFUL_TERMS,
        act(Group.OTHERS, "PROVINCE", "Lengkapi gaji atau kurs mata uangnya.", "Add the wage or the exchange rate."),
    ),
    "HOUSEHOLD_INCOME": wording(
        ("Penghasilan majikan cukup.", "The employer earns enough."),
        ("Penghasilan majikan kurang dari {needed}.", "The employer earns less than {needed}."),
        ("Penghasilan majikan belum tercatat.", "The employer's income is not on record."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
    "HOUSEHOLD_SIZE": wording(
        ("Jumlah penghuni rumah majikan sesuai aturan.", "The size of the employer's household follows the rule."),
        (
            "Penghuni rumah majikan lebih dari {needed} orang.",
            "The employer's household has more than {needed} people.",
        ),
        ("Jumlah penghuni rumah majikan belum tercatat.", "The size of the employer's household is not on record."),
        OTHER_LAWFUL_ORDER,
        COMPLETE,
    ),
    "WORKING_HOURS": wording(
        ("Jam kerja tidak melewati batas.", "The working hours keep to the limit."),
        ("Jam kerja melewati batas {needed} jam.", "The working hours pass the limit of {needed}."),
        ("Jam kerja belum tercatat.", "The working hours are not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "REST_HOURS": wording(
        ("Jam istirahat cukup.", "The rest is enough."),
        ("Jam istirahat kurang dari {needed} jam.", "The rest is less than {needed} hours."),
        ("Jam istirahat belum tercatat.", "The hours of rest are not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "CONTRACT_TERM": wording(
        ("Lama kontrak sesuai aturan.", "The length of the contract follows the rule."),
        ("Lama kontrak harus {needed} bulan.", "The contract must last {needed} months."),
        ("Lama kontrak belum tercatat.", "The length of the contract is not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
}
"""Rule code → its sentences."""
