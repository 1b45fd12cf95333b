"""The child itself: a file on standard input, what it holds as JSON lines on standard output, nothing else.

The first line is ``{"refused": code, "place": text}`` or the head of a workbook; see ``workbooks.read``.
"""

import json
import os
import sys

from shared.files import limits


def main() -> int:
    """Read the file under all limits; the exit code is 0 whenever the output can be believed."""
    limits.keep_within(limits.Allowance.of(os.fstat(sys.stdin.fileno()).st_size))
    try:
        content = sys.stdin.buffer.read()
        _say(content)
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


def _say(content: bytes) -> None:
    # Imported after the limits hold, and only what the file needs.
    if content.startswith(b"PK"):
        from shared.files import workbooks

        lines = workbooks.read(content)
    else:
        from shared.files import delimited

        lines = delimited.read(content)
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    for line in lines:
        sys.stdout.write(encode(line))
        sys.stdout.write("\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
