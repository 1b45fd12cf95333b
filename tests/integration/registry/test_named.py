"""The keys of names: all of a rare one are found, of a common one no more are read than are looked at, and a release
that makes other keys makes those of everybody anew."""

from typing import TYPE_CHECKING

import pytest

from services.registry.model import names
from services.registry.store.named import COLLECTION, OLD_INDEX, Named
from shared import ids
from tests.support.today import TODAY

if TYPE_CHECKING:
    from shared.documents.mongo import Database, Document

MOST = 15


class Counted(Named):
    """Counts what the server hands over."""

    read = 0

    def _born(self, *asked: object) -> "list[Document]":
        found = super()._born(*asked)  # type: ignore[arg-type]
        self.read += len(found)
        return found


@pytest.fixture
def named(database: "Database") -> Counted:
    kept = database.collection(COLLECTION)
    crowd = [_person(f"Maria {family}", f"{TODAY.year - 18 - number % 40}-05-06") for number, family in _families(120)]
    kept.insert_many(crowd)
    ages = (0, 17, 24, 25, 26, 27, 60, 99, 100, 101, 130)
    kept.insert_many([_person("Skolastika Witak", f"{TODAY.year - age}-12-31") for age in ages])
    kept.insert_many([_person("Skolastika Witak", None), _person("Maria", f"{TODAY.year - 70}-01-01")])
    kept.insert_one({"_id": "gone", "version": 2, "erased": True, "alive": False})
    return Counted(database)


def test_everybody_of_a_rare_name_is_found_of_whatever_age_and_without_a_birthday(named: Counted) -> None:
    for key in ("^sk", "=sklstk", *names.whole("witak skolastika"), *names.pairs("Skolastika Witak")):
        found = named.of_key(key, None, MOST)
        assert len(found) == len({row["_id"] for row in found}) == 12, key


def test_of_a_common_name_about_as_many_are_read_as_are_looked_at(named: Counted) -> None:
    for key in ("=mr", "^m", "^ma", "^mari"):
        named.read = 0
        assert len(named.of_key(key, None, MOST)) == MOST
        assert named.read <= 3 * MOST, "and not all of them"


def test_a_year_of_birth_finds_all_of_that_year(named: Counted) -> None:
    year = TODAY.year - 30
    found = named.of_key("^mari", str(year), MOST)
    assert [row["birth_date"][:4] for row in found] == 3 * [str(year)]


def test_who_has_only_one_name_is_found_among_all_who_share_it(named: Counted) -> None:
    (found,) = named.of_key(names.whole("Maria")[0], None, MOST)
    assert found["full_name"] == "Maria"


def test_keys_of_an_earlier_release_are_made_anew_once(named: Counted, database: "Database") -> None:
    kept = database.collection(COLLECTION)
    kept.create_index([("name_keys", 1)], name=OLD_INDEX)
    kept.update_many({"alive": True}, {"$set": {"name_keys": ["^old"]}})
    assert not named.are_of(names.EDITION) and named.of_key("^sk", None, MOST) == []
    before = {row["_id"]: row for row in kept.find()}
    steps: list[None] = []
    assert named.make_all(names.EDITION, lambda: steps.append(None)) == 133
    assert named.are_of(names.EDITION) and not named.are_of(names.EDITION + 1)
    assert len(named.of_key("^sk", None, MOST)) == 12 and steps
    assert OLD_INDEX not in kept.index_information()
    for row in kept.find():
        assert {**row, "name_keys": None} == {**before[row["_id"]], "name_keys": None}, "nothing else, nobody erased"


def _person(name: str, birth_date: str | None) -> "Document":
    return {
        "_id": ids.new(),
        "version": 1,
        "alive": True,
        "nik": None,
        "number": ids.new(),
        "natural_key": ids.new(),
        "full_name": name,
        "birth_date": birth_date,
        "name_keys": names.keys(name),
    }


def _families(number: int) -> list[tuple[int, str]]:
    return [(one, f"{chr(97 + one % 26)}o{chr(97 + one // 26)}a") for one in range(number)]
