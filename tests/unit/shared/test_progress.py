"""A long command says how far it is; a short one says nothing."""

import io

import pytest

from shared import progress
from shared.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    moment = [100.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: moment[0])
    return moment


def test_what_is_over_soon_says_nothing(now: list[float]) -> None:
    out = Terminal()
    with Progress("reading", 10, out=out) as told:
        for done in range(10):
            now[0] += 0.1
            told.at(done)
    assert out.getvalue() == ""


def test_on_a_terminal_one_line_moves_and_is_ended(now: list[float]) -> None:
    out = Terminal()
    with Progress("reading", 100, out=out) as told:
        for done in (10, 20, 50):
            now[0] += 2.5
            told.at(done)
    shown = out.getvalue()
    assert shown.count("\r") == 3 and shown.endswith("\n") and shown.count("\n") == 1
    assert "reading ████████████░░░░░░░░░░░░ 50 of 100, 8 s left" in shown


def test_elsewhere_a_line_comes_now_and_then(now: list[float]) -> None:
    out = io.StringIO()
    with Progress("telling", 4_000, unit="MB", out=out) as told:
        for done in range(0, 4_000, 100):
            now[0] += 1
            told.at(done)
    lines = out.getvalue().splitlines()
    assert 3 <= len(lines) <= 5 and "\r" not in out.getvalue()
    assert lines[0].startswith("telling ░") and "100 of 4,000 MB" in lines[0]


def test_without_a_total_it_only_counts(now: list[float]) -> None:
    assert Progress("reading", 0).line(1_234) == "reading: 1,234"


def test_more_than_all_is_all(now: list[float]) -> None:
    assert "10 of 10" in Progress("reading", 10).line(50)
