"""Changing WEBHOOK_KEY: what a partner's endpoint is signed with stays the same through every step."""

from dataclasses import replace

from services.partners.actions import subscriptions
from shared.sealing import Seal
from tests.integration.partners.conftest import Partners

OLD, NEW = b"k" * 32, b"n" * 32


def test_secrets_pass_to_the_new_key_and_stay_what_they_were(partners: Partners) -> None:
    _, client = partners.a_partner()
    made = client.post("/v1/subscriptions", json={"url": "http://127.0.0.1:9/hook"}).json()
    turned = client.post(f"/v1/subscriptions/{made['id']}/secret:rotate", json={}).json()
    doc = partners.rooms.subscriptions.rows.load(made["id"])
    assert doc is not None
    known = {Seal(OLD).open(bytes(one["sealed"]), made["id"]).decode() for one in doc["secrets"]}
    assert {made["secret"], turned["secret"]} <= known

    rooms = replace(partners.rooms, seal=Seal(NEW, also=OLD))
    renewed, of = subscriptions.reseal(rooms)
    assert renewed == of and of >= len(known)
    after = partners.rooms.subscriptions.rows.load(made["id"])
    assert after is not None and after["version"] == doc["version"]
    assert {Seal(NEW).open(bytes(one["sealed"]), made["id"]).decode() for one in after["secrets"]} == known
    assert subscriptions.reseal(rooms) == (0, of)
    # The next test finds the key of the house again.
    subscriptions.reseal(replace(partners.rooms, seal=Seal(OLD, also=NEW)))
