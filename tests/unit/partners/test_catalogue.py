"""The catalogue says of events what is so: every change that a house tells becomes one of its kinds, in its schema."""

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from cloudevents.core.bindings import http as sdk
from cloudevents.core.bindings import kafka as binary
from cloudevents.core.formats.json import JSONFormat
from jsonschema import Draft202012Validator

from services.partners import says
from services.partners.actions import catalogue
from services.partners.model import knowledge as k
from services.partners.model import samples
from services.partners.model.events import CATALOGUE
from services.partners.model.filters import in_regions
from services.partners.model.organisation import KINDS
from services.partners.model.telling import Change, Told, told
from shared import clock, ids
from shared.events.envelope import Event, source_of, to_wire

ROOT = Path(__file__).resolve().parents[3]
TOPICS: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "topics.yaml").read_text(encoding="utf-8"))["topics"]
TOLD = {name: entry for name, entry in TOPICS.items() if name in k.SHAPES and name != k.PEOPLE}
TYPES = [(topic, type) for topic, entry in TOLD.items() for type in entry["types"]]
PERSONAL = {k.ENROLMENTS, k.APPLICATIONS, k.RECOMMENDATIONS}
NAMING = {"full_name", "name_of_person", "nik", "phone", "village", "text", "note", "number_of_certificate"}


def good(topic: str) -> dict[str, Any]:
    path = ROOT / "shared" / "contracts" / f"{TOPICS[topic]['contract']}.good.json"
    example: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return example


def look(topic: str, id: str) -> dict[str, Any]:
    """Everything is known, as the example messages tell it."""
    return {**k.SHAPES[topic](good(topic)), "_id": id, "version": 1}


def change(topic: str, type: str, *, before: bool = True, gone: bool = False, **more: Any) -> Told | None:
    data = {**good(topic), **more}
    known = look(topic, data["id"]) if before else None
    return told(Change(topic, type, data["id"], 2, None if gone else data, known), look)


def entry(topic: str, said: Told) -> dict[str, Any]:
    return {
        "_id": 7, "type": said.type, "topic": topic, "subject": ids.new(), "version": 2, "event_id": ids.new(),
        "time": clock.now(), "trace": None, "minimal": said.minimal, "more": said.more,
    }  # fmt: skip


def test_this_house_hears_of_everything_that_may_be_told() -> None:
    listened = {name for name, entry in TOPICS.items() if "partners" in entry["listeners"]}
    assert listened == set(k.SHAPES)
    assert {kind.topic for kind in CATALOGUE.values()} == set(TOLD)


@pytest.mark.parametrize(("topic", "type"), TYPES)
@pytest.mark.parametrize("before", [True, False])
def test_every_type_becomes_an_event_of_the_catalogue_in_its_schema(topic: str, type: str, before: bool) -> None:
    said = change(topic, type, before=before)
    assert said is not None and CATALOGUE[said.type].topic == topic
    for level in ("MINIMAL", "REFERENCES"):
        event = says.event(entry(topic, said), level)
        Draft202012Validator(samples.schema(said.type)).validate(event["data"])
        read = sdk.from_structured(sdk.HTTPMessage({}, json.dumps(event).encode()), JSONFormat())
        assert (read.get_type(), read.get_extension("sequence")) == (said.type, "2")


@pytest.mark.parametrize("topic", sorted(PERSONAL))
def test_of_a_person_an_event_says_no_more_than_its_schema(topic: str) -> None:
    for type in TOPICS[topic]["types"]:
        said = change(topic, type)
        assert said is not None
        assert {*said.minimal, *said.more} <= set(samples.schema(said.type)["properties"])
        assert "candidate_id" not in said.minimal and not NAMING & {*said.minimal, *said.more}
        assert said.about == good(topic)["candidate_id"] and CATALOGUE[said.type].personal


@pytest.mark.parametrize("topic", sorted(PERSONAL | {k.DEMAND}))
def test_what_is_erased_is_told_to_those_who_knew_and_holds_nothing(topic: str) -> None:
    said = change(topic, TOPICS[topic]["types"][0], gone=True)
    assert said is not None
    if topic != k.DEMAND:
        assert said.minimal == {"state": "ERASED"} and not said.more and not said.regions and said.about is None
    Draft202012Validator(samples.schema(said.type)).validate({"id": ids.new(), "version": 3, **said.minimal})
    assert change(topic, TOPICS[topic]["types"][0], gone=True, before=False) is None


def test_a_batch_without_a_place_concerns_everybody() -> None:
    said = change(k.BATCHES, "training.batch.announced", regency=None)
    assert said is not None and in_regions(["53.06"], {"regions": said.regions})
    Draft202012Validator(samples.schema(said.type)).validate(says.event(entry(k.BATCHES, said), "REFERENCES")["data"])


def test_of_a_person_whose_regency_is_not_known_only_those_of_everywhere_hear() -> None:
    def nowhere(topic: str, id: str) -> dict[str, Any]:
        return look(topic, id) | ({"regency": None} if topic == k.PEOPLE else {})

    data = good(k.ENROLMENTS)
    said = told(Change(k.ENROLMENTS, "training.enrolment.announced", data["id"], 2, data, None), nowhere)
    assert said is not None
    assert not in_regions(["53.06"], {"regions": said.regions}) and in_regions([], {"regions": said.regions})
    event = says.event(entry(k.ENROLMENTS, said), "REFERENCES")
    Draft202012Validator(samples.schema(said.type)).validate(event["data"])


@pytest.mark.parametrize("state", ["APPLIED", "SELECTED", "AGREED", "DEPARTED", "WITHDRAWN", "REJECTED", "STOPPED"])
def test_every_state_of_an_application_is_told(state: str) -> None:
    said = change(k.APPLICATIONS, "placement.application.announced", state=state)
    assert said is not None and "65.03" in said.regions


@pytest.mark.parametrize(
    ("state", "reason", "type"),
    [("DROPPED", "DECLINED_BY_PROVIDER", "referral.declined"), ("DROPPED", "LAPSED", "referral.revoked"),
     ("APPLIED", None, "referral.issued"), ("ENROLLED", None, "referral.started")],
)  # fmt: skip
def test_what_became_of_a_referral(state: str, reason: str | None, type: str) -> None:
    said = change(k.ENROLMENTS, "training.enrolment.dropped", state=state, drop_reason=reason)
    assert said is not None and said.type == type


@pytest.mark.parametrize(
    ("kind", "type"), [("GATE", "moratorium_changed"), ("BAN", "moratorium_changed"), ("COST", "changed")]
)
def test_a_moratorium_is_an_event_of_its_own(kind: str, type: str) -> None:
    said = change(k.POLICIES, "placement.policy.approved", kind=kind)
    assert said is not None and said.type == f"policy.{type}"


@pytest.mark.parametrize("type", CATALOGUE)
def test_an_entry_of_the_catalogue_is_whole(type: str) -> None:
    shown = catalogue.one(type)
    assert shown["purpose"]["id"] and shown["purpose"]["en"] and shown["legal_basis"]
    assert shown["audience"] and set(shown["audience"]) <= set(KINDS)
    Draft202012Validator.check_schema(shown["schema"])
    Draft202012Validator(shown["schema"]).validate(shown["sample"])
    assert bool(shown["personal_fields"]) == shown["personal"]
    if shown["personal"]:
        assert "CITIZEN_APP" not in shown["audience"] and not TOPICS[shown["topic"]]["partners"]
    if shown["direct_kafka"]:
        assert TOPICS[shown["topic"]]["partners"]


@pytest.mark.parametrize("topic", sorted(TOPICS))
def test_the_official_sdk_reads_what_is_on_kafka(topic: str) -> None:
    example = good(topic)
    event = Event(
        topic, str(example["id"]), TOPICS[topic]["types"][0], 3, source_of(TOPICS[topic]["owner"]), ids.new(),
        clock.now(), None, example,
    )  # fmt: skip
    record = to_wire(event)
    headers = {name: value or b"" for name, value in record.headers}
    message = binary.KafkaMessage(headers=headers, key=record.key, value=record.value or b"")
    read = binary.from_binary(message, JSONFormat())
    assert (read.get_id(), read.get_type(), read.get_subject()) == (event.id, event.type, event.key)
    assert read.get_extension("sequence") == "3" and read.get_data() == example
