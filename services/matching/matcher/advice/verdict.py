"""One sentence over all orders: may this person apply, from when, after how many steps."""

from dataclasses import dataclass
from datetime import date

from services.matching.matcher.advice.standing import Standing
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.rules.person import STATUTORY_AGE
from services.matching.matcher.pathway.path import Paths
from services.matching.matcher.requirements.age import birthday_of
from services.matching.matcher.requirements.status import State
from services.matching.matcher.verdicts.check import under_age
from services.matching.matcher.verdicts.verdict import Verdict
from shared.codes import texts


@dataclass(frozen=True, slots=True)
class Summary:
    """`day`: from when; `steps`: courses and papers until then. Both None where nothing can be said."""

    state: State
    text: Text
    day: date | None = None
    steps: int | None = None


def summarise(person: Person, standing: Standing, papers: dict[str, Verdict], paths: Paths, day: date) -> Summary:
    """The state over all orders.

    `papers`: verdicts of orders that a paper or a birthday opens. Open today beats everything; then whatever comes
    first: a paper, a birthday, a course.
    """
    if not person.consented:
        return Summary(State.CONSENT_NEEDED, CONSENT)
    if under_age(person, day):
        adult = birthday_of(person.birth_date, STATUTORY_AGE) if person.birth_date else None
        return Summary(State.TRAINING_ONLY, _filled(CHILD, day=adult), day=adult)
    if State.ELIGIBLE_NOW in standing.states.values():
        return Summary(State.ELIGIBLE_NOW, NOW, day=day, steps=0)
    ways = [_by_paper(verdict, day) for verdict in papers.values()]
    if paths.fastest is not None:
        ways.append((paths.fastest.ready_on, len(paths.fastest.steps) + len(paths.fastest.waits)))
    if ways:
        ready, steps = min(ways)
        return Summary(State.ELIGIBLE_BY, _filled(BY, day=ready, steps=steps), day=ready, steps=steps)
    return Summary(State.NO_PATH, NONE_YET if standing.states else NO_ORDERS)


def _by_paper(verdict: Verdict, day: date) -> tuple[date, int]:
    """A paper can be shown today; a birthday must be waited for."""
    return verdict.by or day, len(verdict.blocking)


def _filled(text: Text, *, day: date | None = None, steps: int = 0) -> Text:
    words = {language: {"day": texts.day(day, language) if day else "-", "steps": steps} for language in ("id", "en")}
    return Text(text.id.format(**words["id"]), text.en.format(**words["en"]))


CONSENT = Text(
    "Bacakan persetujuan data dan catat jawabannya dulu. Sebelum itu tidak ada yang dihitung.",
    "Read out the data consent and record the answer first. Nothing is worked out before that.",
)
CHILD = Text(
    "Belum 18 tahun: boleh ikut pelatihan, belum boleh melamar kerja di luar negeri sampai {day}.",
    "Under 18: training is possible, applying for work abroad is not until {day}.",
)
NOW = Text("Memenuhi syarat melamar sekarang.", "May apply now.")
BY = Text(
    "Bisa melamar lowongan resmi sekitar {day}, lewat {steps} langkah.",
    "May apply for a legal job order around {day}, after {steps} steps.",
)
NONE_YET = Text("Belum ada jalur; ini yang dibutuhkan.", "No path yet; this is what is needed.")
NO_ORDERS = Text(
    "Belum ada lowongan resmi yang tercatat. Tanyakan lagi lain hari.",
    "No legal job order is on record yet. Ask again another day.",
)
