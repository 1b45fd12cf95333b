"""The few words every rule answers in, for the readable and the vectorised form alike."""

from enum import Enum, IntEnum


class Status(IntEnum):
    """Three-valued: "all of" is the minimum and "one of" the maximum, so a failed rule beats an unknown one."""

    NOT_MET = 0
    UNKNOWN = 1
    MET = 2


class Stage(str, Enum):
    """When a rule must hold. Only APPLY decides whether a person may apply today."""

    APPLY = "APPLY"
    AGREEMENT = "AGREEMENT"
    DEPARTURE = "DEPARTURE"


class State(str, Enum):
    """The verdict about one order, and about a person over all orders."""

    ELIGIBLE_NOW = "ELIGIBLE_NOW"
    """Every APPLY rule is met: the person may apply today."""
    ELIGIBLE_BY = "ELIGIBLE_BY"
    """Only papers that the person can bring, or a birthday that comes in time, are missing."""
    NO_PATH = "NO_PATH"
    """Something stands in the way that neither a paper nor a birthday clears. A training path may still open it."""
    TRAINING = "TRAINING"
    """Training first: a path opens it. Also for people under 18, who may learn and not yet be placed."""
    CONSENT_NEEDED = "CONSENT_NEEDED"
    """Without consent nothing is computed, for no date."""
    DATA_NEEDED = "DATA_NEEDED"
    """Hardly anything is known of the person, so nothing can be said yet."""

    def once_searched(self, opened: bool) -> "State":
        """The word once paths were searched: what a path opens is TRAINING, and never NO_PATH."""
        return State.TRAINING if opened and self is State.NO_PATH else self

    @classmethod
    def _missing_(cls, value: object) -> "State | None":
        """TRAINING_ONLY is read as TRAINING until the next major version."""
        return cls.TRAINING if value == "TRAINING_ONLY" else None


class Group(str, Enum):
    """Who or what clears an answer."""

    BRING = "BRING"
    """Show or correct a paper."""
    LEARN = "LEARN"
    """A course, a test, a certificate, more schooling or work."""
    WAIT = "WAIT"
    """Time alone clears it."""
    OTHERS = "OTHERS"
    """Somebody else must act, or the person should look at another order."""
    AGREEMENT = "AGREEMENT"
    """Before the agreement is signed."""
    DEPARTURE = "DEPARTURE"
    """Before leaving."""
    DONE = "DONE"
    """Nothing left to do."""


GROUPS = tuple(Group)
"""All of them, for schemas and whoever counts; the order of an answer is `outcomes.in_order`'s."""

STATE_CODES: tuple[State, ...] = (
    State.NO_PATH,
    State.ELIGIBLE_BY,
    State.ELIGIBLE_NOW,
    State.TRAINING,
    State.CONSENT_NEEDED,
)
"""The vectorised form writes a state as its place in this tuple (int8)."""
