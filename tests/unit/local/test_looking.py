"""What `status` says of work that waits for matching, read from the metrics of the houses that act."""

import httpx
import pytest

from deploy.local.command import looking

METRICS = {
    "http://placement/metrics": """# HELP lumbung_waiting_for_judgement Open subjects
lumbung_waiting_for_judgement{subject="JOB_ORDER"} 2.0
lumbung_waiting_for_judgement{subject="APPLICATION"} 11.0
lumbung_waiting_for_facts{subject="APPLICATION"} 5.0
""",
    "http://training/metrics": 'lumbung_waiting_for_judgement{subject="ENROLMENT"} NaN\n',
}


def test_every_house_that_acts_says_what_waits_and_one_that_cannot_count_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def get(url: str, **_: object) -> httpx.Response:
        if url not in METRICS:
            raise httpx.ConnectError("nobody listens")
        return httpx.Response(200, text=METRICS[url])

    monkeypatch.setattr(looking.httpx, "get", get)
    urls = {"placement": "http://placement", "training": "http://training"}
    assert looking._waiting(urls) == {"JOB_ORDER": 2, "APPLICATION": 11}
    METRICS["http://training/metrics"] = METRICS["http://training/metrics"].replace("NaN", "3.0")
    assert looking._waiting(urls)["ENROLMENT"] == 3
    assert looking._waiting({"placement": "http://gone"}) == {}
    assert set(looking.WAITS) == {"JOB_ORDER", "APPLICATION", "ENROLMENT"}
