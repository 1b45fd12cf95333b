"""For whoever compares a cell or a heading with the choices of a column: their spellings, folded once."""

from collections.abc import Mapping

from shared.sheets.cells import folded

_FOLDED: dict[int, tuple[Mapping[str, str], dict[str, str]]] = {}
"""By identity, with the choices themselves beside: a column asks in every row, and some have thousands of spellings."""


def folded_choices(choices: Mapping[str, str]) -> Mapping[str, str]:
    """Folded spelling → code; the codes are spellings of themselves."""
    kept = _FOLDED.get(id(choices))
    if kept is None or kept[0] is not choices:
        found = {folded(spelling): code for spelling, code in choices.items() if folded(spelling)}
        kept = _FOLDED[id(choices)] = choices, {folded(code): code for code in choices.values()} | found
    return kept[1]
