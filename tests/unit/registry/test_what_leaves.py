"""Codes that are on no list stay in the registry; names are read without what nobody sees."""

from typing import Any

import pytest

from services.registry import says
from services.registry.model import names
from shared.http.tokens import folded


@pytest.mark.parametrize("told", ["9953064404010001", "MARIA_GORETI", "NURSING_0811", "DESA_LEWOLEBA"])
def test_a_code_on_no_list_is_not_told(told: str) -> None:
    parts: list[dict[str, Any]] = [{"kind": "TITP", "field": told}, {"kind": "TITP", "field": "CARE"}]
    assert [part["field"] for part in says._listed(parts, "field", says.study.listed) or []] == [None, "CARE"]
    assert says._education({"level": "D3", "field": told}) == {"level": "D3", "field": None}
    assert says._education({"level": "D3", "field": "NURSING"}) == {"level": "D3", "field": "NURSING"}
    assert says._listed([{"scheme": told}], "scheme", says.schemes.listed) == [{"scheme": None}]
    assert says._education({"level": "SMK", "field": "SENI_RUPA"}) == {"level": "SMK", "field": "FINE_ARTS"}
    assert says._education(None) is None and says._listed(None, "field", says.study.listed) is None


@pytest.mark.parametrize(
    ("name", "mixed"),
    [
        ("Maria Goreti", False),
        ("M\u0430ria", True),  # a Cyrillic letter
        ("\u039caria", True),
        ("Nur\u2019aini", False),
        ("\u674e\u5c0f\u9f8d", False),
        ("\u5c71\u7530\u3042\u304b\u308a", False),
    ],
)
def test_two_alphabets_in_one_name_are_for_review(name: str, mixed: bool) -> None:
    assert names.mixes_scripts(name) is mixed


@pytest.mark.parametrize("other", ["Ana", "\uff41\uff4e\uff41", "\u0430n\u0430", "a\u200bna", "\u00e1na", " ANA "])
def test_subjects_that_look_alike_are_one(other: str) -> None:
    assert folded(other) == folded("ana")
    assert folded("budi") != folded("ana")
