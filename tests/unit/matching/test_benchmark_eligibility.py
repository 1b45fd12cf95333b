"""The benchmark of the law runs on a small world and prints what is asked of it; how fast is no verdict of a test."""

import sys

import pytest

from benchmarks import eligibility

pytestmark = pytest.mark.slow


@pytest.mark.timeout(300)
def test_the_benchmark_prints_pairs_memory_and_the_ratio_of_both_forms(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks.eligibility", "--people", "300", "--orders", "46"])
    eligibility.main()
    printed = capsys.readouterr().out
    for words in ("13,800 pairs", "pairs agree", "million pairs a second", "times as fast", "memory, peak", "what-if"):
        assert words in printed
