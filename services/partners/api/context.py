"""For the routes: the house they belong to, who is asking, and a document as everybody sees it."""

from typing import Any

from flask import Flask, current_app

from services.partners.actions.house import House
from services.partners.actions.waiting import Waiting
from shared.documents.mongo import Document
from shared.http.callers import current_caller

__all__ = ["current_caller", "house", "attach", "shown", "shown_page", "waiting"]


def attach(app: Flask, rooms: House, wait: Waiting) -> None:
    """Give the application its rooms; done once, by `create_app`."""
    app.extensions["partners.house"] = rooms
    app.extensions["partners.waiting"] = wait


def house() -> House:
    """The rooms of the application that answers this request."""
    rooms: House = current_app.extensions["partners.house"]
    return rooms


def waiting() -> Waiting:
    """The places of this process for those who wait."""
    places: Waiting = current_app.extensions["partners.waiting"]
    return places


def shown(document: Document) -> dict[str, Any]:
    """The document with its id under the name that visitors know."""
    return {**document, "id": document["_id"]}


def shown_page(page: Document) -> dict[str, Any]:
    """One page of a list, each of its documents as everybody sees it."""
    return {**page, "items": [shown(document) for document in page["items"]]}
