"""The operator's pages on fake houses: what is behind in messages and minutes, and acts on what was set aside."""

import re
from typing import Any

from services.console.pages.ops.mutu import _SAID
from services.partners.actions import quality as partners_quality
from services.placement.actions import quality as placement_quality
from services.training.actions import quality as training_quality
from tests.support.console import operators
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.operators import CAUSE, LETTER
from tests.support.console.visits import Visits, csrf, post


def text_of(visits: Visits, path: str) -> str:
    answer = visits.as_("operator").get(path)
    assert answer.status_code == 200, path
    return answer.get_data(as_text=True)


def press(visits: Visits, path: str, **data: Any) -> Any:
    client = visits.as_("operator")
    return client.post(path, data={"csrf_token": csrf(client), "once": "1", **data})


def test_what_is_behind_is_said_in_messages_and_minutes(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    assert visits.as_("operator").get("/").location == "/ops"
    text = text_of(visits, "/ops")
    assert "tertinggal 12 pesan, selama 14 menit" in text
    assert text.count("tidak ada yang tertinggal") == 4


def test_one_house_down_is_a_line_and_not_the_end_of_the_page(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.silence("training")
    text = text_of(visits, "/ops")
    assert "tidak menjawab" in text
    assert "tertinggal 12 pesan" in text
    assert "tidak menjawab" in text_of(visits, "/ops/gagal")


def test_a_stopped_listener_and_unsent_messages_are_seen(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.says("registry", "GET /v1/operations", operators.state("registry", stopped=True))
    unsent = {"rows": 7, "oldest": operators.ago(3)}
    fakes.says("placement", "GET /v1/operations", operators.state("placement", unsent=unsent))
    text = text_of(visits, "/ops")
    assert "berhenti mendengar" in text
    assert "7 pesan belum terkirim, tertua 3 menit" in text


def test_records_stand_by_cause_with_what_was_done(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    text = text_of(visits, "/ops/gagal")
    assert text.count(f'lang="en">{CAUSE}') == 1
    assert LETTER in text
    assert "Oka Operator" in text and "kiriman uji" in text and "dev:" not in text


def test_one_or_all_are_handled_again(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.says("matching", "POST /v1/operations/letters/retry", {"number": 1}, status=202)
    assert press(visits, "/ops/gagal/matching/lagi", letter=LETTER).status_code == 303
    assert press(visits, "/ops/gagal/matching/lagi").status_code == 303
    assert [one.body for one in fakes.of("matching", "POST *retry")] == [{"letters": [LETTER]}, {"letters": []}]
    assert press(visits, "/ops/gagal/nowhere/lagi").status_code == 404


def test_nothing_is_given_up_without_a_reason(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    fakes.says("matching", "POST /v1/operations/letters/discard", {"items": []})
    refused = press(visits, "/ops/gagal/matching/buang", letter=LETTER, reason="")
    assert refused.status_code == 422
    assert "Tulis alasannya" in refused.get_data(as_text=True)
    assert fakes.of("matching", "POST *discard") == []
    assert press(visits, "/ops/gagal/matching/buang", letter=LETTER, reason="kiriman uji").status_code == 303
    assert fakes.of("matching", "POST *discard")[0].body == {"letter": LETTER, "reason": "kiriman uji"}


def test_what_can_hardly_be_right_is_counted_named_and_given_to_who_mends_it(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    text = text_of(visits, "/ops/mutu")
    assert "Kursus disetujui tanpa angkatan" in text and "3 catatan" in text and "Dan 1 lagi." in text
    assert "Penata laksana rumah tangga (PLRT-200)" in text and "Lembaga mengumumkan angkatan" in text
    assert text.index("Alamat mitra") < text.index("tidak ada yang ditemukan") < text.index("Kursus menunggu tinjauan")
    fakes.silence("training")
    text = text_of(visits, "/ops/mutu")
    assert "tidak menjawab" in text and "Kursus disetujui" not in text and "Alamat mitra" in text
    fakes.says("matching", "GET /v1/operations/quality", operators.quality(("NEWER_THAN_THIS", 1)))
    assert "NEWER_THAN_THIS" in text_of(visits, "/ops/mutu")


def test_every_check_of_every_house_has_its_words() -> None:
    houses = (training_quality, placement_quality, partners_quality)
    codes = {code for house in houses for code in house.checks(None)}
    assert codes == set(_SAID)


def test_the_ranking_is_shown_with_its_groups(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    text = text_of(visits, "/ops/model")
    assert "0.712" in text and "jenis kelamin" in text
    fakes.silence("matching")
    assert "tidak menjawab" in text_of(visits, "/ops/model")


def test_one_line_of_the_menu_is_the_page_one_is_on(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    for path in ("/ops", "/ops/gagal", "/ops/mutu", "/ops/model"):
        text = text_of(visits, path)
        assert text.count('aria-current="page"') == 1
        assert f'href="{path}" aria-current="page"' in text


def test_what_lies_there_no_more_was_not_given_up_just_now(visits: Visits, fakes: FakeHouses) -> None:
    """Given up by somebody else, or a number that is none: nothing is claimed that was not done."""
    operators.tell(fakes)
    fakes.refuses("registry", "POST /v1/operations/letters/discard", 404, "letter_not_found", "Tidak ada")
    client = visits.as_("operator")
    assert post(client, "/ops/gagal/registry/buang", letter="x/1/2", reason="Rekaman uji").status_code == 303
    text = client.get("/bantuan").text
    assert "tidak ada yang dicatat dua kali" in text and "Rekaman dibuang" not in text


def test_a_record_that_several_houses_set_aside_has_a_field_in_each(visits: Visits, fakes: FakeHouses) -> None:
    operators.tell(fakes)
    row = {"id": LETTER, "topic": "registry.people.v1", "reason": CAUSE, "at": "2026-11-01T00:00:00Z", "tried_at": None}
    fakes.says("training", "GET /v1/operations/letters", {"items": [row]})
    text = visits.as_("operator").get("/ops/gagal").text
    assert text.count(f'<strong translate="no">{LETTER}') == 2
    ids = re.findall(r'id="(alasan-[^"]+)"', text)
    assert ids and len(ids) == len(set(ids))
    assert "Isinya melanggar kontrak" in text, "and not the house's English alone"
