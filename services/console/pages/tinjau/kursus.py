"""`/tinjau/kursus/<id>`: one course before the reviewer: approve it, or reject it with a reason; record before that
the accreditation of its programme where none is on record."""

import time
from typing import Any

from flask.typing import ResponseReturnValue
from wtforms.validators import InputRequired

from services.console.frame import Answer, DayField, Form, Page, already, notice, t, training
from services.console.pages.kursus import REASONS, reviewed
from services.console.pages.tinjau.memutuskan import decide, stands
from services.console.pages.tinjau.menolak import Decide, Reject

HEARD_AFTER_SECONDS = (0.05, 0.1, 0.2)
"""The provider tells its courses within a tenth of a second; whoever presses waits no longer than for any page."""

page = Page(__name__, "/tinjau/kursus/<uuid:id>", needs=("courses:review",))


class Accredited(Form):
    """From which day the programme is accredited, and until when; no end where the decree names none."""

    accredited_from = DayField()
    until = DayField()

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.accredited_from.label.text = t("Terakreditasi sejak", "Accredited from")
        missing = t("Ketik tanggal mulainya seperti 8/12/2026.", "Type the first day like 8/12/2026.")
        self.accredited_from.validators = [InputRequired(missing)]
        self.until.label.text = t("Berlaku sampai", "Valid until")


@page.get
def show(id: str) -> ResponseReturnValue:
    return _render(training.get(f"/v1/courses/{id}").ask())


@page.post("/setujui")
def approve(id: str) -> ResponseReturnValue:
    """Published from now on."""
    return _decide(id, Decide(), t("Kursus disetujui.", "The course was approved."))


@page.post("/tolak")
def reject(id: str) -> ResponseReturnValue:
    """Its provider reads why."""
    said = t("Kursus ditolak; lembaganya membaca alasannya.", "The course was rejected; its provider reads why.")
    return _decide(id, Reject(REASONS), said)


@page.post("/akreditasi")
def accredit(id: str) -> ResponseReturnValue:
    """The provider keeps it; its courses of this programme are told again a moment later."""
    asked, form = training.get(f"/v1/courses/{id}").ask(), Accredited()
    course = asked.must()
    if course["accreditation"]:
        already()
        return page.go(id=id)
    if not form.validate_on_submit() or form.accredited_from.data is None:
        return _render(asked, accrediting=form, status=422)
    path = f"/v1/providers/{course['provider_id']}"
    found = training.get(path).ask()
    given = {
        "programme": course["programme"],
        "from": form.accredited_from.data.isoformat(),
        "until": form.until.data.isoformat() if form.until.data else None,
    }
    before = found.must()["accreditations"]
    known = [*before, given]
    twice = any({name: one.get(name) for name in given} == given for one in before)
    done = found if twice else training.patch(path, {"accreditations": known}, if_match=found.version).ask()
    if not done.ok:
        at = f"/accreditations/{len(known) - 1}"
        form.refused(done, {f"{at}/from": "accredited_from", f"{at}/until": "until"})
        return _render(asked, accrediting=form, status=409)
    if _heard(id):
        said = t("Akreditasi tercatat. Kursusnya bisa disetujui.", "Accredited. The course can be approved.")
    else:
        said = t(
            "Akreditasi tercatat. Muat ulang sebentar lagi, lalu setujui kursusnya.",
            "The accreditation is recorded. Reload in a moment, then approve the course.",
        )
    notice(said)
    return page.go(id=id)


def _heard(id: str) -> bool:
    """Whether the course knows of its accreditation, told to it a moment after the provider; waits for it a little."""
    for wait in HEARD_AFTER_SECONDS:
        time.sleep(wait)
        if training.get(f"/v1/courses/{id}").ask().or_empty().get("accreditation"):
            return True
    return False


def _decide(id: str, form: Decide, said: str) -> ResponseReturnValue:
    return decide(
        page,
        training,
        f"/v1/courses/{id}",
        "review",
        form,
        yes="APPROVED",
        said=said,
        show=_render,
        borne=lambda course: stands(course["review"]["state"], course["review"].get("reason")),
    )


def _render(
    asked: Answer, form: Decide | None = None, status: int = 200, *, accrediting: Accredited | None = None
) -> ResponseReturnValue:
    course = asked.must()
    return page.render(
        course=course,
        state=reviewed(course),
        batches=training.get(f"/v1/courses/{course['id']}/batches", limit=25).ask(),
        form=accrediting or form or Decide(),
        accrediting=None if course["accreditation"] else accrediting or Accredited(),
        approving=Decide().of(course),
        rejecting=(form if isinstance(form, Reject) else Reject(REASONS)).of(course),
        status=status,
    )
