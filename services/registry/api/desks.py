"""Routes of the desks: consents, requirements, NIK, health and records, risk notes, trail and the person's own copy."""

from typing import Any

from services.registry.actions import candidates
from services.registry.actions import desks as actions
from services.registry.api.candidates import page_of
from services.registry.api.context import current_caller, house
from services.registry.schemas import desks, person, shown, specific
from shared.http.blueprints import Blueprint
from shared.http.conditional import etag, if_match
from shared.http.cursors import PageArgsSchema, next_link
from shared.http.idempotency import idempotent

blp = Blueprint("desks", __name__, description="What is recorded and asked at the desks behind the counter")

Answer = dict[str, Any]


@blp.route("/v1/candidates/<candidate_id>/consents", methods=["POST"])
@blp.etag
@blp.arguments(person.ConsentSchema)
@blp.response(201, shown.CandidateSchema)
@idempotent(show=lambda id: page_of(candidates.show_again(current_caller(), house(), id)))
def consented(consent: Answer, candidate_id: str) -> Answer:
    """Record what the person allows, for one purpose."""
    return page_of(actions.consent(current_caller(), house(), candidate_id, consent))


@blp.route("/v1/candidates/<candidate_id>/consents/<purpose>", methods=["DELETE"])
@blp.etag
@blp.response(200, shown.CandidateSchema)
def withdrawn(candidate_id: str, purpose: str) -> Answer:
    """Take a consent back. Without MATCHING the other houses keep nothing but the id."""
    return page_of(actions.withdraw(current_caller(), house(), candidate_id, if_match(), purpose))


@blp.route("/v1/candidates/<candidate_id>/requirements/<code>", methods=["PUT"])
@blp.etag
@blp.arguments(person.RequirementSchema)
@blp.response(200, shown.CandidateSchema)
def required(record: Answer, candidate_id: str, code: str) -> Answer:
    """Record the state of one paper or step of UU 18/2017. Age and competence are derived and refused here."""
    return page_of(actions.set_requirement(current_caller(), house(), candidate_id, if_match(), code, record))


@blp.route("/v1/candidates/<candidate_id>/nik-reveals", methods=["POST"])
@blp.arguments(desks.RevealSchema)
@blp.response(201, desks.RevealedSchema)
def revealed(asked: Answer, candidate_id: str) -> Answer:
    """The whole NIK, once, for a reason that the person can read in their trail."""
    return {"nik": actions.reveal_nik(current_caller(), house(), candidate_id, asked["reason"])}


@blp.route("/v1/candidates/<candidate_id>/openings", methods=["POST"])
@blp.arguments(desks.OpeningSchema)
@blp.response(201, desks.OpenedSchema)
def opened_elsewhere(asked: Answer, candidate_id: str) -> Answer:
    """Say why you work on somebody of another service centre; for twelve hours the page is open to you"""
    until = actions.open_elsewhere(current_caller(), house(), candidate_id, asked["reason"])
    return {"candidate_id": candidate_id, "until": until}


@blp.route("/v1/candidates/<candidate_id>/specific", methods=["GET"])
@blp.etag
@blp.response(200, specific.SpecificShownSchema)
def specific_shown(candidate_id: str) -> Answer:
    """Health, records and loans: specific data of UU 27/2022, with rights of their own."""
    parts, version = actions.specific(current_caller(), house(), candidate_id)
    return {**parts, "candidate_id": candidate_id, "version": version}


@blp.route("/v1/candidates/<candidate_id>/specific", methods=["PUT"])
@blp.etag
@blp.arguments(specific.SpecificSchema)
@blp.response(200, specific.SpecificShownSchema)
def specific_set(parts: Answer, candidate_id: str) -> Answer:
    """Replace the parts that are sent; the candidate gets a new version."""
    kept, version = actions.set_specific(current_caller(), house(), candidate_id, if_match(), parts)
    return {**kept, "candidate_id": candidate_id, "version": version}


@blp.route("/v1/candidates/<candidate_id>/records", methods=["GET"])
@blp.etag
@blp.response(200, specific.RecordsAskedSchema)
def records_asked(candidate_id: str) -> Answer:
    """Whether the person was asked about deportation, overstay and bans; not what they said."""
    asked, version = actions.records_asked(current_caller(), house(), candidate_id)
    return {"candidate_id": candidate_id, "version": version, "asked": asked}


@blp.route("/v1/candidates/<candidate_id>/records", methods=["PUT"])
@blp.etag
@blp.arguments(specific.RecordsAnsweredSchema)
@blp.response(200, specific.RecordsAskedSchema)
def records_answered(answer: Answer, candidate_id: str) -> Answer:
    """Write down what the person answered, once; correcting it needs the right to read it."""
    version = actions.answer_records(current_caller(), house(), candidate_id, if_match(), answer["records"])
    return {"candidate_id": candidate_id, "version": version, "asked": True}


@blp.route("/v1/candidates/<candidate_id>/risk-notes", methods=["POST"])
@blp.arguments(desks.RiskNoteSchema)
@blp.response(201, desks.RiskNotedSchema)
@idempotent(show=lambda id: {**actions.risk_note(current_caller(), house(), id), "id": id})
def risk_noted(note: Answer, candidate_id: str) -> Answer:
    """Write down a worry about a case. It changes no verdict and no rank."""
    row = actions.note_risk(current_caller(), house(), candidate_id, note)
    return {**row, "id": row["_id"]}


@blp.route("/v1/candidates/<candidate_id>/risk-notes", methods=["GET"])
@blp.response(200, desks.RiskNotesSchema)
def risk_notes(candidate_id: str) -> Answer:
    """The worries about a case, oldest first."""
    rows = actions.risk_notes(current_caller(), house(), candidate_id)
    return {"items": [{**row, "id": row["_id"]} for row in rows]}


@blp.route("/v1/candidates/<candidate_id>/trail", methods=["GET"])
@blp.arguments(PageArgsSchema, location="query")
@blp.response(200, shown.TrailSchema)
def trail(args: Answer, candidate_id: str) -> tuple[Answer, dict[str, str]]:
    """Who saw or changed what, when and why, oldest first."""
    found = actions.trail(current_caller(), house(), candidate_id, args)
    return found, next_link(found["next"])


@blp.route("/v1/candidates/<candidate_id>/export", methods=["GET"])
@blp.response(200, desks.ExportSchema)
def exported(candidate_id: str) -> tuple[Answer, dict[str, str]]:
    """The person's own copy of everything, to save or print (UU 27/2022)."""
    copy = actions.export(current_caller(), house(), candidate_id)
    document = copy.pop("candidate")
    headers = {
        "ETag": etag(document["version"]),
        "Content-Disposition": f'attachment; filename="{document["number"]}.json"',
    }
    return {**copy, "candidate": page_of(document)}, headers
