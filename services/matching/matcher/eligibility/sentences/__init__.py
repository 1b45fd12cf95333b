"""One plain sentence for every rule and answer, and the next action: for whoever shows a verdict to a person.

Primary-school reading level, no law numbers in a sentence (they stand beside it as `legal_basis`). The texts are data:
a template a rule and status, filled with words from `phrases.py`.
"""

from services.matching.matcher.eligibility.sentences import offers, papers, people, requirements
from services.matching.matcher.eligibility.sentences.wording import Act, Wording, fill

WORDINGS: dict[str, Wording] = {
    **people.WORDINGS,
    **requirements.WORDINGS,
    **offers.WORDINGS,
    **papers.WORDINGS,
}
"""Rule code → its sentences. Every rule has its own; a test walks through all of them."""

__all__ = ["WORDINGS", "Act", "Wording", "fill"]
