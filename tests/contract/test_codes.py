"""A code list that stands once is understood by every house that must: nobody accepts a law that nobody can read."""

from services.console.pages.pengawas import words
from services.matching.matcher.law.policy_kinds import READERS
from services.placement.schemas.contents import SCHEMAS
from shared.codes import policies


def test_every_kind_of_policy_can_be_proposed_is_read_and_has_a_name() -> None:
    assert set(policies.KINDS) == set(SCHEMAS) == set(READERS) == set(words._POLICIES)
