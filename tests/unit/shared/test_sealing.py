"""A key can be changed while all runs: at each step every process opens what any other has sealed."""

import pytest

from shared.sealing import Seal, Unsealable

OLD, NEW, OTHER = b"o" * 32, b"n" * 32, b"x" * 32
# How processes stand side by side while a key is changed, step by step: docs/operating.md.
STEPS = [
    (Seal(OLD), Seal(OLD, also=NEW)),
    (Seal(OLD, also=NEW), Seal(NEW, also=OLD)),
]


@pytest.mark.parametrize("pair", STEPS)
def test_processes_of_two_steps_open_what_the_other_sealed(pair: tuple[Seal, Seal]) -> None:
    for one, other in (pair, pair[::-1]):
        assert other.open(one.seal(b"secret", "owner"), "owner") == b"secret"


def test_what_the_old_key_sealed_is_sealed_anew_once() -> None:
    before = Seal(OLD).seal(b"secret", "owner")
    changing = Seal(NEW, also=OLD)
    fresh = changing.renewed(before, "owner")
    assert fresh is not None and Seal(NEW).open(fresh, "owner") == b"secret"
    assert changing.renewed(fresh, "owner") is None


@pytest.mark.parametrize("seal", [Seal(OTHER), Seal(OTHER, also=NEW)])
def test_neither_key_opens_nor_renews_what_a_third_has_sealed(seal: Seal) -> None:
    sealed = Seal(OLD).seal(b"secret", "owner")
    for ask in (seal.open, seal.renewed):
        with pytest.raises(Unsealable):
            ask(sealed, "owner")


def test_an_owner_is_part_of_the_seal_also_for_the_other_key() -> None:
    sealed = Seal(OLD).seal(b"secret", "owner")
    with pytest.raises(Unsealable):
        Seal(NEW, also=OLD).renewed(sealed, "somebody else")
