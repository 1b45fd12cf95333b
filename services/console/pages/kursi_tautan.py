"""`/angkatan/<id>/kursi`: make the link that asks "still six seats?" of whoever is at the place, and send it."""

from typing import Any
from urllib.parse import quote

from flask import current_app
from flask.typing import ResponseReturnValue

from services.console.frame import Form, Page, both, day, t, training
from services.console.frame.words import batch_name
from services.console.pages import kursi

page = Page(__name__, "/angkatan/<uuid:id>/kursi", needs=("batches:write",), roles=("provider",))


@page.get
def show(id: str) -> ResponseReturnValue:
    return page.render(batch=training.get(f"/v1/batches/{id}").ask().must(), form=Form(), link=None)


@page.post()
def make(id: str) -> ResponseReturnValue:
    """A new link each time; the old ones stay good until their day."""
    batch = training.get(f"/v1/batches/{id}").ask().must()
    form = Form()
    if not form.validate_on_submit():
        return page.render(batch=batch, form=form, link=None, status=422)
    made = training.post(f"/v1/batches/{id}/seat-links").ask()
    if not made.ok:
        form.refused(made)
        return page.render(batch=batch, form=form, link=None, status=409)
    link = current_app.extensions["console.url"] + kursi.page.url(id=id, slip=made.body["slip"])
    text = message(made.body, link)
    return page.render(
        batch=batch,
        form=form,
        link=link,
        until=made.body["valid_until"],
        text=text,
        whatsapp=f"https://wa.me/?text={quote(text)}",
    )


def message(question: dict[str, Any], link: str) -> str:
    """What goes out: course, batch, number of seats and the link; no person is in it."""
    return t(
        "{course}, {batch}, mulai {d}: masih {n} kursi kosong? Jawab di sini sampai {until}, tanpa kata sandi: {link}",
        "{course}, {batch}, from {d}: still {n} free seats? Answer here until {until}, without a password: {link}",
        course=both(question["title"]),
        batch=batch_name(question["number"]),
        d=day(question["starts"]),
        n=question["free"],
        until=day(question["valid_until"]),
        link=link,
    )
