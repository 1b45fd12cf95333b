"""The alert rules and the dashboard are whole: parts that name each other agree, and each alarm says what to do.

That the metrics exist is asked of the running houses: tests/e2e/test_metrics.py.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from deploy.local.houses import CONSOLE, HOUSES
from deploy.local.ports import Ports

ROOT = Path(__file__).resolve().parents[3]
WATCHING = ROOT / "deploy/prometheus"
CONFIG = yaml.safe_load((WATCHING / "prometheus.yml").read_text(encoding="utf-8"))
RULES: list[dict[str, Any]] = [
    rule
    for group in yaml.safe_load((WATCHING / "alerts.yml").read_text(encoding="utf-8"))["groups"]
    for rule in group["rules"]
]
DASHBOARD = json.loads((ROOT / "deploy/grafana/lumbung.json").read_text(encoding="utf-8"))
PANELS = [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]
OPERATING = (ROOT / "docs/operating.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["alert"])
def test_an_alarm_says_what_to_do_at_three_in_the_morning(rule: dict[str, Any]) -> None:
    assert rule["labels"]["severity"] in ("page", "ticket")
    advice = OPERATING.partition(f"**{rule['annotations']['runbook']}**")[2].partition("\n**")[0]
    assert f"`{rule['alert']}`" in advice, "the heading of docs/operating.md names the alarm"
    assert "./lumbung " in advice, "and a command"


def test_docs_name_no_alarm_that_is_none() -> None:
    assert set(re.findall(r"`(Lumbung[A-Z]\w+)`", OPERATING)) == {rule["alert"] for rule in RULES}


def test_the_dashboard_names_no_alarm_that_is_none() -> None:
    named = set(re.findall(r"\bLumbung[A-Z]\w+", json.dumps(PANELS)))
    assert named and named <= {rule["alert"] for rule in RULES}


def test_every_process_of_a_laptop_is_scraped_where_it_answers() -> None:
    (job,) = CONFIG["scrape_configs"]
    scraped = {(one["labels"]["house"], one["labels"]["process"]): one["targets"] for one in job["static_configs"]}
    ports = Ports()
    expected = {(house, "web"): [f"127.0.0.1:{ports.named()[house]}"] for house in (*HOUSES, CONSOLE)}
    expected |= {(house, "work"): [f"127.0.0.1:{ports.work(house)}"] for house in HOUSES}
    assert scraped == expected
    assert {job["job_name"]} == {name for rule in RULES for name in re.findall(r'job="(\w+)"', rule["expr"])}


def test_panels_have_their_own_place_and_a_text() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in DASHBOARD["panels"]:
        at = panel["gridPos"]
        cells = {(x, y) for x in range(at["x"], at["x"] + at["w"]) for y in range(at["y"], at["y"] + at["h"])}
        assert not cells & taken and at["x"] + at["w"] <= 24
        taken |= cells
    assert len({panel["id"] for panel in DASHBOARD["panels"]}) == len(DASHBOARD["panels"])
    assert all(panel["description"] and panel["targets"] for panel in PANELS)


@pytest.mark.skipif(shutil.which("promtool") is None, reason="promtool is not here (apt-get install prometheus)")
@pytest.mark.parametrize("asked", [("check", "config", "prometheus.yml"), ("test", "rules", "alerts_test.yml")])
def test_prometheus_understands_the_rules_and_they_fire_as_meant(asked: tuple[str, ...]) -> None:
    answer = subprocess.run(["promtool", *asked], cwd=WATCHING, capture_output=True, text=True, check=False)
    assert answer.returncode == 0, answer.stdout + answer.stderr


def test_every_panel_is_a_question_that_prometheus_understands() -> None:
    for panel in PANELS:
        for target in panel["targets"]:
            assert target["expr"].count("(") == target["expr"].count(")")
            assert target["expr"].count("{") == target["expr"].count("}")
