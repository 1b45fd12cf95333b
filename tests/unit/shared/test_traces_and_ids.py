"""Names of things, and the thread that joins the log lines of all houses."""

import json
import logging
from collections.abc import Iterator

import pytest

from shared import ids, logs, trace

PARENT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


def test_an_id_tells_nothing_and_is_recognised() -> None:
    made = {ids.new() for _ in range(100)}
    assert len(made) == 100
    assert all(ids.is_id(id) for id in made)


@pytest.mark.parametrize(
    "text",
    [
        None,
        7,
        "",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "018f3c5e-7b1a-7c3d-8e2f-0123456789ab",  # version 7 would tell the time
        "6BA7B810-9DAD-41D1-80B4-00C04FD430C8",
        "6ba7b810-9dad-41d1-80b4-00c04fd430c8\n",
    ],
)
def test_what_is_not_exactly_an_id_is_not_one(text: object) -> None:
    assert not ids.is_id(text)


def test_a_trace_goes_on_under_a_new_span() -> None:
    before = trace.current()
    with trace.span(PARENT) as here:
        assert trace.trace_id() == "4bf92f3577b34da6a3ce929d0e0e4736"
        assert here == trace.current() != PARENT
    assert trace.current() == before


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "nonsense",
        PARENT.upper(),
        PARENT.replace("00-", "ff-", 1),
        f"00-{'0' * 32}-{'a' * 16}-01",
        PARENT + "-x",
    ],
)
def test_a_header_that_is_no_traceparent_opens_a_new_trace(header: str | None) -> None:
    with trace.span(header):
        assert trace.trace_id() not in (None, "4bf92f3577b34da6a3ce929d0e0e4736", "0" * 32)


@pytest.fixture
def root_logger_afterwards() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.mark.usefixtures("root_logger_afterwards")
def test_a_log_line_is_one_json_object_with_house_process_and_trace(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup(house="bakery", process="work", level="info")
    with trace.span(PARENT):
        logging.getLogger("oven").info("Heard", extra={"topic": "bakery.loaves.v1", "version": 3})
    logging.getLogger("oven").debug("not at this level")
    logging.getLogger("kafka").info("a library talks to itself")
    (line,) = capsys.readouterr().err.splitlines()
    said = json.loads(line)
    assert said.pop("time").endswith("+00:00")
    assert said == {
        "house": "bakery",
        "process": "work",
        "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736",
        "level": "INFO",
        "logger": "oven",
        "message": "Heard",
        "topic": "bakery.loaves.v1",
        "version": 3,
    }


@pytest.mark.usefixtures("root_logger_afterwards")
def test_an_exception_stays_on_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    logs.setup(house="bakery", process="work")
    try:
        raise RuntimeError("burnt")
    except RuntimeError:
        logging.getLogger("oven").exception("A loaf failed")
    (line,) = capsys.readouterr().err.splitlines()
    assert "burnt" in json.loads(line)["error"]
