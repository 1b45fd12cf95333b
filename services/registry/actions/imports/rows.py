"""For judging and saving: what a row says that is not on record yet, put together with what is."""

from collections.abc import Callable, Mapping
from typing import Any

from services.registry.model import candidate, consents
from services.registry.schemas.sheet import Person
from shared.profiles import coding
from shared.sheets import Replacing
from shared.sheets.merging import itself, merged_list, parts_key
from shared.words import Words

Document = dict[str, Any]

_NAMES: Mapping[str, tuple[str, ...]] = {
    "skills": ("text", "source", "months"),
    "work_history": ("title", "months", "country"),
}
"""Parts of an entry that a person says; the rest of it are codes found for them."""


def _skill_key(skill: Mapping[str, Any]) -> Any:
    return itself(skill["text"] or skill.get("code") or next((one["code"] for one in skill.get("codes", ())), None))


def _job_key(job: Mapping[str, Any]) -> Any:
    return itself(job["title"] or job["isco08"]), job["country"]


_KEYS: Mapping[str, Callable[[Any], Any]] = {
    "skills": _skill_key,
    "work_history": _job_key,
    "languages": parts_key("language", "test"),
    "certificates": parts_key("kind", "scheme", "title", "isco08"),
    "training_hours": parts_key("isco08", "destination"),
    "prior_programmes": parts_key("kind", "field"),
    "wishes/isco08": itself,
    "wishes/destinations": itself,
    "wishes/available": parts_key("from"),
}
"""By which two entries of a list are the same."""


def declared(words: Words, before: Mapping[str, Any], person: Person) -> Document:
    """The declared fields that a row changes, whole: lists grow, and what it left empty stays as it was."""
    said = {name: value for name, value in person.body.items() if name in candidate.DECLARED and value is not None}
    for name in ("skills", "work_history"):
        if name in said:
            code = coding.skills if name == "skills" else coding.jobs
            said[name] = _coded(name, before.get(name), said[name], lambda new, code=code: code(words, new))  # type: ignore[misc]
    for name in _KEYS.keys() & said.keys():
        said[name] = _grown(name, before.get(name), said[name], person)
    if "education" in said:
        said["education"] = {"years": None, "field": None, **(before["education"] or {}), **said["education"]}
    if "wishes" in said:
        wishes = before["wishes"] or candidate.NO_WISHES
        grown = {
            part: _grown(f"wishes/{part}", wishes.get(part), value, person) if f"wishes/{part}" in _KEYS else value
            for part, value in said["wishes"].items()
        }
        said["wishes"] = {**wishes, **grown}
    return _emptied(said, before, person)


def _coded(name: str, before: Any, said: list[Any], code: Callable[[list[Any]], list[Any]]) -> list[Any]:
    """New entries with their codes; an entry that is on record keeps those that it has."""
    known = {_KEYS[name](entry): entry for entry in before or ()}
    found = []
    for entry in said:
        old = known.get(_KEYS[name](entry))
        same = old is not None and all(entry.get(part) in (None, old.get(part)) for part in _NAMES[name])
        found.append(old if same else code([entry])[0])
    return found


def _grown(name: str, before: Any, said: list[Any], person: Person) -> list[Any]:
    return merged_list(before, Replacing(said) if name in person.replaced else said, _KEYS[name])


def _emptied(said: Document, before: Mapping[str, Any], person: Person) -> Document:
    for pointer in person.erased:
        name, _, part = pointer.partition("/")
        if name not in candidate.DECLARED:
            continue
        if not part:
            said[name] = None
        else:
            whole = said.get(name) or before[name] or {}
            said[name] = {**whole, part: candidate.NO_WISHES.get(part) if name == "wishes" else None}
    return said


def consents_to_add(before: Mapping[str, Any], person: Person) -> list[Document]:
    """Loaded consents of a row that are news.

    A consent that was taken back stays so, unless the row's own consent names a later day: an old sheet that is sent
    again must not undo what a person decided.
    """
    added = []
    for consent in person.body["consents"]:
        rows = [row for row in before["consents"] if row["purpose"] == consent["purpose"]]
        if consents.open_consent(rows, consent["purpose"]):
            continue
        withdrawals = [row["withdrawn_at"] for row in rows if row["withdrawn_at"] is not None]
        if not rows or ("given_at" in consent and consent["given_at"] > max(withdrawals)):
            added.append(consent)
    return added


def requirements_to_set(before: Mapping[str, Any], person: Person) -> dict[str, Document]:
    """Loaded requirement records of a row that differ from what is on record, by code.

    Parts of an entry that are left out say nothing: they stay as they are on record.
    """
    changed = {}
    for record in person.body["requirements"]:
        said = {part: value for part, value in record.items() if part != "code"}
        known = before["requirements"].get(record["code"], {})
        whole = {part: known.get(part) if value is None else value for part, value in said.items()}
        if any(known.get(part) != value for part, value in whole.items()):
            changed[record["code"]] = whole
    return changed
