"""Why an order stands where it stands for this person, and what of it the person does not bring yet."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.ranking.explanation import texts
from services.matching.matcher.ranking.explanation.texts import both
from services.matching.matcher.ranking.features import needs
from services.matching.matcher.ranking.features.orders import OrderShelf
from services.matching.matcher.ranking.features.profile import Profile
from services.matching.matcher.ranking.scorecard import Card
from services.matching.matcher.ranking.values import Reason
from services.matching.matcher.requirements.certificate import NeedsCertificate
from services.matching.matcher.requirements.experience import NeedsExperience
from services.matching.matcher.requirements.hours import NeedsHours
from services.matching.matcher.requirements.language import NeedsLanguage, RankedTest
from shared.codes import languages
from shared.words import Words

ABLE = 0.5
"""From this level a skill is told as something the person can do; below it, as something not on record."""
Row = NDArray[np.float64]
Said = tuple[str, Text, tuple[str, ...]]


def order_reasons(
    profile: Profile, order: Order, values: Row, points: Row, card: Card, shelf: OrderShelf, words: Words
) -> tuple[Reason, ...]:
    """At most three columns that raised this order most, in words."""
    tellers: dict[str, Callable[[], Said | None]] = {
        "skills": lambda: _skills(profile, order, shelf, words, essential=True),
        "extra_skills": lambda: _skills(profile, order, shelf, words, essential=False),
        "same_work": lambda: _same_work(profile, order, words) or _practised(profile, order, shelf, words),
        "near_work": lambda: _near_work(profile, order, words),
        "suits": lambda: _suits(profile, order, words),
        "worked_there": lambda: _worked_there(profile, order),
        "language": lambda: _language(profile, order),
        "certificate": lambda: _plain("CERTIFICATE_HELD", _CERTIFICATE),
        "hours": lambda: _plain("HOURS_DONE", _HOURS),
        "experience": lambda: _plain("EXPERIENCE_ENOUGH", _EXPERIENCE),
        "programme": lambda: _plain("PROGRAMME_FINISHED", _PROGRAMME),
        "wished_work": lambda: _plain("WISHED_WORK", _WISHED if _at(values, card, "wished_work") == 1 else _NEARLY),
        "wished_country": lambda: _wished_country(order),
        "wished_wage": lambda: _plain("WISHED_WAGE", _WISHED_WAGE),
        "wage": lambda: _wage(order),
        "soon": lambda: _plain("SOON", _SOON),
    }
    reasons = []
    for column, value, weight, reward in zip(card.columns, values, points, card.reward, strict=True):
        said = tellers[column]() if weight > 0 and value >= reward and column in tellers else None
        if said is not None:
            code, text, evidence = said
            reasons.append(Reason(code, text, float(weight), evidence))
    return texts.strongest(reasons)


def order_missing(
    profile: Profile, order: Order, values: Row, card: Card, shelf: OrderShelf, words: Words
) -> tuple[Reason, ...]:
    """At most three things not on record, weighted by the points that having them would add."""
    lost = {
        column: float(points * (1 - value))
        for column, points, value in zip(card.columns, card.points, values, strict=True)
        if value < 1
    }
    reasons = []
    weak = shelf.weak_skills(profile, order, ABLE)
    if weak and lost.get("skills", 0) > 0:
        text = both(
            lambda lang: (
                f"{'Keterampilan yang belum tercatat' if lang == 'id' else 'Skills not on record'}: "
                f"{texts.named(words, weak, lang)}."
            )
        )
        reasons.append(Reason("SKILLS_MISSING", text, lost["skills"]))
    for kind, code, text in _unmet(profile, order):
        if lost.get(kind, 0) > 0:
            reasons.append(Reason(code, text, lost[kind]))
    if lost.get("wished_wage", 0) > 0:
        reasons.append(Reason("WAGE_BELOW_WISH", _BELOW, lost["wished_wage"]))
    if lost.get("wished_country", 0) > 0:
        text = both(
            lambda lang: (
                f"{'Bukan negara yang diinginkan' if lang == 'id' else 'Not a wished country'}: "
                f"{texts.country(order.country, lang)}."
            )
        )
        reasons.append(Reason("COUNTRY_NOT_WISHED", text, lost["wished_country"]))
    return texts.strongest(reasons)


_CERTIFICATE = Text("Sertifikat yang diminta sudah dimiliki.", "Already holds the certificate that is asked for.")
_HOURS = Text("Jam pelatihan yang diminta sudah terpenuhi.", "Has the training hours that are asked for.")
_EXPERIENCE = Text("Pengalaman kerja yang diminta sudah terpenuhi.", "Has the work experience that is asked for.")
_PROGRAMME = Text("Program yang diminta sudah diselesaikan.", "Has finished the programme that is asked for.")
_WISHED = Text("Sesuai dengan pekerjaan yang diinginkan.", "It is the work that was wished for.")
_NEARLY = Text("Mirip dengan pekerjaan yang diinginkan.", "It is close to the work that was wished for.")
_WISHED_WAGE = Text("Gajinya sesuai dengan yang diinginkan.", "The wage is what was wished for.")
_SOON = Text("Dapat dilamar dalam waktu dekat.", "Can be applied for soon.")
_BELOW = Text("Gajinya di bawah yang diinginkan.", "The wage is below what was wished for.")


def _at(values: Row, card: Card, column: str) -> float:
    return float(values[card.columns.index(column)])


def _plain(code: str, text: Text) -> Said:
    return code, text, ()


def _skills(profile: Profile, order: Order, shelf: OrderShelf, words: Words, *, essential: bool) -> Said | None:
    able = shelf.able_skills(profile, order, ABLE, essential=essential)
    if not able:
        return None
    told = [shelf.skills.codes[position] for position in able]
    text = both(lambda lang: f"{'Sudah bisa' if lang == 'id' else 'Can already'}: {texts.named(words, told, lang)}.")
    pointers = [pointer for position in able[:3] for pointer in profile.evidence(position)]
    return ("SKILLS_MATCH" if essential else "EXTRA_SKILLS", text, tuple(dict.fromkeys(pointers)))


def _same_work(profile: Profile, order: Order, words: Words) -> Said | None:
    done = [work for work in profile.person.occupations if work.isco08 == order.isco08]
    months = sum(work.months or 0 for work in done)
    if not done or not months:
        return None
    return (
        "SAME_WORK",
        both(
            lambda lang: (
                f"Pernah bekerja sebagai {words.label(order.isco08 or '', lang)} selama {texts.span(months, lang)}."
                if lang == "id"
                else f"Worked as {words.label(order.isco08 or '', lang)} for {texts.span(months, lang)}."
            )
        ),
        _pointers(work.evidence for work in done),
    )


def _practised(profile: Profile, order: Order, shelf: OrderShelf, words: Words) -> Said | None:
    """Years of the same work without pay: the longest of them."""
    done = [skill for skill in profile.person.skills if order.isco08 in shelf.skills.lived_in(skill.code)]
    longest = max(done, key=lambda skill: skill.months or 0, default=None)
    if longest is None or not longest.months:
        return None
    months, code = longest.months, longest.code
    text = both(
        lambda lang: (
            f"Sudah {texts.span(months, lang)} {words.label(code, lang)}."
            if lang == "id"
            else f"Has done this for {texts.span(months, lang)}: {words.label(code, lang)}."
        )
    )
    return "PRACTISED", text, _pointers([longest.evidence])


def _near_work(profile: Profile, order: Order, words: Words) -> Said | None:
    near = [
        work
        for work in profile.person.occupations
        if order.isco08 and work.isco08[:2] == order.isco08[:2] and work.isco08 != order.isco08 and work.months
    ]
    if not near:
        return None
    codes = list(dict.fromkeys(work.isco08 for work in near))
    return (
        "NEAR_WORK",
        both(
            lambda lang: (
                f"{'Pernah bekerja di bidang yang serupa' if lang == 'id' else 'Worked in a related line'}: "
                f"{texts.named(words, codes, lang)}."
            )
        ),
        _pointers(work.evidence for work in near),
    )


def _suits(profile: Profile, order: Order, words: Words) -> Said | None:
    """What else speaks for the work than the work itself and the skills that the order names."""
    named = {order.isco08, *(skill.code for skill in order.skills)}
    return texts.suits(profile, order.isco08, named, words)


def _worked_there(profile: Profile, order: Order) -> Said:
    there = [work.evidence for work in profile.person.occupations if work.country == order.country]
    text = both(
        lambda lang: f"{'Pernah bekerja di' if lang == 'id' else 'Has worked in'} {texts.country(order.country, lang)}."
    )
    return "WORKED_THERE", text, _pointers(there)


def _language(profile: Profile, order: Order) -> Said | None:
    asked = [need.leaf for kind, group in needs.of(order) if kind == "language" for need in group]
    spoken = {leaf.language for leaf in asked if isinstance(leaf, NeedsLanguage) and leaf.language in profile.cefr}
    if not spoken:
        return None

    def tell(lang: str) -> str:
        names = texts.listed([_language_name(code, lang) for code in sorted(spoken)], lang)
        if lang == "id":
            return f"Kemampuan bahasa {names} sudah memenuhi syarat."
        return f"Has the level of {names} that is asked for."

    return "LANGUAGE_HELD", both(tell), ()


def _wished_country(order: Order) -> Said:
    text = both(
        lambda lang: (
            f"{'Negara tujuannya sesuai dengan yang diinginkan' if lang == 'id' else 'A wished country'}: "
            f"{texts.country(order.country, lang)}."
        )
    )
    return "WISHED_COUNTRY", text, ()


def _wage(order: Order) -> Said | None:
    wage = order.wage
    if wage is None:
        return None
    text = both(
        lambda lang: (
            f"Gajinya tinggi: {texts.money(wage, lang)} sebulan."
            if lang == "id"
            else f"The wage is high: {texts.money(wage, lang)} a month."
        )
    )
    return "GOOD_WAGE", text, ()


def _unmet(profile: Profile, order: Order) -> Iterator[tuple[str, str, Text]]:
    """(column, code, text) of every need that is not fully met."""
    for kind, group in needs.of(order):
        if max(needs.met(need, profile) for need in group) >= 1:
            continue
        first = group[0].leaf
        if kind == "language":
            yield kind, "LANGUAGE_MISSING", both(partial(_language_asked, group))
        elif isinstance(first, NeedsCertificate):
            yield kind, "CERTIFICATE_MISSING", both(partial(_certificates_asked, group))
        elif isinstance(first, NeedsHours):
            left = round(first.hours * (1 - needs.met(group[0], profile)))
            yield (
                kind,
                "HOURS_MISSING",
                Text(f"Masih kurang {left} jam pelatihan.", f"{left} training hours are missing."),
            )
        elif isinstance(first, NeedsExperience):
            yield kind, "EXPERIENCE_MISSING", both(partial(_experience_asked, first.months))


def _language_asked(group: tuple[needs.Need, ...], lang: str) -> str:
    choices = []
    for need in group:
        if isinstance(need.leaf, NeedsLanguage):
            name = _language_name(need.leaf.language, lang)
            test = texts.test_name(need.leaf.test, need.leaf.result, lang)
            choices.append(f"{name} ({test})" if need.leaf.test else name)
        elif isinstance(need.leaf, RankedTest):
            test = texts.test_name(need.leaf.test, None, lang)
            known = languages.TESTS.get(need.leaf.test or "")
            choices.append(f"{_language_name(known.languages[0], lang)} ({test})" if known else test)
    joined = (" atau " if lang == "id" else " or ").join(dict.fromkeys(choices))
    return f"Perlu kemampuan bahasa: {joined}." if lang == "id" else f"Language needed: {joined}."


def _certificates_asked(group: tuple[needs.Need, ...], lang: str) -> str:
    leaves = [need.leaf for need in group if isinstance(need.leaf, NeedsCertificate)]
    names = dict.fromkeys(texts.certificate(leaf.certificate, leaf.scheme, lang) for leaf in leaves)
    joined = (" atau " if lang == "id" else " or ").join(names)
    return f"Perlu {joined}." if lang == "id" else f"Needs: {joined}."


def _experience_asked(months: int, lang: str) -> str:
    span = texts.span(months, lang)
    return f"Perlu pengalaman kerja {span}." if lang == "id" else f"Needs {span} of experience."


def _language_name(code: str, lang: str) -> str:
    names = languages.LANGUAGES.get(code)
    return names[0 if lang == "id" else 1] if names else code


def _pointers(evidence: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(pointer for pointer in evidence if pointer))
