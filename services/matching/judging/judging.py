"""One subject, judged by the rules of `matcher/law`: nothing about law is written a second time here.

What is asked is only *which* rules bind an act: who is under way stays under way when the order closes, and the
placement agreement is signed by the very step that it belongs to.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from services.matching.judging.facts import Facts
from services.matching.judging.fields import fields_of
from services.matching.judging.judgement import APPLICATION, ENROL, ENROLMENT, JOB_ORDER, Finding, Judgement
from services.matching.matcher.facts.courses import Batch, Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.rules.offer import ORDER
from services.matching.matcher.law.rules.person import CONSENT
from services.matching.matcher.pathway.teaching import held_after
from services.matching.matcher.requirements.groups import AllOf, reads_nobody
from services.matching.matcher.requirements.status import Stage, Status

NOBODY = Person(id="")
"""Stands in where a rule reads no person."""

NOT_OF_THE_OFFER = frozenset({"ORDER_VERIFIED", "ORDER_STATUS", "ORDER_OPENS", "ORDER_CLOSES", "SLOTS"})
"""What people decide about an order, and when; whether it is lawful is another question."""

ONLY_BEFORE_APPLYING = frozenset({"ORDER_OPENS", "ORDER_CLOSES"})
SIGNED_BY_THE_STEP = "PLACEMENT_AGREEMENT"


class JudgedOrder:
    """What one order demands on one day, sorted once for all who applied to it. `applied`: its rules under that law.

    `facts`: seals what was read of people; None where nobody is going to answer for anything.
    """

    def __init__(self, order: Order, applied: Iterable[AppliedRule], day: date, facts: Facts | None = None) -> None:
        self.order, self.day, self.facts = order, day, facts
        binding = [rule for rule in applied if rule.binding]
        under_way = [rule for rule in binding if _binds_under_way(rule, order)]
        alone = [rule for rule in binding if reads_nobody(rule.ask)]
        self._of_people = [rule for rule in under_way if not reads_nobody(rule.ask)]
        self._alone = tuple(_findings(alone, None, order, day, facts))
        kept = {rule.code for rule in under_way}
        going_on = tuple(found for found in self._alone if found.rule in kept)
        said = {found.rule for found in going_on} & {"ORDER_STATUS", "COMPANY_LICENCE"}
        self._under_way = going_on if said else (*going_on, *_of_a_suspended_company(order))

    def judged(self, policies: str) -> Judgement:
        """The order by itself: what needs no person."""
        found = tuple(one for one in self._alone if one.rule not in NOT_OF_THE_OFFER)
        versions = {"job_order": self.order.version, "quota": _quota(self.order), "policies": policies}
        return Judgement(self.order.id, JOB_ORDER, self.day.isoformat(), found, versions)

    def judged_for(self, person: Person, application_id: str, policies: str) -> Judgement:
        """One application to it. Without consent nothing but that is said."""
        if person.consented:
            mine = (*self._under_way, *_findings(self._of_people, person, self.order, self.day, self.facts))
        else:
            consent = [rule for rule in self._of_people if rule.code == "CONSENT"]
            mine = tuple(_findings(consent, person, self.order, self.day, self.facts))
        versions = {
            "candidate": person.version,
            "job_order": self.order.version,
            "quota": _quota(self.order),
            "policies": policies,
        }
        return Judgement(application_id, APPLICATION, self.day.isoformat(), mine, versions, person.id)


def judged_enrolment(
    id: str, person: Person, course: Course, batch: Batch, coming: Sequence[tuple[Course, date]], today: date
) -> Judgement | None:
    """The prerequisites of the course on the first day of the batch; None for a batch without dates.

    `coming`: courses that the person is in already and that end before that day, with their last days. What they would
    give is not held yet: it turns "not met" into "not known", and no more.
    """
    first = batch.starts
    if first is None:
        return None
    versions = {"candidate": person.version, "course": course.version, "batch": batch.version}
    if not person.consented:
        # Withdrawn consent stops what comes next; the seat goes by itself when its time is over.
        found: tuple[Finding, ...] = (Finding("CONSENT", "CONSENT/1", ENROL, Status.UNKNOWN, CONSENT),)
        return Judgement(id, ENROLMENT, first.isoformat(), found, versions, person.id)
    later = held_after(person, coming) if first > today else person
    found = tuple(_of_prerequisites(course, person, later, first))
    return Judgement(id, ENROLMENT, first.isoformat(), found, versions, person.id)


def _of_prerequisites(course: Course, person: Person, later: Person, first: date) -> Iterator[Finding]:
    tree = course.prerequisites
    for ask in tree.parts if isinstance(tree, AllOf) else (tree,):
        status = ask.judge(person, first)
        if status is Status.NOT_MET and ask.judge(later, first) is not Status.NOT_MET:
            status = Status.UNKNOWN
        if status is not Status.MET:
            asked_by = LegalBasis("Syarat kursus", None, course.code)
            yield Finding(ask.RULE, f"{course.code or course.id}/{course.version}", ENROL, status, asked_by)


def _findings(
    asked: Iterable[AppliedRule], person: Person | None, order: Order, day: date, facts: Facts | None = None
) -> Iterator[Finding]:
    """`person`: None where the rules read nobody."""
    for rule in asked:
        status = rule.ask.judge(person or NOBODY, day)
        if status is not Status.MET:
            seal = None
            if facts is not None and status is Status.UNKNOWN:
                seal = facts.seal_of_offer(order) if person is None else facts.seal(rule.ask, person)
            for field in fields_of(rule, order):
                yield Finding(rule.code, rule.version, rule.stage.value, status, rule.legal_basis, field, seal)


def _binds_under_way(rule: AppliedRule, order: Order) -> bool:
    if rule.code in ONLY_BEFORE_APPLYING or rule.code == SIGNED_BY_THE_STEP:
        return False
    if rule.code == "ORDER_STATUS":
        return order.status != "CLOSED"  # closing ends nothing that has begun; a suspension stops it
    return rule.stage in (Stage.APPLY, Stage.AGREEMENT, Stage.DEPARTURE)


def _of_a_suspended_company(order: Order) -> Iterator[Finding]:
    """Advice shows no order of a suspended company, whatever its scheme; so nobody goes on with one."""
    if order.company is not None and order.company.status == "SUSPENDED":
        yield Finding("ORDER_STATUS", "ORDER_STATUS/1", Stage.APPLY.value, Status.NOT_MET, ORDER, "/company")


def _quota(order: Order) -> int | None:
    return order.slots.version if order.slots else None
