"""Cells in which nothing is to be found are cut out before the rest of a sheet is told to Python: nothing else goes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.files import parts
from shared.files.parts import Looked

CELLS = [
    '<c r="{at}"><v>12</v></c>',
    '<c r="{at}" s="3" t="s"><v>7</v></c>',
    '<c r="{at}" t="inlineStr"><is><t>Roti</t></is></c>',
    '<c r="{at}" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
    '<c r="{at}" s="2"/>',
    '<c r="{at}" t="e"><v>#N/A</v></c>',
    '<c r="{at}"><f>A1</f></c>',
    '<c r="{at}"><f>A1</f><v></v></c>',
    '<c r="{at}"><f>A1</f><v> </v></c>',
    '<c r="{at}"><f>A1</f><v>3</v></c>',
    '<c r="{at}" t="str"><f>A1</f><v></v></c>',
    '<c r="{at}" t="str"><f t="shared" si="0"/><v>x</v></c>',
    '<c r="{at}"><f t="shared" si="0"/></c>',
    '<c r="{at}"><v>3</v><f>A1</f></c>',
    '<c r="{at}" t="inlineStr"><is><t>a &amp; b</t></is></c>',
    '<c r="{at}" t="inlineStr"><is><t>Nuraíni</t></is></c>',
    "<c r='{at}' t='e'><v>#REF!</v></c>",
    '<c t="e" r="{at}"><v>#REF!</v></c>',
    '<x:c xmlns:x="y" r="{at}" t="e"><x:v>#REF!</x:v></x:c>',
    '<c t="e"><v>#NAME?</v></c>',
    "<c><f>A1</f></c>",
    "<c><v>1</v></c>",
    '<c r="{at}"><!-- <c r="A1"><v>1</v></c> --><f>A1</f></c>',
]
ROWS = ['<row r="{at}">', '<row r="{at}" hidden="1">', "<row>", '<row hidden="true">']


@st.composite
def sheets(draw: st.DrawFn) -> bytes:
    rows = []
    for number in range(1, draw(st.integers(1, 6)) + 1):
        cells = draw(st.lists(st.sampled_from(CELLS), max_size=6))
        at = (one.format(at=f"{chr(65 + place)}{number}") for place, one in enumerate(cells))
        rows.append(draw(st.sampled_from(ROWS)).format(at=number) + "".join(at) + "</row>")
    return f'<worksheet><cols><col min="2" max="3" hidden="1"/></cols>{"".join(rows)}</worksheet>'.encode()


@given(sheets())
def test_what_is_found_is_the_same_with_and_without_the_plain_cells(xml: bytes) -> None:
    fast = Looked(xml)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_PLAIN_CELL", re.compile(b"(?!)"))
        whole = Looked(xml)
    assert (fast.broken, fast.hidden, fast.hidden_columns) == (whole.broken, whole.hidden, whole.hidden_columns)


@pytest.mark.parametrize("place", ["GS1", "A200000", "a200000"])
def test_a_value_farther_out_than_is_read_is_no_plain_cell(place: str) -> None:
    with pytest.raises(parts.Refusal):
        Looked(f'<worksheet><row r="1"><c r="{place}"><v>1</v></c></row></worksheet>'.encode())


def test_only_what_is_told_to_python_counts_against_its_limit() -> None:
    plain = b'<row r="1">' + b'<c r="A1" t="inlineStr"><is><t>a</t></is></c>' * 500 + b"</row>"
    assert Looked(b"<x>" + plain + b"</x>", most=10).tags == 2
    with pytest.raises(parts.Refusal):
        Looked(b"<x>" + plain.replace(b'"', b"'") + b"</x>", most=10)


def test_what_is_struck_is_the_same_by_the_pattern_and_by_the_parser() -> None:
    """However many styles are struck through: a pattern of them all took minutes, and its file with it."""
    cells = (
        '<c r="A1" s="3"><v>1</v></c><c r="B1" s="13"><v>1</v></c><c r="C1" s="3"/><c r="D1" s="3" t="s"><v>1</v></c>'
    )
    xml = f'<x><row r="1">{cells}<c s="3" r="E1"><v>1</v></c></row></x>'.encode()
    styles = frozenset({"3", *(str(number) for number in range(100, 60_000))})
    assert Looked(xml, styles=styles).struck == {(0, 0), (0, 3), (0, 4)}
