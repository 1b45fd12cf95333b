"""A provider's own system publishes its courses by API and follows review and seats.

provider.py publish courses.json   the same again changes nothing; courses.json is a list of courses with their `code`
provider.py                        what becomes of them: reviewed, seats taken, referrals
"""

import json
import os
import sys
import urllib.parse

from lumbung import ask, events, keep, place


def publish(path):
    """Each course by our own code, so that nobody has to keep ids."""
    url, key = os.environ.get("LUMBUNG_TRAINING_URL", "http://127.0.0.1:8082"), os.environ["LUMBUNG_PROVIDER_KEY"]
    with open(path, encoding="utf-8") as file:
        courses = json.load(file)
    for course in courses:
        code = urllib.parse.quote(course["code"], safe="")
        body = {name: value for name, value in course.items() if name not in ("code", "batches")}
        where = f"{url}/v1/courses/by-code/{os.environ['LUMBUNG_PROVIDER']}/{code}"
        made = ask(where, method="PUT", body=body, key=key)
        print("KURSUS", course["code"], made["id"], made["review"])


def follow():
    """Only our own courses, which are kept as the position is; referrals of others are never sent to us at all."""
    kept = place("courses")
    mine = set(kept.read_text(encoding="utf-8").split()) if kept.exists() else set()
    for event in events():
        data, kind = event["data"], event["type"]
        if kind.startswith("course.") and data.get("provider_id") == os.environ["LUMBUNG_PROVIDER"]:
            mine.add(event["subject"])
            keep(kept, "\n".join(sorted(mine)))
            print("KURSUS", data["code"], kind, data["review"], flush=True)
        elif data.get("course_id") in mine and kind.startswith(("batch.", "course.seats_changed")):
            print("KURSI", data["number"], f"{data['taken']} dari {data['seats']}", data["status"], flush=True)
        elif kind.startswith("referral."):
            print("RUJUKAN", event["subject"], kind, data["state"], flush=True)


if sys.argv[1:2] == ["publish"]:
    publish(sys.argv[2])
else:
    follow()
