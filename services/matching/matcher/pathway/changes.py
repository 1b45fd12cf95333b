"""The single changes that could open a path where there is none, smallest first."""

from enum import IntEnum


class Change(IntEnum):
    """What would have to change. The path search itself takes only batches that need NONE."""

    NONE = 0
    OPENED = 1
    """A batch is only planned."""
    SEAT = 2
    """A batch is full."""
    LATER_REGISTRATION = 3
    """The last day to register for a batch has passed, its first day has not come."""
    FREE_DAYS = 4
    """The person said they are not free on the days of a batch."""
    NEW_BATCH = 5
    """No batch of the programme comes in time."""
    PAPER = 6
    """One fact about the person is not on record."""
    LATER_CLOSING = 7
    """The job order closes before the person can be ready."""
