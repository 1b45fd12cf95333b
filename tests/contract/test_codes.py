"""A code list that stands once is known everywhere: where a contract lists it, to who reads it, and by a name."""

import json
from collections.abc import Collection

import pytest

from deploy.asyncapi import CODES, lists_of
from services.console.pages.pengawas import words
from services.matching.judging.judging import ONLY_BEFORE_APPLYING
from services.matching.matcher.law.policy_kinds import READERS
from services.matching.matcher.law.rules import WORDINGS
from services.placement.schemas.contents import SCHEMAS
from shared.codes import policies
from shared.events import contracts
from shared.events.contracts import FOLDER


@pytest.mark.parametrize(("contract", "name", "codes"), CODES, ids=[f"{one}:{name}" for one, name, _ in CODES])
def test_a_contract_lists_the_codes_that_its_owner_takes(contract: str, name: str, codes: Collection[str]) -> None:
    """Else an order or a person is taken at the door and its event refused later: `python -m deploy.asyncapi`."""
    schema = json.loads((FOLDER / f"{contract}.schema.json").read_text(encoding="utf-8"))
    found = list(lists_of(schema, name))
    assert found and all(set(one) == set(codes) for one in found)


def test_every_kind_of_policy_can_be_proposed_is_read_and_has_a_name() -> None:
    assert set(policies.KINDS) == set(SCHEMAS) == set(READERS) == set(words._POLICIES)


def test_every_rule_that_a_judgement_may_name_has_its_sentences() -> None:
    """Whoever receives a judgement reads them by code: `shared/contracts/matching/judgements.v1.texts.json`."""
    rules = {code for code in WORDINGS if "/" not in code} - ONLY_BEFORE_APPLYING
    told = {f"{rule}.{status}" for rule in rules for status in ("NOT_MET", "UNKNOWN")}
    assert told == set(contracts.texts("matching.judgements.v1"))
