"""Logs are bounded in size and in time, and nobody else may read them."""

import os
import time
from pathlib import Path

from deploy.local import log_files


def test_a_log_of_another_day_is_put_aside_and_the_one_before_it_is_gone(tmp_path: Path) -> None:
    log = tmp_path / "kafka.log"
    for day in (3, 2, 1, 0):
        log_files.append(log, f"{day} days ago")
        then = time.time() - day * 86_400
        os.utime(log, (then, then))
    assert log.read_text() == "0 days ago\n"
    assert log.with_suffix(".log.1").read_text() == "1 days ago\n"
    assert len(list(tmp_path.iterdir())) == 2
    assert log.stat().st_mode & 0o077 == 0


def test_logs_that_nobody_writes_any_more_are_thrown_away(tmp_path: Path) -> None:
    old, new = tmp_path / "old.log.1", tmp_path / "new.log"
    for path, days in ((old, log_files.LOG_DAYS + 1), (new, 1)):
        path.touch()
        os.utime(path, (time.time() - days * 86_400,) * 2)
    log_files.forget_old(tmp_path)
    assert list(tmp_path.iterdir()) == [new]
