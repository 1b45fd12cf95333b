"""A transit province: who is announced to leave through our ports, and may this traveller pass? Never a name.

transit_province.py          the list of announced departures, one line each, kept up to date
transit_province.py check ID the number on the paper of whoever stands at the port
transit_province.py letter CODE the code on a letter of referral that a traveller shows
"""

import json
import os
import sys
import urllib.parse

from lumbung import ask, events, keep, place

OVER = ("departure.suspended", "placement.departed", "placement.stopped", "placement.ended", "placement.erased")


def check(id):
    """Green, or red with the reason."""
    url, key = os.environ.get("LUMBUNG_PARTNERS_URL", "http://127.0.0.1:8085"), os.environ["LUMBUNG_KEY"]
    said = ask(f"{url}/v1/departures/{id}", key=key)
    colour = "HIJAU" if said["verdict"] == "ANNOUNCED" else "MERAH"
    print(colour, said["verdict"], said["country"], said["planned_on"], ",".join(said["via"]))


def letter(code):
    """Is this letter of referral good today? The training house answers everybody, and names nobody."""
    url = os.environ.get("LUMBUNG_TRAINING_URL", "http://127.0.0.1:8082")
    said = ask(f"{url}/v1/letters/{urllib.parse.quote(code)}")
    colour = "HIJAU" if said["state"] == "VALID" else "MERAH"
    print(colour, said["state"], said["valid_until"], said["office"] or "-", said["initials"])


def follow():
    """Announced, suspended, left, taken back or erased: the list is what is expected from today on."""
    path = place("keberangkatan.json")
    expected = json.loads(path.read_text()) if path.exists() else {}
    for event in events(("departure.announced", *OVER)):
        id, data = event["subject"], event["data"]
        if event["type"] == "departure.announced":
            expected[id] = {"regency": data["regency"], "country": data["country"], **data["departure"]}
            print("DIUMUMKAN", id, data["departure"]["planned_on"], data["regency"], data["country"], flush=True)
        elif expected.pop(id, None) is not None:
            print("SELESAI", id, event["type"], flush=True)
        keep(path, json.dumps(expected, indent=1))


if sys.argv[1:2] == ["check"]:
    check(sys.argv[2])
elif sys.argv[1:2] == ["letter"]:
    letter(sys.argv[2])
else:
    follow()
