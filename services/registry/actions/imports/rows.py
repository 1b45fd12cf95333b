"""For judging and saving: what a row says that is not on record yet."""

from collections.abc import Mapping
from typing import Any

from services.registry.model import candidate, consents

Document = dict[str, Any]


def declared(before: Document, body: Mapping[str, Any]) -> Document:
    """The declared fields of a row, whole: parts of schooling and wishes that it left empty stay as they were."""
    said = {name: value for name, value in body.items() if name in candidate.DECLARED}
    if "education" in said:
        said["education"] = {"years": None, "field": None, **(before["education"] or {}), **said["education"]}
    if "wishes" in said:
        said["wishes"] = {**before["wishes"], **said["wishes"]}
    return said


def consents_to_add(before: Document, body: Mapping[str, Any]) -> list[Document]:
    """Loaded consents of a row that are news.

    A consent that was taken back stays so, unless the row's own consent names a later day: an old sheet that is sent
    again must not undo what a person decided.
    """
    added = []
    for consent in body["consents"]:
        rows = [row for row in before["consents"] if row["purpose"] == consent["purpose"]]
        if consents.open_consent(rows, consent["purpose"]):
            continue
        if not rows or ("given_at" in consent and consent["given_at"] > max(row["withdrawn_at"] for row in rows)):
            added.append(consent)
    return added


def requirements_to_set(before: Document, body: Mapping[str, Any]) -> dict[str, Document]:
    """Loaded requirement records of a row that differ from what is on record, by code."""
    changed = {}
    for record in body["requirements"]:
        said = {part: value for part, value in record.items() if part != "code"}
        known = before["requirements"].get(record["code"], {})
        if any(known.get(part) != value for part, value in said.items()):
            changed[record["code"]] = said
    return changed
