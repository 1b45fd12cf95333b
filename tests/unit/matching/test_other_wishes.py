"""Each wish has its answer, also beside one that is open; and a child hears of the work that it asked for."""

from typing import Any

import pytest

from services.matching.matcher.requirements.age import birthday_of
from shared.codes import texts
from tests.builders import TODAY, days
from tests.unit.matching.test_one_meaning import HOUSEKEEPER, codes, told
from tests.unit.matching.test_whole_answers import HELD, HOURS, PALM_WORK


def wish(work: list[str], countries: list[str]) -> dict[str, Any]:
    return {"isco08": work, "destinations": countries}


@pytest.mark.parametrize("lang", ["id", "en"])
def test_the_second_wish_is_answered_with_the_day_of_its_path(lang: str) -> None:
    answer = told(lang, wishes=wish(["9111", "9211"], ["MYS"]))
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    path = answer["pathways"][0]
    assert codes()[path["aim"]["job_order"]] == HOUSEKEEPER and "other_than_asked" not in path
    says = {"id": ": lewat pelatihan, sekitar ", "en": ": by training, around "}[lang]
    assert answer["verdict"]["text"].endswith(f"{says}{texts.day(TODAY.fromisoformat(path['ready_on']), lang)}.")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"wishes": wish([], ["MYS", "KOR"]), "sex": "M"}, "Korea Selatan: belum terbuka. Belum ada nilai EPS-TOPIK."),
        ({"wishes": wish(["9211"], ["MYS", "DEU"])}, "Belum ada lowongan resmi untuk buruh tani, Jerman."),
        (
            {"wishes": wish(["9111", "9211"], ["MYS"]), "training_hours": HOURS}
            | {"certificates": [{**HELD, "valid_from": days(10)}]},
            f"Malaysia: bisa dilamar mulai {texts.day(TODAY.fromisoformat(days(10)), 'id')}.",
        ),
        (
            {"wishes": wish(["9111", "9211"], ["MYS"]), "training_hours": HOURS}
            | {"certificates": [{**HELD, "valid_until": None}]},
            "Malaysia: bisa dilamar bila data dan suratnya lengkap.",
        ),
    ],
)
def test_what_is_said_of_the_other_wish(changes: dict[str, Any], says: str) -> None:
    verdict = told(**changes)["verdict"]
    assert verdict["state"] == "ELIGIBLE_NOW" and says in verdict["text"], verdict["text"]


def test_a_ban_on_entry_stays_out_of_the_sentence() -> None:
    records = [{"kind": "ENTRY_BAN", "country": "KOR", "until": None}]
    verdict = told(wishes=wish([], ["MYS", "KOR"]), sex="M", records=records)["verdict"]
    assert "Korea Selatan: belum terbuka." in verdict["text"] and "Larangan" not in verdict["text"]


@pytest.mark.parametrize("wishes", [PALM_WORK, {}, wish(["9211"], ["MYS"])])
def test_one_wish_that_is_open_has_no_second_sentence_and_no_paths(wishes: dict[str, Any]) -> None:
    answer = told(wishes=wishes, sex="M")
    assert "lewat pelatihan" not in answer["verdict"]["text"]
    assert answer["pathways"] == [] or not wishes


@pytest.mark.parametrize("lang", ["id", "en"])
def test_a_child_hears_at_what_age_the_work_it_asked_for_opens(lang: str) -> None:
    born = TODAY.replace(year=TODAY.year - 16, day=1)
    verdict = told(lang, birth_date=born.isoformat())["verdict"]
    adult, old_enough = birthday_of(born, 18), birthday_of(born, 21)
    assert adult and old_enough and verdict["date"] == old_enough.isoformat()
    assert all(texts.day(day, lang) in verdict["text"] for day in (adult, old_enough))
    palm = told(lang, birth_date=born.isoformat(), wishes=PALM_WORK)["verdict"]
    assert palm["date"] == adult.isoformat() and "21" not in palm["text"]
