"""For every text that people read: Indonesian, unless the request prefers English."""

from flask import has_request_context, request


def wanted_language() -> str:
    """``id`` or ``en``, from ``Accept-Language``; Indonesian where nothing is said."""
    if not has_request_context():
        return "id"
    return request.accept_languages.best_match(["id", "en"], default="id") or "id"
