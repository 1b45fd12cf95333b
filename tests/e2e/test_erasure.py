"""Somebody with a rich history is erased: every house forgets them, and nothing that names them left the registry."""

import re
from typing import TYPE_CHECKING, Any

import httpx
import pymongo
import pytest

from deploy.demo.visitors import Answer, Visitor, until
from shared import clock, ids
from shared.events.bus import Sender
from shared.events.envelope import Event, to_wire
from tests.e2e.searching import current, kept, may_stay, parts, said
from tests.e2e.world import World, a_candidate, day
from tests.support.bakery import broker_of

if TYPE_CHECKING:
    from deploy.local.stack import Stack

NIK, PHONE = "9953064404997731", "+6281139107731"
# Each text that names the person or was typed about them has this made-up syllable in it.
SECRET = re.compile(rb"zubal|" + NIK.encode() + rb"|8113910" + rb"7731", re.IGNORECASE)
CANDIDATES = "registry.candidates.v1"

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
    """Registered, noted about, advised, decided on, trained, referred again, applied, and twice in a sheet."""
    registry, matching = world.officer("registry"), world.officer("matching")
    supervisor = world.visitors.staff("registry", "supervisor", "Budi Pengawas")
    someone = registry.post("/v1/candidates", a_candidate(**PERSON))
    path = f"/v1/candidates/{someone['id']}"
    passport = {"status": "MET", "number": "ZUBAL-PASPOR", "valid_until": day(900), "note": "Disimpan ibu Zubal"}
    registry.put(f"{path}/requirements/PASSPORT", passport, version=1)
    supervisor.put(f"{path}/specific", {"fitness": {"status": "FIT", "on": day(-9)}}, version=2)
    registry.post(f"{path}/risk-notes", {"text": "Kata Zubal, sponsor menagih utang.", "severity": "WARN"})
    registry.post(f"{path}/nik-reveals", {"reason": "Dicocokkan dengan KTP Zubal"})
    registry.post("/v1/candidates:search", {"query": "Zubalkeda"})
    registry.post("/v1/candidates:search", {"query": NIK})
    listed_twice(registry)

    someone = registry.get(path)
    advice = world.advice(someone)
    decision = {"decision": "POSTPONED", "note": "Menunggu ayah Zubal"}
    decided = matching.post(f"/v1/recommendations/{advice['id']}/decisions", decision)
    first = until_taken(world.officer("training"), "/v1/enrolments", someone, batch_id=a_batch(world))
    finished = trained(world, first)
    second = until_taken(world.officer("training"), "/v1/enrolments", someone, batch_id=a_batch(world))
    placement = world.officer("placement")
    until_taken(placement, f"/v1/job-orders/{world.order['id']}/reservations", someone)
    application = until_taken(placement, "/v1/applications", someone, job_order_id=world.order["id"])
    again = world.advice(world.credited(someone))
    refused_requests(registry)
    return {
        **someone,
        "recommendations": [advice["id"], again["id"]],
        "decision": decided["id"],
        "enrolments": [finished["id"], second["id"]],
        "application": application["id"],
    }


def listed_twice(registry: Visitor) -> None:
    """In a good row, and in a bad one, of a sheet whose name and heading speak of them too."""
    sheet = (
        "full_name;nik;village;sex;Catatan keluarga Zubal\n"
        f"{PERSON['full_name']};{NIK};Zubaltora Baru;;x\n"
        f"{PERSON['full_name']};{NIK};Zubaltora Baru;Zubal;y\n"
    )
    assert registry.send("desa ibu Zubal.csv", sheet.encode())["counts"] == {"CHANGED": 1, "BAD": 1}


def refused_requests(registry: Visitor) -> None:
    """Refused requests are written into logs too, and must not be quoted there."""
    registry.client.post("/v1/candidates", json={**PERSON, "sex": "Zubal"})
    registry.client.get("/v1/candidates", params={"after": "Zubalkeda"})
    registry.client.get(f"/v1/candidates/{PERSON['full_name']}")


def a_batch(world: World) -> str:
    return str(world.a_batch(world.course)["id"])


def trained(world: World, enrolment: Answer) -> Answer:
    """To the end of the batch, with a certificate whose number the provider typed."""
    batch = world.provider.get(f"/v1/batches/{enrolment['batch_id']}")
    enrolment = world.moved(enrolment, state="ENROLLED")
    world.days_pass(batch["ends"])
    enrolment = world.moved(enrolment, state="COMPLETED")
    return world.moved(enrolment, result="COMPETENT", certificate_number="ZUBAL/000078")


def until_taken(house: Visitor, path: str, someone: Answer, **more: str) -> Answer:
    """Post until the house has heard of the person; any other refusal is a fault of the test."""

    def posted() -> Answer:
        answer = house.client.post(path, json={"candidate_id": someone["id"], **more})
        found: Answer = answer.json()
        assert answer.status_code == 201 or found["code"] == "candidate_not_known", answer.text
        return found

    return until(posted, lambda answer: "id" in answer, f"{path} to know the person")


def names_somebody_in_a_log(stack: "Stack") -> list[bytes]:
    logs = sorted(stack.home.logs.glob("*.log"))
    return [line for log in logs for line in log.read_bytes().splitlines() if SECRET.search(line)]


def set_aside(stack: "Stack", key: str) -> set[str]:
    """The houses that keep a dead letter about this key."""
    client: pymongo.MongoClient[dict[str, Any]] = pymongo.MongoClient(stack.mongodb_admin_uri)
    with client:
        return {house for house in stack.houses if client[f"lumbung_{house}"]["dead_letters"].find_one({"key": key})}


def test_nothing_that_names_a_person_is_on_the_wire_in_a_log_or_in_a_metric(
    world: World, stack: "Stack", houses: dict[str, str], person: Answer
) -> None:
    assert [record.place for record in said(stack) if SECRET.search(parts(record))] == []
    assert names_somebody_in_a_log(stack) == []
    for house, url in houses.items():
        metrics = httpx.get(f"{url}/metrics", trust_env=False).raise_for_status().content
        assert b"http" in metrics and not SECRET.search(metrics), house


def test_every_house_forgets_whoever_is_erased(world: World, stack: "Stack", person: Answer) -> None:
    registry, matching = world.officer("registry"), world.officer("matching")
    path = f"/v1/candidates/{person['id']}"
    version = registry.get(path)["version"]
    # A record that breaks its contract, as a faulty release might send one: its content is set aside as it came.
    broken = {"id": person["id"], "version": version, "full_name": PERSON["full_name"]}
    Sender(broker_of(stack, "admin"), "test.broken").send([to_wire(an_event(person["id"], version, broken))])
    listeners = {"training", "placement", "matching", "partners"}
    until(lambda: {"houses": set_aside(stack, person["id"])}, lambda seen: seen["houses"] == listeners, "dead letters")

    assert registry.client.delete(path, headers={"If-Match": f'"{version}"'}).status_code == 204
    assert registry.client.get(path).status_code == 410
    assert registry.post("/v1/candidates:search", {"query": NIK})["items"] == []
    gone = {
        world.officer("training"): [f"/v1/enrolments/{id}" for id in person["enrolments"]],
        world.officer("placement"): [f"/v1/applications/{person['application']}"],
        matching: [f"{path}/recommendations", *(f"/v1/recommendations/{id}" for id in person["recommendations"])],
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
    until(lambda: {"unsent": unsent(stack)}, lambda found: not found["unsent"], "the relays to have sent everything")
    nothing_is_left(stack, person)


def nothing_is_left(stack: "Stack", person: Answer) -> None:
    """Not a word in any document, record or log; and their ids only where a stub or the audit needs them."""
    told_of = {person["id"], *person["enrolments"], person["application"], person["decision"]}
    theirs = told_of | set(person["recommendations"])
    documents = list(kept(stack))
    assert {place.partition(".")[0] for place, _ in documents} >= {f"lumbung_{house}" for house in stack.houses}
    for place, document in documents:
        text = repr(document)
        assert not SECRET.search(text.encode()), f"{place} still names them: {sorted(document)}"
        if any(id in text for id in theirs):
            assert may_stay(place, document, theirs), f"{place} still tells of them: {document}"

    records = current(stack)
    ended = {key.decode() for (_, key), record in records.items() if key and record.value is None}
    assert told_of <= ended, "a tombstone is the last word about everything of theirs"
    for (topic, _), record in records.items():
        text = parts(record).decode()
        assert not SECRET.search(text.encode()), topic
        assert record.value is None or not any(id in text for id in theirs), topic
    assert names_somebody_in_a_log(stack) == []


def unsent(stack: "Stack") -> list[str]:
    return [place for place, _ in kept(stack) if place.endswith(".outbox")]


def an_event(key: str, version: int, data: dict[str, Any]) -> Event:
    return Event(
        topic=CANDIDATES,
        key=key,
        type="registry.candidate.changed",
        version=version,
        source="/lumbung/registry",
        id=ids.new(),
        time=clock.now(),
        trace=None,
        data=data,
    )
