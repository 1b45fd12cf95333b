"""The file of partners: what it lets in, and what it refuses with the words to write instead."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from deploy import partners, topics
from services.partners.model.organisation import KINDS, LEVELS

GOOD = {
    "name": "Mitra",
    "kind": "MINISTRY",
    "legal_basis": "Perjanjian 1/2026",
    "contact": "a@example.go.id",
    "topics": ["training.courses.v1"],
}


def write(folder: Path, content: object) -> Path:
    path = folder / "partners.yaml"
    path.write_text(content if isinstance(content, str) else yaml.safe_dump({"partners": content}), encoding="utf-8")
    return path


def test_the_partners_of_the_seed_are_lawful() -> None:
    listed = partners.load()
    assert set(listed) >= {"kaltara", "si-saga", "kementerian", "gugus-tugas-flotim", "desa-lamalera"}
    open_topics = {topic.name for topic in topics.load() if topic.partners}
    for one in listed.values():
        assert set(one.topics) <= open_topics and one.kind in KINDS and one.level in LEVELS


def test_no_topic_about_people_is_for_partners() -> None:
    open_topics = {topic.name for topic in topics.load() if topic.partners}
    assert not open_topics & {
        "registry.candidates.v1", "training.enrolments.v1", "placement.applications.v1", "placement.concerns.v1",
        "matching.recommendations.v1", "matching.judgements.v1",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ({"a b": GOOD}, "no code"),
        ({"mitra": None}, "says nothing"),
        ({"mitra": {**GOOD, "legal_basis": None}}, "no legal_basis"),
        ({"mitra": {**GOOD, "topics": ["registry.candidates.v1"]}}, "not for partners"),
        ({"mitra": {**GOOD, "topics": ["training.course.v1"]}}, "not for partners"),
        ({"mitra": {**GOOD, "until": "31 Desember"}}, "until is"),
        ({"mitra": {**GOOD, "untill": None}}, "untill is not known"),
        ("partners: [", "no YAML"),
        ("mitra: {}", "names no partners"),
        ("", "names no partners"),
    ],
)
def test_what_cannot_be_is_refused_with_what_to_write(tmp_path: Path, content: object, said: str) -> None:
    with pytest.raises(partners.Wrong, match=said) as refused:
        partners.load(write(tmp_path, content))
    assert refused.value.fix


def test_until_its_last_day_and_unless_suspended(tmp_path: Path) -> None:
    entries = {"mitra": {**GOOD, "until": date(2026, 6, 30)}, "lain": {**GOOD, "suspended": True}}
    listed = partners.load(write(tmp_path, entries))
    assert listed["mitra"].may_read(date(2026, 6, 30))
    assert not listed["mitra"].may_read(date(2026, 7, 1))
    assert not listed["lain"].may_read(date(2026, 1, 1))


def test_groups_begin_with_the_partner_and_a_dot_so_that_no_other_partner_fits(tmp_path: Path) -> None:
    listed = partners.load(write(tmp_path, {"mitra": GOOD, "mitra-dua": GOOD}))
    assert not listed["mitra-dua"].groups.startswith(listed["mitra"].groups)
    assert ("GROUP", "partner.mitra.", True) in listed["mitra"].rights
