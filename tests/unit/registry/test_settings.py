"""What stops a registry process before it starts, each time with one sentence that names the variable."""

import base64

import pytest

from services.registry.settings import Settings
from shared.settings import SettingMissing, read


def key(letter: str, size: int = 32) -> str:
    return base64.b64encode(letter.encode() * size).decode()


ENVIRONMENT = {
    "LUMBUNG_ENV": "development",
    "MONGODB_URI": "mongodb://127.0.0.1/",
    "MONGODB_DATABASE": "lumbung_registry",
    "KAFKA_BOOTSTRAP": "127.0.0.1:9092",
    "KAFKA_USERNAME": "registry",
    "KAFKA_PASSWORD": "secret",
    "HTTP_PORT": "8081",
    "OIDC_JWKS": "jwks.json",
    "NIK_KEY": key("k"),
    "NIK_HASH_KEY": key("h"),
}


def test_a_whole_environment_is_read_and_hides_its_keys() -> None:
    settings = read(Settings, ENVIRONMENT)
    assert settings.nik_key == b"k" * 32
    assert "kkkk" not in repr(settings)


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"NIK_KEY": ""}, "NIK_KEY"),
        ({"NIK_HASH_KEY": "not base64!"}, "NIK_HASH_KEY"),
        ({"NIK_KEY": key("k", 16)}, "NIK_KEY"),
        ({"NIK_HASH_KEY": key("k")}, "NIK_HASH_KEY"),
    ],
)
def test_a_missing_short_or_shared_key_stops_the_process(change: dict[str, str], named: str) -> None:
    with pytest.raises(SettingMissing, match=named):
        read(Settings, {**ENVIRONMENT, **change})
