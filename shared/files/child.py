"""The child itself: a file on standard input, what it holds as JSON lines on standard output, nothing else.

The first line is ``{"refused": code, "place": text}``, or ``{"done": ...}`` for a large file that was worked through
here, or the head of a workbook; see ``workbooks.read``.
"""

import json
import os
import pickle
import sys
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import chain
from typing import Any

from shared.files import limits

MANY_CELLS, MANY_SHEETS, MANY_LETTERS = 10_000, 2, 400_000
"""Of a file. With more, whatever is to be done with them is done here, because it would hold up whoever serves: each
sheet may have two hundred headings in twenty rows, of which each is compared with all that are known.
"""


def main() -> int:
    """Read the file under all limits; the exit code is 0 whenever the output can be believed.

    Arguments, after the one that ``asking`` needs: is somebody waiting (``1``), and where a pickle of ours says what
    is to be done with a large file: a descriptor, or ``-1``.
    """
    hurried, work = sys.argv[2] == "1", int(sys.argv[3])
    limits.keep_within(limits.Allowance.of(os.fstat(sys.stdin.fileno()).st_size, hurried=hurried))
    try:
        content = sys.stdin.buffer.read()
        _say(content, work)
    except limits.Refusal as refusal:
        sys.stdout.seek(0)
        sys.stdout.truncate()
        sys.stdout.write(json.dumps({"refused": refusal.code, "place": refusal.place}))
    except MemoryError:
        os._exit(limits.OUT_OF_MEMORY)
    except OSError:
        # The output is full.
        os._exit(limits.OUT_OF_MEMORY)
    except Exception:
        os._exit(limits.BROKEN)
    sys.stdout.flush()
    return 0


def _say(content: bytes, work: int) -> None:
    # Imported after the limits hold, and only what the file needs.
    if content.startswith(b"PK"):
        from shared.files import workbooks

        lines = workbooks.read(content)
    else:
        from shared.files import delimited

        lines = delimited.read(content)
    kept: list[Any] = []
    cells = letters = 0
    for line in lines if work >= 0 else ():
        kept.append(line)
        cells += len(line)
        letters += sum(len(value) for value in line if isinstance(value, str))
        if cells > MANY_CELLS or letters > MANY_LETTERS or kept[0]["sheets"] > MANY_SHEETS:
            with os.fdopen(work, "rb") as said:
                do: Callable[[Iterator[Any]], Any] = pickle.load(said)
            sys.stdout.write(encoded({"done": do(chain(kept, lines))}))
            return
    for line in chain(kept, lines):
        sys.stdout.write(encoded(line))
        sys.stdout.write("\n")


def _of_days(value: Any) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"t": value.isoformat()}
    if isinstance(value, date):
        return {"d": value.isoformat()}
    raise TypeError(f"{type(value).__name__} has no JSON form")


encoded = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_of_days).encode
"""One line as JSON: ``{"d": day}`` and ``{"t": moment}`` for what JSON has no word for."""


if __name__ == "__main__":
    sys.exit(main())
