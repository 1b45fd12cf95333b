"""A profile that nobody stores becomes exactly what the registry would have told of such a person."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from marshmallow import Schema, ValidationError, fields

from services.matching.profiles import payload_of, person_of, quotes_of
from services.matching.schemas.profile import UNNEEDED, ProfileSchema
from services.registry.schemas.person import RegistrationSchema
from services.registry.schemas.shown import CandidateSchema
from shared.words import Words

CONTRACT = Path(__file__).resolve().parents[3] / "shared" / "contracts" / "registry" / "candidates.v1.schema.json"
ID = "00000000-0000-4000-8000-000000000001"

WHOLE = {
    "full_name": "Maria Goreti Kewa",
    "nik": "9953064404010001",
    "village": "Lamahala",
    "phone": "08113910910",
    "birth_date": "2001-04-04",
    "sex": "F",
    "regency": "53.06",
    "education": {"level": "SMP", "years": 9},
    "skills": [
        {"text": "jaga oma di rumah", "source": "HOME", "months": 36},
        {"code": "COOK_FAMILY", "source": "WORK"},
    ],
    "work_history": [{"title": "pembantu rumah tangga", "months": 12, "country": "MYS"}],
    "languages": [{"language": "ja", "test": "JLPT", "result": "N4"}],
    "certificates": [{"kind": "COMPETENCE", "scheme": "HOUSEKEEPER", "valid_until": "2029-01-01", "number": "LSP/77"}],
    "training_hours": [{"isco08": "9111", "destination": "MYS", "hours": 200}],
    "wishes": {"isco08": ["9111"], "destinations": ["MYS"]},
    "requirements": {"PASSPORT": {"status": "MET", "number": "C1234567", "note": "ada"}},
    "consents": [{"purpose": "MATCHING"}],
}


@pytest.fixture(scope="module")
def words() -> Words:
    return Words.default()


def loaded(**changes: Any) -> dict[str, Any]:
    profile: dict[str, Any] = ProfileSchema().load({**WHOLE, **changes})
    return profile


def test_nothing_that_names_the_person_is_kept(words: Words) -> None:
    told = json.dumps(payload_of(words, loaded(), id=ID), default=str)
    for secret in ("Maria", "9953064404010001", "Lamahala", "0811", "jaga oma", "LSP/77", "C1234567"):
        assert secret not in told


def test_it_fits_the_contract_of_what_the_registry_tells(words: Words) -> None:
    contract = json.loads(CONTRACT.read_text(encoding="utf-8"))
    told = {**payload_of(words, loaded(), id=ID), "version": 1}
    assert [error.message for error in Draft202012Validator(contract).iter_errors(told)] == []


def test_words_become_codes_that_point_back_to_them(words: Words) -> None:
    person = person_of(words, loaded(), id=ID)
    assert {skill.evidence for skill in person.skills} == {"skills/0", "skills/1"}
    assert [job.isco08 for job in person.occupations] == ["9111"]
    assert person.consented and person.version == 0
    assert (person.home_regency, person.training_hours[0].hours) == ("53.06", 200)


@pytest.mark.parametrize(
    ("consents", "state"),
    [
        ([], "NONE"),
        ([{"purpose": "STATISTICS"}], "NONE"),
        ([{"purpose": "MATCHING", "withdrawn_at": "2026-01-01T00:00:00Z"}], "WITHDRAWN"),
        (
            [
                {"purpose": "MATCHING", "given_at": "2025-06-01T00:00:00Z"},
                {"purpose": "MATCHING", "given_at": "2025-12-01T00:00:00Z", "withdrawn_at": "2026-01-01T00:00:00Z"},
            ],
            "WITHDRAWN",
        ),
    ],
)
def test_without_consent_nothing_is_known(words: Words, consents: list[dict[str, str]], state: str) -> None:
    assert payload_of(words, loaded(consents=consents), id=ID) == {"id": ID, "version": 0, "consent": state}


def test_an_empty_profile_with_consent_is_somebody_of_whom_nothing_is_known(words: Words) -> None:
    person = person_of(words, ProfileSchema().load({"consents": [{"purpose": "MATCHING"}]}), id=ID)
    assert person.consented
    assert (person.birth_date, person.skills, person.fitness.status) == (None, (), "UNTESTED")


def test_quotes_are_the_words_that_were_just_sent() -> None:
    assert quotes_of(loaded()) == {"skills/0": "jaga oma di rumah", "work_history/0": "pembantu rumah tangga"}


def test_a_condition_with_its_day_is_taken_as_the_registry_takes_it(words: Words) -> None:
    fitness = {
        "status": "FIT",
        "on": "2026-10-01",
        "conditions": [{"code": "LIFTING", "met": True, "on": "2026-10-01"}],
    }
    RegistrationSchema(partial=True).load({"fitness": fitness})
    told = payload_of(words, ProfileSchema().load({**WHOLE, "fitness": fitness}), id=ID)
    assert told["fitness"]["conditions"] == [{"code": "LIFTING", "met": True}]
    Draft202012Validator(json.loads(CONTRACT.read_text(encoding="utf-8"))).validate({**told, "version": 1})


def test_records_are_bounded_as_in_the_registry() -> None:
    stay = {"kind": "STAY", "country": "KOR"}
    assert loaded(records=[{**stay, "years": 80}])["records"][0]["years"] == 80
    for schema in (ProfileSchema(), RegistrationSchema(partial=True)):
        with pytest.raises(ValidationError) as refused:
            schema.load({"records": [{**stay, "years": 81}]})
        assert "years" in refused.value.normalized_messages()["records"][0]


def nested(field: fields.Field[Any]) -> Schema | None:
    inner = getattr(field, "inner", None) or getattr(field, "value_field", None) or field
    return inner.schema if isinstance(inner, fields.Nested) else None


def strange(shown: Schema, taken: Schema, where: str = "") -> list[str]:
    """Every place that the registry shows and a profile does not take."""
    found = []
    for name, field in shown.fields.items():
        if where == "" and name in UNNEEDED:
            continue
        mine = taken.fields.get(name)
        if mine is None:
            found.append(f"{where}/{name}")
        elif (inside := nested(field)) is not None:
            taking = nested(mine)
            found += strange(inside, taking, f"{where}/{name}") if taking is not None else []
    return found


def test_whatever_the_registry_shows_of_a_person_is_taken_as_a_profile() -> None:
    assert strange(CandidateSchema(), ProfileSchema()) == []


def test_a_document_as_the_registry_shows_it_is_a_profile(words: Words) -> None:
    told = {"text": "jaga oma", "code": "HOUSE_CLEANING", "source": "HOME", "months": 36}
    training = {"text": None, "code": "COOK_FAMILY", "source": "TRAINING", "months": None, "enrolment": ID}
    guessed = {**told, "codes": [{"code": "HOUSE_CLEANING", "similarity": 0.9}], "maybe": ["COOK_FAMILY"]}
    job = {"title": "pembantu", "isco08": "9111", "months": 12, "similarity": 0.9, "maybe": ["5152"]}
    shown = CandidateSchema().dump(
        {
            **WHOLE,
            "id": ID,
            "version": 3,
            "number": "LB-2026-000001",
            "skills": [guessed, training],
            "work_history": [job],
            "records": None,
            "languages": None,
        }
    )
    person = person_of(words, ProfileSchema().load(shown), id=ID)
    assert {"records", "languages"} <= person.unasked
