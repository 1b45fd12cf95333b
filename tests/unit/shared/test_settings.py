"""A process says in one sentence what its environment lacks, and shows no secret while it does."""

from dataclasses import dataclass
from pathlib import Path

import pytest

from shared.settings import Common, SettingMissing, read, setting

ENOUGH = {
    "MONGODB_URI": "mongodb://registry:secret@127.0.0.1/lumbung_registry",
    "MONGODB_DATABASE": "lumbung_registry",
    "KAFKA_BOOTSTRAP": "127.0.0.1:9092",
    "KAFKA_USERNAME": "registry",
    "KAFKA_PASSWORD": "hush",
    "HTTP_PORT": "8081",
    "OIDC_JWKS": "jwks.json",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Oven:
    """One field of each kind."""

    heat: int = setting("220")
    name: str = setting("oven", default="oven")
    key: bytes = setting("AAAA", secret=True, env="OVEN_KEY", default=b"")
    lit: bool = setting("true", default=False)
    door: Path | None = setting("/tmp/door", default=None)
    ratio: float = setting("0.5", default=1.0)


def test_every_kind_of_field_is_read_from_its_variable() -> None:
    environ = {"HEAT": "180", "NAME": "stone", "OVEN_KEY": "aGVhdA==", "LIT": "true", "DOOR": "/d", "RATIO": "0.25"}
    assert read(Oven, environ) == Oven(heat=180, name="stone", key=b"heat", lit=True, door=Path("/d"), ratio=0.25)


def test_an_empty_value_counts_as_absent() -> None:
    assert read(Oven, {"HEAT": "1", "NAME": " ", "DOOR": ""}) == Oven(heat=1)


@pytest.mark.parametrize("missing", sorted(ENOUGH))
def test_a_missing_value_is_named_with_an_example(missing: str) -> None:
    environ = {name: value for name, value in ENOUGH.items() if name != missing}
    with pytest.raises(SettingMissing, match=rf"{missing} is not set\. For example: {missing}=\S"):
        read(Common, environ)


@pytest.mark.parametrize(
    ("variable", "value", "says"),
    [
        ("HEAT", "hot", "'hot' is not a whole number"),
        ("LIT", "yes", "'yes' is not true or false"),
        ("RATIO", "half", "'half' is not a number"),
        ("OVEN_KEY", "h u s h", "the value is not base64"),
    ],
)
def test_an_unreadable_value_is_refused_in_words(variable: str, value: str, says: str) -> None:
    with pytest.raises(SettingMissing, match=f"{variable}: {says}"):
        read(Oven, {"HEAT": "1", variable: value})


def test_a_secret_appears_neither_in_a_repr_nor_in_a_refusal() -> None:
    settings = read(Common, ENOUGH)
    assert "hush" not in repr(settings) and "secret" not in repr(settings)
    with pytest.raises(SettingMissing) as refusal:
        read(Oven, {"HEAT": "1", "OVEN_KEY": "hush!"})
    assert "hush" not in str(refusal.value)


def test_production_is_the_default_and_takes_no_moving_clock() -> None:
    assert read(Common, ENOUGH).in_development is False
    with pytest.raises(SettingMissing, match="LUMBUNG_CLOCK_FILE"):
        read(Common, {**ENOUGH, "LUMBUNG_CLOCK_FILE": "clock"})
    development = {**ENOUGH, "LUMBUNG_ENV": "development", "LUMBUNG_CLOCK_FILE": "clock"}
    assert read(Common, development).lumbung_clock_file == Path("clock")


def test_an_unknown_environment_is_refused() -> None:
    with pytest.raises(SettingMissing, match="development or production"):
        read(Common, {**ENOUGH, "LUMBUNG_ENV": "staging"})
