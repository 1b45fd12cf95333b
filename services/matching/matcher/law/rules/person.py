"""What the law asks of every person for every order: consent, 18 years, no medical result against it, no entry ban."""

from collections.abc import Iterator

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import FIVE_CONDITIONS, PROTECTION, AppliedRule
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.requirements.age import NeedsAge
from services.matching.matcher.requirements.health import NotUnfit
from services.matching.matcher.requirements.person import GivesConsent
from services.matching.matcher.requirements.records import NoBan
from services.matching.matcher.requirements.status import Stage

CONSENT = LegalBasis("UU 27/2022", "20, 22", "siplawfirm.id/uu-27-tahun-2022")
ADULT = LegalBasis(PROTECTION, "5 a", FIVE_CONDITIONS)
HEALTHY = LegalBasis(PROTECTION, "5 c", FIVE_CONDITIONS)
ENTRY = LegalBasis("Hukum negara tujuan", None, None)


STATUTORY_AGE = 18
"""UU 18/2017 art. 5 a. The 21 of the old law survives only as a condition of single orders, 23 only as Singapore's."""


def consent(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    yield AppliedRule(
        rule="CONSENT",
        version="CONSENT/1",
        stage=Stage.APPLY,
        ask=GivesConsent(),
        legal_basis=CONSENT,
    )


def statutory_age(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """No waiting here: under 18 the answer is training, whatever the order says."""
    yield AppliedRule(
        rule="AGE_18",
        version="AGE_18/1",
        stage=Stage.APPLY,
        ask=NeedsAge(min=STATUTORY_AGE),
        legal_basis=ADULT,
    )


def fitness(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    yield AppliedRule(
        rule="FITNESS",
        version="FITNESS/1",
        stage=Stage.APPLY,
        ask=NotUnfit(),
        legal_basis=HEALTHY,
    )


def entry_ban(order: Order, law: LawOnDay) -> Iterator[AppliedRule]:
    """A ban on entering this very country, as long as it lasts."""
    if order.country is not None:
        yield AppliedRule(
            rule="ENTRY_BAN",
            version="ENTRY_BAN/1",
            stage=Stage.APPLY,
            ask=NoBan(order.country),
            legal_basis=ENTRY,
        )
