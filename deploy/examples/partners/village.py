"""A village task force sees what the people of its regency need, as sums of ten and more: nobody can be recognised."""

import json

from lumbung import events, keep, place

path = place("kebutuhan.json")
need = json.loads(path.read_text()) if path.exists() else {}
for event in events(("demand.counted", "demand.gone")):
    data = event["data"]
    if event["type"] == "demand.gone":
        need.pop(event["subject"], None)
    else:
        need[event["subject"]] = {name: data[name] for name in ("programme", "regency", "month", "count")}
    keep(path, json.dumps(need, indent=1))
for one in sorted(need.values(), key=lambda one: -one["count"]):
    print(f"{one['count']:>4} orang  {one['programme']}  {one['regency']}  {one['month']}")
