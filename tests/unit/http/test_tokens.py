"""Only a good token of the right issuer, for us, in time, recognises a member of staff."""

import base64
import json
import os
import stat
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from joserfc import jwk, jwt

from shared import clock
from shared.http import tokens
from shared.http.problems import Unauthenticated
from shared.http.tokens import DevelopmentIssuer, IssuerRefused, Tokens, roles

ISSUER, AUDIENCE = "https://login.example.org", "lumbung"


@pytest.fixture
def key() -> jwk.ECKey:
    return jwk.ECKey.generate_key("P-256", auto_kid=True)


@pytest.fixture
def jwks(tmp_path: Path, key: jwk.ECKey) -> Path:
    return publish(tmp_path / "jwks.json", key)


def publish(path: Path, *keys: Any) -> Path:
    path.write_text(json.dumps({"keys": [one.as_dict(private=False) for one in keys]}))
    return path


def recogniser(jwks: Path) -> Tokens:
    return Tokens(jwks=str(jwks), issuer=ISSUER, audience=AUDIENCE)


def claims(**more: Any) -> dict[str, Any]:
    now = int(clock.wall().timestamp())
    whole = {"iss": ISSUER, "aud": AUDIENCE, "sub": "u-1", "role": "baker", "scope": "loaves:read loaves:write"}
    return {name: value for name, value in (whole | {"exp": now + 60} | more).items() if value is not None}


def signed(key: Any, alg: str = "ES256", **more: Any) -> str:
    return jwt.encode({"alg": alg, "kid": key.kid}, claims(**more), key, algorithms=[alg])


def test_a_good_token_becomes_a_caller(jwks: Path, key: jwk.ECKey) -> None:
    caller = recogniser(jwks).resolve(signed(key, centre="KUPANG"))
    assert (caller.id, caller.kind, caller.centre) == ("u-1", "baker", "KUPANG")
    assert caller.scopes == {"loaves:read", "loaves:write"}


PAST, FUTURE = -3600, 3600


@pytest.mark.parametrize(
    "more",
    [
        {"iss": "https://elsewhere.example.org"},
        {"iss": None},
        {"aud": "other"},
        {"aud": ["other"]},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 201},
        {"sub": 7},
        {"exp": None},
        {"exp": "soon"},
        {"role": "nobody"},
        {"role": "Baker!"},
        {"role": 7},
        {"scope": ["loaves:read"]},
        {"centre": 7},
    ],
)
def test_a_wrong_claim_is_refused(jwks: Path, key: jwk.ECKey, more: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated) as caught:
        recogniser(jwks).resolve(signed(key, **more))
    assert caught.value.code == "token_invalid"


def test_a_list_of_audiences_may_hold_us(jwks: Path, key: jwk.ECKey) -> None:
    assert recogniser(jwks).resolve(signed(key, aud=["other", AUDIENCE])).id == "u-1"


def test_an_expired_token_says_so(jwks: Path, key: jwk.ECKey) -> None:
    with pytest.raises(Unauthenticated) as caught:
        recogniser(jwks).resolve(signed(key, exp=int(clock.wall().timestamp()) + PAST))
    assert caught.value.code == "token_expired"


def test_a_token_from_the_future_is_refused(jwks: Path, key: jwk.ECKey) -> None:
    with pytest.raises(Unauthenticated):
        recogniser(jwks).resolve(signed(key, nbf=int(clock.wall().timestamp()) + FUTURE))


def test_months_on_the_development_clock_sign_nobody_out(jwks: Path, key: jwk.ECKey) -> None:
    with clock.fixed(clock.wall() + timedelta(days=97)):
        assert recogniser(jwks).resolve(signed(key)).id == "u-1"


def test_another_key_of_the_same_name_is_refused(jwks: Path, key: jwk.ECKey) -> None:
    forged = jwk.ECKey.generate_key("P-256", {"kid": str(key.kid)})
    assert forged.kid == key.kid
    with pytest.raises(Unauthenticated):
        recogniser(jwks).resolve(signed(forged))


def test_no_signature_is_no_token(jwks: Path, key: jwk.ECKey) -> None:
    def part(value: Any) -> str:
        return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

    for alg in ("none", "None", "NONE", ""):
        for signature in ("", "AAAA"):
            with pytest.raises(Unauthenticated):
                recogniser(jwks).resolve(f"{part({'alg': alg, 'kid': key.kid})}.{part(claims())}.{signature}")


def test_the_public_key_is_no_shared_secret(jwks: Path, key: jwk.ECKey) -> None:
    secret = jwk.OctKey.import_key(json.dumps(key.as_dict(private=False)).encode().ljust(64), {"kid": str(key.kid)})
    with pytest.raises(Unauthenticated):
        recogniser(jwks).resolve(signed(secret, alg="HS256"))


def test_a_shared_secret_in_the_key_set_is_ignored(tmp_path: Path) -> None:
    secret = jwk.OctKey.generate_key(256, {"kid": "s"})
    path = tmp_path / "jwks.json"
    path.write_text(json.dumps({"keys": [secret.as_dict(private=True)]}))
    with pytest.raises(Unauthenticated):
        recogniser(path).resolve(signed(secret, alg="HS256"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "a.b",
        "a.b.c.d",
        "ä.b.c",
        "a" * 9000,
        "e30.e30.e30",
        "\x00",
        "W10.W10.W10",
        "bnVsbA.bnVsbA.bnVsbA",
    ],
)
def test_what_is_no_token_is_refused(jwks: Path, text: str) -> None:
    with pytest.raises(Unauthenticated):
        recogniser(jwks).resolve(text)


def test_a_changed_key_file_is_read_again(jwks: Path, key: jwk.ECKey) -> None:
    reader = recogniser(jwks)
    assert reader.resolve(signed(key)).id == "u-1"
    new = jwk.ECKey.generate_key("P-256", auto_kid=True)
    publish(jwks, new)
    os.utime(jwks, ns=(1, 1))
    assert reader.resolve(signed(new)).id == "u-1"
    with pytest.raises(Unauthenticated):
        reader.resolve(signed(key))


def test_a_key_file_that_breaks_keeps_the_last_good_keys(jwks: Path, key: jwk.ECKey) -> None:
    reader = recogniser(jwks)
    reader.resolve(signed(key))
    jwks.write_text("{")
    assert reader.resolve(signed(key)).id == "u-1"


def test_no_key_file_at_all_recognises_nobody(tmp_path: Path, key: jwk.ECKey) -> None:
    with pytest.raises(Unauthenticated):
        recogniser(tmp_path / "missing.json").resolve(signed(key))


class Counting(BaseHTTPRequestHandler):
    body: bytes = b""
    asked = 0

    def do_GET(self) -> None:
        type(self).asked += 1
        self.send_response(200)
        self.end_headers()
        self.wfile.write(type(self).body)

    def log_message(self, *args: Any) -> None:
        """Quiet."""


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A key server without TLS: the rule for https stands, only its name of the scheme is widened for this test."""
    server = HTTPServer(("127.0.0.1", 0), Counting)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr(tokens, "SCHEMES", ("https", "http"))
    Counting.asked = 0
    yield f"http://127.0.0.1:{server.server_port}/jwks.json"
    server.shutdown()
    server.server_close()


def test_keys_of_an_address_are_fetched_once_and_again_for_an_unknown_key(
    address: str, key: jwk.ECKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    Counting.body = json.dumps({"keys": [key.as_dict(private=False)]}).encode()
    reader = Tokens(jwks=address, issuer=ISSUER, audience=AUDIENCE)
    for _ in range(3):
        assert reader.resolve(signed(key)).id == "u-1"
    assert Counting.asked == 1
    new = jwk.ECKey.generate_key("P-256", auto_kid=True)
    Counting.body = json.dumps({"keys": [key.as_dict(private=False), new.as_dict(private=False)]}).encode()
    with pytest.raises(Unauthenticated):
        reader.resolve(signed(new))
    assert Counting.asked == 1, "an unknown key id must not make us ask at once again"
    monkeypatch.setattr(tokens, "RETRY_SECONDS", 0.0)
    assert reader.resolve(signed(new)).id == "u-1"
    assert Counting.asked == 2


def test_keys_are_fetched_by_https_only() -> None:
    with pytest.raises(ValueError, match="https"):
        Tokens(jwks="http://login.example.org/jwks", issuer=ISSUER, audience=AUDIENCE)


def test_the_development_issuer_is_refused_in_production(tmp_path: Path) -> None:
    with pytest.raises(IssuerRefused):
        DevelopmentIssuer(tmp_path / "new", environment="production")
    assert not (tmp_path / "new").exists()
    with pytest.raises(IssuerRefused):
        Tokens(jwks="x", issuer=tokens.DEVELOPMENT_ISSUER, audience=AUDIENCE, development=False)


def test_the_private_key_is_the_owners_alone(tmp_path: Path) -> None:
    DevelopmentIssuer(tmp_path, environment="development")
    assert stat.S_IMODE((tmp_path / "issuer.key").stat().st_mode) == 0o600
    assert "d" not in json.loads((tmp_path / "jwks.json").read_text())["keys"][0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["issuer.key", "jwks.json"]


def test_the_issuer_keeps_its_key_and_warns_each_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    first = DevelopmentIssuer(tmp_path, environment="development").mint("officer", "Maria Goreti", "KUPANG")
    second = DevelopmentIssuer(tmp_path, environment="development").mint("officer", "Maria Goreti")
    reader = Tokens(
        jwks=str(tmp_path / "jwks.json"), issuer=tokens.DEVELOPMENT_ISSUER, audience=AUDIENCE, development=True
    )
    assert reader.resolve(first).id == reader.resolve(second).id == "dev:maria-goreti"
    assert reader.resolve(first).scopes == set(roles()["officer"])
    assert sum("DEVELOPMENT TOKEN" in record.message for record in caplog.records) == 2


def test_two_people_are_two_subjects_whatever_their_role(tmp_path: Path) -> None:
    issuer = DevelopmentIssuer(tmp_path, environment="development")
    reader = Tokens(jwks=str(issuer.jwks_path), issuer=tokens.DEVELOPMENT_ISSUER, audience=AUDIENCE, development=True)
    ids = {reader.resolve(issuer.mint(role, name)).id for role in ("officer", "supervisor") for name in ("Ana", "Ben")}
    assert ids == {"dev:ana", "dev:ben"}


def test_a_role_gets_its_scopes_and_no_other_role_exists(tmp_path: Path) -> None:
    issuer = DevelopmentIssuer(tmp_path, environment="development")
    assert set(roles()["officer"]) < set(roles()["supervisor"])
    with pytest.raises(KeyError):
        issuer.mint("king", "Ana")


def test_a_token_may_name_the_organisation_of_whoever_signed_in(tmp_path: Path) -> None:
    issuer = DevelopmentIssuer(tmp_path, environment="development")
    reader = Tokens(jwks=str(issuer.jwks_path), issuer=tokens.DEVELOPMENT_ISSUER, audience="lumbung", development=True)
    caller = reader.resolve(issuer.mint("provider", "Petugas BLK", organisation="p-1"))
    assert (caller.kind, caller.organisation) == ("provider", "p-1")
    assert reader.resolve(issuer.mint("provider", "Petugas BLK")).organisation is None
