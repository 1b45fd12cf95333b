"""A correction of schooling and work, laid over what is on record: a line left as it is keeps all that it says.

The form shows of a job its name and how long, and of languages, certificates, hours and programmes the first one (of
those that its list knows). Lists are replaced whole by the registry, so what the form does not show goes along
untouched: the country of a job, what a certificate is called.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from services.console.frame.recorded import as_they_stood
from services.console.pages.calon import baris
from shared.codes import schemes

Body = dict[str, Any]

PARTS: Mapping[str, tuple[str, ...]] = {
    "skills": ("text", "code", "source", "months"),
    "work_history": ("title", "isco08", "months", "country"),
    "certificates": ("kind", "scheme", "title", "isco08", "number", "issuer", "valid_from", "valid_until"),
    "languages": ("language", "test", "result", "cefr", "valid_until"),
    "training_hours": ("isco08", "destination", "hours"),
    "prior_programmes": ("kind", "field", "finished"),
}
"""What an entry of each list may say; the rest of what the registry shows is found out by it."""


def own(person: Body, name: str) -> list[Body]:
    """The entries that the person declared. What an enrolment gave is the provider's to change."""
    return [one for one in person.get(name) or () if not one.get("enrolment")]


def at_home(one: Body) -> bool:
    return bool(one["source"] == "HOME")


def shown_certificate(person: Body) -> Body:
    """The one that the form is about: the first of a scheme that its list has."""
    return next((one for one in own(person, "certificates") if one.get("scheme") in schemes.KNOWN), {})


def shown_language(person: Body) -> Body:
    """The one that the form is about: the first that its list has."""
    return next((one for one in own(person, "languages") if one["language"] in baris.LANGUAGES), {})


def shown_first(person: Body, name: str) -> Body:
    """Of hours and programmes: the first."""
    return next(iter(own(person, name)), {})


def background(typed: Body, person: Body) -> Body:
    """The changes that a form asks for (:meth:`~.isian.Background.profile`), with what it does not show as it was."""
    found = dict(typed)
    skills = own(person, "skills")
    groups = ([one for one in skills if at_home(one)], [one for one in skills if not at_home(one)])
    lines = ([one for one in typed["skills"] if at_home(one)], [one for one in typed["skills"] if not at_home(one)])
    found["skills"] = [
        row for known, said in zip(groups, lines, strict=True) for row in _lines(said, known, "skills", "text")
    ]
    found["work_history"] = _lines(typed["work_history"], own(person, "work_history"), "work_history", "title")
    found["certificates"] = _one(
        typed.get("certificates"), own(person, "certificates"), shown_certificate(person), "certificates", "scheme"
    )
    found["languages"] = _one(
        typed.get("languages"), own(person, "languages"), shown_language(person), "languages", "language"
    )
    for name, key in (("training_hours", "isco08"), ("prior_programmes", "kind")):
        if name in typed:
            found[name] = _one(typed[name], own(person, name), shown_first(person, name), name, key)
    # Nobody asked, and nobody has asked now: that stays so.
    return {name: value for name, value in found.items() if value or name not in PARTS or person.get(name) is not None}


def wishes(typed: Body, known: Body) -> Body:
    """The wishes of the form: what is on record keeps its order, the first wish first."""
    found = dict(typed)
    for name in ("isco08", "destinations"):
        found[name] = as_they_stood(typed[name], known.get(name))
    return found


def _lines(said: Sequence[Body], known: Sequence[Body], name: str, words: str) -> list[Body]:
    """Each line, as the entry of the same words where there is one."""
    left = list(known)
    rows = []
    for line in said:
        as_shown = [(line[words], line["months"])]
        same = next((one for one in left if baris.lines(baris.written([one], words)) == as_shown), None)
        longer = same or next((one for one in left if baris.words_of(one, words) == line[words]), None)
        if longer is None:
            rows.append(line)
        else:
            left.remove(longer)
            rows.append(_entry(longer, name) if same else {**_entry(longer, name), "months": line["months"]})
    return rows


def _one(said: Sequence[Body] | None, known: Sequence[Body], shown: Body, name: str, key: str) -> list[Body]:
    """The list with the entry of the form in the place of the one that it showed."""
    rest = [_entry(one, name) for one in known if one is not shown]
    if not said:
        return rest
    (new,) = said
    if shown and shown[key] == new[key]:
        new = {**_entry(shown, name), **{part: value for part, value in new.items() if part != "kind"}}
        return [new if one is shown else _entry(one, name) for one in known]
    return [new, *rest]


def _entry(one: Body, name: str) -> Body:
    return {part: one[part] for part in PARTS[name] if one.get(part) is not None}
