"""`/kursi/<batch>/<slip>`: "still six seats?", by a signed link and without signing in. One question, one answer.

Whoever holds the link sees the course, its days and numbers of seats: nothing of anybody. Whether it is genuine and
still good, the training house says.
"""

from typing import Any

from flask.typing import ResponseReturnValue
from wtforms import HiddenField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from services.console.frame import Form, NotAnswered, NumberField, Page, t, training

page = Page(__name__, "/kursi/<uuid:id>/<slip>", public=True, fresh=True)

Body = dict[str, Any]
LONGEST = 1000


class Seats(Form):
    """Yes, or another number. ``asked``: how many the page asked about, for a yes is a yes to that."""

    asked = HiddenField()
    still = RadioField()
    free = NumberField()

    def __init__(self, known: int) -> None:
        super().__init__()
        self.known = known
        self.still.label.text = t("Masih {n} kursi kosong?", "Still {n} free seats?", n=known)
        self.still.choices = [
            ("yes", t("Ya, masih {n}", "Yes, still {n}", n=known)),
            ("no", t("Tidak, jumlahnya lain", "No, another number")),
        ]
        self.still.validators = [InputRequired(t("Pilih satu jawaban.", "Choose an answer."))]
        self.free.label.text = t("Kursi kosong sekarang", "Free seats now")
        number = t("Ketik angka 0 sampai 500.", "Type a number from 0 to 500.")
        self.free.validators = [
            InputRequired(number) if self.still.data == "no" else Optional(),
            NumberRange(min=0, max=500, message=number),
        ]

    @property
    def answer(self) -> int:
        return self.known if self.still.data == "yes" else int(self.free.data or 0)

    def other_number(self) -> bool:
        """Whether "yes" was said to a number that stands no more; says so, and asks about the new one."""
        if self.still.data != "yes" or not self.asked.data or self.asked.data == str(self.known):
            return False
        self.still.data = None
        self.still.errors = [
            t(
                "Jumlahnya sudah berubah menjadi {n} sejak halaman ini dibuka. Pilih sekali lagi.",
                "The number has become {n} since this page was opened. Choose once more.",
                n=self.known,
            )
        ]
        return True


@page.get
def show(id: str, slip: str) -> ResponseReturnValue:
    return _render(id, slip)


@page.post()
def answer(id: str, slip: str) -> ResponseReturnValue:
    """Confirms or corrects; the page then thanks, and sent twice it is the same."""
    asked = _asked(id, slip)
    if not asked.ok:
        return _render(id, slip)
    form = Seats(asked.body["free"])
    if not form.validate_on_submit():
        return _render(id, slip, form, status=422)
    if form.other_number():
        return _render(id, slip, form, status=409)
    done = training.post(_path(id, slip), {"free": form.answer}).ask()
    if done.ok:
        return page.render(question=done.body, form=None, refused=None, thanks=True)
    if done.status in (404, 410):
        return page.render(question=None, form=None, refused=done.body, thanks=False, status=done.status)
    form.refused(done)
    return _render(id, slip, form, status=409 if done.status == 409 else 422)


def _render(id: str, slip: str, form: Seats | None = None, status: int = 200) -> ResponseReturnValue:
    asked = _asked(id, slip)
    if asked.status in (404, 410):
        return page.render(question=None, form=None, refused=asked.body, thanks=False, status=asked.status)
    if not asked.ok:
        raise NotAnswered(asked)
    chosen = form or Seats(asked.body["free"])
    return page.render(question=asked.body, form=chosen, refused=None, thanks=False, slip=slip, status=status)


def _asked(id: str, slip: str) -> Any:
    return training.get(_path(id, slip)).ask()


def _path(id: str, slip: str) -> str:
    """Only signs that a slip may have, so that no other address of the house is reached."""
    safe = "".join(sign for sign in slip if (sign.isascii() and sign.isalnum()) or sign in "._-")[:LONGEST]
    return f"/v1/seat-links/{id}/{safe.strip('.') or 'x'}"
