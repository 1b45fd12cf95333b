"""`/calon/<id>/data`: correct what the person declared, one topic at a time; see the whole NIK for a reason."""

import re
from datetime import date
from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from wtforms import StringField
from wtforms.validators import Length

from services.console.frame import Form, Page, Recorded, notice, registry, shared_screen, t
from services.console.frame.amounts import whole
from services.console.frame.kept import until_alone
from services.console.pages.calon import baris, halaman, isian, koreksi, tersimpan

page = Page(__name__, "/calon/<uuid:id>/data", needs=("candidates:write",))

Body = dict[str, Any]
TOPICS: dict[str, type[Recorded]] = {"identitas": isian.Identity, "kerja": isian.Background, "keinginan": isian.Wishes}

_VERSION = re.compile("[0-9]{1,18}")
_YES = {"True": "yes", "False": "no"}


class Reason(Form):
    reason = StringField(validators=[Length(min=10, max=300)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reason.label.text = t("Untuk apa NIK dilihat", "What the NIK is needed for")


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    topic = request.args.get("bagian")
    if topic is None:
        return _overview(person, Reason())
    if topic not in TOPICS:
        abort(404)
    return page.render(person=person, topic=topic, form=_from(topic, person).as_it_stands(), reason=None, nik=None)


@page.post()
def save(id: str) -> ResponseReturnValue:
    topic = request.args.get("bagian", "")
    kind = TOPICS.get(topic) or abort(404)
    seen = request.args.get("versi", "")
    if not _VERSION.fullmatch(seen):
        abort(400)
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    form = kind().laid_over(_known(person))
    if not form.validate_on_submit():
        return page.render(person=person, topic=topic, form=form, reason=None, nik=None, status=422)
    if form.overtaken(seen, person["version"], _from(topic, person)):
        return page.render(person=person, topic=topic, form=form, reason=None, nik=None, status=409)
    answer = registry.patch(
        f"/v1/candidates/{id}", _changes(topic, form, person), if_match=f'"{person["version"]}"'
    ).ask()
    if answer.ok:
        notice(t("Data disimpan.", "The data was saved."))
        return halaman.page.go(id=id)
    if answer.status == 412:
        form.others.append(
            t(
                "Data ini baru saja diubah di tempat lain. Periksa, lalu simpan lagi.",
                "This was changed elsewhere a moment ago. Check it and save again.",
            )
        )
    elif answer.code == "possible_duplicate":
        form.others.append(
            t(
                "Data ini sama dengan orang lain yang sudah terdaftar. Cari dan cocokkan dulu.",
                "This is the same as somebody else's who is registered. Search and compare first.",
            )
        )
    else:
        form.refused(
            answer, {str(one.get("pointer", "")): isian.field_of(str(one.get("pointer", ""))) for one in answer.faults}
        )
    return page.render(person=person, topic=topic, form=form, reason=None, nik=None, status=409)


@page.post("/nik")
def reveal(id: str) -> ResponseReturnValue:
    """The whole number, once, after the reason is in the trail; never on a shared screen."""
    if shared_screen():
        return until_alone()
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    form = Reason()
    nik = None
    if form.validate_on_submit():
        answer = registry.post(f"/v1/candidates/{id}/nik-reveals", {"reason": form.reason.data}).ask()
        if answer.ok:
            nik = answer.body["nik"]
        else:
            form.refused(answer)
    return _overview(person, form, nik)


def _overview(person: Body, reason: Reason, nik: str | None = None) -> ResponseReturnValue:
    """All that is on record, by topic."""
    return page.render(
        person=person,
        topic=None,
        form=None,
        reason=reason,
        nik=nik,
        held=tersimpan.held(person),
        papers=tersimpan.papers(person),
        consents=tersimpan.consents(person),
    )


def _from(topic: str, person: Body) -> Recorded:
    return TOPICS[topic](formdata=None, data=_known(person))


def _known(person: Body) -> Body:
    """The person as the forms hold them."""
    schooling, wishes = person.get("education") or {}, person.get("wishes") or {}
    certificate, spoken = koreksi.shown_certificate(person), koreksi.shown_language(person)
    trained, been = (koreksi.shown_first(person, name) for name in ("training_hours", "prior_programmes"))
    skills = koreksi.own(person, "skills")
    least = wishes.get("min_wage")
    return {
        **{name: person[name] for name in ("full_name", "sex", "regency", "district", "village", "phone")},
        "birth_date": date.fromisoformat(person["birth_date"]) if person["birth_date"] else None,
        "education": schooling.get("level") or "",
        "study": schooling.get("field") or "",
        "home": baris.written([one for one in skills if koreksi.at_home(one)], "text"),
        "work": baris.written([one for one in skills if not koreksi.at_home(one)], "text"),
        "jobs": baris.written(koreksi.own(person, "work_history"), "title"),
        "scheme": certificate.get("scheme") or "",
        "certificate_number": certificate.get("number"),
        "issuer": certificate.get("issuer"),
        "certificate_from": certificate.get("valid_from"),
        "certificate_until": certificate.get("valid_until"),
        "spoken": spoken.get("language") or "",
        "level": spoken.get("cefr") or "",
        "test": spoken.get("test") or "",
        "result": spoken.get("result"),
        "test_until": spoken.get("valid_until"),
        "trained": trained.get("isco08") or "",
        "trained_at": trained.get("destination") or "",
        "hours": trained.get("hours"),
        "programme": been.get("kind") or "",
        "programme_field": been.get("field") or "",
        "finished": _YES.get(str(been.get("finished")), ""),
        "isco08": wishes.get("isco08") or [],
        "destinations": wishes.get("destinations") or [],
        "max_distance_km": wishes.get("max_distance_km"),
        "boarding_ok": _YES.get(str(wishes.get("boarding_ok")), ""),
        "min_wage": least and {**least, "amount": whole(least["amount"])},
        "ready_within_days": wishes.get("ready_within_days"),
    }


def _changes(topic: str, form: Form, person: Body) -> Body:
    """What the form asked for, as changes: what it does not show stays as it is."""
    found: Body = form.profile()
    if topic == "identitas":
        # The number is not shown, so an empty box does not take it away.
        return {name: value for name, value in found.items() if name != "nik" or value}
    if topic == "keinginan":
        known = person.get("wishes") or {}
        return {"wishes": {**known, **koreksi.wishes(found["wishes"], known)}}
    return koreksi.background(found, person)
