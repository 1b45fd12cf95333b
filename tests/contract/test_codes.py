"""A code list that stands once is known everywhere: where a contract lists it, to who reads it, and by a name."""

import json
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import pytest

from services.console.pages.pengawas import words
from services.matching.matcher.law.policy_kinds import READERS
from services.placement.schemas.contents import SCHEMAS
from shared.codes import certificates, education, languages, offers, policies
from shared.events.contracts import FOLDER

LISTED: list[tuple[str, str, Collection[str]]] = [
    ("placement/job-orders.v1", "scheme", offers.SCHEMES),
    ("placement/job-orders.v1", "channel", offers.CHANNELS),
    ("placement/job-orders.v1", "visa_type", offers.VISA_TYPES),
    ("placement/job-orders.v1", "payer", offers.PAYERS),
    ("placement/job-orders.v1", "verification", offers.VERIFICATIONS),
    ("placement/job-orders.v1", "certificate", certificates.KINDS),
    ("placement/job-orders.v1", "level", education.LADDER),
    ("placement/job-orders.v1", "class", certificates.DRIVING_CLASSES),
    ("registry/candidates.v1", "kind", certificates.KINDS),
    ("registry/candidates.v1", "level", education.LADDER),
    ("registry/candidates.v1", "cefr", languages.CEFR),
    ("training/enrolments.v1", "kind", certificates.KINDS),
    ("training/courses.v1", "certificate", certificates.KINDS),
    ("training/courses.v1", "cefr", languages.CEFR),
]


def enums(schema: Any, name: str, inside: bool = False) -> Iterator[set[str]]:
    """Every list of codes below a property of this name."""
    if isinstance(schema, Mapping):
        if inside and "enum" in schema:
            yield set(schema["enum"])
        for key, part in schema.items():
            yield from enums(part, name, (inside and key in ("anyOf", "items")) or key == name)
    elif isinstance(schema, list):
        for part in schema:
            yield from enums(part, name, inside)


@pytest.mark.parametrize(("contract", "name", "codes"), LISTED, ids=[f"{one}:{name}" for one, name, _ in LISTED])
def test_a_contract_lists_the_codes_that_its_owner_takes(contract: str, name: str, codes: Collection[str]) -> None:
    """Else an order or a person is taken at the door and its event refused later."""
    schema = json.loads((FOLDER / f"{contract}.schema.json").read_text(encoding="utf-8"))
    found = list(enums(schema, name))
    assert found and all(one == set(codes) for one in found)


def test_every_kind_of_policy_can_be_proposed_is_read_and_has_a_name() -> None:
    assert set(policies.KINDS) == set(SCHEMAS) == set(READERS) == set(words._POLICIES)
