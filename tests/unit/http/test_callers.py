"""Who is asking, and may they."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from shared.http.callers import NOBODY, Caller
from shared.http.problems import Forbidden, Unauthenticated


def test_a_caller_needs_one_of_the_scopes() -> None:
    baker = Caller(id="1", kind="baker", scopes=frozenset({"loaves:write"}))
    baker.need("loaves:write")
    baker.need("ovens:write", "loaves:write")
    assert baker.may("loaves:write") and not baker.may("ovens:write")
    with pytest.raises(Forbidden) as caught:
        baker.need("ovens:write")
    assert caught.value.extra == {"needed": ["ovens:write"]}


def test_nobody_is_asked_to_sign_in_first() -> None:
    with pytest.raises(Unauthenticated):
        NOBODY.need("loaves:read")


@pytest.mark.parametrize(
    ("header", "code"),
    [
        ("Basic bWFyaWE6cm90aQ==", "authorization_unreadable"),
        ("Bearer", "authorization_unreadable"),
        ("Bearer ", "authorization_unreadable"),
        ("", "authorization_unreadable"),
        ("\xff\xfe", "authorization_unreadable"),
        ("Bearer x", "token_invalid"),
        ("Bearer a.b.c", "token_invalid"),
        ("bearer " + "a" * 20_000, "token_invalid"),
        ("Bearer \xc3\xa9.\xc3\xa9.\xc3\xa9", "token_invalid"),
        ("Bearer uji_short", "key_invalid"),
        ("Bearer lbg_aaaaaaaaaaaaaaaa_" + "b" * 43, "key_invalid"),
    ],
)
@pytest.mark.parametrize("path", ["/v1/loaves/roti", "/v1/loaves"])
def test_a_bad_credential_is_refused_even_where_none_is_needed(
    client: FlaskClient, header: str, code: str, path: str
) -> None:
    answer = client.get(path, headers={"Authorization": header})
    assert (answer.status_code, answer.get_json()["code"]) == (401, code)
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_options_of_an_address_are_no_secret(client: FlaskClient) -> None:
    answer = client.options("/v1/loaves")
    assert answer.status_code == 200
    assert "POST" in answer.headers["Allow"]


def test_a_good_credential_passes(client: FlaskClient, baker: dict[str, Any]) -> None:
    assert client.get("/v1/loaves/roti", headers=baker).status_code == 200
    lower = {"Authorization": baker["Authorization"].replace("Bearer", "bearer")}
    assert client.get("/v1/loaves/roti", headers=lower).status_code == 200


def test_whoever_is_remembered_comes_back_with_the_same_rights() -> None:
    asked = Caller(id="dev:ana", kind="officer", scopes=frozenset({"b:write", "a:read"}), centre="KUPANG")
    document = json.loads(json.dumps(asked.remembered()))
    assert Caller.restored(document) == asked
