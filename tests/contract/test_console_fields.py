"""What a house takes from people, a form of the console asks for: each field of a schema, or a reason why not.

Each form is filled in whole and sent; what then reaches the house is compared with the schema by which the house reads
it. A new field of the API fails here until a page asks for it, or a line below says why none does.
"""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from marshmallow import Schema, fields

from services.matching.schemas import allocating, figures
from services.partners.schemas import organisations as agreements
from services.partners.schemas import subscriptions
from services.placement.schemas import bookings, companies, concerns, job_orders, policies
from services.registry.schemas import desks, person, specific, submissions
from services.training.schemas import batches, courses, providers
from tests.support.console import companies as orders
from tests.support.console import organisations, people, publics, supervisors, systems, villages
from tests.support.console import providers as teaching
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.forms import typed
from tests.support.console.people import BATCH, COURSE, ID, ORDER
from tests.support.console.visits import Visits, post, the_console
from tests.unit.console import test_course_form, test_order_form, test_organisations, test_partner_systems
from tests.unit.console.test_proposing import COMMON, EACH

Body = dict[str, Any]
API = Path(__file__).resolve().parents[2] / "services"

BY_WORDS = "the words are typed, and the house finds the code in them"
BY_LISTS = "lists of offices have it (sheets, API); no rule reads it of what an officer types"

STEPS: list[dict[str, Any]] = [
    {"full_name": "Yuliana Tefa", "nik": "9953025404020001", "birth_date": "14/4/2002", "sex": "F", "regency": "53.02",
     "district": "Amanuban", "village": "Oebobo", "phone": "0811-3910-910"},
    {"purposes": "MATCHING", "method": "SPOKEN", "given_by": "SELF"},
    {"education": "SMK", "study": "NURSING", "home": "jaga oma, 6 tahun", "work": "jahit, 2 tahun",
     "jobs": "penjaga toko, 18 bulan", "scheme": "FAMILY_COOK", "certificate_number": "C-1", "issuer": "LSP Care",
     "certificate_from": "1/2/2025", "certificate_until": "1/2/2028", "spoken": "ja", "level": "A2", "test": "JLPT",
     "result": "n4", "test_until": "1/3/2029", "trained": "5322", "trained_at": "TWN", "hours": "200",
     "programme": "TITP", "programme_field": "CARE", "finished": "yes",
     "asked": "SOME", "kind_1": "ENTRY_BAN", "country_1": "MYS", "until_1": "1/2/2030", "years_1": "3"},
    {"isco08": "9111", "destinations": "MYS", "boarding_ok": "yes", "max_distance_km": "300", "min_wage": "1.500 MYR",
     "ready_within_days": "90"},
]  # fmt: skip
"""All that can be typed of a person, step by step."""
OF_A_PERSON = {
    "present_stay.country": BY_LISTS, "present_stay.regency": BY_LISTS, "present_stay.until": BY_LISTS,
    "education.years": "the level says it",
    "skills.code": BY_WORDS, "work_history.isco08": BY_WORDS, "work_history.country": BY_WORDS,
    "certificates.title": "of schemes on no list; no rule asks for one", "certificates.isco08": "the scheme says it",
    "wishes.available.from": BY_LISTS, "wishes.available.until": BY_LISTS,
    "confirm_new": "a button of its own, after people who look alike were shown",
}  # fmt: skip

Sends = Callable[[Visits, FakeHouses], Any]


@dataclass(frozen=True)
class Form:
    """``sends`` fills everything in and sends it; ``to``: the house, and the call that takes it."""

    schema: type[Schema]
    to: tuple[str, str]
    sends: Sends
    left: Mapping[str, str] = field(default_factory=dict)


def filled(role: str, tell: Callable[[FakeHouses], None], path: str, **said: Any) -> Sends:
    """Type this into the form of the page at this path."""

    def sends(visits: Visits, houses: FakeHouses) -> None:
        tell(houses)
        post(visits.as_(role, shared=False), path, **said)

    return sends


def changed(role: str, tell: Callable[[FakeHouses], None], path: str, **said: Any) -> Sends:
    """Open the form on what is on record, and type this over."""

    def sends(visits: Visits, houses: FakeHouses) -> None:
        tell(houses)
        client: FlaskClient = visits.as_(role, shared=False)
        client.post(path, data=typed(client.get(path).text, path, **said))

    return sends


def registered(visits: Visits, houses: FakeHouses) -> None:
    people.tell(houses)
    steps = {str(at): {name: [value] for name, value in step.items()} for at, step in enumerate(STEPS, 1)}
    draft = {"id": "d1", "version": 5, "content": {"step": 4, "steps": steps, "label": "Yuliana"}}
    houses.says("registry", "GET /v1/drafts/d1", draft)
    houses.says("registry", "PUT /v1/drafts/d1", draft)
    post(visits.as_("officer"), "/calon/baru?draft=d1&langkah=4", **STEPS[-1])


def corrected(visits: Visits, houses: FakeHouses) -> None:
    people.tell(houses)
    houses.says("registry", f"PATCH /v1/candidates/{ID}", people.person(version=2))
    for topic, step in (("identitas", 0), ("kerja", 2), ("keinginan", 3)):
        post(visits.as_("officer"), f"/calon/{ID}/data?bagian={topic}&versi=1", **STEPS[step])


def kept_apart(visits: Visits, houses: FakeHouses) -> None:
    people.tell(houses)
    nothing = {"candidate_id": ID, "version": 1, "fitness": None, "conditions": [], "records": None, "loans": []}
    houses.says("registry", f"GET /v1/candidates/{ID}/specific", nothing)
    desk, said, path = visits.as_("supervisor", shared=False), {"version": "1"}, f"/calon/{ID}/khusus"
    post(desk, f"{path}/kesehatan", **said, fitness="FIT", examined_on="1/2/2026", c_colour_vision="yes")
    post(desk, f"{path}/catatan", **said, kind="STAY", country="MYS", until="1/2/2030", years="3")
    post(desk, f"{path}/pinjaman", **said, lender="BANK", amount="500000", taken_on="1/2/2026")


COURSE_FORM = {**test_course_form.TYPED, "lesson_hours": "210"}
ORDER_FORM = {
    **test_order_form.TYPED, "title_en": "Caregiver", "description_en": "Care.", "partner": "AG-1", "kbji": "5322.01",
    "payer_TRAINING": "EMPLOYER", "amount_TRAINING": "500 TWD", "skills_must": "memasak", "rest_per_day": "8",
    "hours_per_week": "40", "term_months": "24", "permit": "SIP-1", "permit_from": "1/1/2198",
    "permit_until": "1/1/2199", "quota": "9", "title_scheme": "FAMILY_COOK",
}  # fmt: skip
ORDER_LEFT = {"company": "who is signed in says it", "skills.code": BY_WORDS}
COURSE_LEFT = {
    **dict.fromkeys(("certificate.kind", "certificate.scheme", "certificate.valid_months"), "the list has them"),
    **dict.fromkeys(("hours_for.isco08", "hours_for.destination", "hours_for.hours"), BY_LISTS),
    "languages.cefr": "CEFR is one of the tests to choose from",
}
NEW_BATCH = {"number": "2198-1", "starts": "1/2/2198", "ends": "1/4/2198", "closes": "1/1/2198", "regency": "53.06",
             "place": "Gedung B", "seats": "21", "status": "OPEN"}  # fmt: skip
OF_PARTNERS = {
    "pelatihan": {**test_organisations.NEW["pelatihan"], "vin": "V-1", "licence_from": "1/2/2020",
                  "last_verified_on": "1/2/2026"},
    "perusahaan": {**test_organisations.NEW["perusahaan"], "valid_until": "1/5/2199"},
    "mitra": {**test_organisations.NEW["mitra"], "listed_until": "1/2/2199"},
}  # fmt: skip
ANEW = {
    "pelatihan": {"name": "LPK Lain", "regency": "53.02", "active": ""},
    "perusahaan": {"name": "PT Lain", "status": "SUSPENDED", "snapshot_on": "21/11/2026"},
    "mitra": {"name": "Lain", "country": "Singapura"},
}
"""What differs from what is on record: only that is sent."""
LAW = {**COMMON, "text_en": "You pay nothing.", "valid_until": "1/2/2199", "article": "30", "source": "https://jdih.id"}
LAW_LEFT = {"valid_to": "an old name of valid_until"}
AGREED = {**test_partner_systems.AGREED, "kind": "PROVIDER", "provider": ID}


def of_organisations(houses: FakeHouses) -> None:
    organisations.tell(houses)
    for house, path in test_organisations.WHERE.values():
        houses.says(house, f"PATCH {path}/*", {"id": ID, "version": 2, "name": "Contoh"})


def of_laws(houses: FakeHouses) -> None:
    supervisors.tell(houses, law=supervisors.policy(kind="COST"))


FORMS = [
    Form(person.RegistrationSchema, ("registry", "POST /v1/candidates"), registered, {
        **{name: why for name, why in OF_A_PERSON.items() if name != "confirm_new"}, "consents.given_at": "now",
        **{f"fitness.{part}": "the health desk has a page of its own"
           for part in ("status", "on", "conditions.code", "conditions.met", "conditions.on")},
    }),
    Form(person.AmendmentSchema, ("registry", "PATCH /v1/candidates/*"), corrected, OF_A_PERSON),
    Form(person.RequirementSchema, ("registry", "PUT *requirements*"), filled(
        "officer", people.tell, f"/calon/{ID}/syarat/FAMILY_CONSENT", version="1", status="MET", number="X1",
        valid_until="1/2/2035", note="asli dibawa", village_head_ack="y")),
    Form(person.ConsentSchema, ("registry", "POST *consents"), filled(
        "officer", people.tell, f"/calon/{ID}/persetujuan", **STEPS[1]), {"given_at": "now"}),
    Form(specific.SpecificSchema, ("registry", "PUT *specific"), kept_apart),
    Form(desks.RiskNoteSchema, ("registry", "POST *risk-notes"), filled(
        "officer", people.tell, f"/calon/{ID}/catatan", severity="WARN", indicators="DEBT_BONDAGE", text="Ditahan.")),
    Form(submissions.SubmissionInSchema, ("registry", "POST /v1/submissions"), filled(
        "village_task_force", villages.tell, "/desa", **STEPS[0], note="dekat gereja", agrees="y")),
    Form(courses.CourseInSchema, ("training", "POST /v1/courses"), filled(
        "provider", teaching.tell, "/kursus-baru", **COURSE_FORM),
        {**COURSE_LEFT, "provider_id": "who is signed in says it"}),
    Form(courses.CoursePatchSchema, ("training", "PATCH /v1/courses/*"), changed(
        "provider", teaching.tell, f"/kursus/{COURSE}/ubah", **COURSE_FORM), COURSE_LEFT),
    Form(batches.BatchInSchema, ("training", "POST *batches"), filled(
        "provider", teaching.tell, f"/kursus/{COURSE}/angkatan-baru", **NEW_BATCH)),
    Form(batches.BatchPatchSchema, ("training", "PATCH /v1/batches/*"), changed(
        "provider", teaching.tell, f"/angkatan/{BATCH}/ubah", **{**NEW_BATCH, "status": "PLANNED"})),
    *(Form(schema, (test_organisations.WHERE[kind][0], f"{verb} {test_organisations.WHERE[kind][1]}*"), sends)
      for kind, new, old in (
          ("pelatihan", providers.ProviderInSchema, providers.ProviderPatchSchema),
          ("perusahaan", companies.CompanyInSchema, companies.CompanyPatchSchema),
          ("mitra", companies.PartnerInSchema, companies.PartnerPatchSchema))
      for schema, verb, sends in (
          (new, "POST", filled("reviewer", of_organisations, f"/lembaga/{kind}/baru", **OF_PARTNERS[kind])),
          (old, "PATCH", changed("reviewer", of_organisations, f"/lembaga/{kind}/{ID}",
                                 **{**OF_PARTNERS[kind], **ANEW[kind]})))),
    Form(job_orders.OrderInSchema, ("placement", "POST /v1/job-orders"), filled(
        "company", orders.tell, "/lowongan-kami/baru", **ORDER_FORM), ORDER_LEFT),
    Form(job_orders.OrderPatchSchema, ("placement", "PATCH /v1/job-orders/*"), changed(
        "company", orders.tell, f"/lowongan-kami/{ORDER}/ubah", **ORDER_FORM), ORDER_LEFT),
    Form(concerns.ConcernInSchema, ("placement", "POST /v1/concerns"), filled(
        "officer", publics.tell, "/laporkan", kind="THREATS", company="PT X", job_order="JO-1", regency="53.02",
        text="Paspor ditahan.")),
    Form(bookings.DepartureInSchema, ("placement", "PUT *departure"), filled(
        "officer", people.tell, f"/lamaran/{BATCH}/keberangkatan", planned_on="1/2/2198", via_1="53.71",
        via_2="65.03")),
    Form(policies.PolicyInSchema, ("placement", "POST /v1/policies"), filled(
        "supervisor", of_laws, "/pengawas/aturan/baru?jenis=COST", **LAW, **EACH["COST"][0]), LAW_LEFT),
    Form(policies.RevisionInSchema, ("placement", "POST *revisions"), changed(
        "supervisor", of_laws, f"/pengawas/aturan/{supervisors.POLICY}/usul", **LAW, **EACH["COST"][0]), LAW_LEFT),
    Form(policies.EndInSchema, ("placement", "POST *end"), filled(
        "supervisor", of_laws, f"/pengawas/aturan/{supervisors.POLICY}/usul/akhiri", **{"akhir-ends_on": "1/2/2199"},
        **{f"akhir-{name}": LAW[name] for name in ("instrument", "article", "source")})),
    Form(agreements.OrganisationInSchema, ("partners", "POST /v1/organisations"), filled(
        "manager", systems.tell, "/mitra/baru", **AGREED)),
    Form(agreements.OrganisationPatchSchema, ("partners", "PATCH /v1/organisations/*"), changed(
        "manager", systems.tell, f"/mitra/{ID}", **{
            **AGREED, "status": "SUSPENDED", "payload_level": "REFERENCES", "contact": "dua@example.go.id",
            "event_types": "candidate.registered", "regions": "53.02"})),
    Form(subscriptions.SubscriptionInSchema, ("partners", "POST /v1/subscriptions"), filled(
        "manager", systems.tell, f"/mitra/{ID}/langganan-baru", url="https://m.example.go.id/x", regions="65",
        event_types="departure.announced", payload_level="MINIMAL", note="cadangan")),
    Form(subscriptions.SubscriptionPatchSchema, ("partners", "PATCH /v1/subscriptions/*"), changed(
        "manager", systems.tell, f"/mitra/langganan/{ID}", url="https://m.example.go.id/y", regions="53.02",
        event_types="departure.announced", payload_level="REFERENCES", note="lain"), {"status": "a button of its own"}),
    Form(allocating.AllocationAskedSchema, ("matching", "POST /v1/allocations"), filled(
        "supervisor", supervisors.tell, "/pengawas/rencana", regency="53.02"),
        dict.fromkeys(("as_of_date", "known_on", "worst_off", "island"), "for those who study plans; defaults hold")),
    Form(figures.PromiseInSchema, ("matching", "POST /v1/promises"), filled(
        "manager", publics.tell, "/kelola-capaian/janji", text_id="Buka kelas", text_en="Open a class",
        who="Disnaker", due="1/2/2199")),
    Form(figures.EditionInSchema, ("matching", "POST /v1/editions"), filled(
        "manager", publics.tell, "/kelola-capaian/bekukan", day="1/2/2026", title_id="Forum", title_en="Forum")),
]  # fmt: skip

ACT = "a button, or one answer, on the page of what it acts on"
NO_FORM = {
    "AttendanceInSchema": "a tick for each name", "CloseSchema": ACT, "ConfirmInSchema": ACT, "DecideInSchema": ACT,
    "CloseInSchema": ACT, "VerifyInSchema": ACT, "ReviewInSchema": ACT, "RejectInSchema": ACT, "DecisionSchema": ACT,
    "ApplicationInSchema": ACT, "ApplicationPatchSchema": ACT, "EnrolmentInSchema": ACT, "EnrolmentPatchSchema": ACT,
    "ReservationInSchema": ACT, "OverrideInSchema": ACT, "PromiseKeptSchema": ACT, "MergeSchema": ACT,
    "OpeningSchema": ACT, "RevealSchema": ACT, "RegisterSheetSchema": ACT, "SearchSchema": ACT, "LetterInSchema": ACT,
    "LetterPatchSchema": ACT, "SeatAnswerSchema": ACT, "RotateInSchema": ACT, "TestInSchema": ACT, "BulkInSchema": ACT,
    "RecordsAnsweredSchema": "the step of a registration that asks for the same",
    "DraftSchema": "what a registration holds until it is sent",
    "CourseBodySchema": "programs of a provider write a course under their own code",
    "CorrectionInSchema": "an erratum is written by whoever keeps the editions, with the API",
    **dict.fromkeys(("EligibilityAskedSchema", "ProfileOnlySchema", "WhatIfSchema"), "a question; nothing is kept"),
}  # fmt: skip
"""What is sent to a house and is no form: why."""


def test_no_body_of_the_api_is_forgotten() -> None:
    bodies = {name for path in API.glob("*/api/*.py") for name in bodies_of(path)}
    assert bodies == {form.schema.__name__ for form in FORMS} | set(NO_FORM)


def bodies_of(path: Path) -> Iterator[str]:
    """The schemas of the bodies that the endpoints of this file take."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call) or getattr(node.func, "attr", "") != "arguments":
            continue
        if all(said.arg != "location" for said in node.keywords):
            yield ast.unparse(node.args[0]).rpartition(".")[2]


@pytest.fixture(scope="module")
def console() -> Visits:
    return the_console(FakeHouses())


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.schema.__name__)
def test_every_field_of_a_schema_is_asked_for(console: Visits, form: Form) -> None:
    console.houses.forget()
    console.app.extensions["console.everybody"].forget()
    form.sends(console, console.houses)
    said = {path for one in console.houses.of(*form.to) for path in told(one.body)}
    assert said, "nothing was sent: the form refuses what is typed here"
    asked = {path for path in taken(form.schema()) if any(one == path or one.startswith(f"{path}.") for one in said)}
    assert set(taken(form.schema())) - asked == set(form.left), "neither asked for nor left out for a reason"


def taken(schema: Schema) -> Iterator[str]:
    """`wishes.available.from`: all that the schema takes, lists and objects opened."""
    for name, one in schema.fields.items():
        inner = one.inner if isinstance(one, fields.List) else one
        key = one.data_key or name
        if isinstance(inner, fields.Nested):
            yield from (f"{key}.{path}" for path in taken(inner.schema))
        elif not one.dump_only:
            yield key


def told(body: Any, before: str = "") -> Iterator[str]:
    """The same of what was sent; what is empty was not said."""
    if isinstance(body, dict):
        for name, value in body.items():
            yield from told(value, f"{before}.{name}".strip("."))
    elif isinstance(body, list):
        for one in body:
            yield from told(one, before)
    elif body not in (None, ""):
        yield before
