"""For whoever stores or judges what a person said of themselves: the codes beside their words.

Words that mean nothing to the vocabulary stay, without a code: no code is better than a wrong one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from shared.words import Words

Entry = dict[str, Any]


def skills(words: Words, entries: Sequence[Entry]) -> list[Entry]:
    """Loaded ``parts.Skill`` entries with ``codes``: ``[{code, similarity}]``, several for "masak dan jaga oma"."""
    return [_skill(words, entry) for entry in entries]


def jobs(words: Words, entries: Sequence[Entry]) -> list[Entry]:
    """Loaded ``parts.Job`` entries with ``isco08`` (None when nothing is like the title) and ``similarity``."""
    return [_job(words, entry) for entry in entries]


def _skill(words: Words, skill: Entry) -> Entry:
    """Codes that a document already carries stay what they are: they were found when it was written."""
    if skill.get("codes") is not None:
        found = tuple((one["code"], one["similarity"]) for one in skill["codes"])
    else:
        found = ((skill["code"], 1.0),) if skill["code"] else _skill_codes(words, skill["text"])
    return {
        "text": skill["text"],
        "source": skill["source"],
        "months": skill["months"],
        "codes": [{"code": code, "similarity": similarity} for code, similarity in found],
    }


def _job(words: Words, job: Entry) -> Entry:
    if job["isco08"]:
        return {**job, "similarity": job.get("similarity", 1.0)}
    code, similarity = _occupation(words, job["title"])
    return {**job, "isco08": code, "similarity": similarity}


# An import meets the same words thousands of times ("masak", "jaga oma"); a look-up by nearness costs milliseconds.
@lru_cache(maxsize=10_000)
def _skill_codes(words: Words, text: str) -> tuple[tuple[str, float], ...]:
    return tuple((match.code, match.similarity) for match in words.skills(text))


@lru_cache(maxsize=10_000)
def _occupation(words: Words, title: str) -> tuple[str | None, float]:
    found = words.occupation(title, limit=1)
    return (found[0].code, found[0].similarity) if found else (None, 0.0)
