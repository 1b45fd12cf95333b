"""What stands in the square code of a letter: typed codes are forgiving, signed facts are not."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.slips import SYMBOLS, NotGenuine, SlipSigner, facts_of, key_set, keys_of, new_code, read_code, shown_code

SEAL, OTHER = SlipSigner(b"a" * 32), SlipSigner(b"b" * 32)
KEYS = {SEAL.kid: SEAL.public}
codes = st.builds(new_code)


@given(codes)
def test_a_code_is_read_however_it_is_typed(code: str) -> None:
    assert read_code(code) == code
    assert read_code(shown_code(code).lower()) == code
    assert read_code(f"  {code[:3]} {code[3:]}\n") == code
    assert read_code(code.replace("1", "l")) == code == read_code(code.replace("1", "I"))


@given(codes, st.integers(0, 9), st.sampled_from(SYMBOLS))
def test_one_wrong_symbol_is_always_noticed(code: str, place: int, symbol: str) -> None:
    wrong = code[:place] + symbol + code[place + 1 :]
    assert (read_code(wrong) is None) == (wrong != code)


@given(codes, st.integers(0, 8))
def test_two_swapped_symbols_are_always_noticed(code: str, place: int) -> None:
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    assert (read_code(swapped) is None) == (swapped != code)


@pytest.mark.parametrize("typed", ["", "7KQ2", "7KQ2-M4XD-9T-11", "ÄÖÜ2-M4XD-9T", "０" * 10, "😀" * 10, "\0" * 10])
def test_what_is_no_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


@given(codes, st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=40), min_size=1, max_size=6))
def test_facts_come_back_as_they_were_signed(code: str, facts: list[str]) -> None:
    said = facts_of(code, SEAL.slip(code, facts), KEYS)
    assert said == "\n".join(" ".join(fact.split()) for fact in facts).split("\n")


def test_what_was_changed_is_not_genuine() -> None:
    code, another = new_code(), new_code()
    slip = SEAL.slip(code, ["2026-12-01", "Y.T."])
    kid, packed, signature = slip.split(".")
    forged = OTHER.slip(code, ["2027-12-01", "X.X."]).split(".")
    for wrong, why in (
        ((another, slip), "changed"),
        ((code, f"{kid}.{forged[1]}.{signature}"), "changed"),
        ((code, f"{kid}.{forged[1]}.{forged[2]}"), "changed"),
        ((code, ".".join(forged)), "unknown_key"),
        ((code, f"{kid}.{packed}.{signature[:-2]}"), "unreadable"),
        ((code, ""), "unreadable"),
        ((code, f"{slip}\n"), "unreadable"),
    ):
        with pytest.raises(NotGenuine, match=why):
            facts_of(*wrong, KEYS)


def test_keys_travel_as_a_key_set_and_a_letter_outlives_its_key() -> None:
    document = json.loads(json.dumps(key_set([SEAL.public, OTHER.public])))
    known = keys_of(document)
    assert known == {SEAL.kid: SEAL.public, OTHER.kid: OTHER.public}
    code = new_code()
    assert facts_of(code, OTHER.slip(code, ["a"]), known) == ["a"]
    assert all("d" not in row for row in document["keys"]), "never the secret half"


@pytest.mark.parametrize("document", [{}, {"keys": 3}, []])
def test_what_is_no_key_set_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="JWK"):
        keys_of(document)  # type: ignore[arg-type]
