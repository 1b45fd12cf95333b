"""Every process reads its environment once, here, when it starts.

A house declares a frozen dataclass with keyword-only fields; a field named ``mongodb_uri`` is read from
``MONGODB_URI``. A value that is missing or unreadable stops the process with one sentence that names the variable
and shows an example.
"""

import base64
import binascii
import dataclasses
import types
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

DEVELOPMENT = "development"
PRODUCTION = "production"


class SettingMissing(Exception):
    """The environment lacks something or holds something unreadable; the text is for whoever starts the process."""


def setting(example: str, *, env: str | None = None, secret: bool = False, default: Any = dataclasses.MISSING) -> Any:
    """One field of a settings class.

    ``example`` appears in the sentence about a missing value; ``env`` names the variable where it is not the
    field's name in capitals; a ``secret`` never appears in a repr or a message.
    """
    metadata = {"example": example, "env": env, "secret": secret}
    return field(default=default, metadata=metadata, repr=not secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """What every process reads that serves HTTP and keeps something in MongoDB."""

    lumbung_env: str = setting("development", default=PRODUCTION)
    lumbung_log_level: str = setting("INFO", default="INFO")
    lumbung_clock_file: Path | None = setting(".lumbung/clock", default=None)
    mongodb_uri: str = setting("mongodb://registry:secret@127.0.0.1:27017/lumbung_registry", secret=True)
    mongodb_database: str = setting("lumbung_registry")
    http_host: str = setting("0.0.0.0", default="127.0.0.1")
    http_port: int = setting("8081")
    http_socket: Path | None = setting("/run/registry.sock", default=None)
    http_threads: int = setting("8", default=8)
    http_workers: int = setting("1", default=1)
    http_trusted_proxies: int = setting("1", default=0)

    def __post_init__(self) -> None:
        """Refuse what no process could run with.

        Raises:
            SettingMissing: unknown environment, or the development clock outside development.
        """
        if self.lumbung_env not in (DEVELOPMENT, PRODUCTION):
            raise SettingMissing(f"LUMBUNG_ENV is {self.lumbung_env!r}: say {DEVELOPMENT} or {PRODUCTION}.")
        if self.lumbung_clock_file is not None and not self.in_development:
            raise SettingMissing("LUMBUNG_CLOCK_FILE moves the clock and is refused outside development: unset it.")

    @property
    def in_development(self) -> bool:
        """True where unsafe conveniences (the development issuer, the moving clock) are allowed."""
        return self.lumbung_env == DEVELOPMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Common(Served):
    """What every process of every house reads. A house adds its own fields by inheriting."""

    kafka_bootstrap: str = setting("127.0.0.1:9092")
    kafka_username: str = setting("registry")
    kafka_password: str = setting("secret", secret=True)
    kafka_security: str = setting("SASL_SSL", default="SASL_PLAINTEXT")
    kafka_mechanism: str = setting("SCRAM-SHA-512", default="SCRAM-SHA-256")
    kafka_ca_file: Path | None = setting("/run/secrets/kafka-ca.pem", default=None)
    work_port: int | None = setting("9081", default=None)
    work_pulse: Path | None = setting(".lumbung/sockets/registry.pulse", default=None)
    # Only where never two `work` processes of a house run at once: see `instance` of shared/events/bus.py.
    work_instance: str | None = setting("1", default=None)
    oidc_issuer: str = setting("https://login.example.go.id", default="lumbung-development")
    oidc_audience: str = setting("lumbung", default="lumbung")
    oidc_jwks: str = setting("https://login.example.go.id/jwks.json")


def read(cls: type[T], environ: Mapping[str, str]) -> T:
    """Build a settings dataclass from the environment.

    Args:
        cls: a dataclass whose field types are ``str``, ``int``, ``float``, ``bool``, ``bytes`` (base64), ``Path``,
            or one of these ``| None``.
        environ: usually ``os.environ``. An empty value counts as absent.

    Raises:
        SettingMissing: a variable is absent without a default, or cannot be read as its type.
    """
    hints = typing.get_type_hints(cls)
    values = {}
    for one in dataclasses.fields(cls):  # type: ignore[arg-type]
        name = one.metadata.get("env") or one.name.upper()
        text = environ.get(name, "").strip()
        if text:
            values[one.name] = _parse(text, hints[one.name], name, one)
        elif one.default is dataclasses.MISSING and one.default_factory is dataclasses.MISSING:
            raise SettingMissing(f"{name} is not set. {_example(name, one)}")
    return cls(**values)


def _example(name: str, one: "dataclasses.Field[Any]") -> str:
    example = one.metadata.get("example")
    return f"For example: {name}={example}" if example else "It has no default."


def _parse(text: str, hint: Any, name: str, one: "dataclasses.Field[Any]") -> Any:
    if typing.get_origin(hint) in (types.UnionType, typing.Union):
        hint = next(kind for kind in typing.get_args(hint) if kind is not type(None))
    try:
        return _READERS[hint](text)
    except (ValueError, binascii.Error) as error:
        shown = "the value" if one.metadata.get("secret") else repr(text)
        raise SettingMissing(f"{name}: {shown} is not {_KINDS[hint]}. {_example(name, one)}") from error


def _truth(text: str) -> bool:
    if text.lower() not in ("true", "false"):
        raise ValueError(text)
    return text.lower() == "true"


def _base64(text: str) -> bytes:
    return base64.b64decode(text, validate=True)


_READERS: dict[Any, Callable[[str], Any]] = {
    str: str,
    int: int,
    float: float,
    bool: _truth,
    bytes: _base64,
    Path: Path,
}
_KINDS = {
    str: "text",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    bytes: "base64",
    Path: "a path",
}
