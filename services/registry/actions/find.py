"""The search box and the lists: find a person without ever browsing everybody."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from services.registry.actions.house import Document, House, who
from services.registry.model import names, nik, numbers, phones
from services.registry.problems import OtherRegister
from services.registry.store.trail import STAFF, Did
from shared.http.callers import Caller
from shared.jobs import Job

MOST_FOUND = 20
"""Rows of a result. Whoever needs more should type more of the name, or the year of birth."""

LIKE_ENOUGH = 72.0
"""Likeness (0 to 100) under which a name is no answer; one typing error in a short name stays above it."""

MOST_OF_A_KEY = 200
"""People looked at more closely for one key. A name that more people share (Maria) is too common alone: the key of the
whole name finds who has no other one, two names together or a year of birth beside it find the others."""

KEYS = "name-keys"
"""The job that makes everybody's name keys anew when a release makes others of the same name."""

_BIRTH_YEAR = re.compile(r"\b(19[0-9]{2}|20[0-9]{2})\b")


def search(caller: Caller, house: House, text: str) -> list[Document]:
    """At most twenty people for one box that takes a NIK, a candidate number, a phone number or a name.

    The beginning of a number (``LB-3``) or of a name (``yul``) is enough, and however a phone number is written, it
    finds the same people. A year of birth beside a name (``maria tukan 2001``) narrows it. An empty search finds
    nobody: this is a box for finding somebody, not a way to leaf through everybody. Everyone shown gets a row in
    their trail.
    """
    caller.need("candidates:read")
    rows = _looked_up(house, text.strip())[:MOST_FOUND]
    house.trail.add(None, who(caller), Did.FOUND, [row["_id"] for row in rows])
    return _with_visits(house, rows)


def page(caller: Caller, house: House, args: Mapping[str, Any]) -> Document:
    """A page of the candidates of one service centre (``args["centre"]``, by default the caller's own), by number.

    Officers see the register of their own centre; of no centre, those who belong to none. A system of the province that
    names no centre gets the candidates of all.

    Raises:
        OtherRegister: an officer asks for the register of another centre.
    """
    caller.need("candidates:read")
    centre = args.get("centre") or caller.centre
    if caller.kind in STAFF and centre != caller.centre:
        raise OtherRegister()
    everybody = centre is None and caller.kind not in STAFF
    found = house.candidates.page(centre=centre, args=args, everybody=everybody)
    house.trail.add(None, who(caller), Did.LISTED, [row["_id"] for row in found["items"]])
    return {**found, "items": _with_visits(house, found["items"])}


def make_keys(house: House, job: Job) -> None:
    """Make everybody's name keys anew where an earlier release made them; until then some are not found by a name."""
    if not house.candidates.named.are_of(names.EDITION):
        house.candidates.named.make_all(names.EDITION, job.keep)


def _looked_up(house: House, text: str) -> list[Document]:
    if not text:
        return []
    digits = re.sub(r"[\s.\-]", "", text)
    if len(digits) == nik.LENGTH and digits.isascii() and digits.isdigit():
        return house.candidates.by_nik(digits)
    number = numbers.normal(text)
    if number and numbers.is_whole(text):
        return house.candidates.by_number(number)
    if begun := numbers.ranges(text, house.candidates.years()):
        return house.candidates.by_numbers(begun, MOST_FOUND)
    phone = phones.normal(text)
    if phone:
        return house.candidates.by_phone(phone)
    year = _BIRTH_YEAR.search(text)
    name = _BIRTH_YEAR.sub(" ", text) if year else text
    return _named(house, name, year[0] if year else None)


def _named(house: House, name: str, year: str | None) -> list[Document]:
    """People by name, the likest first. What is less sure is looked up only when what is surer found too few."""
    likely: dict[str, tuple[float, Document]] = {}
    for keys in _keys(name):
        for key in keys:
            for row in house.candidates.named.of_key(key, year, MOST_OF_A_KEY):
                score = names.likeness(name, row["full_name"])
                if score >= LIKE_ENOUGH:
                    likely[row["_id"]] = (score, row)
        if len(likely) >= MOST_FOUND:
            break
    ranked = sorted(likely.values(), key=lambda pair: (-pair[0], pair[1]["full_name"], pair[1]["number"]))
    return [row for _, row in ranked]


def _keys(name: str) -> Iterator[list[str]]:
    """The keys to look up, the surest first: the very name, two of its words, its beginning, the sound of a word."""
    yield names.whole(name)
    begun = names.beginnings(name)
    if not names.says_enough(name) and not begun:
        return
    yield [*names.pairs(name), *names.joined(name), *(f"{one}{other}" for one, other in names.split(name))]
    yield begun
    yield [key for key in (*names.firsts(name), *names.sounds(name)) if key not in begun]


def _with_visits(house: House, rows: list[Document]) -> list[Document]:
    """The rows with the moment at which somebody of the staff last had the person's page before them."""
    last = house.trail.visits([row["_id"] for row in rows])
    return [{**row, "last_visit": last.get(row["_id"])} for row in rows]
