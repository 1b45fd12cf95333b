"""Where Kafka is, who we are to it, and the three things that can go wrong with it, in the words of a house."""

import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.settings import Common

# The library's default lets a client sleep 30 s after a broker came back; people wait for these events.
RECONNECT_MS = 1_000
# Long enough for a sign-in on a busy machine, short enough that a process without a broker says so soon.
BOOTSTRAP_MS = 10_000
CONNECT_SECONDS = 3.0


class Unavailable(Exception):
    """Kafka cannot be reached or cannot answer now; trying again later is right."""


class Fenced(Exception):
    """Another producer with the same transactional id has taken over; this one must not send any more."""


class NotAllowed(Exception):
    """Kafka refuses this principal something that its house needs; the text says what."""


@dataclass(frozen=True, slots=True)
class Broker:
    """Where Kafka is and who we are to it. No username means a broker without sign-in."""

    bootstrap: str
    username: str
    password: str
    security: str = "SASL_PLAINTEXT"
    ca_file: Path | None = None
    mechanism: str = "SCRAM-SHA-256"

    @classmethod
    def of(cls, settings: Common) -> "Broker":
        """The broker that the environment names."""
        return cls(
            bootstrap=settings.kafka_bootstrap,
            username=settings.kafka_username,
            password=settings.kafka_password,
            security=settings.kafka_security,
            ca_file=settings.kafka_ca_file,
            mechanism=settings.kafka_mechanism,
        )

    def options(self, client_id: str) -> dict[str, Any]:
        """The keyword arguments that all of the library's clients share.

        Raises:
            Unavailable: nobody listens there. Found out here at once, and not by a client after its whole time-out; one
                that fails to start leaves a thread behind.
        """
        self._find_somebody()
        return {
            "bootstrap_servers": self.addresses,
            "client_id": client_id,
            "security_protocol": self.security,
            "sasl_mechanism": self.mechanism,
            "sasl_plain_username": self.username,
            "sasl_plain_password": self.password,
            "ssl_cafile": str(self.ca_file) if self.ca_file else None,
            "bootstrap_timeout_ms": BOOTSTRAP_MS,
            "reconnect_backoff_max_ms": RECONNECT_MS,
        }

    @property
    def addresses(self) -> list[str]:
        """The brokers of a cluster, as somebody types them: commas between, blanks or none."""
        return [address for one in self.bootstrap.split(",") if (address := one.strip())]

    def _find_somebody(self) -> None:
        for address in self.addresses:
            host, _, port = address.rpartition(":")
            try:
                socket.create_connection((host, int(port)), timeout=CONNECT_SECONDS).close()
            except (OSError, ValueError):
                continue
            return
        raise Unavailable(f"Nobody listens at {self.bootstrap} (KAFKA_BOOTSTRAP).")
