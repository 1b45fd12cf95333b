"""A law and what an order asks are read in words: no member of any kind of law and no code of ours is left as it is."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from services.console.frame.conditions import asked
from services.console.pages.pengawas.isi_aturan import PARTS, lines
from services.placement.schemas.contents import CODES, MONEY, NUMBERS, SCHEMAS, AppliesSchema
from shared.conditions.leaves import CONDITIONS, KINDS, PROGRAMMES, RECORDS
from tests.support.console import supervisors
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.visits import Visits, words_on

DEMO = Path(__file__).resolve().parents[3] / "deploy" / "demo"
LEFT = re.compile(r"[a-z]+_[a-z]+|[A-Z]{3,}_[A-Z]+|\b(?:MIN|MAX|ENTRY|STAY|LICENCE|COMPANY|HOUSEHOLD|CANDIDATE)\b")
"""A name of a field, or a code, where words should be."""

LEAVES: dict[str, list[dict[str, Any]]] = {
    "age": [{"min": 21, "max": 45}, {"min": 21, "max": None}, {"min": None, "max": 45}],
    "birth_date": [{"from": "1990-01-01", "until": "2008-12-31"}],
    "sex": [{"is": "F"}, {"is": "M"}],
    "education": [{"level": "SMP"}, {"level": "D3", "fields": ["NURSING"]}, {"years": 12, "level": None}],
    "language": [
        {"language": "ja", "test": "JLPT", "result": "N4"},
        {"language": "ja", "test": "JFT_BASIC", "result": "PASS"},
        {"language": "de", "test": "GOETHE", "result": "B1"},
    ],
    "certificate": [{"certificate": "LICENCE", "scheme": None}, {"certificate": "COMPETENCE", "scheme": "CAREGIVER"}],
    "driving_licence": [{"class": "B1"}],
    "hours": [{"isco08": None, "hours": 200}, {"isco08": "5322", "hours": 200}],
    "experience": [{"isco08": "7212", "months": 24}],
    "condition": [{"code": code} for code in (*CONDITIONS, "HEIGHT_158")],
    "no_record": [
        *({"record": record, "country": None} for record in RECORDS),
        {"record": "STAY", "country": "KOR", "years": 5},
    ],
    "prior_programme": [{"programme": code, "field": "CARE"} for code in PROGRAMMES],
    "ranked": [{"test": "EPS_TOPIK", "note": ""}],
}


@pytest.fixture(params=["id", "en"])
def spoken(visits: Visits, request: pytest.FixtureRequest) -> Any:
    with visits.app.test_request_context("/", headers={"Cookie": f"bahasa={request.param}"}):
        yield request.param


def test_every_kind_of_condition_is_said_and_no_two_alike(spoken: str) -> None:
    assert set(LEAVES) == set(KINDS)
    for kind, leaves in LEAVES.items():
        said = [words for leaf in leaves for words in asked({"kind": kind, **leaf})]
        assert len(set(said)) == len(leaves), (kind, said)
        for words in said:
            assert not LEFT.search(words.replace("SP2T", "").replace("TRIPLE WIN", "")), words
            assert words not in ("syarat lain", "another requirement")


def test_a_field_of_study_that_was_stored_by_its_other_code_has_its_name(spoken: str) -> None:
    stored, today = (
        asked({"kind": "education", "level": "D3", "fields": [code]}) for code in ("SENI_RUPA", "FINE_ARTS")
    )
    assert stored == today


def test_every_member_of_every_kind_of_law_has_its_words() -> None:
    members = {name for schema in (*SCHEMAS.values(), AppliesSchema()) for name in schema.fields}
    assert members | {*CODES, *MONEY, *NUMBERS} == set(PARTS)


def test_every_law_of_the_demo_is_read_in_words(spoken: str) -> None:
    laws = json.loads((DEMO / "policies.json").read_text()) + json.loads((DEMO / "policies_drafts.json").read_text())
    contents = [row["content"] for law in laws for row in law.get("revisions", [law]) if row.get("content")]
    assert len(contents) > 20
    for content in contents:
        told = lines(content)
        assert told, content
        for label, said in told:
            assert not LEFT.search(f"{label} {said}"), (label, said)
            assert said, label


def test_what_a_proposal_takes_out_is_seen(visits: Visits, fakes: FakeHouses) -> None:
    now = supervisors.row(number=1, status="APPROVED", content={"items": ["TRAINING"], "countries": ["MYS"]})
    then = supervisors.row(content={"items": ["TRAINING"], "countries": None})
    supervisors.tell(fakes)
    fakes.says("placement", f"GET /v1/policies/{supervisors.POLICY}", supervisors.policy(revisions=[now, then]))
    wati: FlaskClient = visits.as_("supervisor", name="Wati Pengawas")
    assert "negara Malaysia dihapus" in words_on(wati, f"/pengawas/aturan/{supervisors.POLICY}/2")
