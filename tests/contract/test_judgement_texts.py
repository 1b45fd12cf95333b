"""Every rule that a judgement may name has its sentences beside the contract, in both languages and without a gap."""

import pytest

from services.matching.matcher.law.rules import FIELDS, WORDINGS
from shared.events.contracts import texts

NOT_UNDER_WAY = {"ORDER_OPENS", "ORDER_CLOSES"}
"""Rules that bind only before somebody applies."""

# What comes after a slash tells sentences of one rule apart, for readers of advice.
RULES = sorted({rule.partition("/")[0] for rule in WORDINGS} - NOT_UNDER_WAY)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("status", ["NOT_MET", "UNKNOWN"])
def test_a_rule_has_its_sentences(rule: str, status: str) -> None:
    words = texts("matching.judgements.v1")[f"{rule}.{status}"]
    for name in ("text", "next_action"):
        for language in ("id", "en"):
            sentence = words[name][language]
            assert sentence.endswith(".") and "{" not in sentence


@pytest.mark.parametrize("rule", sorted(FIELDS.keys() - {"ORDER_VERIFIED", "ORDER_STATUS", "SLOTS"}))
def test_a_rule_about_the_offer_says_what_its_company_changes(rule: str) -> None:
    assert texts("matching.judgements.v1")[f"{rule}.NOT_MET"]["change"]["id"]


@pytest.mark.parametrize("rule", sorted(FIELDS.keys() - {"ORDER_VERIFIED", "ORDER_STATUS", "SLOTS"}))
def test_what_is_not_on_record_is_given_and_not_changed(rule: str) -> None:
    """Nobody lowers hours that were never written down, or swaps a visa that is not named."""
    change = texts("matching.judgements.v1")[f"{rule}.UNKNOWN"]["change"]
    assert change["id"].split()[0] in ("Isi", "Lengkapi", "Tulis"), change
    assert change["en"].split()[0] in ("Give", "Complete", "Write"), change


def test_nobody_is_treated_for_what_was_never_examined() -> None:
    assert "treatment" not in texts("matching.judgements.v1")["FITNESS.UNKNOWN"]["next_action"]["en"]
