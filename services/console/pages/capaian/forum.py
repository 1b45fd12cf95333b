"""`/capaian/forum`: the editions that were frozen for the accountability forum, and how its promises stand today."""

from flask.typing import ResponseReturnValue

from services.console.frame import Page, everybody, matching
from services.console.frame.tables import as_csv, as_json
from services.console.pages.capaian import words

page = Page(__name__, "/capaian/forum", public=True)

COLUMNS = ("text_id", "text_en", "who", "due", "kept_on", "state")


@page.get
def show() -> ResponseReturnValue:
    found = everybody(editions=matching.get("/v1/editions"), promises=matching.get("/v1/promises"))
    return page.render(editions=found["editions"], promises=found["promises"], words=words)


@page.file("/data.csv")
def data_csv() -> ResponseReturnValue:
    return as_csv("janji-forum", COLUMNS, _rows())


@page.file("/data.json")
def data_json() -> ResponseReturnValue:
    return as_json("janji-forum", COLUMNS, _rows(), source=words.SOURCE, licence=words.LICENCE)


def _rows() -> list[words.Body]:
    found = everybody(promises=matching.get("/v1/promises"))["promises"]
    found.must()
    return [{**one, "text_id": one["text"]["id"], "text_en": one["text"]["en"]} for one in found.items()]
