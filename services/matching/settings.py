"""Read once when a matching process starts: what every house needs, the key of snapshot ids, and two places on disk."""

from dataclasses import dataclass
from pathlib import Path

from shared.settings import Common, SettingMissing, setting

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Common):
    """`lumbung_models` holds fitted models; without it the hand-set cards rank alone."""

    snapshot_key: bytes = setting("the output of: head -c 32 /dev/urandom | base64", secret=True)
    lumbung_distances: Path = setting("deploy/data/distances.csv", default=Path("deploy/data/distances.csv"))
    lumbung_models: Path | None = setting("/var/lib/lumbung/models", default=None)

    def __post_init__(self) -> None:
        """Refuse a short key: whoever can guess it can guess which answers were given.

        Raises:
            SettingMissing: with the sentence for whoever starts the process.
        """
        Common.__post_init__(self)
        if len(self.snapshot_key) != KEY_BYTES:
            raise SettingMissing(f"SNAPSHOT_KEY must be {KEY_BYTES} bytes in base64: head -c 32 /dev/urandom | base64")
        if not self.lumbung_distances.is_file():
            raise SettingMissing(f"LUMBUNG_DISTANCES: there is no file {self.lumbung_distances}.")
