"""Why a course stands where it stands for this person: first of all, which doors it opens."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.courses import Course
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.ranking.explanation import texts
from services.matching.matcher.ranking.explanation.texts import both
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.features.skills import SkillMap
from services.matching.matcher.ranking.scorecard import Card
from services.matching.matcher.ranking.values import CourseProspect, Reason
from shared.words import Words

Row = NDArray[np.float64]


def course_reasons(
    profile: Profile,
    course: Course,
    outlook: CourseProspect,
    values: Row,
    points: Row,
    card: Card,
    skills: SkillMap,
    words: Words,
) -> tuple[Reason, ...]:
    """At most three columns that raised this course most, in words; the doors that it opens are always among them."""
    tellers: dict[str, Callable[[], tuple[str, Text, tuple[str, ...]] | None]] = {
        "gain": lambda: _opens(profile, course, outlook),
        "wished_work": lambda: ("PREPARES_WISHED_WORK", _WISHED, ()),
        "wished_country": lambda: _wished_country(profile, outlook),
        "near_work": lambda: _near_work(profile, course, words),
        "suits": lambda: _suits(profile, course, words),
        "builds_on": lambda: _builds_on(profile, course, skills, words),
        "close": lambda: _close(course, outlook),
        "cheap": lambda: ("FREE", _FREE, ()),
        "boarding": lambda: ("BOARDING", _BOARDING if course.boarding else _NO_BOARDING, ()),
        "soon": lambda: ("SOON", _SOON, ()),
    }
    reasons = []
    for at, (column, value, weight) in enumerate(zip(card.columns, values, points, strict=True)):
        opens = column == "gain" and bool(outlook.orders)
        if opens:  # counted from a course that opens nothing: to open little is still no reproach
            weight = max(float(weight), float(card.points[at] * value), 0.0)
        said = tellers[column]() if column in tellers and (opens or (weight > 0 and value >= card.reward[at])) else None
        if said is not None:
            code, text, evidence = said
            reasons.append(Reason(code, text, float(weight), evidence))
    opening = [reason for reason in reasons if reason.code == "OPENS_ORDERS"]
    others = texts.strongest(reason for reason in reasons if reason.code != "OPENS_ORDERS")
    return texts.strongest([*opening, *others[: texts.MOST - len(opening)]])


def course_missing(course: Course, outlook: CourseProspect, values: Row) -> tuple[Reason, ...]:
    """What the course does not do: open a door at all, or open it alone."""
    if not outlook.orders:
        return (Reason("UNLOCKS_NOTHING", _NOTHING, 0.0),)
    if outlook.steps > 1:
        more = outlook.steps - 1
        text = Text(
            f"Bersama kursus ini perlu {more} kursus lain.",
            f"{more} other {'course is' if more == 1 else 'courses are'} needed beside this one.",
        )
        return (Reason("MORE_COURSES", text, 0.0),)
    return ()


_WISHED = Text("Menyiapkan untuk pekerjaan yang diinginkan.", "It prepares for the work that was wished for.")
_FREE = Text("Tidak dipungut biaya.", "It is free of charge.")
_BOARDING = Text("Ada asrama.", "There is a dormitory.")
_NO_BOARDING = Text("Tidak perlu tinggal di asrama.", "No need to live in a dormitory.")
_SOON = Text("Cepat selesai.", "It is over soon.")
_NOTHING = Text(
    "Belum membuka jalan ke lowongan mana pun yang ada saat ini.",
    "It opens none of the job orders that are there today.",
)


def _opens(profile: Profile, course: Course, outlook: CourseProspect) -> tuple[str, Text, tuple[str, ...]] | None:
    count = len(outlook.orders)
    if not count:
        return None
    wishes = profile.person.wishes

    def speaks_to(order: Order) -> tuple[int, bool]:
        wished = (order.isco08 in wishes.isco08) + (order.country in wishes.destinations)
        return wished, order.isco08 in course.isco08

    best = max(outlook.orders, key=speaks_to)

    def tell(lang: str) -> str:
        title = best.title.said(lang) if best.title else best.isco08 or best.id
        example = f"{title} ({texts.country(best.country, lang)})"
        if lang == "id":
            return (
                f"Membuka jalan ke {count} lowongan, antara lain {example}."
                if count > 1
                else f"Membuka jalan ke lowongan {example}."
            )
        return f"Opens {count} job orders, among them {example}." if count > 1 else f"Opens the job order {example}."

    return "OPENS_ORDERS", both(tell), ()


def _wished_country(profile: Profile, outlook: CourseProspect) -> tuple[str, Text, tuple[str, ...]]:
    wished = profile.person.wishes.destinations
    there = sorted({order.country for order in outlook.orders if order.country in wished})
    text = both(
        lambda lang: (
            f"{'Membuka jalan ke negara yang diinginkan' if lang == 'id' else 'It leads to a wished country'}: "
            f"{texts.listed([texts.country(code, lang) for code in there[: texts.MOST]], lang)}."
        )
    )
    return "LEADS_TO_WISHED_COUNTRY", text, ()


def _near_work(profile: Profile, course: Course, words: Words) -> tuple[str, Text, tuple[str, ...]] | None:
    majors = {code[:2] for code in course.isco08}
    near = [work for work in profile.person.occupations if work.isco08[:2] in majors and work.months]
    if not near:
        return None
    codes = list(dict.fromkeys(work.isco08 for work in near))
    text = both(
        lambda lang: (
            f"{'Sejalan dengan pengalaman kerja' if lang == 'id' else 'It follows on work done'}: "
            f"{texts.named(words, codes, lang)}."
        )
    )
    return "NEAR_WORK", text, tuple(work.evidence for work in near if work.evidence)


def _suits(profile: Profile, course: Course, words: Words) -> tuple[str, Text, tuple[str, ...]] | None:
    named = {outcome.code for outcome in course.outcomes}
    told = [texts.suits(profile, unit, named, words) for unit in course.isco08]
    return next((said for said in told if said is not None), None)


def _builds_on(
    profile: Profile, course: Course, skills: SkillMap, words: Words
) -> tuple[str, Text, tuple[str, ...]] | None:
    taught = [(skills.position(outcome.code), outcome.code) for outcome in course.outcomes]
    able = [(position, code) for position, code in taught if position is not None and profile.levels[position] > 0.4]
    if not able:
        return None
    able.sort(key=lambda pair: (-profile.levels[pair[0]], pair[1]))
    text = both(
        lambda lang: (
            f"{'Memperdalam keterampilan yang sudah dimiliki' if lang == 'id' else 'It builds on skills on record'}: "
            f"{texts.named(words, [code for _, code in able], lang)}."
        )
    )
    pointers = [pointer for position, _ in able[:3] for pointer in profile.evidence(position)]
    return "BUILDS_ON_SKILLS", text, tuple(dict.fromkeys(pointers))


def _close(course: Course, outlook: CourseProspect) -> tuple[str, Text, tuple[str, ...]] | None:
    if course.mode == "ONLINE":
        return "ONLINE", Text("Dapat diikuti dari rumah.", "It can be followed from home."), ()
    if outlook.distance_km is None:
        return None
    km = round(outlook.distance_km)
    if km == 0:
        return "CLOSE", Text("Ada di kabupaten atau kota tempat tinggal.", "It is in the person's own regency."), ()
    return "CLOSE", Text(f"Dekat dari rumah: {km} km.", f"Close to home: {km} km."), ()
