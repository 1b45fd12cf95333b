"""What is open, kept in memory: applications and enrolments with their people, and what was judged of each so far.

Job orders, courses and batches stand in the `World`. The docket knows what each judgement was made from, so it finds by
comparing whatever has to be judged again; it depends on no message that could be lost. It compares what stands in a
record and not its version alone: a rebuild mends records that stood at the right version and said something else.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from services.matching.judging.facts import Facts
from services.matching.judging.judgement import APPLICATION, ENROLMENT, JOB_ORDER, Judgement
from services.matching.judging.judging import JudgedOrder, judged_enrolment
from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.people import Person
from services.matching.matcher.law.law import LawOnDay
from services.matching.matcher.world import World
from shared import ids
from shared.documents.mongo import Document

OPEN_APPLICATIONS = ("APPLIED", "SELECTED", "AGREED", "STOPPED")
OPEN_ENROLMENTS = ("APPLIED", "SELECTED", "ENROLLED")

MadeFrom = tuple[object, ...]


class Docket:
    """`put_*` and `drop` follow what was heard; `due` judges whatever was made from something else than what stands."""

    def __init__(self, facts: Facts | None = None) -> None:
        self._facts = facts
        self.applications: dict[str, Document] = {}
        self.enrolments: dict[str, Document] = {}
        self.people: dict[str, Person] = {}
        self._made: dict[str, MadeFrom] = {}
        self._offers: dict[str, tuple[MadeFrom, JudgedOrder]] = {}

    def put_application(self, row: Document) -> None:
        """A newer state of an application; one that is over is no longer judged."""
        self._put(self.applications, row, OPEN_APPLICATIONS)

    def put_enrolment(self, row: Document) -> None:
        self._put(self.enrolments, row, OPEN_ENROLMENTS)

    def put_person(self, row: Document) -> None:
        """A newer state of somebody who has something open; an erased one is known no longer."""
        if row.get("erased"):
            self.people.pop(row["_id"], None)
        else:
            self.people[row["_id"]] = Person.from_document(row)

    def _put(self, where: dict[str, Document], row: Document, living: tuple[str, ...]) -> None:
        if not row.get("erased") and row["state"] in living:
            where[row["_id"]] = row
        else:
            where.pop(row["_id"], None)
            self._made.pop(row["_id"], None)

    def concerned(self) -> set[str]:
        """Everybody who has something open."""
        return {row["candidate_id"] for rows in (self.applications, self.enrolments) for row in rows.values()}

    def forget_the_unconcerned(self) -> None:
        concerned = self.concerned()
        for id in self.people.keys() - concerned:
            del self.people[id]

    def due(self, world: World, day: date) -> Iterator[Judgement]:
        """Everything whose judgement was made from something older, judged now. What is not known yet waits."""
        law, policies = world.law.at(day), law_digest(world)
        key = (day, policies, law.key)
        for order in world.orders.values():
            if order.status not in ("CLOSED", None):
                made: MadeFrom = (*key, order)
                if self._made.get(order.id) != made:
                    self._made[order.id] = made
                    yield self._offer(world, order.id, law, day, key).judged(policies)
        for id, row in self.applications.items():
            person, order_of = self.people.get(row["candidate_id"]), world.orders.get(row["job_order_id"])
            if person is None or order_of is None:
                continue
            made = (*key, order_of, person, row["reserved"])
            if self._made.get(id) != made:
                self._made[id] = made
                held = person.with_holds([order_of.id] if row["reserved"] else [])
                yield self._offer(world, order_of.id, law, day, key).judged_for(held, id, policies)
        yield from self._due_enrolments(world, day)

    def waiting(self, world: World) -> dict[str, int]:
        """How many of each kind are open and cannot be judged yet, because something of theirs was not heard of."""
        return {
            JOB_ORDER: 0,
            APPLICATION: sum(
                row["candidate_id"] not in self.people or row["job_order_id"] not in world.orders
                for row in self.applications.values()
            ),
            ENROLMENT: sum(
                row["candidate_id"] not in self.people
                or row["course_id"] not in world.courses
                or row["batch_id"] not in world.batches
                for row in self.enrolments.values()
            ),
        }

    def _due_enrolments(self, world: World, day: date) -> Iterator[Judgement]:
        coming = self._coming(world)
        for id, row in self.enrolments.items():
            person, course = self.people.get(row["candidate_id"]), world.courses.get(row["course_id"])
            batch = world.batches.get(row["batch_id"])
            if person is None or course is None or batch is None or batch.starts is None:
                continue
            before = [one for one in coming.get(person.id, ()) if one[1] < batch.starts]
            made: MadeFrom = (
                person,
                course,
                batch.starts,
                batch.starts > day,
                tuple(before),
            )
            if self._made.get(id) != made:
                judgement = judged_enrolment(id, person, course, batch, before, day)
                if judgement is not None:
                    self._made[id] = made
                    yield judgement

    def _coming(self, world: World) -> Mapping[str, list[tuple[Course, date]]]:
        """Person → the courses that they are in, with their last days."""
        found: dict[str, list[tuple[Course, date]]] = {}
        for row in self.enrolments.values():
            course, batch = world.courses.get(row["course_id"]), world.batches.get(row["batch_id"])
            if course is not None and batch is not None and batch.ends is not None:
                found.setdefault(row["candidate_id"], []).append((course, batch.ends))
        return found

    def _offer(self, world: World, order_id: str, law: LawOnDay, day: date, key: MadeFrom) -> JudgedOrder:
        order = world.orders[order_id]
        made = (*key, order)
        found = self._offers.get(order_id)
        if found is None or found[0] != made:
            found = self._offers[order_id] = (
                made,
                JudgedOrder(order, world.order_index.under(law).applied[order_id], day, self._facts),
            )
        return found[1]


def law_digest(world: World) -> str:
    """Of all approved rows that stand, whatever their days: placement makes the same of its own record."""
    return ids.digest_of(
        f"{record.code}/{revision.number}"
        for record in world.law.records
        for revision in record.revisions
        if revision.status == "APPROVED" and revision.known_until is None
    )
