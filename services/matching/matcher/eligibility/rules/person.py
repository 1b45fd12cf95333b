"""What the law asks of every person for every order: consent, 18 years, no medical result against it, no entry ban."""

from collections.abc import Iterator

from services.matching.matcher.eligibility import basis
from services.matching.matcher.eligibility.asks import Age, Consent, NoBan, NotUnfit
from services.matching.matcher.eligibility.demands import Demand
from services.matching.matcher.eligibility.law import LawOnDay
from services.matching.matcher.eligibility.status import Stage
from services.matching.matcher.facts.orders import Order

STATUTORY_AGE = 18
"""UU 18/2017 art. 5 a. The 21 of the old law survives only as a condition of single orders, 23 only as Singapore's."""


def consent(order: Order, law: LawOnDay) -> Iterator[Demand]:
    yield Demand(
        rule="CONSENT",
        version="CONSENT/1",
        stage=Stage.APPLY,
        ask=Consent(),
        legal_basis=basis.CONSENT,
    )


def statutory_age(order: Order, law: LawOnDay) -> Iterator[Demand]:
    """No waiting here: under 18 the answer is training, whatever the order says."""
    yield Demand(
        rule="AGE_18",
        version="AGE_18/1",
        stage=Stage.APPLY,
        ask=Age(min=STATUTORY_AGE),
        legal_basis=basis.ADULT,
    )


def fitness(order: Order, law: LawOnDay) -> Iterator[Demand]:
    yield Demand(
        rule="FITNESS",
        version="FITNESS/1",
        stage=Stage.APPLY,
        ask=NotUnfit(),
        legal_basis=basis.HEALTHY,
    )


def entry_ban(order: Order, law: LawOnDay) -> Iterator[Demand]:
    """A ban on entering this very country, as long as it lasts."""
    if order.country is not None:
        yield Demand(
            rule="ENTRY_BAN",
            version="ENTRY_BAN/1",
            stage=Stage.APPLY,
            ask=NoBan(order.country),
            legal_basis=basis.ENTRY,
        )
