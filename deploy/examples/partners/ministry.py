"""The ministry gets placements and finished trainings as dated files by its own codes, and the events beside them.

penempatan-2027-03-08.csv and pelatihan-2027-03-08.csv: what happened on that day in the province's time, one line for
each person's placement or training as it stands. Running it again writes the same; who was erased is in no file.
"""

import csv
import datetime
import io
import json
import zoneinfo

from lumbung import events, keep, place

WITA = zoneinfo.ZoneInfo("Asia/Makassar")
# Our states → the words of the ministry's sheets. Change them here when the ministry does.
PLACED = {
    "placement.applied": "TERDAFTAR",
    "placement.selected": "TERPILIH",
    "placement.agreed": "PERJANJIAN",
    "departure.announced": "PERJANJIAN",
    "placement.departed": "BERANGKAT",
    "placement.stopped": "DIHENTIKAN",
    "placement.ended": "BATAL",
}
TRAINED = {"COMPETENT": "KOMPETEN", "NOT_YET_COMPETENT": "BELUM_KOMPETEN", None: "LULUS"}
FILES = {
    "penempatan": ("nomor", "tanggal", "kode_kabupaten", "sektor", "kode_negara", "status", "versi"),
    "pelatihan": ("nomor", "tanggal", "kode_kabupaten", "sektor", "hasil", "selesai", "versi"),
}


def write(kept, name, day):
    """One file of one day, in the order of its numbers."""
    text = io.StringIO()
    sheet = csv.DictWriter(text, FILES[name], delimiter=";", lineterminator="\r\n")
    sheet.writeheader()
    sheet.writerows(row for _, row in sorted(kept[name].items()) if row["tanggal"] == day)
    keep(place(f"{name}-{day}.csv"), text.getvalue())


def row(event, day):
    """The file that an event belongs to, and its line there."""
    data, head = event["data"], {"nomor": event["subject"], "tanggal": day, "versi": event["sequence"]}
    head |= {"kode_kabupaten": data["regency"], "sektor": data["sector"]}
    if event["type"] in PLACED:
        return "penempatan", head | {"kode_negara": data["country"], "status": PLACED[event["type"]]}
    return "pelatihan", head | {"hasil": TRAINED[data["result"]], "selesai": data["finished_on"]}


state = place("arsip.json")
kept = json.loads(state.read_text()) if state.exists() else {name: {} for name in FILES}
for event in events((*PLACED, "referral.completed", "referral.resulted", "referral.erased", "placement.erased")):
    day = datetime.datetime.fromisoformat(event["time"]).astimezone(WITA).date().isoformat()
    changed = set()
    if event["type"].endswith(".erased"):
        for name in FILES:
            gone = kept[name].pop(event["subject"], None)
            changed |= {(name, gone["tanggal"])} if gone else set()
    else:
        name, line = row(event, day)
        before = kept[name].get(event["subject"])
        if before is None or int(line["versi"]) > int(before["versi"]):
            kept[name][event["subject"]] = line
            changed = {(name, day)} | ({(name, before["tanggal"])} if before else set())
    for name, touched in changed:
        write(kept, name, touched)
        print(name, touched, event["subject"], event["type"], flush=True)
    keep(state, json.dumps(kept))
