"""What is promised to integrators is valid, complete, and made from what checks their requests."""

from typing import Any

import openapi_spec_validator
import pytest
from flask.testing import FlaskClient


@pytest.fixture(scope="module")
def document(client: FlaskClient) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.mimetype == "application/json"
    found: dict[str, Any] = answer.get_json()
    return found


def test_the_document_is_valid(document: dict[str, Any]) -> None:
    openapi_spec_validator.validate(document)
    assert document["openapi"].startswith("3.1")


def test_every_operation_can_be_refused_as_a_problem(document: dict[str, Any]) -> None:
    refusal = document["components"]["responses"]["DEFAULT_ERROR"]["content"]
    assert list(refusal) == ["application/problem+json"]
    for operations in document["paths"].values():
        for method, operation in operations.items():
            if method in ("get", "post", "patch"):
                assert operation["responses"]["default"] == {"$ref": "#/components/responses/DEFAULT_ERROR"}
                for status, answer in operation["responses"].items():
                    if status in ("412", "422", "428"):
                        name = answer["$ref"].rsplit("/", 1)[-1]
                        assert "application/problem+json" in document["components"]["responses"][name]["content"]


def test_public_operations_need_no_credential(document: dict[str, Any]) -> None:
    assert document["security"] == [{"bearer": []}]
    assert document["paths"]["/v1/loaves"]["get"]["security"] == []
    assert "security" not in document["paths"]["/v1/loaves"]["post"]
    assert document["components"]["securitySchemes"]["bearer"]["scheme"] == "bearer"


def test_fields_describe_what_they_take(document: dict[str, Any]) -> None:
    loaf = document["components"]["schemas"]["Loaf"]["properties"]
    assert loaf["name"]["maxLength"] == 60
    assert loaf["baked"]["format"] == "date"
    assert loaf["country"]["pattern"] == "^[A-Z]{3}$"
    assert loaf["price"]["properties"].keys() == {"amount", "currency"}
    assert "LoafChanges" in document["components"]["schemas"]


def test_changes_need_if_match(document: dict[str, Any]) -> None:
    patch = document["paths"]["/v1/loaves/{id}"]["patch"]
    assert {"$ref": "#/components/parameters/IF_MATCH"} in patch["parameters"]


def test_the_page_needs_nothing_from_elsewhere(client: FlaskClient) -> None:
    answer = client.get("/docs")
    page = answer.get_data(as_text=True)
    assert answer.mimetype == "text/html"
    assert "/v1/loaves/{id}" in page
    for outside in ("<script", "src=", "http://", "https://", "@import", "url("):
        assert outside not in page
    assert "sha256-" in answer.headers["Content-Security-Policy"]


def test_the_type_of_a_refusal_leads_to_its_line(client: FlaskClient) -> None:
    page = client.get("/docs").get_data(as_text=True)
    for path in ("/v1/fails/sold", "/v1/fails/cold", "/v1/bred", "/v1/loaves?x=1", "/v1/loaves/roti"):
        address, _, anchor = client.get(path).get_json()["type"].partition("#")
        assert address == "/docs"
        assert page.count(f'id="{anchor}"') == 1


def test_the_page_shows_descriptions_as_text(make_bakery: Any) -> None:
    from shared.http.blueprints import Blueprint

    blp = Blueprint("evil", __name__)

    @blp.route("/v1/evil")
    @blp.response(200)
    def evil() -> Any:
        """<img src=x onerror=alert(1)>"""

    page = make_bakery(blueprints=[blp]).test_client().get("/docs").get_data(as_text=True)
    assert "<img" not in page


def test_what_answers_may_carry_besides_is_in_the_document(document: dict[str, Any]) -> None:
    schemas = document["components"]["schemas"]
    assert schemas["Problem"]["additionalProperties"] is True
    made = document["paths"]["/v1/loaves"]["post"]["responses"]["201"]["content"]["application/json"]["schema"]
    assert "notices" in schemas[made["$ref"].rpartition("/")[2]]["properties"]
