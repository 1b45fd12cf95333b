"""The task force of a regency is told of suspicious offers, and of the job orders that are stopped for it."""

from lumbung import events

WORDS = {
    "concern.received": "LAPORAN BARU",
    "concern.confirmed": "TERBUKTI",
    "concern.dismissed": "TIDAK TERBUKTI",
    "concern.resolved": "SELESAI",
    "job_order.suspended": "LOWONGAN DIHENTIKAN",
}

for event in events(tuple(WORDS)):
    data = event["data"]
    about = data.get("job_order_id") or data.get("company_id") or data.get("code") or "-"
    print(WORDS[event["type"]], event["subject"], data.get("kind", "-"), data.get("regency") or "-", about, flush=True)
