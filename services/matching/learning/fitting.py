"""What can be done with models: fit, compare, promote, roll back. The commands call these, and so do the tests."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from services.matching.learning import exam
from services.matching.learning.exam import Exam
from services.matching.learning.people_examples import enough, out_of_fold, people_examples, suited
from services.matching.learning.rows import Outcomes, examples
from services.matching.matcher.facts.people import Person
from services.matching.matcher.fairness_slices import slices_of
from services.matching.matcher.ltr.examples import Examples, PersonExample
from services.matching.matcher.ltr.fit import LEAST_OUTCOMES, fit
from services.matching.matcher.ranking.artefact import fingerprint_of, save
from services.matching.matcher.ranking.features.affinity import SkillAffinity
from services.matching.matcher.ranking.model import Fitted
from services.matching.matcher.ranking.ranking import Ranking
from services.matching.rankings import Rankings
from services.matching.store.models import CARDS, Models
from services.matching.store.read_models import APPLICATIONS, ENROLMENTS, ReadModels
from services.matching.store.records import Records
from shared import clock
from shared.documents.mongo import Database, Document
from shared.words import Words

SERVING = "serving"
"""In place of a fingerprint: whatever is in force."""


class TooFewOutcomes(Exception):
    """Nothing can be learned yet."""


class Refused(Exception):
    """The model may not be put in force; the text says why, one reason a line."""


@dataclass(frozen=True, slots=True)
class Known:
    """Everything to learn from and to examine on. `groups`: person → group → which."""

    examples: Mapping[str, Examples]
    groups: Mapping[str, Mapping[str, str]]


class Learning:
    """The learning room of one database and one folder of models."""

    def __init__(
        self, database: Database, folder: Path, suits: Callable[[list[PersonExample]], SkillAffinity] | None = None
    ) -> None:
        """`suits`: how to learn what suits whom; by the ranker of the public tasks unless said."""
        self.models = Models(database)
        self._read_models = ReadModels(database)
        self._records = Records(database)
        self._rankings = Rankings(self.models, folder)
        self._folder = folder
        self._suits = suits or _suits

    def known(self) -> Known:
        """Rows of the people who consent today, from what was shown and what the topics told."""
        people = [Person.from_document(row) for row in self._read_models.people()]
        groups = {person.id: slices_of(person, clock.today()) for person in people}
        outcomes = Outcomes.of(
            self._records.decided(), self._read_models.all(ENROLMENTS), self._read_models.all(APPLICATIONS)
        )
        cold = Ranking.cold()
        return Known(examples(self._records.taught(), outcomes, groups, cold.columns), groups)

    def fit(self) -> tuple[str, Document]:
        """Fit, write the file, note it. Returns the fingerprint and what was noted. The same rows give the same.

        Raises:
            TooFewOutcomes: the cards rank alone until there are more.
        """
        known, cold = self.known(), Ranking.cold()
        taught = exam.without_held_out(known.examples)
        suits = SkillAffinity.shipped()
        if enough(people := people_examples(taught.values())):
            suits = self._suits(people)
            taught = out_of_fold(taught, cold.columns, self._suits)
        fitted = Fitted(
            orders=fit(taught["orders"], cold.order_card, "orders"),
            courses=fit(taught["courses"], cold.course_card, "courses"),
            suits=suits,
        )
        if fitted.orders is None and fitted.courses is None:
            most = max(part.outcomes for part in taught.values())
            raise TooFewOutcomes(f"{most} outcomes are known, {LEAST_OUTCOMES} are needed. The cards rank alone.")
        save(fitted, self._folder)
        fingerprint = fingerprint_of(fitted)
        facts: Document = {
            "rows": sum(map(len, taught.values())),
            "outcomes": sum(part.outcomes for part in taught.values()),
            "metrics": self._examine(cold.taught(fitted, fingerprint), known).as_facts(),
        }
        self.models.keep(fingerprint, facts)
        return fingerprint, facts

    def compare(self, *names: str) -> list[Exam]:
        """Each of these models on the same people. A name is a fingerprint, `cards` or `serving`.

        Raises:
            UnknownModel, UnreadableArtefact, UnfitModel: with a sentence.
        """
        known = self.known()
        found = [self._examine(self._named(name), known) for name in names]
        for one in found:
            self.models.note_exam(one.fingerprint, one.as_facts())
        return found

    def promote(self, fingerprint: str, *, by: str, why: str) -> Document:
        """Put a fit in force, if it passes beside what is in force now. Returns the promotion.

        Raises:
            Refused: it fails the examination.
            UnknownModel, UnreadableArtefact, UnfitModel: with a sentence.
        """
        new, old = self.compare(fingerprint, SERVING)
        found = exam.objections(new, old)
        if found:
            raise Refused("\n".join(found))
        facts = {"by": by, "why": why, "metrics": new.as_facts(), "against": old.fingerprint}
        return self.models.promote(new.fingerprint, facts)

    def roll_back(self, *, by: str, why: str) -> Document:
        """Put in force what was in force before. Never refused: it is what one does when something is wrong.

        Raises:
            Refused: nothing but the cards was ever in force.
        """
        row = self.models.roll_back({"by": by, "why": why})
        if row is None:
            raise Refused("The cards rank alone; there is nothing before them.")
        return row

    def _named(self, name: str) -> Ranking:
        promotion = self.models.in_force()
        if name == SERVING:
            name = promotion["fingerprint"] if promotion else CARDS
        return self._rankings.named(name)

    @staticmethod
    def _examine(ranking: Ranking, known: Known) -> Exam:
        asked = exam.only_held_out(known.examples)
        columns = ranking.columns
        parts = {kind: suited(part, columns[kind], ranking.suits) for kind, part in asked.items()}
        return exam.examine(ranking, parts, known.groups)


def _suits(people: list[PersonExample]) -> SkillAffinity:
    # The ranker and its libraries take seconds to import, and most commands never fit.
    from services.matching.matcher.ltr.affinity_fit import AffinityFit

    return AffinityFit(Words.default().vocabulary).fit(people)
