"""Log lines as a person reads them."""

import json
import time

import pytest

from deploy.local import console


def test_a_json_line_becomes_its_message_and_what_is_special_about_it() -> None:
    line = json.dumps(
        {"time": "2026-11-24T00:00:00Z", "level": "INFO", "house": "registry", "message": "sent", "rows": 3}
    )
    assert console.readable(line) == ("INFO", "sent rows=3")


def test_whoever_reads_logs_later_sees_when_each_line_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Makassar")
    time.tzset()
    line = json.dumps({"time": "2026-11-24T18:05:09.123+00:00", "level": "INFO", "message": "sent", "rows": 3})
    assert console.readable(line, timed=True) == ("INFO", "11-25 02:05:09 sent rows=3")
    assert console.readable('{"message": "undated"}', timed=True) == ("", "undated")
    assert console.readable("plain words", timed=True) == ("", "plain words")
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("line", "level"),
    [("WARN Broker: slow", "WARN"), ("[ERROR] no", "ERROR"), ("plain words", ""), ('{"half": ', "")],
)
def test_other_lines_stay_as_they_are(line: str, level: str) -> None:
    assert console.readable(line) == (level, line)


def test_beside_the_main_job_only_trouble_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    lines = console.Lines(quiet=True)
    lines("registry web", json.dumps({"level": "INFO", "message": "GET /v1/candidates"}))
    lines("registry web", json.dumps({"level": "ERROR", "message": "the database is away"}))
    shown = capsys.readouterr().out
    assert "GET /v1/candidates" not in shown
    assert "registry web   │ the database is away" in shown


def test_a_death_is_told_also_beside_the_main_job(capsys: pytest.CaptureFixture[str]) -> None:
    console.Lines(quiet=True).news("kafka", "was ended by SIGKILL")
    assert "was ended by SIGKILL" in capsys.readouterr().out


def test_square_brackets_of_a_log_line_are_not_taken_for_markup(capsys: pytest.CaptureFixture[str]) -> None:
    console.Lines()("kafka", "[QuorumController id=1] says [bold]")
    assert "[QuorumController id=1] says [bold]" in capsys.readouterr().out
