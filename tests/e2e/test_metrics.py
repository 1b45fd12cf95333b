"""What alarms and the dashboard ask for is really shown, by the processes that they ask, as these run."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest
import yaml

if TYPE_CHECKING:
    from deploy.local.stack import Stack

ROOT = Path(__file__).resolve().parents[2]
Shown = Mapping[tuple[str, str], str]

# What Prometheus itself adds to every target.
ITS_OWN = {"up"}
METRIC = re.compile(r"\b(?:lumbung|process|python)_\w+|\bup\b(?=\{)")


@pytest.fixture(scope="module")
def shown(stack: "Stack", houses: Mapping[str, str]) -> Shown:
    """(house, process) -> the text of its /metrics."""
    ports = {(house, "web"): stack.ports.named()[house] for house in houses}
    ports |= {(house, "work"): stack.ports.work(house) for house in houses}
    found = {}
    for who, port in ports.items():
        answer = httpx.get(f"http://127.0.0.1:{port}/metrics", trust_env=False, timeout=30)
        assert answer.status_code == 200
        found[who] = answer.text
    return found


def expressions() -> list[str]:
    rules = yaml.safe_load((ROOT / "deploy/prometheus/alerts.yml").read_text(encoding="utf-8"))
    asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    board = json.loads((ROOT / "deploy/grafana/lumbung.json").read_text(encoding="utf-8"))
    return asked + [target["expr"] for panel in board["panels"] for target in panel.get("targets", ())]


def families(text: str) -> dict[str, str]:
    """Metric -> kind, as the lines # TYPE of a process tell."""
    return dict(re.findall(r"^# TYPE (\w+) (\w+)$", text, re.M))


def series(text: str) -> set[str]:
    """Every name that a query may use."""
    found = set()
    for name, kind in families(text).items():
        found |= {f"{name}_bucket", f"{name}_sum", f"{name}_count"} if kind == "histogram" else {name}
    return found


def test_alarms_and_panels_ask_only_for_what_is_shown(shown: Shown) -> None:
    there = set().union(*map(series, shown.values())) | ITS_OWN
    for asked in expressions():
        named = set(METRIC.findall(asked))
        assert named, asked
        assert named <= there, asked


def test_what_is_asked_of_one_kind_of_process_is_shown_by_it(shown: Shown) -> None:
    for asked in expressions():
        for name, process in re.findall(r'(\w+)\{[^}]*process="(\w+)"', asked):
            assert any(name in series(text) for (_, kind), text in shown.items() if kind == process), asked


def test_labels_that_are_asked_for_exist(shown: Shown) -> None:
    """Those of the scrape (job, house, process), and those of the metric where anything was counted under it."""
    text = "\n".join(shown.values())
    for asked in expressions():
        for name, inner in re.findall(r"(lumbung_\w+)\{([^}]*)\}", asked):
            for label in set(re.findall(r"(\w+)\s*[=!]", inner)) - {"job", "house", "process"}:
                assert re.search(rf"^{name}\{{[^}}]*\b{label}=", text, re.M), f"{name} has no label {label}"


def test_nothing_that_waits_is_left_out_of_the_dashboard(shown: Shown) -> None:
    """A gauge of ours is something that waits or fails: an operator sees each of them, and is told of it."""
    gauges = {
        name
        for text in shown.values()
        for name, kind in families(text).items()
        if kind == "gauge" and name.startswith("lumbung_")
    }
    asked = " ".join(expressions())
    assert {name for name in gauges if name not in asked and not name.endswith("_created")} == set()


def test_a_process_at_work_tells_what_it_can_count_and_invents_nothing(shown: Shown) -> None:
    for (house, process), text in shown.items():
        number = re.findall(r"^lumbung_dead_letters (\S+)$", text, re.M)
        assert len(number) == 1 and (number == ["NaN"]) == (process == "web"), (house, process)
    assert re.search(r"^lumbung_changes_parked \d", shown["partners", "work"], re.M)
    assert re.search(r"^lumbung_jobs_due \d", shown["registry", "work"], re.M)
