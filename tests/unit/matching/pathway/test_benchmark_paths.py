"""The benchmark of the paths runs on a small world and prints what is asked of it; how fast is no verdict of a test."""

import sys

import pytest

from benchmarks import paths

pytestmark = pytest.mark.slow


def test_the_benchmark_prints_times_steps_and_memory(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks.paths", "--batches", "200", "--orders", "100", "--people", "5"])
    paths.main()
    printed = capsys.readouterr().out
    for words in ("three paths for one person", "p50", "p99", "smallest change", "one batch changed", "memory", "each"):
        assert words in printed
