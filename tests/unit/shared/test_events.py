"""Envelope and contracts: what goes on the wire comes off it unchanged, and what breaks a contract is refused."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.events import contracts
from shared.events.caught_up import TOMBSTONES_KEPT
from shared.events.contracts import ContractMissing, Refused
from shared.events.envelope import Record, UnreadableEvent, from_wire, to_wire
from shared.ids import new as new_id
from tests.support.bakery import SCHEMA, an_event, write_contract

TOPIC = "bakery.loaves.v1"

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(st.integers(1, 10**18 - 1), st.booleans(), json_values)
def test_an_event_comes_off_the_wire_as_it_went_on(version: int, tombstone: bool, value: Any) -> None:
    event = an_event(TOPIC, new_id(), version, tombstone=tombstone, more=value)
    assert from_wire(to_wire(event)) == event


def test_the_headers_are_cloudevents_in_binary_mode() -> None:
    event = an_event(TOPIC, new_id(), 7)
    headers = {name: (value or b"").decode() for name, value in to_wire(event).headers}
    assert headers.pop("ce_time").endswith("Z")
    assert headers == {
        "ce_specversion": "1.0",
        "ce_id": event.id,
        "ce_source": "/lumbung/bakery",
        "ce_type": "bakery.loaf.told",
        "ce_subject": event.key,
        "ce_sequence": "7",
        "ce_sequencetype": "Integer",
        "ce_dataschema": "/lumbung/contracts/bakery/loaves.v1.schema.json",
        "content-type": "application/json; charset=utf-8",
    }


def test_a_tombstone_has_no_value_and_no_content_type() -> None:
    record = to_wire(an_event(TOPIC, new_id(), 7, tombstone=True))
    assert record.value is None
    assert "content-type" not in dict(record.headers)


def _without(name: str) -> Callable[[Record], Record]:
    return lambda record: _with_headers(record, [(key, value) for key, value in record.headers if key != name])


def _saying(name: str, value: bytes | None) -> Callable[[Record], Record]:
    return lambda record: _with_headers(record, [(key, value if key == name else old) for key, old in record.headers])


def _with_headers(record: Record, headers: Any) -> Record:
    return Record(record.topic, record.key, record.value, headers)


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        (_without("ce_id"), "ce_id is missing"),
        (_without("ce_type"), "ce_type is missing"),
        (_saying("ce_specversion", b"0.3"), "ce_specversion is not 1.0"),
        (_saying("ce_source", None), "ce_source is missing"),
        (_saying("ce_sequence", b"0"), "not a whole number from 1"),
        (_saying("ce_sequence", b"-1"), "not a whole number from 1"),
        (_saying("ce_sequence", "٣".encode()), "not a whole number from 1"),
        (_saying("ce_sequence", b"9" * 19), "not a whole number from 1"),
        (_saying("ce_time", b"yesterday"), "not an RFC 3339 instant"),
        (_saying("ce_time", b"2026-11-24T10:00:00"), "no time zone"),
        (_saying("ce_type", b"\xff"), "ce_type is not UTF-8"),
        (_saying("ce_subject", b"another"), "The key and ce_subject differ"),
        (lambda record: Record(record.topic, None, record.value, record.headers), "The key and ce_subject differ"),
        (lambda record: Record(record.topic, record.key, b"", record.headers), "not JSON"),
        (lambda record: Record(record.topic, record.key, b'"text"', record.headers), "not a JSON object"),
        (lambda record: Record(record.topic, record.key, b"[" * 100_000, record.headers), "not JSON"),
    ],
)
def test_a_record_that_is_no_event_is_unreadable_for_a_reason(broken: Callable[[Record], Record], reason: str) -> None:
    with pytest.raises(UnreadableEvent, match=reason):
        from_wire(broken(to_wire(an_event(TOPIC, new_id(), 1, name="resep rahasia"))))


@pytest.fixture
def topic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    name = f"bakery.{new_id()}"
    write_contract(tmp_path, name)
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    return name


def _loaf(**more: Any) -> dict[str, Any]:
    return {"id": new_id(), "version": 1, "name": "roti", **more}


def test_who_says_an_unknown_field_is_refused_and_who_hears_one_ignores_it(topic: str) -> None:
    contracts.check_said(topic, _loaf())
    with pytest.raises(Refused, match="additionalProperties"):
        contracts.check_said(topic, _loaf(recipe="secret"))
    contracts.check_heard(topic, _loaf(recipe="secret"))


@pytest.mark.parametrize("check", [contracts.check_said, contracts.check_heard])
def test_a_payload_that_breaks_its_contract_is_refused_without_being_quoted(
    topic: str, check: Callable[[str, Any], None]
) -> None:
    with pytest.raises(Refused) as refusal:
        check(topic, _loaf(name=["Maria Goreti"]))
    assert "name breaks the rule 'type'" in str(refusal.value)
    assert "Maria" not in str(refusal.value)


def test_a_schema_closed_by_its_author_is_open_for_listeners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"bakery.{new_id()}"
    write_contract(tmp_path, name, {**SCHEMA, "additionalProperties": False})
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    contracts.check_heard(name, _loaf(flour="rye"))


def test_objects_inside_objects_are_closed_too_and_names_of_fields_are_no_rules(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"bakery.{new_id()}"
    inner = {"type": "object", "properties": {"properties": {"type": "string"}, "enum": {"type": "integer"}}}
    write_contract(tmp_path, name, {"type": "object", "properties": {"oven": {"type": "array", "items": inner}}})
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    contracts.check_said(name, {"oven": [{"properties": "x", "enum": 1}]})
    with pytest.raises(Refused):
        contracts.check_said(name, {"oven": [{"heat": 3}]})


def test_many_that_share_a_list_are_checked_as_each_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"bakery.{new_id()}"
    flour = {"type": "object", "properties": {"kind": {"type": "string"}}}
    write_contract(
        tmp_path,
        name,
        {"type": "object", "properties": {"n": {"type": "integer"}, "of": {"type": "array", "items": flour}}},
    )
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    rye, bad = {"kind": "rye"}, {"kind": 3}
    contracts.check_said_together(name, [{"n": n, "of": [rye]} for n in range(3)], alike="of")
    pairs: list[list[dict[str, Any]]] = [
        [{"n": 1, "of": [rye]}, {"n": "2", "of": [rye]}],
        [{"n": 1, "of": [rye]}, {"n": 2, "of": [bad]}],
    ]
    for broken in pairs:
        with pytest.raises(Refused):
            contracts.check_said_together(name, broken, alike="of")
    with pytest.raises(Refused):
        contracts.check_said_together(name, [{"n": 1, "of": [bad]}], alike="of")


def test_a_topic_without_a_contract_is_found_out_by_name(topic: str) -> None:
    with pytest.raises(ContractMissing, match="cakes.v1.schema.json"):
        contracts.check_present("bakery.cakes.v1")


def test_a_word_that_would_be_passed_over_in_silence_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"bakery.{new_id()}"
    write_contract(tmp_path, name, {**SCHEMA, "unevaluatedProperties": False})
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    with pytest.raises(ContractMissing, match="unevaluatedProperties"):
        contracts.check_present(name)


def test_tombstones_are_kept_for_as_long_as_listeners_believe() -> None:
    from deploy.topics import load

    kept = {int(topic.config["delete.retention.ms"]) for topic in load()}
    assert kept == {TOMBSTONES_KEPT.total_seconds() * 1000}


def test_what_would_be_passed_over_beside_a_reference_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = f"bakery.{new_id()}"
    schema = {"$defs": {"name": {"type": "string"}}, "properties": {"name": {"$ref": "#/$defs/name", "maxLength": 3}}}
    write_contract(tmp_path, name, schema)
    monkeypatch.setattr(contracts, "FOLDER", tmp_path)
    with pytest.raises(ContractMissing, match="beside a"):
        contracts.check_present(name)
