"""For every PATCH: what is sent is merged into what stands there (RFC 7396), so it changes what it says and no more.

``@merges_into(...)`` stands between ``@blp.etag`` and ``@blp.arguments``; the parser merges before it judges, so that
the schema sees whole objects and a refusal points to where the sender wrote. Two senders who read the same version
cannot mix: the action compares the version that ``If-Match`` names in the transaction that writes.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from flask import g
from marshmallow import Schema, fields

Document = Mapping[str, Any]
_TARGET = "merge_target"


def merges_into(current: Callable[..., Document | None]) -> Callable[[Any], Any]:
    """The body of this view is merged into ``current(**path)``: the document in the form in which it is sent, or None
    where there is none (the action will say so).
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def merging(*args: Any, **path: Any) -> Any:
            setattr(g, _TARGET, lambda: current(**path))
            return view(*args, **path)

        return merging

    return decorate


def merged_into_target(schema: Schema, patch: Any) -> Any:
    """The body of the running request, merged where its view asked for it; any other body as it came."""
    target = getattr(g, _TARGET, None)
    if target is None or not isinstance(patch, dict) or not any(isinstance(value, dict) for value in patch.values()):
        return patch
    stood = target()
    return patch if stood is None else merged_members(schema, stood, patch)


def merged_members(schema: Schema, stood: Document, patch: dict[str, Any]) -> dict[str, Any]:
    """``patch`` with each object in it completed by what stands there; members that it does not name stay unnamed."""
    known = {field.data_key or name: field for name, field in schema.fields.items()}
    return {
        name: _merged(known[name], stood.get(known[name].attribute or name), value) if name in known else value
        for name, value in patch.items()
    }


def _merged(field: fields.Field[Any], stood: Any, value: Any) -> Any:
    if not isinstance(value, dict) or not isinstance(stood, Mapping):
        return value
    own: Callable[[Document, dict[str, Any]], Any] | None = getattr(field, "merged", None)
    if own is not None:
        return own(stood, value)
    if isinstance(field, fields.Nested) and isinstance(field.schema, Schema):
        return _object(field.schema, stood, value)
    return {**{name: part for name, part in stood.items() if part is not None}, **value}


def _object(schema: Schema, stood: Document, patch: dict[str, Any]) -> dict[str, Any]:
    """RFC 7396 for one object: a member that is null goes, unless null is one of its values."""
    whole: dict[str, Any] = {}
    known = {field.data_key or name: field for name, field in schema.fields.items()}
    for name, field in known.items():
        kept = stood.get(field.attribute or name)
        if field.dump_only or (kept is None and not (field.allow_none and (field.attribute or name) in stood)):
            continue
        whole[name] = kept
    for name, value in merged_members(schema, stood, patch).items():
        if value is None and name in known and not known[name].allow_none:
            whole.pop(name, None)
        else:
            whole[name] = value
    return whole
