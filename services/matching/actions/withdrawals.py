"""Every day: see to it that the answers of everybody who took their consent back go at their time, and no others."""

from datetime import datetime, timedelta

from services.matching.store.records import Records
from shared import clock

KIND = "heed_withdrawals"
EVERY = timedelta(days=1)


def heed(records: Records) -> datetime:
    """The job. Returns the next time."""
    records.heed_all_consents()
    return clock.now() + EVERY
