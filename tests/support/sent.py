"""What several tests and benchmarks send at the doors: one lawful body of each kind, changed where a test needs it."""

from datetime import timedelta
from typing import Any

from shared import clock

Answer = dict[str, Any]


def day(number: int) -> str:
    """The ISO day so many days after the clock's today, which a test may have moved."""
    return (clock.today() + timedelta(days=number)).isoformat()


def an_order(code: str, /, **changes: Any) -> Answer:
    """A lawful order of a household in Malaysia, as its company or a reviewer publishes it."""
    return {
        "code": code,
        "title": {"id": "Penata laksana rumah tangga", "en": "Housekeeper"},
        "country": "MYS",
        "scheme": "P2P",
        "channel": "ONE_CHANNEL_SYSTEM",
        "visa_type": "CALLING",
        "isco08": "9111",
        "kbji": "9111.01",
        "title_scheme": "HOUSEKEEPER",
        "employer": {"type": "HOUSEHOLD", "household_size": 4},
        "wage": {"amount": 1500, "currency": "MYR"},
        "term_months": 24,
        "sip2mi": a_permit(code),
        "requirements": {"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SD"}]},
        "closes_on": day(90),
        **changes,
    }


def an_order_to_new_zealand(code: str, /, *, quota: int, **changes: Any) -> Answer:
    """The same where no demo order goes, so that nobody else's laws get in between; open for a year."""
    there: Answer = {
        "country": "NZL",
        "channel": None,
        "kbji": None,
        "visa_type": "WORK",
        "wage": {"amount": 3500, "currency": "NZD"},
        "sip2mi": a_permit(code, quota=quota, days=700),
        "requirements": {"all": [{"kind": "age", "min": 21, "max": 45}, {"kind": "education", "level": "SMP"}]},
        "closes_on": day(365),
    }
    return an_order(code, **there | changes)


def a_permit(order: str, *, quota: int = 3, days: int = 300) -> Answer:
    """An order's SIP2MI, in force for so many days more."""
    return {"number": f"SIP2MI-{order}", "valid_from": day(-30), "valid_until": day(days), "quota": quota}


def a_course(code: str, /, **changes: Any) -> Answer:
    """A course of 200 hours in elderly care for Malaysia, as its provider sends it."""
    return {
        "code": code,
        "programme": "PLRT-LANSIA",
        "title": {"id": "Perawatan lansia di rumah", "en": "Elderly care at home"},
        "isco08": ["5322"],
        "outcomes": ["merawat lansia"],
        "certificate": {"kind": "COMPETENCE", "scheme": "ELDERLY_CARETAKER"},
        "lesson_hours": 200,
        "hours_for": [{"isco08": "5322", "destination": "MYS", "hours": 200}],
        "mode": "OFFLINE",
        "cost_to_trainee": {"amount": 0, "currency": "IDR"},
        "funding": "APBD",
        **changes,
    }
