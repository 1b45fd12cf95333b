"""The development sign-in: a click on a person, or a link that names a role, gives a code for exactly that one."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from deploy.local.signin.app import create_app
from deploy.local.signin.people import staff
from shared.http.tokens import DevelopmentIssuer

ASKED = {
    "client_id": "lumbung-console",
    "redirect_uri": "http://console.test/masuk/kembali",
    "response_type": "code",
    "state": "s",
    "code_challenge": "x",
    "code_challenge_method": "S256",
}


@pytest.fixture
def client(tmp_path: Path) -> FlaskClient:
    issuer = DevelopmentIssuer(tmp_path, environment="development")
    people = list(staff())
    return create_app(
        issuer, url="http://signin.test", console="http://console.test", people=lambda: people
    ).test_client()


def test_a_link_that_names_a_role_is_one_click(client: FlaskClient) -> None:
    answer = client.get("/authorize", query_string={**ASKED, "login_hint": "reviewer"})
    assert answer.status_code == 303
    place = urlsplit(answer.location)
    assert place.path == "/masuk/kembali" and set(parse_qs(place.query)) == {"code", "state"}


@pytest.mark.parametrize("hint", ["", "emperor"])
def test_without_a_role_that_is_there_the_people_stand_there_to_choose_from(client: FlaskClient, hint: str) -> None:
    answer = client.get("/authorize", query_string={**ASKED, "login_hint": hint})
    assert answer.status_code == 200 and "Ana Petugas" in answer.get_data(as_text=True)


def test_a_hint_opens_no_other_site(client: FlaskClient) -> None:
    asked = {**ASKED, "redirect_uri": "http://elsewhere.test/", "login_hint": "officer"}
    assert client.get("/authorize", query_string=asked).status_code == 400
