"""The single changes that could open a path where there is none, smallest first."""

from enum import IntEnum


class ChangeKind(IntEnum):
    """What would have to change. The path search itself takes only batches that need NONE."""

    NONE = 0
    PAPER = 1
    """The person shows one paper that is not on record."""
    OPENED = 2
    """A batch that is only planned is opened."""
    SEAT = 3
    """A full batch gets one more seat."""
    LATER_REGISTRATION = 4
    """A batch that has not begun takes registrations again."""
    FREE_DAYS = 5
    """The person is free on the days of a batch after all."""
    LATER_CLOSING = 6
    """A job order closes later."""
    NEW_BATCH = 7
    """One more batch of a programme."""
    WAIT = 8
    """Nothing has to change but the date: it comes first, although no batch carries it."""
