"""Read once when a console process starts: where the houses are, where people sign in, and the key of the sessions."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from shared.settings import Served, SettingMissing, setting

KEY_BYTES = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings(Served):
    """Addresses are those by which this process reaches the houses; people never see them."""

    registry_url: str = setting("http://127.0.0.1:8081")
    training_url: str = setting("http://127.0.0.1:8082")
    placement_url: str = setting("http://127.0.0.1:8083")
    matching_url: str = setting("http://127.0.0.1:8084")
    partners_url: str | None = setting("http://127.0.0.1:8085", default=None)
    console_url: str = setting("https://konsol.example.go.id")
    session_key: bytes = setting("the output of: head -c 32 /dev/urandom | base64", secret=True)
    session_idle_minutes: int = setting("10", default=10)
    oidc_discovery: str = setting("https://login.example.go.id/realms/ntt/.well-known/openid-configuration")
    oidc_client_id: str = setting("lumbung-console", default="lumbung-console")
    oidc_client_secret: str | None = setting("of the client, where the provider gives one", secret=True, default=None)
    oidc_scope: str = setting("openid profile", default="openid profile")

    def __post_init__(self) -> None:
        """Refuse a short key, and a sign-in or console over plain HTTP outside development.

        Raises:
            SettingMissing: with the sentence for whoever starts the process.
        """
        Served.__post_init__(self)
        if len(self.session_key) != KEY_BYTES:
            raise SettingMissing(f"SESSION_KEY must be {KEY_BYTES} bytes in base64: head -c 32 /dev/urandom | base64")
        for name, address in (("CONSOLE_URL", self.console_url), ("OIDC_DISCOVERY", self.oidc_discovery)):
            if not self.in_development and urlsplit(address).scheme != "https":
                raise SettingMissing(f"{name} is {address}: outside development it must begin with https://.")

    @property
    def houses(self) -> dict[str, str]:
        """The address of each house that is there."""
        named = {
            "registry": self.registry_url,
            "training": self.training_url,
            "placement": self.placement_url,
            "matching": self.matching_url,
            "partners": self.partners_url,
        }
        return {house: address.rstrip("/") for house, address in named.items() if address}
