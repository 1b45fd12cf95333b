"""What the pages about people sent in by villages ask: one that waits."""

from typing import Any

from shared import clock
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID, ORDER

Body = dict[str, Any]
NAME, VILLAGE, PHONE, NOTE = "Markonah Tefnai", "Fatumnasi", "+6281139109100", "Sore ada di rumah"


def submission(**changes: Any) -> Body:
    person = {"full_name": NAME, "birth_date": "2002-04-14", "sex": "F", "regency": "53.02", "district": None}
    return {
        "id": ID,
        "version": 1,
        "receipt": ID[:8].upper(),
        "received_at": clock.now().isoformat(),
        "expires_at": clock.now().isoformat(),
        "state": "WAITING",
        "centre": "KUPANG",
        "person": {**person, "village": VILLAGE, "phone": PHONE, "note": NOTE},
        "alike": [{"id": ORDER, "number": "LB-2026-000007", "because": "LIKE_NAME"}],
        "outcome": None,
        **changes,
    }


def tell(houses: FakeHouses, *, sent: Body | None = None) -> None:
    """One person waits, and whoever adds another gets a receipt."""
    sent = sent or submission()
    receipt = {name: sent[name] for name in ("id", "receipt", "received_at")}
    houses.says("registry", "POST /v1/submissions", receipt, status=201)
    houses.says("registry", "GET /v1/submissions", {"items": [sent], "next": None})
    houses.says("registry", "GET /v1/submissions/*", sent)
    houses.says("registry", "POST /v1/drafts", {"id": ORDER, "version": 1, "content": {}}, status=201)
