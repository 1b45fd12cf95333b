"""How a number rests: sealed for one person, found by a keyed hash, useless to whoever copies the database."""

import pytest

from services.registry.store.vault import Unsealable, Vault

VAULT = Vault(seal_key=b"k" * 32, hash_key=b"h" * 32)
NIK = "9953064404010003"


def test_a_sealed_number_opens_again_for_its_owner() -> None:
    kept = VAULT.sealed_nik(NIK, "person-1")
    assert VAULT.nik(kept, "person-1") == NIK
    assert kept["last4"] == "0003"
    assert NIK not in repr(kept)


def test_a_number_copied_to_another_person_does_not_open() -> None:
    with pytest.raises(Unsealable):
        VAULT.nik(VAULT.sealed_nik(NIK, "person-1"), "person-2")


def test_another_key_or_a_changed_byte_does_not_open_it() -> None:
    sealed = VAULT.seal(NIK.encode(), "person-1")
    for wrong, content in (
        (Vault(seal_key=b"x" * 32, hash_key=b"h" * 32), sealed),
        (VAULT, sealed[:-1] + bytes([sealed[-1] ^ 1])),
        (VAULT, b""),
    ):
        with pytest.raises(Unsealable):
            wrong.open(content, "person-1")


def test_sealing_twice_gives_two_texts_and_one_hash() -> None:
    one, two = VAULT.sealed_nik(NIK, "person-1"), VAULT.sealed_nik(NIK, "person-1")
    assert one["sealed"] != two["sealed"]
    assert one["hash"] == two["hash"]


def test_a_hash_needs_its_key_and_its_kind() -> None:
    other = Vault(seal_key=b"k" * 32, hash_key=b"i" * 32)
    assert VAULT.fingerprint("nik", NIK) != other.fingerprint("nik", NIK)
    assert VAULT.fingerprint("nik", NIK) != VAULT.fingerprint("person", NIK)
