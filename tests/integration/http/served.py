"""The process that ``test_server`` starts: a bakery behind gunicorn, as a house's ``web`` command does it."""

import os
import sys
import time
from typing import Any

from flask import Flask, request

from shared import logs
from shared.http import uploads
from shared.http.app import make_app
from shared.http.blueprints import Blueprint
from shared.http.callers import public
from shared.http.fields import Text
from shared.http.server import serve
from shared.settings import Common, read


def create() -> Flask:
    from marshmallow import Schema

    class Loaf(Schema):
        name = Text(60, required=True)

    blp = Blueprint("loaves", __name__)

    @blp.route("/v1/loaves", methods=["POST"])
    @public
    @blp.arguments(Loaf)
    @blp.response(201, Loaf)
    def bake(body: dict[str, Any]) -> Any:
        return body

    @blp.route("/v1/sheets", methods=["POST"])
    @public
    @blp.response(201)
    def sheet() -> Any:
        return {"bytes": len(uploads.take(request).content)}

    @blp.route("/v1/slow")
    @public
    @blp.response(200)
    def slow() -> Any:
        time.sleep(1.5)
        return {"slept": True}

    @blp.route("/v1/who")
    @public
    @blp.response(200)
    def who() -> Any:
        return {"pid": os.getpid(), "kafka": "kafka" in sys.modules}

    return make_app(house="bakery", version="1", settings=SETTINGS, blueprints=[blp], pings={})


if __name__ == "__main__":
    SETTINGS = read(Common, os.environ)
    logs.setup(house="bakery", process="web")
    serve(create, SETTINGS)
