"""What leaves the house keeps its contract and never says who somebody is."""

import json
from datetime import UTC, datetime
from pathlib import Path

import jsonschema
import pytest

from services.registry import says
from services.registry.model import credits
from shared.events import contracts
from tests.unit.registry.people import a_candidate, a_consent, an_enrolment

SCHEMA = json.loads(Path("shared/contracts/registry/candidates.v1.schema.json").read_text(encoding="utf-8"))

FULL = a_candidate(
    consents=[a_consent()],
    nik={"sealed": b"x", "hash": "0" * 64, "last4": "0003", "reviews": [], "synthetic": True},
    district="Larantuka",
    skills=[
        {
            "text": "jaga oma Agnes",
            "source": "HOME",
            "months": 36,
            "codes": [{"code": "CARE_ELDERLY", "similarity": 0.9}],
        },
        {"text": "hal lain", "source": "WORK", "months": None, "codes": []},
    ],
    work_history=[
        {"title": "jaga toko Om Frans", "isco08": "5223", "similarity": 0.8, "months": 12, "country": "IDN"},
        {"title": "tak dikenal", "isco08": None, "similarity": 0.0, "months": None, "country": None},
    ],
    certificates=[
        {
            "kind": "COMPETENCE",
            "scheme": "HOUSEKEEPER",
            "title": "Penata laksana",
            "isco08": "9111",
            "number": "LSP-778",
            "issuer": "LSP Kupang",
            "valid_from": None,
            "valid_until": "2028-01-01",
        }
    ],
    languages=[{"language": "en", "test": "CEFR", "result": "A2", "cefr": "A2", "valid_until": None}],
    prior_programmes=[{"kind": "TITP", "field": "CARE", "finished": True}],
    requirements={
        "PASSPORT": {
            "status": "MET",
            "number": "C1234567",
            "valid_until": "2031-02-01",
            "note": "asli di rumah",
            "village_head_ack": None,
            "checked_on": "2026-11-24",
            "checked_by": "dev:ana",
        }
    },
    beside={
        "fitness": {"status": "FIT", "on": "2026-09-01"},
        "conditions": [{"code": "COLOUR_VISION", "met": True, "on": "2026-09-01"}],
        "records": [{"kind": "ENTRY_BAN", "country": "KOR", "until": "2027-12-31", "years": None}],
        "loans": [{"lender": "SPONSOR", "amount": {"amount": 5000000, "currency": "IDR"}, "taken_on": None}],
    },
)


@pytest.mark.parametrize(
    "document",
    [
        a_candidate(),
        a_candidate(consents=[a_consent()]),
        a_candidate(consents=[a_consent(withdrawn_at=datetime(2026, 11, 9, tzinfo=UTC))]),
        FULL,
        credits.credited(FULL, an_enrolment()) or {},
    ],
)
def test_every_state_keeps_the_contract(document: dict[str, object]) -> None:
    said = says.candidate(document)
    contracts.check_said(says.CANDIDATES, said)
    jsonschema.validate(said, SCHEMA)


def test_nothing_personal_is_said() -> None:
    wire = json.dumps(says.candidate(FULL))
    for secret in (
        "Maria", "Tukan", "0003", "+62811", "Lewolere", "Larantuka", "Agnes", "Frans", "LSP-778", "LSP Kupang",
        "C1234567", "asli", "SPONSOR", "5000000", "dev:ana", "KUPANG", "LB-2026",
    ):  # fmt: skip
        assert secret not in wire


@pytest.mark.parametrize("withdrawn_at", [None, datetime(2026, 11, 9, tzinfo=UTC)])
def test_without_consent_only_the_id_is_said(withdrawn_at: datetime | None) -> None:
    asked = [a_consent(withdrawn_at=withdrawn_at)] if withdrawn_at else [a_consent("STATISTICS")]
    said = says.candidate({**FULL, "consents": asked})
    assert said == {"id": FULL["_id"], "version": 1, "consent": "WITHDRAWN" if withdrawn_at else "NONE"}


def test_evidence_points_to_the_words_where_they_stand() -> None:
    said = says.candidate({**FULL, "skills": [FULL["skills"][1], FULL["skills"][0]]})
    assert [skill["evidence"] for skill in said["skills"]] == ["skills/1"]
    assert [job["evidence"] for job in said["occupations"]] == ["work_history/0"]


def test_somebody_never_examined_is_untested_and_not_unfit() -> None:
    assert says.candidate({**FULL, "beside": None})["fitness"] == {"status": "UNTESTED", "on": None, "conditions": []}


def test_types_are_those_of_the_topic() -> None:
    topics = Path("deploy/topics.yaml").read_text(encoding="utf-8")
    for type in says.Type:
        assert type.value in topics
