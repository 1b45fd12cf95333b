"""For the routes: the house they belong to, and who is asking."""

from typing import Any

from flask import Flask, current_app, request

from services.placement.actions.house import House
from shared.http.callers import current_caller
from shared.http.conditional import if_match

__all__ = ["current_caller", "house", "if_match", "attach", "seen_version", "shown"]


def attach(app: Flask, rooms: House) -> None:
    """Give the application its rooms; done once, by ``create_app``."""
    app.extensions["placement.house"] = rooms


def house() -> House:
    """The rooms of the application that answers this request."""
    rooms: House = current_app.extensions["placement.house"]
    return rooms


def seen_version() -> int | None:
    """For steps such as "verify" that need no ``If-Match``: the version that the caller looked at, if they say so."""
    return if_match() if request.headers.get("If-Match") else None


def shown(document: dict[str, Any]) -> dict[str, Any]:
    """A document with its id under the name that visitors know."""
    return {**document, "id": document["_id"]}
