"""The tile map: one square a regency, about where it lies; our own drawing, with the number in each square."""

from dataclasses import dataclass

from services.console.frame.words import number, regency, t
from services.console.pages.capaian.words import Body, cell_of

PLACES: dict[str, tuple[int, int]] = {
    "53.15": (0, 0), "53.10": (1, 0), "53.19": (2, 0), "53.09": (3, 0), "53.16": (4, 0), "53.08": (5, 0),
    "53.07": (6, 0), "53.06": (7, 0), "53.13": (8, 0), "53.05": (9, 0), "53.03": (9, 1), "53.04": (10, 1),
    "53.18": (0, 2), "53.12": (1, 2), "53.17": (2, 2), "53.11": (3, 2), "53.71": (7, 2), "53.01": (8, 2),
    "53.02": (9, 2), "53.21": (10, 2), "53.20": (5, 3), "53.14": (6, 3),
}  # fmt: skip
"""Regency → column and row: Flores with Lembata and Alor above, Sumba and Timor below."""

SIZE, GAP = 78, 4
WIDTH, HEIGHT = 11 * (SIZE + GAP), 4 * (SIZE + GAP)
STEPS = ("#e3eef4", "#b5d2e1", "#7fb0c8", "#3f83a5", "#0b4f6c")
INK = ("#0b0c0c", "#0b0c0c", "#0b0c0c", "#ffffff", "#ffffff")


@dataclass(frozen=True, slots=True)
class Tile:
    """One square: where, which colours, and the lines of its name. ``withheld`` is drawn hatched."""

    code: str
    x: int
    y: int
    fill: str
    ink: str
    lines: tuple[str, ...]
    figure: str
    withheld: bool


def tiles(measure: Body) -> list[Tile]:
    """The squares of one figure; five steps from nobody to the most."""
    most = max((one["count"] or 0 for one in measure["cells"]), default=0)
    found = []
    for code, (column, row) in PLACES.items():
        cell = cell_of(measure, code)
        step = min(4, (cell["count"] or 0) * 5 // (most + 1))
        found.append(
            Tile(
                code=code,
                x=column * (SIZE + GAP),
                y=row * (SIZE + GAP),
                fill=STEPS[step] if cell["count"] else "#ffffff",
                ink=INK[step],
                lines=_lines(regency(code)),
                figure=_figure(cell),
                withheld=bool(cell["withheld"]),
            )
        )
    return found


def _figure(cell: Body) -> str:
    """Withheld, not counted, and nobody are three things."""
    if cell["withheld"]:
        return t("ditutup", "withheld")
    return "–" if cell["count"] is None else number(cell["count"])


def _lines(name: str) -> tuple[str, ...]:
    """A name in at most three lines of eleven letters."""
    lines: list[str] = []
    for word in {"Timor Tengah Selatan": "TTS", "Timor Tengah Utara": "TTU"}.get(name, name).split():
        if lines and len(lines[-1]) + len(word) < 11:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines[:3])
