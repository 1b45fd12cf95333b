"""Names for a provider's lists: of whom agreed to it, from the referral until 30 days after its end (decision 0033)."""

from collections.abc import Iterable, Mapping
from typing import Any

from services.console.frame import Answer, registry
from services.console.houses import Question

AT_ONCE = 50
_MARK = "contacts "


def questions(candidate_ids: Iterable[str]) -> dict[str, Question]:
    """For `together`: one look of the organisation, which stands in the trail of everybody whom it shows."""
    ids = sorted(set(candidate_ids))
    return {
        f"{_MARK}{at}": registry.get("/v1/contacts", candidate=ids[at : at + AT_ONCE])
        for at in range(0, len(ids), AT_ONCE)
    }


def answers(found: Mapping[str, Answer]) -> list[Answer]:
    """What came back of them; none where nobody was asked for."""
    return [answer for name, answer in found.items() if name.startswith(_MARK)]


def by_candidate(found: Mapping[str, Answer]) -> dict[str, dict[str, Any]]:
    """Candidate → `{full_name, number, phone, …}`. Whoever did not agree is not in it."""
    return {one["id"]: one for answer in answers(found) for one in answer.items()}
