"""For the routes: the house they belong to, and who is asking."""

from flask import Flask, current_app

from services.registry.actions.house import House
from shared.http.callers import current_caller

__all__ = ["current_caller", "house", "attach"]


def attach(app: Flask, rooms: House) -> None:
    """Give the application its rooms; done once, by ``create_app``."""
    app.extensions["registry.house"] = rooms


def house() -> House:
    """The rooms of the application that answers this request."""
    rooms: House = current_app.extensions["registry.house"]
    return rooms
