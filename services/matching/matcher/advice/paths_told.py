"""Paths and what they open as JSON, in one language."""

from collections.abc import Collection, Sequence
from typing import Any

from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.pathway.path import Path, Paths
from services.matching.matcher.requirements.status import State
from services.matching.matcher.world import World
from shared.codes import countries, texts

Row = dict[str, Any]

MOST_OPENED = 12
"""Ids of orders that one path names, best first; `unlocks_count` says how many there are where there are more."""
KINDS_TOLD = {
    "FASTEST": Text("Paling cepat: {to}.", "The fastest: {to}."),
    "NEAREST": Text("Pelatihan paling dekat dari rumah: {to}.", "The training nearest to home: {to}."),
    "BEST_PAID": Text("Gaji paling tinggi: {to}.", "The best paid: {to}."),
}
BY_OTHER_BATCHES = Text(
    "Jalan lain ke pekerjaan yang sama, lewat {by} yang selesai {ends}: {to}.",
    "Another way to the same work, by {by}, which ends on {ends}: {to}.",
)
INSTEAD = Text("Jalan lain, ke pekerjaan lain: {to}.", "Another way, to other work: {to}.")


def paths(found: Paths, world: World | None, lang: str) -> list[Row]:
    """All of them, each with how it differs from those before."""
    known: set[str] = set()
    rows = []
    for one in found.all():
        rows.append(_path(one, known, world, lang))
        known |= set(one.unlocks)
    return rows


def _path(found: Path, known: Collection[str], world: World | None, lang: str) -> Row:
    """A path with what its courses and orders are called, where they are, and how it differs from the others."""
    told = found.as_payload()
    if world is None:
        return told
    for step, row in zip(found.steps, told["steps"], strict=True):
        course, batch = world.courses[step.course], world.batches[step.batch]
        row["title"] = course.title.said(lang) if course.title else None
        row["provider"], row["place"] = course.provider.name, batch.place
    told |= unlocks(found.unlocks)
    orders = [world.orders[id] for id in found.unlocks if id in world.orders]
    to = _in_words(orders[0], lang) if orders else ""
    text = KINDS_TOLD[found.kind].said(lang)
    by = ends = ""
    if found.instead:
        same = bool(found.steps) and not set(found.unlocks).isdisjoint(known)
        text = (BY_OTHER_BATCHES if same else INSTEAD).said(lang)
        by = told["steps"][-1]["provider"] or told["steps"][-1]["title"] or "" if same else ""
        ends = texts.day(found.steps[-1].ends, lang) if same else ""
    return {**told, "state": State.TRAINING.value, "text": text.format(to=to, by=by, ends=ends)}


def unlocks(ids: Sequence[str], most: int = MOST_OPENED) -> Row:
    """The first of them; how many there are where there are more."""
    more = {"unlocks_count": len(ids)} if len(ids) > most else {}
    return {"unlocks": list(ids[:most]), **more}


def named(order: Order, lang: str) -> Row:
    return {
        "job_order": order.id,
        "code": order.code,
        "title": order.title.said(lang) if order.title else None,
        "country": order.country,
        "isco08": order.isco08,
    }


def _in_words(order: Order, lang: str) -> str:
    title = order.title.said(lang) if order.title else order.code or order.id
    return f"{title}, {countries.name(order.country, lang)}" if order.country else title
