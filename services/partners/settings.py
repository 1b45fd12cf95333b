"""Read once when a partners process starts: what every house needs, and how deliveries are signed and contacts told."""

from dataclasses import dataclass

from shared.settings import Common, SettingMissing, setting

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Common):
    """`webhook_key` seals the secrets of subscriptions; without `smtp_url` notices are shown and not mailed.

    `webhook_key_also` opens and never seals: the other one of two while `webhook_key` is changed.

    A waiting partner holds a thread for as long as it waits, so there are more of them here than in other houses.
    """

    webhook_key: bytes = setting("the output of: head -c 32 /dev/urandom | base64", secret=True)
    webhook_key_also: bytes | None = setting("the other key while it is changed", secret=True, default=None)
    smtp_url: str | None = setting("smtp://user:password@mail.example.go.id:587", secret=True, default=None)
    http_threads: int = setting("96", default=96)

    def __post_init__(self) -> None:
        """Refuse a key of another size.

        Raises:
            SettingMissing: with the sentence for whoever starts the process.
        """
        Common.__post_init__(self)
        if any(len(key) != KEY_BYTES for key in (self.webhook_key, self.webhook_key_also) if key is not None):
            raise SettingMissing(f"WEBHOOK_KEY must be {KEY_BYTES} bytes in base64: head -c 32 /dev/urandom | base64")
        if self.http_threads < 8:
            raise SettingMissing("HTTP_THREADS must be 8 or more here: a partner who waits holds one.")
