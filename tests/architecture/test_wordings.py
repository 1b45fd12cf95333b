"""Indonesian sentences for people: no date as machines write it, no name of a field, no English word in between."""

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.code import ROOT, modules

SPEAKS = ("Text", "say", "t", "wording", "only")
"""Functions whose first argument, or the first part of each pair, is Indonesian."""

API_NAMES = frozenset(
    ("candidate_id", "company", "company_id", "confirm_new", "job_order", "job_order_id", "organisation_id", "policy")
    + ("provider_id", "text", "valid_to", "valid_until", "without_policy", "after", "since")
)
"""Names that a caller of the API must type: only sentences that no person meets on a page speak of them."""

ISO = re.compile(r"\b(19|20)\d\d-\d\d-\d\d")
MACHINE_DAY = re.compile(
    r"\['?(starts|ends|closes|opens_on|closes_on|valid_from|valid_until|planned_on|ended_on)'?\]|isoformat"
)
FIELD = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b")
ENGLISH = re.compile(
    r"\b(the|must|null|false|field|registry|required|after|before|invalid|ends|starts|closes|finished"
    r"|OPEN|RUNNING|FULL|CLOSED|PLANNED|SUSPENDED)\b"
)


@cache
def sentences() -> list[tuple[str, str]]:
    """(where, sentence) of every Indonesian wording in the code; what is filled in stands in braces."""
    return [
        (f"{module.path}:{said.lineno}", text)
        for module in modules("services", "shared")
        for node in ast.walk(module.tree)
        for said in _said(node)
        if (text := _text(said))
    ]


def _said(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.Dict):
        names = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if {"id", "en"} <= set(names):
            yield node.values[names.index("id")]
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SPEAKS and node.args:
        pairs = [pair.elts[0] for pair in node.args if isinstance(pair, ast.Tuple) and pair.elts]
        yield from pairs or node.args[:1]


def _text(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(one.value) if isinstance(one, ast.Constant) else "{" + ast.unparse(getattr(one, "value", one)) + "}"
            for one in node.values
        )
    return None


def plain(text: str) -> str:
    return re.sub(r"\{[^}]*\}", "", text)


def test_there_are_many() -> None:
    assert len(sentences()) > 1_000


def test_no_day_is_written_as_machines_write_it() -> None:
    """But as an example of what to type."""
    found = [row for row in sentences() if ISO.search(plain(row[1])) and "seperti" not in row[1]]
    found += [row for row in sentences() if "texts.day" not in row[1] and MACHINE_DAY.search(row[1])]
    assert found == []


def test_no_field_is_named_but_to_callers_of_the_api() -> None:
    assert [row for row in sentences() if set(FIELD.findall(plain(row[1]))) - API_NAMES] == []


def test_no_english_word_and_no_state_of_a_record_stands_in_an_indonesian_sentence() -> None:
    assert [row for row in sentences() if set(ENGLISH.findall(plain(row[1]))) - API_NAMES] == []


@pytest.mark.parametrize(
    "gone",
    [
        "Memenuhi syarat melamar sekarang.",
        "Belum ada jalur; ini yang dibutuhkan.",
        "Hasil pemeriksaan kesehatan tidak menjadi halangan.",
        "Menjadi bekal untuk pekerjaan",
        "Hasilnya dapat segera dipakai.",
        "Tanyakan dulu kepada petugas",
        "Jumlah orang di rumah itu sesuai.",
        "Semua alamat rumah ini",
        "Kenali diri dengan",
        "Bentuk tulisan ini tidak sesuai",
        "di registry",
    ],
)
def test_what_was_found_wanting_is_said_nowhere(gone: str) -> None:
    assert [row for row in sentences() if gone in row[1]] == []
    pages = [*(ROOT / "services").rglob("*.html"), *(ROOT / "shared").rglob("*.html")]
    assert [path.name for path in pages if gone in path.read_text(encoding="utf-8")] == []
