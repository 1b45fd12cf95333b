"""Passwords and keys of one home: made once, kept in a folder that only its owner may read.

`./lumbung reset` throws them away together with the data that they protect.
"""

import base64
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Credentials:
    """How one principal signs in, at Kafka as at MongoDB."""

    username: str
    password: str


class Secrets:
    """One file per secret, made at its first use (mode 0600)."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def credentials(self, server: str, username: str) -> Credentials:
        """The password of a user at "kafka" or "mongodb": letters and digits only, so that it needs no quoting."""
        return Credentials(username, self._once(f"{server}-{username}", lambda: secrets.token_hex(16)))

    def key(self, name: str) -> str:
        """32 random bytes in base64, as NIK_KEY, NIK_HASH_KEY and SNAPSHOT_KEY want them."""
        return self._once(name, lambda: base64.b64encode(secrets.token_bytes(32)).decode())

    def kept(self, name: str) -> str:
        """A secret that somebody put there; empty where nobody did."""
        return self.path(name).read_text().strip() if self.path(name).exists() else ""

    def path(self, name: str) -> Path:
        """The file of a secret, for servers that want to read it themselves."""
        return self._folder / name

    def _once(self, name: str, make: Callable[[], str]) -> str:
        path = self.path(name)
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return path.read_text().strip()
        with os.fdopen(descriptor, "w") as file:
            secret = make()
            file.write(secret + "\n")
        return secret
