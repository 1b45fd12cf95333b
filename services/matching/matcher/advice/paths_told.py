"""The paths of an answer as JSON, in one language: what each is best in, how it differs, and what it is for."""

from collections.abc import Collection, Sequence
from typing import Any

from services.matching.matcher.advice.answer import Advice
from services.matching.matcher.advice.verdict import wish_spoken
from services.matching.matcher.advice.wishes import wished
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Money, Text
from services.matching.matcher.pathway.path import Path
from services.matching.matcher.pathway.sayings import ONLINE
from services.matching.matcher.requirements.status import State
from shared.codes import countries, regencies, texts

Row = dict[str, Any]

MOST_OPENED = 12
"""Ids of orders that one path names, best first; `unlocks_count` says how many there are where there are more."""
SELDOM = ("waits", "beyond_wishes")
"""Of a path, left out where there is none."""
KINDS_TOLD = {
    "FASTEST": Text("Paling cepat: {to}.", "The fastest: {to}."),
    "NEAREST": Text("Pelatihan paling dekat dari rumah: {to}.", "The training nearest to home: {to}."),
    "BEST_PAID": Text("Gaji paling tinggi: {to}.", "The best paid: {to}."),
}
BY_OTHER_BATCHES = Text(
    "Jalan lain ke pekerjaan yang sama, lewat {by} yang selesai {ends}: {to}.",
    "Another way to the same work, by {by}, which ends on {ends}: {to}.",
)
WITHOUT_THE_PAPER = Text(
    "Bila yang harus dibawa itu tidak ada, lewat pelatihan: {to}.",
    "If what is to be brought cannot be found, by training: {to}.",
)
"""Of the first path, where a paper opens the same sooner."""
ALSO_ASKED = Text("Yang juga diminta: {to}.", "Also asked for: {to}.")
"""Of the first path, where a day alone opens something else that was asked for sooner."""
INSTEAD = Text("Jalan lain, ke pekerjaan lain: {to}.", "Another way, to other work: {to}.")

OTHER_WORK = Text("Pekerjaan lain: {to}.", "Other work: {to}.")
OTHER_COUNTRY = Text("Negara lain: {to}.", "Another country: {to}.")
"""What a path begins with that does not lead to what was asked for."""
KINDS_OF_OTHERS = {
    "FASTEST": Text("Ini yang paling cepat.", "This is the fastest."),
    "NEAREST": Text("Pelatihannya paling dekat dari rumah.", "Its training is the nearest to home."),
    "BEST_PAID": Text("Gajinya paling tinggi.", "It is the best paid."),
}
OTHERS_BY_OTHER_BATCHES = Text("Juga lewat {by}, yang selesai {ends}.", "Also by {by}, which ends on {ends}.")
OTHERS_INSTEAD = Text("Ini jalan yang lain lagi.", "This is yet another way.")


def paths(advice: Advice) -> list[Row]:
    """All of them, each with how it differs from those before."""
    known: set[str] = set()
    rows: list[Row] = []
    for one in advice.paths.all():
        rows.append(_path(one, known, rows, advice))
        known |= set(one.unlocks)
    return rows


def _path(found: Path, known: Collection[str], before: Sequence[Row], advice: Advice) -> Row:
    """A path with what its courses are called, where they are, what it is for, and how it differs from those `before`.

    `aim`: the order that it is named by, what was asked for if it opens that, else the best paid. `other_than_asked`:
    it leads to other work, or to that work in another country; left out where it leads to what was asked for.
    """
    world, lang = advice.world, advice.lang
    told = {name: known for name, known in found.as_payload().items() if known != [] or name not in SELDOM}
    if world is None:
        return told
    for step, row in zip(found.steps, told["steps"], strict=True):
        course, batch = world.courses[step.course], world.batches[step.batch]
        row["title"] = course.title.said(lang) if course.title else None
        row["provider"], row["place"] = course.provider.name, batch.place
    asked = advice.goal.order.id if advice.goal else None
    told |= unlocks(found.unlocks, asked=asked) | {"wage": money(found.wage), "wage_idr": _whole(found.wage_idr)}
    aim = world.orders[asked if asked in found.unlocks and found.kind != "BEST_PAID" else found.unlocks[0]]
    elsewhere = advice.paths is not (advice.goal.paths if advice.goal else None) and wish_spoken(advice.person)
    other = elsewhere and not wished(advice.person, aim)
    return {
        **told,
        "aim": _aim(aim, lang),
        **({"other_than_asked": "COUNTRY" if _other_than(aim, advice) is OTHER_COUNTRY else "WORK"} if other else {}),
        "state": State.TRAINING.value,
        "text": _text(found, aim, told["steps"], known, before, advice, other=other),
    }


def _aim(order: Order, lang: str) -> Row:
    told = named(order, lang)
    return {name: told[name] for name in ("job_order", "title", "country")}


def _text(
    found: Path,
    aim: Order,
    steps: Sequence[Row],
    known: Collection[str],
    before: Sequence[Row],
    advice: Advice,
    *,
    other: bool,
) -> str:
    lang = advice.lang
    same = found.instead and bool(found.steps) and not set(found.unlocks).isdisjoint(known)
    by = _by_whom(steps[-1], before, lang) if same else ""
    ends = texts.day(found.steps[-1].ends, lang) if same else ""
    kinds, others, instead = KINDS_TOLD, BY_OTHER_BATCHES, INSTEAD
    if other:
        kinds, others, instead = KINDS_OF_OTHERS, OTHERS_BY_OTHER_BATCHES, OTHERS_INSTEAD
    text = (others if same else instead) if found.instead else kinds[found.kind]
    if advice.summary.state is State.ELIGIBLE_BY and not other and not before and not advice.summary.only_waiting:
        text = WITHOUT_THE_PAPER
    if advice.goal is not None and advice.goal.waits and not other and not before:
        text = ALSO_ASKED
    if other:
        text = Text.joined(_other_than(aim, advice), text)
    return text.said(lang).format(to=in_words(aim, lang), by=by, ends=ends)


def _other_than(aim: Order, advice: Advice) -> Text:
    """The same work elsewhere, or other work."""
    asked = {advice.goal.order.isco08} if advice.goal else set()
    return OTHER_COUNTRY if aim.isco08 in asked.union(advice.person.wishes.isco08) else OTHER_WORK


def _by_whom(step: Row, before: Sequence[Row], lang: str) -> str:
    """Whose class ends a path; where a path before ends with the same one, its place and what it costs beside it."""
    by: str = step["provider"] or step["title"] or ""
    if not any(row["steps"] and row["steps"][-1]["provider"] == step["provider"] for row in before):
        return by
    place = regencies.name(step["regency"]) if step["regency"] else ONLINE.said(lang)
    told = (place, None if not step["cost"] else texts.money(step["cost"], "IDR", lang))
    return f"{by} ({', '.join(filter(None, told))})"


def unlocks(ids: Sequence[str], most: int = MOST_OPENED, asked: str | None = None) -> Row:
    """The first of them, with `asked` if it is one; how many there are where there are more."""
    if len(ids) <= most:
        return {"unlocks": list(ids)}
    last = asked if asked in ids[most:] else ids[most - 1]
    return {"unlocks": [*ids[: most - 1], last], "unlocks_count": len(ids)}


def money(amount: Money | None) -> Row | None:
    """Whole amounts as whole numbers."""
    return None if amount is None else {"amount": _whole(amount.amount), "currency": amount.currency}


def _whole(amount: float | None) -> float | None:
    return amount if amount is None or not float(amount).is_integer() else int(amount)


def named(order: Order, lang: str) -> Row:
    """An order by its names, for people and for machines."""
    return {
        "job_order": order.id,
        "code": order.code,
        "title": order.title.said(lang) if order.title else None,
        "country": order.country,
        "isco08": order.isco08,
    }


def in_words(order: Order, lang: str) -> str:
    """`Title, Country`"""
    title = order.title.said(lang) if order.title else order.code or order.id
    return f"{title}, {countries.name(order.country, lang)}" if order.country else title
