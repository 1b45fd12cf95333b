"""Runs a command that must not outlive the supervisor: `python leash.py PARENT command…`.

A process of its own between fork and exec, because code run in a forked copy of a program with threads may hang. On
Linux the kernel kills the command when the parent dies; elsewhere there is no such promise, and `./lumbung down` tidies
up. SIGKILL and nothing softer: one server took SIGTERM and stayed, and all of ours are made to survive a sudden end.
"""

import os
import signal
import sys
from pathlib import Path

PR_SET_PDEATHSIG = 1


def leashed(command: "list[str]") -> "list[str]":
    """The command on a leash that this process holds. Tied to the thread that starts it, which must outlive it."""
    # -I -S: nothing but the standard library, in 20 ms.
    return [sys.executable, "-I", "-S", str(Path(__file__)), str(os.getpid()), *command]


def main(parent: int, command: "list[str]") -> None:
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it died before we asked
            sys.exit(1)
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
