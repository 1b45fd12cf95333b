"""Read once when a training process starts: what every house needs, and the key that signs letters."""

from dataclasses import dataclass

from shared.settings import Common, SettingMissing, setting
from shared.slips import SEED_BYTES

_EXAMPLE = '"$(head -c 32 /dev/urandom | base64)"'


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Common):
    """``letter_key`` signs what stands in the square code of a letter. A new one signs new letters; old ones hold."""

    letter_key: bytes = setting(_EXAMPLE, secret=True)

    def __post_init__(self) -> None:
        """Refuse a key of the wrong size.

        Raises:
            SettingMissing: with the sentence for whoever starts the process.
        """
        Common.__post_init__(self)
        if len(self.letter_key) != SEED_BYTES:
            raise SettingMissing(f"LETTER_KEY must be {SEED_BYTES} bytes in base64, for example LETTER_KEY={_EXAMPLE}.")
