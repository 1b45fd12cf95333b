"""The checklist after "you may apply": papers of the agreement and of the departure."""

import pytest

from services.matching.matcher.law.rules.papers import PAPERS
from services.matching.matcher.requirements.status import Group, Stage, State, Status
from tests.builders import a_factory_order, a_person, an_order, days
from tests.unit.matching.eligibility.asking import ask, outcome, state, status

AGREEMENT = [
    "LABOUR_OFFICE_REGISTRATION",
    "MARITAL_STATUS_STATEMENT",
    "FAMILY_CONSENT",
    "HEALTH_CERTIFICATE",
    "SOCIAL_SECURITY_PRE",
    "PLACEMENT_AGREEMENT",
]
DEPARTURE = ["PASSPORT", "WORK_VISA", "WORK_CONTRACT", "SOCIAL_SECURITY_DURING", "ORIENTATION", "E_KPMI"]


def test_every_paper_stands_in_its_stage_and_in_the_order_of_practice() -> None:
    verdict = ask()
    found = {stage: [one.rule for one in verdict.outcomes if one.stage is stage] for stage in Stage}
    assert found[Stage.AGREEMENT] == ["FITNESS", *AGREEMENT], "nobody examined her yet"
    assert found[Stage.DEPARTURE] == DEPARTURE


def test_missing_papers_of_later_stages_keep_nobody_from_applying() -> None:
    nothing = {code: {"status": "MISSING", "valid_until": None} for code in AGREEMENT + DEPARTURE}
    assert state(a_person(requirements=nothing)) is State.ELIGIBLE_NOW


@pytest.mark.parametrize(
    ("record", "expected"),
    [
        ({"status": "MET", "valid_until": None}, Status.MET),
        ({"status": "MET", "valid_until": days(0)}, Status.MET),
        ({"status": "MET", "valid_until": days(-1)}, Status.NOT_MET),
        ({"status": "MISSING", "valid_until": None}, Status.NOT_MET),
        ({"status": "EXPIRED", "valid_until": None}, Status.NOT_MET),
        ({"status": "EXPIRED", "valid_until": days(100)}, Status.NOT_MET),
        ({"status": "UNCHECKED", "valid_until": None}, Status.UNKNOWN),
        ({"status": "UNCHECKED", "valid_until": days(-1)}, Status.NOT_MET),
        ({"status": "SOMETHING", "valid_until": None}, Status.UNKNOWN),
        ({"status": "MET", "valid_until": "2027-13-01"}, Status.NOT_MET),
        (None, Status.UNKNOWN),
    ],
)
def test_records_become_outcomes(record: dict[str, str] | None, expected: Status) -> None:
    person = a_person(requirements={} if record is None else {"PASSPORT": record})
    assert status(ask(person), "PASSPORT", Stage.DEPARTURE) is expected


def test_a_paper_still_to_do_names_who_acts_and_how_long_it_usually_takes_as_practice() -> None:
    passport = outcome(ask(), "PASSPORT")
    assert (passport.who, passport.group) == ("IMMIGRATION", Group.DEPARTURE)
    assert passport.usual_days and passport.usual_days > 0
    done = a_person(requirements={"PASSPORT": {"status": "MET", "valid_until": None}})
    assert outcome(ask(done), "PASSPORT").usual_days is None


def test_the_family_s_consent_may_come_from_any_of_the_family_as_trap_28_warns() -> None:
    """Trap 28: spouse, parents or guardian; no rule asks for a husband, and marriage is never read."""
    consent = outcome(ask(), "FAMILY_CONSENT")
    assert consent.next_action is not None
    assert all(word in consent.next_action.id for word in ("suami", "istri", "orang tua", "wali"))
    assert consent.needed == "MET"


def test_whoever_goes_alone_signs_no_agreement_with_a_placement_company() -> None:
    assert not ask(order=a_factory_order(scheme="MANDIRI")).of("PLACEMENT_AGREEMENT")
    assert ask(order=an_order()).of("PLACEMENT_AGREEMENT")


def test_every_paper_has_a_legal_basis() -> None:
    assert all(paper.legal_basis.instrument and paper.usual_days > 0 for paper in PAPERS)
