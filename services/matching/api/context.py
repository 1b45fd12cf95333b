"""For the routes: the house they belong to, who is asking, and in which language."""

from typing import Any

from flask import Flask, current_app

from services.matching.actions.house import House
from shared.http.callers import current_caller
from shared.http.language import wanted_language

__all__ = ["current_caller", "house", "in_words", "attach"]


def attach(app: Flask, rooms: House) -> None:
    """Give the application its rooms; done once, by `create_app`."""
    app.extensions["matching.house"] = rooms


def house() -> House:
    """The rooms of the application that answers this request."""
    rooms: House = current_app.extensions["matching.house"]
    return rooms


def in_words(asked: dict[str, Any]) -> dict[str, Any]:
    """The question with its language: what `lang` says, else what the request prefers."""
    return {**asked, "lang": asked.get("lang") or wanted_language()}
