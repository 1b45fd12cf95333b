"""Somebody is erased: every house forgets them, and nothing that names them ever left the registry."""

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pymongo
import pytest

from deploy import topics
from deploy.demo.visitors import Answer, until
from shared.events.bus import Reader
from shared.events.envelope import Record
from tests.e2e.world import World, a_candidate, day
from tests.support.bakery import broker_of

if TYPE_CHECKING:
    from deploy.local.stack import Stack

NIK, PHONE = "9953064404997731", "+6281139107731"
# Each text that names the person or was typed about them has this made-up syllable in it.
SECRET = re.compile(rb"zubal|" + NIK.encode() + rb"|8113910" + rb"7731", re.IGNORECASE)

PERSON = {
    "full_name": "Wilhelmina Zubalkeda Tukan",
    "nik": NIK,
    "phone": PHONE,
    "village": "Zubaltora",
    "district": "Zubalrejo",
    "skills": [{"text": "merawat nenek Zubalwati", "source": "HOME", "months": 60}],
    "work_history": [{"title": "tukang kebun di rumah Zubalgardi", "months": 12, "country": "MYS"}],
    "certificates": [{"kind": "COMPLETION", "title": "Kursus Zubal", "number": "ZUBAL/77", "issuer": "LPK Zubal"}],
}


@pytest.fixture(scope="module")
def person(world: World) -> Answer:
    """Registered, noted about, advised, decided on, referred, applied, and once more in a sheet."""
    registry, matching = world.officer("registry"), world.officer("matching")
    someone = registry.post("/v1/candidates", a_candidate(**PERSON))
    path = f"/v1/candidates/{someone['id']}"
    passport = {"status": "MET", "number": "ZUBAL-PASPOR", "valid_until": day(900), "note": "Disimpan ibu Zubal"}
    registry.put(f"{path}/requirements/PASSPORT", passport, version=1)
    registry.post(f"{path}/risk-notes", {"text": "Kata Zubal, sponsor menagih utang.", "severity": "WARN"})
    registry.post(f"{path}/nik-reveals", {"reason": "Dicocokkan dengan KTP Zubal"})
    registry.post("/v1/candidates:search", {"query": "Zubalkeda"})
    registry.post("/v1/candidates:search", {"query": NIK})
    sheet = f"full_name;nik;village\n{PERSON['full_name']};{NIK};Zubaltora Baru\n"
    assert registry.send("desa.csv", sheet.encode())["counts"]["CHANGED"] == 1

    someone = registry.get(path)
    advice = world.advice(someone)
    decision = {"decision": "POSTPONED", "note": "Menunggu ayah Zubal"}
    decided = matching.post(f"/v1/recommendations/{advice['id']}/decisions", decision)
    batch = world.a_batch(world.course)
    enrolled = {"candidate_id": someone["id"], "batch_id": batch["id"]}
    enrolment = until_taken(world.officer("training").client, "/v1/enrolments", enrolled)
    placement = world.officer("placement")
    placement.post(f"/v1/job-orders/{world.order['id']}/reservations", {"candidate_id": someone["id"]})
    applied = {"candidate_id": someone["id"], "job_order_id": world.order["id"]}
    application = until_taken(placement.client, "/v1/applications", applied)
    # Refused requests are written into logs too, and must not be quoted there.
    registry.client.post("/v1/candidates", json={**PERSON, "sex": "Zubal"})
    registry.client.get("/v1/candidates", params={"after": "Zubalkeda"})
    registry.client.get(f"/v1/candidates/{PERSON['full_name']}")
    return {
        **someone,
        "recommendation": advice["id"],
        "decision": decided["id"],
        "enrolment": enrolment["id"],
        "application": application["id"],
    }


def until_taken(client: httpx.Client, path: str, body: Answer) -> Answer:
    """Post until the house has heard of the person."""
    return until(lambda: _posted(client, path, body), lambda answer: "id" in answer, f"{path} to know the person")


def _posted(client: httpx.Client, path: str, body: Answer) -> Answer:
    answer = client.post(path, json=body)
    assert answer.status_code in (201, 404, 409, 422), answer.text
    return dict(answer.json())


def test_nothing_that_names_a_person_is_on_the_wire_in_a_log_or_in_a_metric(
    world: World, stack: "Stack", houses: dict[str, str], person: Answer
) -> None:
    assert [record for record in said(stack) if names_somebody(record)] == []
    for log in sorted(stack.home.logs.glob("*.log")):
        assert [line for line in log.read_bytes().splitlines() if SECRET.search(line)] == [], log.name
    for house, url in houses.items():
        metrics = httpx.get(f"{url}/metrics", trust_env=False).raise_for_status().content
        assert b"http" in metrics and not SECRET.search(metrics), house


def test_every_house_forgets_whoever_is_erased(world: World, stack: "Stack", person: Answer) -> None:
    registry, matching = world.officer("registry"), world.officer("matching")
    path = f"/v1/candidates/{person['id']}"
    version = registry.get(path)["version"]
    assert registry.client.delete(path, headers={"If-Match": f'"{version}"'}).status_code == 204
    assert registry.client.get(path).status_code == 410
    assert registry.post("/v1/candidates:search", {"query": NIK})["items"] == []

    gone = {
        world.officer("training"): [f"/v1/enrolments/{person['enrolment']}"],
        world.officer("placement"): [f"/v1/applications/{person['application']}"],
        matching: [f"{path}/recommendations", f"/v1/recommendations/{person['recommendation']}"],
    }
    for house, addresses in gone.items():
        for address in addresses:
            until(
                lambda house=house, address=address: {"status": house.client.get(address).status_code},  # type: ignore[misc]
                lambda answer: answer["status"] == 410,
                f"410 at {address}",
            )
    order = world.officer("placement").get(f"/v1/job-orders/{world.order['id']}")
    assert order["quota"]["reserved"] == 0, "a slot that was only held is free again"

    newest = {record.key: record.value for record in said(stack)}
    for id in (person["id"], person["enrolment"], person["application"], person["decision"]):
        assert newest[id.encode()] is None, "a tombstone is the last word about everything of theirs"
    for collection, document in kept(stack):
        assert not SECRET.search(repr(document).encode()), f"{collection} still names them: {sorted(document)}"


def said(stack: "Stack") -> list[Record]:
    """Every record of every topic, in the order of its partition."""
    reader = Reader(broker_of(stack, "admin"), [topic.name for topic in topics.load()], group=None)
    records: list[Record] = []
    ends = reader.ends(reader.partitions)
    while any(reader.position(partition) < end for partition, end in ends.items()):
        for found in reader.poll(1).values():
            records += found
    reader.close()
    assert records
    return records


def names_somebody(record: Record) -> bool:
    parts: list[Any] = [record.key, record.value, *(value for _, value in record.headers)]
    return any(part and SECRET.search(part) for part in parts)


def kept(stack: "Stack") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every document of every house."""
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(stack.mongodb_admin_uri)
    with client:
        for house in stack.houses:
            database = client[f"lumbung_{house}"]
            for name in database.list_collection_names():
                for document in database[name].find({}):
                    yield f"{house}.{name}", document
