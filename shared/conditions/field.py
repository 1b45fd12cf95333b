"""For schemas with requirements or prerequisites: a tree of conditions as one field that refuses with pointers.

First the shape, which ends at once for a tree of ten thousand leaves or fifty levels; then every leaf against the
schema of its kind; then whether anybody could meet it all. A tree that passes comes back with every member that its
kinds have, so that it can go into a document and an event as it is.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from marshmallow import ValidationError, fields

from shared.conditions import shape
from shared.conditions.leaves import KINDS, read_leaf
from shared.conditions.sentences import SENTENCES
from shared.http.faults import Complaint
from shared.http.problems import Text

Complaints = Sequence[tuple[shape.Path, Complaint]]


class Tree(fields.Field[dict[str, Any]]):
    """``{"all": [...]}``, ``{"any": [...]}`` or a leaf such as ``{"kind": "age", "min": 21, "max": 45}``."""

    def __init__(self, **more: Any) -> None:
        more["metadata"] = {
            "type": "object",
            "description": f"all/any over leaves of the kinds {', '.join(KINDS)}; at most {shape.MAX_DEPTH} levels and "
            f"{shape.MAX_LEAVES} leaves.",
            "example": {"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SMP"}]},
            **more.get("metadata", {}),
        }
        super().__init__(**more)

    def merged(self, stood: Mapping[str, Any], patch: dict[str, Any]) -> dict[str, Any]:
        """A leaf of the same kind is completed by what stands there (RFC 7396); any other tree replaces it, because
        all, any and the kinds exclude each other.
        """
        if "kind" not in stood or "all" in patch or "any" in patch or patch.get("kind", stood["kind"]) != stood["kind"]:
            return patch
        return {name: value for name, value in {**stood, **patch}.items() if value is not None}

    def _deserialize(
        self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any
    ) -> dict[str, Any]:
        _stop_at(_said(shape.shape(value)))
        tree, complaints = _read(value, ())
        _stop_at(complaints)
        _stop_at(_said(shape.contradictions(tree)))
        return tree


def _read(node: Mapping[str, Any], path: shape.Path) -> tuple[dict[str, Any], list[tuple[shape.Path, Complaint]]]:
    """A tree of good shape with its leaves loaded, and what is wrong with them."""
    for word in ("all", "any"):
        if word in node:
            parts = [_read(child, (*path, word, at)) for at, child in enumerate(node[word])]
            return {word: [tree for tree, _ in parts]}, [one for _, complaints in parts for one in complaints]
    leaf, complaints = read_leaf(node)
    return leaf, [((*path, *place), complaint) for place, complaint in complaints]


def _said(findings: Sequence[shape.Finding]) -> list[tuple[shape.Path, Complaint]]:
    return [(finding.path, _complaint(finding)) for finding in findings]


def _complaint(finding: shape.Finding) -> Complaint:
    message, fix = SENTENCES[finding.code]
    return Complaint(finding.code, _filled(message, finding.values), _filled(fix, finding.values))


def _filled(text: Text, values: Mapping[str, Any]) -> Text:
    return {lang: sentence.format(**values) for lang, sentence in text.items()}


def _stop_at(complaints: Complaints) -> None:
    """Raise what is wrong, nested the way marshmallow nests it, so that every complaint gets its pointer."""
    if not complaints:
        return
    messages: dict[Any, Any] = {}
    for path, complaint in complaints:
        node = messages
        for part in path:
            node = node.setdefault(part, {})
        node.setdefault("_schema", []).append(complaint)
    raise ValidationError(messages if any(path for path, _ in complaints) else messages["_schema"])
