"""`/calon/<id>/gabung`: two records of one person become one: first both side by side and what happens."""

from typing import Any
from uuid import UUID

from flask import redirect, request
from flask.typing import ResponseReturnValue
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import DataRequired, Length

from services.console.frame import Answer, Form, Page, already, notice, registry, shared_screen, t, together
from services.console.pages.calon import buka, halaman, tersimpan
from services.console.pages.calon.cari import MOST_FOUND, SEARCH_SECONDS

page = Page(__name__, "/calon/<uuid:id>/gabung", needs=("candidates:write",))

Body = dict[str, Any]


class Find(Form):
    """The other record: its number, or whatever the search takes."""

    query = StringField()

    def __init__(self) -> None:
        super().__init__()
        self.query.label.text = t("Nomor calon, NIK, telepon, atau nama", "Candidate number, NIK, phone or name")
        empty = t("Ketik nomor atau nama data yang lain.", "Type the number or the name of the other record.")
        self.query.validators = [DataRequired(empty), Length(max=120)]


class Merge(Form):
    """``seen``: the versions of both records as they stood side by side."""

    other = HiddenField()
    seen = HiddenField()
    reason = StringField()
    sure = BooleanField()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.label.text = t("Bagaimana Anda tahu ini orang yang sama", "How you know that it is one person")
        at_least = t("Tulis alasan, paling sedikit 10 huruf.", "Write a reason of at least 10 letters.")
        self.reason.validators = [DataRequired(at_least), Length(min=10, max=300, message=at_least)]
        self.sure.label.text = t(
            "Sudah saya cocokkan; penggabungan tidak bisa dibatalkan", "I compared them; a merge cannot be undone"
        )
        self.sure.validators = [DataRequired(t("Centang sesudah mencocokkan keduanya.", "Tick it once compared."))]


@page.get
def show(id: str) -> ResponseReturnValue:
    other = request.args.get("dengan")
    if other is None:
        return _ask(_person(id))
    return _beside(id, other)


@page.post("/cari")
def search(id: str) -> ResponseReturnValue:
    """Whom the box finds, but for the person themselves; a POST, so that nothing personal is in an address."""
    person = _person(id)
    form = Find()
    if not form.validate_on_submit():
        return _ask(person, form, status=422)
    query = " ".join((form.query.data or "").split())
    found = registry.post("/v1/candidates:search", {"query": query}, seconds=SEARCH_SECONDS).ask()
    if not found.ok:
        form.refused(found)
        return _ask(person, form, status=422)
    others = [one for one in found.items() if one["id"] != str(id)]
    return _ask(person, form, others, more=len(found.items()) >= MOST_FOUND)


@page.post()
def merge(id: str) -> ResponseReturnValue:
    """The record of this page stays; the other one points to it from then on."""
    form = Merge()
    other = _uuid(form.other.data)
    if other is None:
        return page.go(id=id)
    if not form.validate_on_submit():
        return _beside(id, other, form, status=422)
    kept, second = _both(id, other)
    gone = _leads_elsewhere(second, other)
    if gone is not None:
        return gone
    now = _versions(kept.must(), second.must())
    if form.seen.data != now:
        form.others.append(
            t(
                "Salah satu data berubah sejak halaman ini dibuka. Cocokkan lagi di bawah, lalu gabungkan.",
                "One of the records has changed since this page was opened. Compare them again, then merge.",
            )
        )
        return _beside(id, other, form, status=409)
    asked = {"duplicate": other, "reason": form.reason.data}
    done = registry.post(f"/v1/candidates/{id}/merges", asked, once=form.once.data, if_match=kept.version).ask()
    if not done.ok:
        form.refused(done)
        return _beside(id, other, form, status=409)
    notice(
        t("Kedua data sudah menjadi satu.", "Both records are one now."),
        detail=t(
            "Nomor {n} tetap menemukan orang ini.", "The number {n} still finds this person.", n=second.body["number"]
        ),
    )
    return halaman.page.go(id=id)


def _person(id: str) -> Body:
    return registry.get(f"/v1/candidates/{id}").ask().must()


def _both(id: str, other: str) -> tuple[Answer, Answer]:
    found = together(kept=registry.get(f"/v1/candidates/{id}"), other=registry.get(f"/v1/candidates/{other}"))
    return found["kept"], found["other"]


def _ask(
    person: Body, form: Find | None = None, found: list[Body] | None = None, *, more: bool = False, status: int = 200
) -> ResponseReturnValue:
    """``more``: there may be others beside those that were found."""
    return page.render(person=person, form=form or Find(), found=found, more=more, rows=None, status=status)


def _beside(id: str, other: str, form: Merge | None = None, status: int = 200) -> ResponseReturnValue:
    second_id = _uuid(other)
    if second_id is None or second_id == str(id):
        return page.go(id=id)
    kept, second = _both(id, second_id)
    person = kept.must()
    gone = _leads_elsewhere(second, second_id)
    if gone is not None:
        return gone
    form = form or Merge()
    form.other.data, form.seen.data = second_id, _versions(person, second.must())
    return page.render(
        person=person,
        other=second.body,
        form=form,
        rows=_rows(person, second.body),
        two_niks=_differ(person["nik_last4"], second.body["nik_last4"]),
        status=status,
    )


def _leads_elsewhere(second: Answer, second_id: str) -> ResponseReturnValue | None:
    """The other record was merged already, or is of another office and opened with a reason first."""
    code, into = second.body.get("code"), second.body.get("merged_into")
    if code == "candidate_merged" and into:
        already()
        return halaman.page.go(id=into)
    if code == "other_centre":
        notice(
            t(
                "Data yang lain dilayani kantor lain. Tulis alasan untuk membukanya, lalu kembali ke sini.",
                "The other record is of another office. Say why you open it, then come back here.",
            ),
            tone="look",
        )
        return redirect(buka.page.url(id=second_id), 303)
    return None


def _versions(kept: Body, other: Body) -> str:
    return f"{kept['version']}.{other['version']}"


def _rows(kept: Body, other: Body) -> list[Body]:
    """What both records say, one beside the other; a telephone only where nobody reads along."""
    hidden = {t("Telepon", "Phone")} if shared_screen() else set()
    nothing = (t("belum ditanya", "not asked yet"), t("tidak ada", "none"), t("belum ada", "none yet"))
    found = []
    for one, two in zip(_said(kept), _said(other), strict=True):
        if one[0] not in hidden and not (one[1] == two[1] and one[1][0] in nothing):
            found.append({"label": one[0], "kept": one[1], "other": two[1], "differs": one[1] != two[1]})
    return found


def _said(person: Body) -> list[tuple[str, list[str]]]:
    nothing = [t("belum ada", "none yet")]
    topics = tersimpan.held(person)
    nik = person["nik_last4"]
    return [
        *topics["identitas"],
        ("NIK", [f"•••• {nik}" if nik else t("belum dicatat", "not recorded")]),
        *topics["kerja"],
        *((f"{t('Keinginan', 'Wishes')}: {label}", said) for label, said in topics["keinginan"]),
        (
            t("Persetujuan", "Consents"),
            [", ".join([label, *said]) for label, said in tersimpan.consents(person)] or nothing,
        ),
        (t("Surat", "Papers"), [": ".join([label, *said]) for label, said in tersimpan.papers(person)] or nothing),
        (t("Lamaran", "Applications"), [t("{n} lamaran", "{n} applications", n=len(person["applications"]))]),
    ]


def _differ(one: str | None, two: str | None) -> bool:
    return bool(one and two and one != two)


def _uuid(value: str | None) -> str | None:
    try:
        return str(UUID(value or ""))
    except ValueError:
        return None
