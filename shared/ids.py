"""Whoever makes a new thing gets its name here: a random UUID, version 4, never reused.

Version 4 and not 7, because a version 7 id would tell everybody on the wire when a person registered.
"""

import hashlib
import re
import uuid
from collections.abc import Iterable

_SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new() -> str:
    """A new id, 36 characters, lower case."""
    return str(uuid.uuid4())


def is_id(text: object) -> bool:
    """True for text in exactly the form that :func:`new` gives."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None


def digest_of(names: Iterable[str]) -> str:
    """One name for a set of names, 32 hexadecimal digits: two houses that know the same set make the same digest."""
    return hashlib.sha256("\n".join(sorted(names)).encode()).hexdigest()[:32]
