"""Anyone who changes a message: the examples, the schemas, the topics page and the released copies must still agree."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from deploy import asyncapi

ROOT = Path(__file__).resolve().parents[2]
CONTRACTS = ROOT / "shared" / "contracts"
TOPICS: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "topics.yaml").read_text(encoding="utf-8"))["topics"]
LABELS = sorted(entry["contract"] for entry in TOPICS.values())
PERSONAL = {"full_name", "name_of_person", "nik", "phone", "village", "district", "address", "number", "note", "text"}


def load(label: str, kind: str) -> Any:
    return json.loads((CONTRACTS / f"{label}.{kind}.json").read_text(encoding="utf-8"))


def test_every_contract_has_a_topic_and_every_topic_a_contract() -> None:
    on_disk = {
        str(path.relative_to(CONTRACTS)).removesuffix(".schema.json") for path in CONTRACTS.glob("*/*.schema.json")
    }
    assert on_disk == set(LABELS)


def test_the_tree_of_requirements_and_lists_of_codes_stand_once() -> None:
    """`python -m deploy.asyncapi` writes them into the contracts that carry them."""
    written = asyncapi.contracts()
    assert [path.name for path, text in written.items() if path.read_text(encoding="utf-8") != text] == []


@pytest.mark.parametrize("label", LABELS)
def test_the_schema_is_valid_2020_12_and_closed_for_producers(label: str) -> None:
    schema = load(label, "schema")
    Draft202012Validator.check_schema(schema)
    for where, part in _objects(schema):
        assert part.get("additionalProperties") is False or "propertyNames" in part, (
            f"{label} {where} lets unknown fields pass"
        )


@pytest.mark.parametrize("label", LABELS)
def test_the_good_example_passes_and_uses_every_field(label: str) -> None:
    schema, good = load(label, "schema"), load(label, "good")
    Draft202012Validator(schema).validate(good)
    branches = schema.get("anyOf", [schema])
    fullest = max(
        (
            branch
            for branch in branches
            if Draft202012Validator({**branch, "$defs": schema.get("$defs", {})}).is_valid(good)
        ),
        key=lambda branch: len(branch["properties"]),
    )
    assert set(good) == set(fullest["properties"]), "a full example shows every field"


@pytest.mark.parametrize("label", LABELS)
def test_the_bad_example_is_refused_and_says_why(label: str) -> None:
    schema, bad = load(label, "schema"), load(label, "bad")
    assert bad["why"].endswith(".")
    assert not Draft202012Validator(schema).is_valid(bad["message"])


@pytest.mark.parametrize("label", LABELS)
def test_no_schema_has_room_for_what_names_a_person(label: str) -> None:
    if label.startswith("registry/") or label in (
        "training/enrolments.v1",
        "placement/applications.v1",
        "matching/recommendations.v1",
        "matching/judgements.v1",
    ):
        names = {name for _, part in _objects(load(label, "schema")) for name in part.get("properties", {})}
        assert not names & PERSONAL


def test_a_person_without_consent_is_an_id_a_version_and_a_state() -> None:
    validator = Draft202012Validator(load("registry/candidates.v1", "schema"))
    good = load("registry/candidates.v1", "good")
    bare = {"id": good["id"], "version": 4, "consent": "WITHDRAWN"}
    validator.validate(bare)
    assert not validator.is_valid({**good, "consent": "WITHDRAWN"})


def test_event_types_follow_one_grammar() -> None:
    for topic, entry in TOPICS.items():
        assert topic.startswith(entry["owner"] + ".")
        for kind in entry["types"]:
            owner, noun, verb = kind.split(".")
            assert owner == entry["owner"] and noun and verb


def test_the_page_for_partners_is_up_to_date() -> None:
    assert asyncapi.PAGE.read_text(encoding="utf-8") == asyncapi.page(), (
        "run `python -m deploy.asyncapi` and commit the page"
    )


def test_pointers_of_the_page_for_partners_lead_somewhere() -> None:
    page = yaml.safe_load(asyncapi.PAGE.read_text(encoding="utf-8"))
    for pointer in _pointers(page):
        part: Any = page
        for step in pointer.removeprefix("#/").split("/"):
            part = part[step]


def test_an_outsider_can_validate_messages_with_the_page_alone() -> None:
    page = yaml.safe_load(asyncapi.PAGE.read_text(encoding="utf-8"))
    for label, message in page["components"]["messages"].items():
        schema = {"$ref": f"#/components/schemas/{label}", "components": page["components"]}
        owner, name = label.split(".", 1)
        Draft202012Validator(schema).validate(message["examples"][0]["payload"])
        assert not Draft202012Validator(schema).is_valid(load(f"{owner}/{name}", "bad")["message"])


@pytest.mark.parametrize("path", sorted((CONTRACTS / "released").glob("*/*.schema.json")), ids=lambda path: path.stem)
def test_a_released_contract_only_grows(path: Path) -> None:
    label = str(path.relative_to(CONTRACTS / "released")).removesuffix(".schema.json")
    released = json.loads(path.read_text(encoding="utf-8"))
    problems = list(_lost(released, load(label, "schema"), label))
    assert not problems, problems


def test_the_check_for_growth_sees_a_lost_field_and_a_lost_value() -> None:
    old = load("training/batches.v1", "schema")
    new = json.loads(json.dumps(old))
    del new["properties"]["seats"]
    new["properties"]["status"]["enum"].remove("FULL")
    assert list(_lost(old, new, "x")) == ["x/seats: field is gone", "x/status: value FULL is gone"]


def _objects(schema: Any, where: str = "") -> Any:
    """Every object schema inside `schema`, with the place where it stands."""
    if isinstance(schema, dict):
        if schema.get("type") == "object":
            yield where, schema
        for key, value in schema.items():
            yield from _objects(value, f"{where}/{key}")
    elif isinstance(schema, list):
        for index, value in enumerate(schema):
            yield from _objects(value, f"{where}/{index}")


def _pointers(part: Any) -> Any:
    if isinstance(part, dict):
        if isinstance(part.get("$ref"), str):
            yield part["$ref"]
        for value in part.values():
            yield from _pointers(value)
    elif isinstance(part, list):
        for value in part:
            yield from _pointers(value)


def _lost(old: Any, new: Any, where: str) -> Any:
    """What a reader of the old schema could rely on and can no longer: fields, required fields, enum values, types."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name, part in old.get("properties", {}).items():
            if name not in new.get("properties", {}):
                yield f"{where}/{name}: field is gone"
            else:
                yield from _lost(part, new["properties"][name], f"{where}/{name}")
        for name in set(old.get("required", ())) - set(new.get("required", ())):
            if name in new.get("properties", {}):
                yield f"{where}/{name}: no longer always there"
        for value in old.get("enum", ()):
            if value not in new.get("enum", ()):
                yield f"{where}: value {value} is gone"
        if "type" in old and old["type"] != new.get("type"):
            yield f"{where}: type changed"
        for key in ("items", "$defs", "additionalProperties"):
            if isinstance(old.get(key), dict):
                if key == "$defs":
                    for name, part in old[key].items():
                        yield from _lost(part, new.get(key, {}).get(name, {}), f"{where}/$defs/{name}")
                else:
                    yield from _lost(old[key], new.get(key), f"{where}/{key}")
        for index, part in enumerate(old.get("anyOf", ())):
            choices = new.get("anyOf", ())
            if index >= len(choices):
                yield f"{where}: choice {index} is gone"
            else:
                yield from _lost(part, choices[index], f"{where}/{index}")
    elif old != new:
        yield f"{where}: changed"
