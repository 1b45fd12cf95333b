"""Sentences for people, in both languages: no machine's date, no name of a field, no word of the other language."""

import ast
import json
import re
from collections.abc import Iterator
from functools import cache

import pytest

from tests.architecture.code import ROOT, modules

SPEAKS = ("Text", "say", "t", "wording", "only")
"""Functions whose first two arguments, or the two parts of each pair, are one sentence in Indonesian and English."""
PLACES = {"id": 0, "en": 1}

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
    r"|scheme|channel|wage|requirements"
    r"|OPEN|RUNNING|FULL|CLOSED|PLANNED|SUSPENDED)\b"
)


INDONESIAN = re.compile(
    r"\b(yang|dan|atau|tidak|belum|sudah|bisa|boleh|isi|ketik|pilih|untuk|dengan|karena|lowongan|pelatihan|calon|petugas"
    r"|OPEN|RUNNING|FULL|CLOSED|PLANNED|SUSPENDED)\b"
)


@cache
def sentences(lang: str = "id") -> list[tuple[str, str]]:
    """(where, sentence) of every wording in the code, in one language; what is filled in stands in braces."""
    return [
        (f"{module.path}:{said.lineno}", text)
        for module in modules("services", "shared")
        for node in module.nodes
        for said in _said(node, lang)
        if (text := _text(said))
    ] + [
        (f"{path}:{rule}", said[lang])
        for path in sorted((ROOT / "shared" / "contracts").rglob("*.texts.json"))
        for rule, said in _kept(json.loads(path.read_text(encoding="utf-8")), "")
    ]


def _kept(node: object, at: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(where, wording) of a file of wordings."""
    if isinstance(node, dict) and {"id", "en"} <= node.keys() and isinstance(node["id"], str):
        yield at, node
    elif isinstance(node, dict):
        for name, inner in node.items():
            yield from _kept(inner, f"{at}/{name}")
    elif isinstance(node, list):
        for number, inner in enumerate(node):
            yield from _kept(inner, f"{at}/{number}")


def _said(node: ast.AST, lang: str) -> Iterator[ast.expr]:
    if isinstance(node, ast.Dict):
        names = [key.value if isinstance(key, ast.Constant) else None for key in node.keys]
        if {"id", "en"} <= set(names):
            yield node.values[names.index(lang)]
    if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in SPEAKS and node.args:
        at = PLACES[lang]
        pairs = [pair.elts[at] for pair in node.args if isinstance(pair, ast.Tuple) and len(pair.elts) > at]
        yield from pairs or node.args[at : at + 1]


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


both = pytest.mark.parametrize("lang", PLACES)


@both
def test_there_are_many(lang: str) -> None:
    assert len(sentences(lang)) > 1_000


@both
def test_no_day_is_written_as_machines_write_it(lang: str) -> None:
    """But as an example of what to type."""
    example = {"id": "seperti", "en": "like"}[lang]
    found = [row for row in sentences(lang) if ISO.search(plain(row[1])) and example not in row[1]]
    found += [row for row in sentences(lang) if "texts.day" not in row[1] and MACHINE_DAY.search(row[1])]
    assert found == []


@both
def test_no_field_is_named_but_to_callers_of_the_api(lang: str) -> None:
    assert [row for row in sentences(lang) if set(FIELD.findall(plain(row[1]))) - API_NAMES] == []


@both
def test_no_word_of_the_other_language_and_no_state_of_a_record_stands_in_a_sentence(lang: str) -> None:
    """But as what to type into a cell."""
    other = {"id": ENGLISH, "en": INDONESIAN}[lang]
    found = [row for row in sentences(lang) if set(other.findall(plain(row[1]))) - API_NAMES]
    assert [row for row in found if not (lang == "en" and row[1].startswith("Type "))] == []


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
