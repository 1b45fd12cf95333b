"""SI-SAGA hands over a concern and follows what becomes of it. Nobody asks who reported, and nobody can find out.

si_saga.py report MONEY_DEMANDED --company SIP3MI-1 --job-order JO-1 --regency 53.06
si_saga.py                       what became of those that were handed over
"""

import argparse
import json
import os
import sys

from lumbung import ask, events, keep, place

path = place("laporan.json")
handed = json.loads(path.read_text()) if path.exists() else {}


def report(arguments):
    """The report has no field for a name or a number, and is sent without our key: it belongs to nobody."""
    parser = argparse.ArgumentParser()
    parser.add_argument("kind")
    for name in ("company", "job-order", "regency"):
        parser.add_argument(f"--{name}")
    wanted = parser.parse_args(arguments)
    body = {"kind": wanted.kind, "company": wanted.company, "job_order": wanted.job_order, "regency": wanted.regency}
    url = os.environ.get("LUMBUNG_PLACEMENT_URL", "http://127.0.0.1:8083")
    receipt = ask(f"{url}/v1/concerns", method="POST", body=body)
    handed[receipt["id"]] = receipt["state"]
    keep(path, json.dumps(handed, indent=1))
    print(receipt["id"], receipt["state"])


def follow():
    """RECEIVED, CONFIRMED, DISMISSED, RESOLVED."""
    for event in events(("concern.received", "concern.confirmed", "concern.dismissed", "concern.resolved")):
        if event["subject"] in handed:
            handed[event["subject"]] = event["data"]["state"]
            keep(path, json.dumps(handed, indent=1))
            print(event["subject"], event["data"]["state"], flush=True)


if sys.argv[1:2] == ["report"]:
    report(sys.argv[2:])
else:
    follow()
