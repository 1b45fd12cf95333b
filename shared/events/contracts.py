"""Outbox and listener check payloads here against ``shared/contracts/<owner>/<name>.v1.schema.json``.

Producers are closed: an unknown field is our own mistake and is refused when it is written. Consumers are open: an
unknown field is a newer producer and is ignored. Both variants are made from the one schema, so its author need not
think of either.
"""

import json
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fastjsonschema

from shared.events.envelope import schema_name

FOLDER = Path(__file__).parent.parent / "contracts"

# fastjsonschema reads draft 7 and passes over newer words in silence, which would let anything through.
_NOT_UNDERSTOOD = ("unevaluatedProperties", "unevaluatedItems", "dependentRequired", "dependentSchemas", "prefixItems")
# Words that say nothing of a value of another type (JSON Schema 2020-12, validation, section 6 and core, section 10.3).
_OF_ONE_TYPE = (
    *("title", "description"),
    *("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"),
    *("minLength", "maxLength", "pattern"),
    *("items", "minItems", "maxItems", "uniqueItems"),
    *("properties", "required", "additionalProperties", "patternProperties", "minProperties", "maxProperties"),
)
_BESIDE_REF = {"$ref", "title", "description", "$comment"}
_FORMATS = {"uuid": r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z"}
# Keys below which names are data or lists of names, not schemas.
_NAMES_BELOW = ("properties", "$defs", "definitions", "patternProperties")
_DATA_BELOW = ("enum", "const", "default", "examples", "required")


class ContractMissing(Exception):
    """A topic has no schema, or one that cannot be checked here; the text names the file."""


class Refused(Exception):
    """A payload breaks its contract. The text names the place and the rule, never the value."""


def check_said(topic: str, data: dict[str, Any]) -> None:
    """Check what this house is about to say; unknown fields are refused.

    Raises:
        Refused: the payload breaks the contract.
        ContractMissing: the topic has none.
    """
    _check(_validator(topic, closed=True), topic, data)


def check_said_together(topic: str, documents: Sequence[dict[str, Any]], *, alike: str) -> None:
    """As :func:`check_said` for many. What stands under ``alike``, a list, is checked once where it is made of the very
    same objects: of a thousand documents that differ in little else most of the work is that list.

    Raises:
        Refused: a payload breaks the contract.
    """
    checked: set[tuple[int, ...]] = set()
    for data in documents:
        parts = tuple(map(id, data[alike]))
        check_said(topic, {**data, alike: []} if parts in checked else data)
        checked.add(parts)


def check_heard(topic: str, data: dict[str, Any]) -> None:
    """Check what another house said; unknown fields are ignored.

    Raises:
        Refused: the payload breaks the contract.
        ContractMissing: the topic has none.
    """
    _check(_validator(topic, closed=False), topic, data)


def check_present(topic: str) -> None:
    """Find out at the start, not at the first record, that a topic has no contract.

    Raises:
        ContractMissing: with the file that should be there.
    """
    _validator(topic, closed=False)


@cache
def texts(topic: str) -> dict[str, dict[str, dict[str, str]]]:
    """The sentences behind the text codes of a topic, from ``<name>.v1.texts.json`` beside its schema.

    Code → ``{"text": {"id", "en"}, "next_action": {"id", "en"}}``; a code of a newer producer is not in it.

    Raises:
        ContractMissing: the topic has no such file.
    """
    path = FOLDER / schema_name(topic).replace(".schema.json", ".texts.json")
    try:
        found: dict[str, dict[str, dict[str, str]]] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContractMissing(f"{topic} needs its texts in {path}: {error}") from error
    return found


def _or_null_in_one(node: dict[str, Any]) -> dict[str, Any]:
    """``anyOf: [something of one type, null]`` said as one type: checked without a failed attempt for each null.

    The words that stay concern their own type only, so a null passes them.
    """
    if node.keys() != {"anyOf"} or len(node["anyOf"]) != 2 or {"type": "null"} not in node["anyOf"]:
        return node
    (other,) = [one for one in node["anyOf"] if one != {"type": "null"}] or [{}]
    if not isinstance(other.get("type"), str) or not other.keys() <= {"type", *_OF_ONE_TYPE}:
        return node
    return {**other, "type": [other["type"], "null"]}


def _check(validate: Callable[[Any], Any], topic: str, data: dict[str, Any]) -> None:
    try:
        validate(data)
    except fastjsonschema.JsonSchemaValueException as error:
        place = re.sub(r"^data\.?", "", error.name or "") or "the payload"
        raise Refused(f"{topic}: {place} breaks the rule {error.rule!r} of its contract.") from None


@cache
def _validator(topic: str, *, closed: bool) -> Callable[[Any], Any]:
    path = FOLDER / schema_name(topic)
    try:
        schema = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ContractMissing(f"{topic} needs its contract in {path}: {error}") from error
    # use_default: a check must not fill in what was not said.
    compiled: Callable[[Any], Any] = fastjsonschema.compile(
        _variant(schema, closed, path), formats=_FORMATS, use_default=False
    )
    return compiled


def _variant(node: Any, closed: bool, path: Path) -> Any:
    """The schema with ``additionalProperties: false`` put into (closed) or taken out of (open) every object."""
    if isinstance(node, list):
        return [_variant(each, closed, path) for each in node]
    if not isinstance(node, dict):
        return node
    for word in _NOT_UNDERSTOOD:
        if word in node:
            raise ContractMissing(f"{path}: {word} is not understood by the check at run time; say it another way.")
    if "$ref" in node and not node.keys() <= _BESIDE_REF:
        raise ContractMissing(f"{path}: what stands beside a $ref is passed over at run time; put it into the target.")
    new = {}
    for word, below in node.items():
        if word in _DATA_BELOW:
            new[word] = below
        elif word in _NAMES_BELOW:
            new[word] = {name: _variant(each, closed, path) for name, each in below.items()}
        else:
            new[word] = _variant(below, closed, path)
    new = _or_null_in_one(new)
    if "properties" in new:
        if closed:
            new.setdefault("additionalProperties", False)
        elif new.get("additionalProperties") is False:
            del new["additionalProperties"]
    return new
