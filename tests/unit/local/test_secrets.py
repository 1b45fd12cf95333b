"""Secrets are made once, differ from each other, and are readable by their owner only."""

import base64
import stat
from pathlib import Path

import pytest

from deploy.local.folders import Home
from deploy.local.secrets import Secrets


@pytest.fixture
def home(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    home.make()
    return home


def test_a_password_stays_the_same_for_the_life_of_the_home(home: Home) -> None:
    first = Secrets(home.secrets).credentials("kafka", "registry")
    assert Secrets(home.secrets).credentials("kafka", "registry") == first
    assert first.username == "registry"


def test_no_two_principals_share_a_password(home: Home) -> None:
    secrets = Secrets(home.secrets)
    passwords = {
        secrets.credentials(server, user).password
        for server in ("kafka", "mongodb")
        for user in ("admin", "registry", "training")
    }
    assert len(passwords) == 6


def test_a_key_is_32_bytes_in_base64(home: Home) -> None:
    assert len(base64.b64decode(Secrets(home.secrets).key("nik-key"), validate=True)) == 32


def test_only_the_owner_may_read_them(home: Home) -> None:
    secrets = Secrets(home.secrets)
    secrets.key("nik-key")
    assert stat.S_IMODE(secrets.path("nik-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.secrets.stat().st_mode) == 0o700
