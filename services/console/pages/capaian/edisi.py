"""K5 `/capaian/forum/<tanggal>`: one edition as it was frozen, what changed since the one before, and its promises."""

from flask import Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from services.console.frame import Page, ToldByHouse, everybody, matching
from services.console.frame.tables import as_csv, as_json
from services.console.pages.capaian import words

page = Page(__name__, "/capaian/forum/<tanggal>", public=True)


@page.get
def show(tanggal: str) -> ResponseReturnValue:
    told = _asked(tanggal)
    edition = told.must()
    before = edition.get("before") or {}
    return page.render(
        edition=edition,
        told=told,
        words=words,
        earlier={one["code"]: one for one in before.get("measures", [])},
        places=[one["place"] for one in edition["figures"]["measures"][0]["cells"]],
    )


@page.file("/edisi.pdf")
def paper(tanggal: str) -> ResponseReturnValue:
    """The same on two sheets, as PDF/UA, for the table of the meeting."""
    from services.console.pdf.edition import edition_paper

    edition = _asked(tanggal).must()
    url = f"{current_app.extensions['console.url']}{page.url(tanggal=tanggal)}"
    headers = {"Content-Disposition": f"inline; filename=forum-{tanggal}.pdf"}
    digest, made = edition_paper(edition, url=url)
    answer = Response(made, mimetype="application/pdf", headers=headers)
    answer.set_etag(digest)
    return answer.make_conditional(request)


@page.file("/data.csv")
def data_csv(tanggal: str) -> ResponseReturnValue:
    columns, rows = _table(tanggal)
    return as_csv(f"forum-{tanggal}", columns, rows)


@page.file("/data.json")
def data_json(tanggal: str) -> ResponseReturnValue:
    columns, rows = _table(tanggal)
    corrections = _asked(tanggal).must()["corrections"]
    about = {"source": words.SOURCE, "licence": words.LICENCE, "corrections": corrections}
    return as_json(f"forum-{tanggal}", columns, rows, **about)


def _asked(tanggal: str) -> ToldByHouse:
    if len(tanggal) != 10 or not tanggal.replace("-", "").isdigit():
        abort(404)
    return everybody(edition=matching.get(f"/v1/editions/{tanggal}"))["edition"]


def _table(tanggal: str) -> tuple[list[str], list[words.Body]]:
    measures = _asked(tanggal).must()["figures"]["measures"]
    codes = [one["code"].lower() for one in measures]
    rows: list[words.Body] = [
        {
            "place_code": cell["place"],
            "place": words.where(cell["place"]),
            **{one["code"].lower(): words.cell_of(one, cell["place"])["count"] for one in measures},
        }
        for cell in measures[0]["cells"]
    ]
    return ["place_code", "place", *codes], rows
