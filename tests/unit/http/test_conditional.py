"""A change names the version it was made on, and the version is the ETag."""

import pytest
from flask.testing import FlaskClient

Headers = dict[str, str]


def test_the_version_of_a_document_is_its_etag(client: FlaskClient, baker: Headers) -> None:
    answer = client.get("/v1/loaves/roti", headers=baker)
    assert answer.headers["ETag"] == '"7"'
    assert client.post("/v1/loaves", json={"name": "roti"}, headers=baker).headers["ETag"] == '"1"'


def test_an_unchanged_document_is_not_sent_again(client: FlaskClient, baker: Headers) -> None:
    answer = client.get("/v1/loaves/roti", headers=baker | {"If-None-Match": '"7"'})
    assert (answer.status_code, answer.data, answer.headers["ETag"]) == (304, b"", '"7"')


@pytest.mark.parametrize("tags", ['W/"7"', '"6", W/"7"', "*"])
def test_a_tag_that_a_proxy_made_weak_is_the_same_for_reading(client: FlaskClient, baker: Headers, tags: str) -> None:
    """RFC 9110, section 13.1.2: whoever compresses an answer on its way weakens its tag."""
    assert client.get("/v1/loaves/roti", headers=baker | {"If-None-Match": tags}).status_code == 304
    assert client.get("/v1/loaves/roti", headers=baker | {"If-None-Match": 'W/"6", x'}).status_code == 200


@pytest.mark.parametrize("data", [b"", b"null"])
def test_a_change_that_says_nothing_at_all_is_refused(client: FlaskClient, baker: Headers, data: bytes) -> None:
    headers = baker | {"If-Match": '"7"', "Content-Type": "application/json"}
    answer = client.patch("/v1/loaves/roti", data=data, headers=headers)
    assert (answer.status_code, answer.get_json()["errors"][0]["code"]) == (422, "no_body")
    assert client.patch("/v1/loaves/roti", json={}, headers=baker | {"If-Match": '"7"'}).status_code == 200


def test_a_change_without_if_match_is_refused(client: FlaskClient, baker: Headers) -> None:
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=baker)
    assert (answer.status_code, answer.get_json()["code"]) == (428, "precondition_missing")


def test_a_change_on_an_old_version_is_refused_with_the_new_one(client: FlaskClient, baker: Headers) -> None:
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=baker | {"If-Match": '"6"'})
    assert (answer.status_code, answer.get_json()["code"]) == (412, "stale")
    assert answer.get_json()["current_version"] == 7
    assert answer.headers["ETag"] == '"7"'


def test_a_change_on_the_present_version_passes(client: FlaskClient, baker: Headers) -> None:
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=baker | {"If-Match": '"7"'})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"8"')


@pytest.mark.parametrize(
    ("tag", "status", "code"),
    [
        ("7", 400, "if_match_unreadable"),
        ('"7', 400, "if_match_unreadable"),
        ("\xff\x00", 400, "if_match_unreadable"),
        ('W/"7"', 412, "stale"),
        ('"d41d8cd98f00b204e9800998ecf8427e"', 412, "stale"),
        ('"99999999999999999999999999"', 412, "stale"),
        ('"-1"', 412, "stale"),
        ('W/"7", W/"6"', 412, "stale"),
        ('"7" "6"', 400, "if_match_unreadable"),
        ('"7", *', 400, "if_match_unreadable"),
        ('"7", 6', 400, "if_match_unreadable"),
        (" ", 428, "precondition_missing"),
    ],
)
def test_a_tag_that_is_not_ours_is_refused_with_a_pointer(
    client: FlaskClient, baker: Headers, tag: str, status: int, code: str
) -> None:
    headers = baker | {"If-Match": tag.replace("\x00", "")}
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=headers)
    body = answer.get_json()
    assert (answer.status_code, body["code"]) == (status, code)
    assert body["errors"][0]["in"] == "header"
    assert body["errors"][0]["pointer"] == "/If-Match"


@pytest.mark.parametrize("tag", ["*", '"6", "7"', '"7","6"', 'W/"1", "x,y" ,"7"', ', "7",', '"7", "7"'])
def test_any_or_one_of_several_versions_may_be_named(client: FlaskClient, baker: Headers, tag: str) -> None:
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=baker | {"If-Match": tag})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"8"')


@pytest.mark.parametrize("tag", ['"5", "6"', 'W/"7", "6"'])
def test_none_of_several_versions_stands_any_more(client: FlaskClient, baker: Headers, tag: str) -> None:
    answer = client.patch("/v1/loaves/roti", json={"name": "x"}, headers=baker | {"If-Match": tag})
    assert (answer.status_code, answer.get_json()["current_version"]) == (412, 7)
