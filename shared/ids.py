"""Whoever makes a new thing gets its name here: a random UUID, version 4, never reused.

Version 4 and not 7, because a version 7 id would tell everybody on the wire when a person registered.
"""

import re
import uuid

_SHAPE = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new() -> str:
    """A new id, 36 characters, lower case."""
    return str(uuid.uuid4())


def is_id(text: object) -> bool:
    """True for text in exactly the form that :func:`new` gives."""
    return isinstance(text, str) and _SHAPE.fullmatch(text) is not None
