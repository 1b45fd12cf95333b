"""From a plain yes or no to a status."""

from services.matching.matcher.eligibility.status import Status


def yes(holds: bool) -> Status:
    return Status.MET if holds else Status.NOT_MET
