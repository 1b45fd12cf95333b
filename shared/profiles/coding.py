"""For whoever stores or judges what a person said of themselves: the codes beside their words.

Words that mean nothing to the vocabulary stay, without a code: no code is better than a wrong one.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from shared.http.notices import notice
from shared.http.problems import Fault, say
from shared.words import Words

Entry = dict[str, Any]


def skills(words: Words, entries: Sequence[Entry]) -> list[Entry]:
    """Loaded ``parts.Skill`` entries with ``codes``: ``[{code, similarity}]``, several for "masak dan jaga oma".

    Words that fit several skills alike ("listrik") get none of them; ``maybe`` holds those to ask about.
    """
    return [_skill(words, entry) for entry in entries]


def jobs(words: Words, entries: Sequence[Entry]) -> list[Entry]:
    """Loaded ``parts.Job`` entries with ``isco08`` (None when nothing is like the title) and ``similarity``; ``maybe``
    holds unit groups to ask about."""
    return [_job(words, entry) for entry in entries]


def questions(words: Words, entries: Sequence[Entry], pointer: str) -> list[Fault]:
    """What to ask about coded entries: "did you mean A or B", at ``pointer/2``."""
    return [
        question(words, entry["maybe"], f"{pointer}/{place}")
        for place, entry in enumerate(entries)
        if entry.get("maybe")
    ]


def question(words: Words, codes: Sequence[str], pointer: str) -> Fault:
    """That a word fits each of these codes."""
    named = [[words.label(code, lang) for code in codes] for lang in ("id", "en")]
    text = say(
        f"Kata ini belum cukup jelas. Maksudnya: {', atau '.join(named[0])}?",
        f"This word says too little. Did you mean: {', or '.join(named[1])}?",
    )
    return Fault(pointer, "which_one", text, say("Tulis yang mana.", "Write which one."))


def ask(words: Words, entries: Sequence[Entry], pointer: str) -> None:
    """Tell the sender of the running request what to ask about."""
    for asked in questions(words, entries, pointer):
        notice(asked.code, asked.pointer, asked.message)


def _skill(words: Words, skill: Entry) -> Entry:
    """Codes that a document already carries stay what they are: they were found when it was written."""
    if skill.get("codes") is not None:
        found = tuple((one["code"], one["similarity"]) for one in skill["codes"])
    else:
        found = ((skill["code"], 1.0),) if skill["code"] else _skill_codes(words, skill["text"])
    coded = {
        "text": skill["text"],
        "source": skill["source"],
        "months": skill["months"],
        "codes": [{"code": code, "similarity": similarity} for code, similarity in found],
    }
    maybe = _maybe(words, skill["text"], "skills") if not found and skill["text"] else ()
    return {**coded, "maybe": list(maybe)} if maybe else coded


def _job(words: Words, job: Entry) -> Entry:
    if job["isco08"]:
        return {**job, "similarity": job.get("similarity", 1.0)}
    code, similarity = _occupation(words, job["title"])
    coded = {**{name: part for name, part in job.items() if name != "maybe"}, "isco08": code, "similarity": similarity}
    maybe = _maybe(words, job["title"], "occupations") if code is None and job["title"] else ()
    return {**coded, "maybe": list(maybe)} if maybe else coded


# An import meets the same words thousands of times ("masak", "jaga oma"); a look-up by nearness costs milliseconds.
@lru_cache(maxsize=10_000)
def _skill_codes(words: Words, text: str) -> tuple[tuple[str, float], ...]:
    return tuple((match.code, match.similarity) for match in words.skills(text))


@lru_cache(maxsize=10_000)
def _maybe(words: Words, text: str, kind: str) -> tuple[str, ...]:
    return tuple(words.asks(text, kind))


@lru_cache(maxsize=10_000)
def _occupation(words: Words, title: str) -> tuple[str | None, float]:
    found = words.occupation(title, limit=1)
    return (found[0].code, found[0].similarity) if found else (None, 0.0)
