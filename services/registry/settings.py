"""Read once when a registry process starts: what every house needs, and the two keys of the national id numbers."""

from dataclasses import dataclass

from shared.settings import Common, SettingMissing, setting

KEY_BYTES = 32
_EXAMPLE = '"$(head -c 32 /dev/urandom | base64)"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Common):
    """``nik_key`` opens sealed numbers, ``nik_hash_key`` finds them; losing either loses that ability for good.

    ``nik_key_also`` opens and never seals: the other one of two while ``nik_key`` is changed.
    """

    nik_key: bytes = setting(_EXAMPLE, secret=True)
    nik_hash_key: bytes = setting(_EXAMPLE, secret=True)
    nik_key_also: bytes | None = setting(_EXAMPLE, secret=True, default=None)

    def __post_init__(self) -> None:
        """Refuse keys of the wrong size, and one key used for both purposes.

        Raises:
            SettingMissing: with the sentence for whoever starts the process.
        """
        # Named, because a slots dataclass is made anew and super() without names would still mean the old class.
        Common.__post_init__(self)
        keys = {"NIK_KEY": self.nik_key, "NIK_HASH_KEY": self.nik_hash_key, "NIK_KEY_ALSO": self.nik_key_also}
        for name, key in keys.items():
            if key is not None and len(key) != KEY_BYTES:
                raise SettingMissing(f"{name} must be {KEY_BYTES} bytes in base64, for example {name}={_EXAMPLE}.")
        if self.nik_key == self.nik_hash_key:
            raise SettingMissing("NIK_KEY and NIK_HASH_KEY are the same: make two, so that one leak opens one thing.")
