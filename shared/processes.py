"""For what a process holds in a database: is the process that took it still there?"""

import os
import socket
from pathlib import Path

HOST = socket.gethostname()


def began(process: int) -> str | None:
    """When a process of this machine began, in the words of the system; None when there is none.

    A number alone is soon used again.
    """
    try:
        # After the name, which may contain anything, the 20th field: see proc(5), starttime.
        said = Path(f"/proc/{process}/stat").read_text(encoding="utf-8", errors="replace")
        return said.rpartition(")")[2].split()[19]
    except OSError:
        return _exists(process)


def _exists(process: int) -> str | None:
    # Where there is no /proc, or the process went this moment.
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return None
    except PermissionError:
        return "running"
    return "running"
