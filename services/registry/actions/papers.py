"""For desks and the import door: which record of a paper or step took the place of which, so that an older sheet that
brings one back is seen.
"""

import json
from collections.abc import Mapping
from typing import Any

from shared.documents import replaced


def remembered(before: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, Any]:
    """What the person's document remembers once these records (by code) have taken the place of those before."""
    stood = {replaced.FIELD: before.get(replaced.FIELD), "_id": before["_id"], **_told(before["requirements"])}
    return replaced.remembered(stood, _told(changed), _told(changed))


def coming_back(known: Mapping[str, Any], changed: Mapping[str, Any]) -> dict[str, str]:
    """Which of these records (by code) stood there before another one was recorded, and the day on which it was."""
    about = {name: known[name] for name in (replaced.FIELD, replaced.ALSO) if name in known}
    stands = {**about, "_id": known["_id"], **_told(known["requirements"])}
    found = replaced.coming_back(stands, _told(changed), _told(changed))
    return {path.rpartition("/")[2]: day for path, day in found.items()}


def _told(records: Mapping[str, Any]) -> dict[str, str]:
    """Each record as one value: of a paper its state alone may come back a second time and be true."""
    return {
        f"requirements/{code}": json.dumps(
            {part: said for part, said in record.items() if said and not part.startswith("checked_")}, sort_keys=True
        )
        for code, record in records.items()
    }
