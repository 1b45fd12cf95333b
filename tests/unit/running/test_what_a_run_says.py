"""What a run of the tests says of itself: a failure shows its own cause, on whatever day it happened."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

pytestmark = pytest.mark.slow  # each is a run of its own


def run(folder: Path, code: str, **environ: str) -> str:
    """What pytest prints about a file with this code, under the conftest of this folder."""
    (folder / "test_it.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:cacheprovider", "-q", str(folder)]
    ended = subprocess.run(command, cwd=ROOT, env={**os.environ, **environ}, capture_output=True, text=True)
    return ended.stdout + ended.stderr


def test_a_failure_is_not_buried_under_log_lines_that_had_nowhere_to_go(tmp_path: Path) -> None:
    said = run(
        tmp_path,
        "import logging\n"
        "from shared import logs\n"
        "def test_a_process_is_started(capsys): logs.setup(house='bakery', process='web')\n"
        "def test_another_fails():\n"
        "    logging.getLogger('werkzeug').warning('a line')\n"
        "    assert 'cause' == 'effect'\n",
    )
    assert "1 failed, 1 passed" in said and "assert 'cause' == 'effect'" in said
    assert "Logging error" not in said


@pytest.mark.parametrize(
    ("today", "day", "hour"),
    [
        ("2028-02-29", "2028-02-29", 9),
        ("2026-12-31T23:58Z", "2027-01-01", 7),
        ("2027-03-01T00:01+08:00", "2027-03-01", 0),
    ],
)
def test_a_run_may_be_on_any_day(tmp_path: Path, today: str, day: str, hour: int) -> None:
    code = (
        "from shared import clock\n"
        "from tests.support.today import TODAY\n"
        "def test_it():\n"
        "    now = clock.now().astimezone(clock.PROVINCE)\n"
        f"    assert (str(TODAY), str(clock.today()), now.hour) == ('{day}', '{day}', {hour})\n"
    )
    assert "1 passed" in run(tmp_path, code, TODAY=today)


def test_a_run_never_goes_on_into_the_next_day(tmp_path: Path) -> None:
    code = (
        "from shared import clock\n"
        "def test_it():\n"
        "    now = clock.now().astimezone(clock.PROVINCE)\n"
        "    assert (str(now.date()), now.hour, 50 < now.minute < 56) == ('2027-01-31', 23, True)\n"
    )
    assert "1 passed" in run(tmp_path, code, TODAY="2027-01-31T23:59+08:00")


def test_a_clock_may_stand_still_for_fixtures_and_test(tmp_path: Path) -> None:
    code = (
        "import pytest\n"
        "from shared import clock\n"
        "pytestmark = pytest.mark.clock_at('2026-11-24')\n"
        "@pytest.fixture(scope='module')\n"
        "def then(): return clock.now()\n"
        "def test_it(then): assert then == clock.now() and str(clock.today()) == '2026-11-24'\n"
    )
    assert "1 passed" in run(tmp_path, code, TODAY="2028-02-29")


def test_a_day_that_is_none_is_refused_with_what_to_write(tmp_path: Path) -> None:
    said = run(tmp_path, "def test_it(): pass\n", TODAY="29/02/2028")
    assert "'29/02/2028' is no day: write 2028-02-29, or 2026-12-31T23:58Z." in said
    assert "Traceback" not in said
