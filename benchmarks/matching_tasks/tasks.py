"""One adapter per task: which field of a row is what in the product's terms."""

import gzip
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from services.matching.matcher.ltr.queries import Item, Query
from shared.words import Words
from shared.words.vocabulary import Entry, Vocabulary

Row = dict[str, Any]
Truth = dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Task:
    """Asks of one part beside all offers; `among` are the offers that may be ranked for this part (None = all).

    `new_offers`: the other part ranks other offers, of which no choice is known. `others` have no answer and are not
    ranked; what they met may be learned from."""

    asks: list[Query]
    offers: list[Item]
    truth: Truth
    among: set[str] | None
    words: Vocabulary
    new_offers: bool = False
    others: Sequence[Query] = ()


FOLDERS = {
    "T1": "T1_skills_to_occupation",
    "T2": "T2_gap_to_programme",
    "T3": "T3_title_to_occupation",
    "T4": "T4_indonesian_to_isco",
    "T5": "T5_job_views",
    "T6": "T6_tags_to_course",
}


def read(task: str, data: Path, part: str) -> Task:
    """Part `part` of a task. The answers are read when they are there; a held-back part has none."""
    folder = data / FOLDERS[task] / part
    queries = list(_lines(folder / "queries.jsonl.gz"))
    truth: Truth = defaultdict(dict)
    if (folder / "qrels.tsv.gz").exists():
        with gzip.open(folder / "qrels.tsv.gz", "rt", encoding="utf-8") as file:
            for line in file:
                query, item, grade = line.rstrip("\n").split("\t")
                truth[query][item] = int(grade)
    return TASKS[task](Corpora(data / "corpora", folder), queries, dict(truth), part)


class Corpora:
    """The item sides, and what one part holds beside its queries; read when asked for."""

    def __init__(self, folder: Path, part: Path) -> None:
        self.folder, self.part = folder, part

    def __getitem__(self, name: str) -> list[Row]:
        return list(_lines(self.folder / f"{name}.jsonl.gz"))

    def interactions(self) -> Iterator[tuple[str, str]]:
        """(person, item) in the order of time, where the part has them."""
        path = self.part / "interactions.tsv.gz"
        if path.exists():
            with gzip.open(path, "rt", encoding="utf-8") as file:
                for line in file:
                    person, item = line.split()
                    yield person, item


def skills_to_occupation(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T1. A person's skills in their own words; occupations with essential and optional skills.

    The parts share no target and no way of saying, so what was chosen in one would only mislead about the other."""
    target = {query: max(grades, key=lambda item: grades[item]) for query, grades in truth.items()}
    asks = [
        Query(id=query["qid"], unit=target.get(query["qid"], str(query["qid"])), phrases=tuple(query["skills"]))
        for query in queries
    ]
    offers = [_occupation(row) for row in corpora["occupations"]]
    skills = {row["id"]: _entry(row["id"], row, row["label"]) for row in corpora["skills"]}
    return Task(asks, offers, truth, None, Vocabulary(skills=skills, occupations={}, languages={}), new_offers=True)


def gap_to_programme(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T2. An occupation aimed at, with the vocabulary's description of it, and skills that are missing."""
    occupations = {row["label"]: row for row in corpora["occupations"]}
    groups = {row["code"]: row for row in corpora["isco"]}
    skills = {row["id"]: row["label"] for row in corpora["skills"]}
    asks = []
    for query in queries:
        known = occupations.get(query["target_occupation"], {})
        group = groups.get(known.get("isco", ""), {})
        needed = [skills[code] for code in known.get("essential", ())]
        about = [known.get("description", ""), group.get("label_en", ""), *needed]
        asks.append(
            Query(
                id=query["qid"],
                unit=_same_answers(truth.get(query["qid"], {})) or query["qid"],
                titles=(query["target_occupation"], *known.get("alt_labels", ())),
                phrases=tuple(query["gap_skills"]),
                about=" ; ".join(about),
                groups=_isco(known.get("isco", "")),
            )
        )
    offers = [
        Item(
            id=row["id"],
            titles=(row["title"],),
            about=f"{row['definition']} {row['examples']}",
            groups=(row["family"], row["id"][1:6]),
        )
        for row in corpora["programmes"]
    ]
    known_words = {f"{row['id']}": _entry(row["id"], row, row["label"]) for row in corpora["occupations"]}
    return Task(asks, offers, truth, None, Vocabulary(skills={}, occupations=known_words, languages={}))


def title_to_occupation(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T3. A vacancy title as written; occupations with all their names."""
    asks = [Query(id=query["qid"], unit=query["title"].lower(), titles=(query["title"],)) for query in queries]
    offers = [_occupation(row, skills=False) for row in corpora["occupations"]]
    return Task(asks, offers, truth, None, Words.default().vocabulary)


def indonesian_to_isco(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T4. An Indonesian title; unit groups with their texts in two languages."""
    asks = [Query(id=query["qid"], unit=query["title_id"].lower(), titles=(query["title_id"],)) for query in queries]
    offers = [
        Item(
            id=row["id"],
            titles=(row["label_id"], row["label_en"]),
            about=f"{row['description_id']} {row['description_en']}",
            groups=_isco(row["code"]),
        )
        for row in corpora["isco"]
    ]
    return Task(asks, offers, truth, None, Words.default().vocabulary)


def job_views(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T5. Earlier work, interests and jobs viewed before; jobs with a place.

    Applicants and jobs are numbered as they arrive, which is the only clock that this task has. People who viewed jobs
    but are no query of the part come along as asks without an answer."""
    asks = [
        Query(
            id=query["qid"],
            unit=query["applicant"],
            titles=tuple(work["position"] for work in reversed(query["experience"])),
            wishes=tuple(query["interests"]),
            places=tuple(
                (work["state"].strip().upper(), work["city"].strip().lower())
                for work in reversed(query["experience"])
                if work["state"].strip()
            ),
            seen=tuple(query["history"]),
            when=_number(query["applicant"]),
        )
        for query in queries
    ]
    offers = [
        Item(
            id=row["id"],
            titles=(row["position"],),
            maker=row["company"],
            traits=(row["industry"],),
            place=(row["state"].strip().upper(), row["city"].strip().lower()),
            since=_number(row["id"]),
        )
        for row in corpora["jobs"]
    ]
    asked = {ask.unit for ask in asks}
    views: dict[str, list[str]] = defaultdict(list)
    for applicant, job in corpora.interactions():
        if applicant not in asked:
            views[applicant].append(job)
    others = [
        Query(id=f"views-{person}", unit=person, seen=tuple(jobs), when=_number(person))
        for person, jobs in views.items()
    ]
    nothing = Vocabulary(skills={}, occupations={}, languages={})
    return Task(asks, offers, truth, None, nothing, others=others)


def tags_to_course(corpora: Corpora, queries: list[Row], truth: Truth, part: str) -> Task:
    """T6. Missing skills; courses, of which some have their skills on record and the ones to rank do not."""
    rows = corpora["courses"]
    asks = [Query(id=query["qid"], unit=query["qid"], phrases=tuple(query["gap_skills"])) for query in queries]
    offers = [
        Item(
            id=row["id"],
            titles=(row["title"],),
            essential=None if row["tags"] is None else tuple(row["tags"]),
            maker=row["provider"] or "",
            traits=(row["kind"] or "", row["level"] or "", row["source"] or ""),
        )
        for row in rows
    ]
    among = {row["id"] for row in rows if row["part"] == part}
    nothing = Vocabulary(skills={}, occupations={}, languages={})
    return Task(asks, offers, truth, among, nothing, new_offers=True)


Adapter = Callable[[Corpora, list[Row], Truth, str], Task]
TASKS: Mapping[str, Adapter] = {
    "T1": skills_to_occupation,
    "T2": gap_to_programme,
    "T3": title_to_occupation,
    "T4": indonesian_to_isco,
    "T5": job_views,
    "T6": tags_to_course,
}


def _occupation(row: Row, skills: bool = True) -> Item:
    return Item(
        id=row["id"],
        titles=tuple(dict.fromkeys((row["label"], *row["alt_labels"]))),
        about=row["description"],
        essential=tuple(row["essential"]) if skills else (),
        optional=tuple(row["optional"]) if skills else (),
        groups=_isco(row["isco"]),
    )


def _entry(code: str, row: Row, label: str) -> Entry:
    names = tuple(dict.fromkeys((label, *row["alt_labels"])))
    return Entry(code=code, english=label, indonesian="", names=names, about=row["description"])


def _isco(code: str) -> tuple[str, ...]:
    return tuple(code[:length] for length in (2, 3, 4)) if len(code) == 4 else ()


def _same_answers(grades: Mapping[str, int]) -> str:
    """Occupations of one official code have the same answers; they must not be split between learning and checking."""
    return " ".join(sorted(grades))


def _number(text: str) -> float:
    return float("".join(sign for sign in text if sign.isdigit()))


def _lines(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)
