"""A plan as a document: every text in both languages, so that it says the same whoever opens it."""

from collections.abc import Sequence
from typing import Any

from services.matching.matcher.allocation import Allocation
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.options import UNIT
from services.matching.matcher.plan.figures import Figure
from services.matching.matcher.plan.gathering import MOST_EACH
from services.matching.matcher.plan.proposal import Line, Option

PROPOSAL = Text(
    "Ini hanya usulan: tidak ada tempat yang dipesan. Setiap langkah diperiksa lagi menurut hukum.",
    "This is only a proposal: nothing is reserved. The law is asked again at every step.",
)
KEPT = Text(
    "Semua batas bawah dipenuhi. Cara membagi tanpa batas bawah dapat mencapai lebih banyak bagi semua, "
    "tetapi kurang bagi kelompok yang dilindungi.",
    "Every floor is kept. Ways of dividing without floors may reach more for all, and less for the groups with one.",
)
NONE_ASKED = Text("Tidak ada batas bawah yang diminta.", "No floor was asked for.")
NOT_KEPT = Text(
    "Batas bawah tidak dapat dipenuhi semuanya dengan tempat yang ada. Semuanya diturunkan dengan bagian yang sama, "
    "sekecil yang ditemukan; `kept` menunjukkan yang dipenuhi.",
    "Not all floors can be kept with the places there are. All were lowered by the same part, as little as was found "
    "possible; `kept` shows what holds.",
)
ISLANDS_ONLY = Text(
    " Batas bawah pulau berlaku bagi orang yang pulau asalnya di NTT tercatat; orang lain ikut dibagi tanpa batas "
    "bawah pulau.",
    " The floor of islands is for people whose home island in NTT is on record; the others take part without a floor "
    "of an island.",
)

IN_SHORT = ("proposal", "expected_placements", "at_most", "proved_best", "floors_kept", "floors")
"""Of the `sums` of a plan, what a list of plans shows of it."""

Document = dict[str, Any]


def sums(plan: Allocation, shown: Sequence[Figure], people_cut: int | None, *, by_island: bool = False) -> Document:
    """What a plan reaches for all and for each group; placements are expected numbers.

    `people_cut`: how many have as many options as are weighed, and perhaps more; None: a few. `by_island`: was a floor
    of islands asked for?"""
    asked = bool(plan.floors) or by_island
    about_floors = NONE_ASKED if not asked else KEPT if plan.floors_kept else NOT_KEPT
    if by_island:
        about_floors = Text(about_floors.id + ISLANDS_ONLY.id, about_floors.en + ISLANDS_ONLY.en)
    return {
        "proposal": True,
        "notice": _both(PROPOSAL),
        "expected_placements": plan.objective / UNIT,
        "at_most": plan.bound / UNIT,
        "proved_best": plan.proved,
        "floors_kept": plan.floors_kept,
        "floors_text": _both(about_floors),
        "floors": [
            {
                "group": floor.name,
                "asked": floor.asked,
                "kept": floor.kept,
            }
            for floor in plan.floors
        ],
        "weighed": {"most_each": MOST_EACH, "people": people_cut},
        "figures": [
            {
                "dimension": figure.dimension,
                "group": figure.group,
                "people": figure.people,
                "served": {
                    rule: {"people": served.people, "expected": served.expected}
                    for rule, served in figure.served.items()
                },
            }
            for figure in shown
        ],
    }


def person(line: Line) -> Document:
    """What the plan says of one person."""
    return {
        "person": line.person,
        "fate": line.fate.name,
        "text": _both(line.fate.value),
        "given": _option(line.given),
        "reasons": [{"code": reason.code, "text": _both(reason.text)} for reason in line.reasons],
        "next": _option(line.next),
        "better": _option(line.best),
    }


def _option(option: Option | None) -> Document | None:
    if option is None:
        return None
    way = option.way
    return {
        "job_order": way.order,
        "batch": way.batch,
        "ready_on": way.ready_on.isoformat(),
        "chance": way.chance,
        "worth": way.worth,
        "full": list(option.full),
        "one_more_adds": option.price,
    }


def _both(text: Text) -> Document:
    return {"id": text.id, "en": text.en}
