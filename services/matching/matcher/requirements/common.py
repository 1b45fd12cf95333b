"""Next actions that several kinds of requirement share."""

from services.matching.matcher.requirements.status import Group
from services.matching.matcher.requirements.wording import Wording, act, only

SHOW_BIRTH = act(Group.BRING, "PERSON", "Bawa akta lahir atau KTP.", "Bring the birth certificate or identity card.")
OTHER_ORDER = act(Group.OTHERS, "PERSON", "Pilih lowongan lain.", "Choose another job order.")
ASK_PERSON = act(
    Group.BRING,
    "PERSON",
    "Tanyakan kepada calon, lalu catat jawabannya.",
    "Ask the person and write down the answer.",
)


def unasked(indonesian: str, english: str) -> Wording:
    """Nobody asked the person for the list that the requirement reads."""
    return only(indonesian, english, ASK_PERSON)
