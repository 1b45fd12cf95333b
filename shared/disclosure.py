"""For whoever publishes counts of people: small cells are withheld, and what would let them be found by subtracting.

A table of one dimension with its total. A cell of 1 to ``k`` - 1 is withheld; nobody at all is no small count. While
what is withheld is one cell, or fewer people than ``k`` together, the smallest other cell goes too: subtracting all
others from the total gives no small number then. Beside a withheld cell the total is rounded to fives. Where all that
are counted are also counted in a larger table, those that are only in the larger one are a count too: a cell that
would give away fewer than ``k`` of them is withheld as well. Which of the withheld cells were small is not said: a
reader would know more of them than of any other.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from shared.codes.anonymity import K_ANONYMITY

ROUNDED_TO = 5


@dataclass(frozen=True, slots=True)
class Published:
    """``cells``: None where withheld. ``total``: None when it would tell of fewer than ``k``; ``rounded`` to fives."""

    cells: dict[str, int | None]
    total: int | None
    rounded: bool


def published(counts: Mapping[str, int], *, among: Mapping[str, int] | None = None, k: int = K_ANONYMITY) -> Published:
    """The counts as everybody may see them, cells in their order.

    Args:
        among: cell → how many are in the published table that everybody here is also counted in.
    """
    withheld = {
        cell
        for cell, count in counts.items()
        if 0 < count < k or (count and among is not None and 0 < among.get(cell, 0) - count < k)
    }
    others = sorted((cell for cell, count in counts.items() if count >= k), key=lambda cell: (counts[cell], cell))
    for cell in others:
        if not withheld or _enough(counts, withheld, k):
            break
        withheld.add(cell)
    total = sum(counts.values())
    cells = {cell: None if cell in withheld else count for cell, count in counts.items()}
    rest = sum(among.values()) - total if among is not None else 0
    if (withheld and not _enough(counts, withheld, k)) or (total and 0 < rest < k):
        return Published(cells, None, False)
    if not withheld:
        return Published(cells, total, False)
    return Published(cells, ROUNDED_TO * round(total / ROUNDED_TO), True)


def _enough(counts: Mapping[str, int], withheld: set[str], k: int) -> bool:
    # The rounding leaves two people to either side; what is left by subtracting must not be a small number even then.
    # And each withheld cell may have been the largest small one, though all the others have somebody in them.
    needed = max(k + ROUNDED_TO // 2, k - 1 + len(withheld) - 1)
    return len(withheld) > 1 and sum(counts[cell] for cell in withheld) >= needed
