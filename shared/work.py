"""The ``work`` process of a house runs its relay, its listener and its jobs here, each in a thread of its own.

SIGTERM and SIGINT let each thread finish what it has in hand. A thread that dies takes the process with it, with a
non-zero exit, so that the supervisor starts a whole one again instead of a half one living on unnoticed.
"""

import logging
import signal
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from types import FrameType

from prometheus_client import start_http_server

from shared import clock, logs

log = logging.getLogger(__name__)

Task = Callable[[threading.Event], None]

# A record in hand takes milliseconds; a broker that is away may hold a commit for longer than anybody wants to wait.
GRACE_SECONDS = 10.0
PULSE_SECONDS = 1.0


def _beat(pulse: Path) -> None:
    while True:
        with suppress(OSError):  # a full disk stops no work
            pulse.touch()
        time.sleep(PULSE_SECONDS)


def _show_metrics(port: int, host: str) -> None:
    try:
        start_http_server(port, addr=host)
    except OSError as error:  # to work unseen is better than not to work; whoever looks there sees that it is away
        log.error("Metrics are not shown at port %s: %s", port, error.strerror)


def run(tasks: Mapping[str, Task], *, host: str, port: int | None, pulse: Path | None = None) -> int:
    """Run all tasks until a signal comes or one of them ends. Returns the exit code of the process.

    ``port`` serves ``/metrics``; every other path (``/livez``) answers too, for as long as the process lives. A port
    that somebody else has is told in the log, and the work goes on. ``pulse`` is a file that is touched every second,
    by which a supervisor sees that the process gets anything done.
    """
    stopping = threading.Event()
    died: list[str] = []

    def alone(name: str, task: Task) -> None:
        try:
            task(stopping)
        except Exception as error:
            logs.broke(log, f"{name} stopped: {logs.words_of(error)}", error.__cause__ or error)
            died.append(name)
        finally:
            stopping.set()

    def stop(number: int, frame: FrameType | None) -> None:
        stopping.set()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    if port is not None:
        _show_metrics(port, host)
    if pulse is not None:
        threading.Thread(target=_beat, args=(pulse,), name="pulse", daemon=True).start()
    # Daemons: a thread that cannot finish in time must not keep the process alive.
    threads = [threading.Thread(target=alone, args=item, name=item[0], daemon=True) for item in tasks.items()]
    for thread in threads:
        thread.start()
    log.info("At work: %s", ", ".join(tasks))
    # A signal may reach another thread, as after a pause of the whole process; its handler runs once this one wakes.
    while not stopping.wait(PULSE_SECONDS):
        pass
    deadline = clock.monotonic() + GRACE_SECONDS
    for thread in threads:
        thread.join(max(deadline - clock.monotonic(), 0))
    late = [thread.name for thread in threads if thread.is_alive()]
    if late:
        log.warning("Not finished in time: %s", ", ".join(late))
    return 1 if died or late else 0
