"""API keys in a real database: kept as a hash, two at a time, and known by their organisation."""

import threading
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient

from shared.http import keys
from shared.http.keys import TooManyKeys
from shared.http.problems import NotFound, Unauthenticated
from tests.integration.http.kitchen import Kitchen


def issue(kitchen: Kitchen, organisation: str = "roti-maju") -> str:
    return kitchen.database.run(lambda tx: kitchen.store.issue(tx, organisation, ["loaves:write"]))


def test_a_key_recognises_its_organisation(kitchen: Kitchen, client: FlaskClient) -> None:
    text = issue(kitchen)
    assert text.startswith("uji_")
    caller = kitchen.store.resolve(text)
    assert (caller.id, caller.kind, caller.organisation) == ("bakery:roti-maju", "bakery", "roti-maju")
    answer = client.post("/v1/loaves", json={"name": "roti"}, headers={"Authorization": f"Bearer {text}"})
    assert answer.status_code == 201


def test_a_key_is_kept_only_as_a_hash(kitchen: Kitchen) -> None:
    text = issue(kitchen)
    row = kitchen.database.collection(keys.COLLECTION).find_one({})
    assert row is not None
    assert text.split("_", 2)[2] not in str(row)
    assert kitchen.store.listed("roti-maju") == [
        {"id": row["_id"], "scopes": ["loaves:write"], "created_at": row["created_at"]}
    ]


def another(letter: str) -> str:
    return "B" if letter == "A" else "A"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda key: key[:-2] + another(key[-2]) + key[-1],
        lambda key: key.replace("uji_", "lbg_"),
        lambda key: key + "x",
        lambda key: key.upper(),
        lambda key: key[:30],
    ],
)
def test_a_key_that_is_not_quite_right_is_refused(kitchen: Kitchen, spoil: Callable[[str], str]) -> None:
    with pytest.raises(Unauthenticated) as caught:
        kitchen.store.resolve(spoil(issue(kitchen)))
    assert caught.value.code == "key_invalid"


def test_two_keys_live_for_rotation_and_no_third(kitchen: Kitchen) -> None:
    old, new = issue(kitchen), issue(kitchen)
    with pytest.raises(TooManyKeys):
        issue(kitchen)
    issue(kitchen, "kue-jaya")
    old_id = old.split("_")[1]
    kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "roti-maju", old_id))
    kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "roti-maju", old_id))
    with pytest.raises(Unauthenticated):
        kitchen.store.resolve(old)
    assert kitchen.store.resolve(new).organisation == "roti-maju"
    issue(kitchen)


def test_a_third_key_cannot_slip_in_between(kitchen: Kitchen) -> None:
    outcomes: list[str] = []

    def ask() -> None:
        try:
            issue(kitchen)
            outcomes.append("issued")
        except Exception as error:
            outcomes.append(type(error).__name__)

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outcomes.count("issued") == 2
    assert len(kitchen.store.listed("roti-maju")) == 2


def test_a_key_of_somebody_else_cannot_be_revoked(kitchen: Kitchen) -> None:
    id = issue(kitchen).split("_")[1]
    with pytest.raises(NotFound):
        kitchen.database.run(lambda tx: kitchen.store.revoke(tx, "kue-jaya", id))
