"""The skills that an order asks for, in words, one a line: those that must be there, and those that help.

A skill that was sent as a code without words stays as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

Skill = Mapping[str, Any]
FIELDS = {"skills_must": True, "skills_nice": False}
"""A field → whether its skills are essential."""


def changed(form: Any, known: Sequence[Skill]) -> list[Skill] | None:
    """The skills to be sent; None where the form says what is on record. In ``form.skilled`` where each stands."""
    typed = {name: list(form[name].data or ()) for name in FIELDS}
    form.skilled = {}
    before = filled(known)
    if all(not form[name].raw_data or typed[name] == before[name] for name in FIELDS):
        return None
    found: list[Skill] = [
        {"code": one["code"], "essential": one["essential"]} for one in known if not one.get("text") and one["code"]
    ]
    for name, essential in FIELDS.items():
        for text in typed[name] if form[name].raw_data else before[name]:
            if essential or text not in typed["skills_must"]:
                form.skilled |= {f"/skills/{len(found)}{part}": name for part in ("", "/text", "/code")}
                found.append({"text": text, "essential": essential})
    return found


def filled(known: Sequence[Skill]) -> dict[str, list[str]]:
    """The lines of the fields from the skills on record."""
    return {
        name: list(
            dict.fromkeys(_line(one["text"]) for one in known if one.get("text") and one["essential"] is essential)
        )
        for name, essential in FIELDS.items()
    }


def _line(text: str) -> str:
    return " ".join(text.split()).strip(" ,;")
