"""Names from ESCO's download and from a KBJI table; small files of our own in their form."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shared.words import vocabulary
from shared.words.importing import Imported, UnreadableTable, collect
from shared.words.lookup import Words

OURS = vocabulary.read([vocabulary.OURS])

OCCUPATIONS = """conceptType,conceptUri,iscoGroup,preferredLabel,altLabels,code
Occupation,http://example.test/1,5322,granny companion,"companion of the aged
aged companion",5322.1
Occupation,http://example.test/2,9111,housekeeper,charperson,9111.9
Occupation,http://example.test/3,53,wider than a unit group,,53
"""
SKILLS = """conceptType,conceptUri,skillType,preferredLabel,altLabels
KnowledgeSkillCompetence,http://example.test/s1,skill,care for an elderly person,"tend to seniors
keep seniors company"
KnowledgeSkillCompetence,http://example.test/s2,skill,polish moon rocks,buff lunar stones
"""
KBJI = """digit,kode,judul,deskripsi
6,5322.99,Pendamping Nenek Kakek Harian,contoh
6,532298,Pekerja Perawatan Lainnya,contoh
2,53,Golongan yang lebih luas,contoh
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    (tmp_path / "occupations_en.csv").write_text(OCCUPATIONS, encoding="utf-8-sig")
    (tmp_path / "skills_en.csv").write_text(SKILLS, encoding="utf-8-sig")
    (tmp_path / "kbji.csv").write_text(KBJI, encoding="utf-8")
    return tmp_path


def test_names_come_to_the_unit_groups_and_skills_they_belong_to(sources: Path, tmp_path: Path) -> None:
    made = collect(OURS, tmp_path / "into", esco=sources, kbji=sources / "kbji.csv")
    words = Words(vocabulary.read([vocabulary.OURS, tmp_path / "into"]))
    assert words.occupation("aged companion")[0].code == "5322"
    assert words.occupation("pendamping nenek kakek harian")[0].code == "5322"
    assert words.skills("tend to seniors")[0].code == "CARE_ELDERLY"
    assert words.label("5322", "id") == OURS.occupations["5322"].indonesian
    assert made == Imported(occupations=6, skills=2, new_groups=0)


def test_a_skill_that_we_do_not_know_brings_no_code_that_no_rule_knows(sources: Path, tmp_path: Path) -> None:
    collect(OURS, tmp_path / "into", esco=sources)
    assert set(vocabulary.read([vocabulary.OURS, tmp_path / "into"]).skills) == set(OURS.skills)


def test_a_name_of_ours_keeps_its_meaning(sources: Path, tmp_path: Path) -> None:
    ours = next(name for name in OURS.occupations["9111"].names)
    (sources / "occupations_en.csv").write_text(f"iscoGroup,preferredLabel,altLabels\n2512,{ours},\n")
    collect(OURS, tmp_path / "into", esco=sources)
    words = Words(vocabulary.read([vocabulary.OURS, tmp_path / "into"]))
    assert [match.code for match in words.occupation(ours)] == ["9111"]


def test_a_unit_group_that_we_lack_is_there_afterwards(sources: Path, tmp_path: Path) -> None:
    (sources / "kbji.csv").write_text("kode,judul\n9999.01,Penjaga Contoh Bulan\n")
    made = collect(OURS, tmp_path / "into", kbji=sources / "kbji.csv")
    words = Words(vocabulary.read([vocabulary.OURS, tmp_path / "into"]))
    assert made.new_groups == 1
    assert (words.occupation("penjaga contoh bulan")[0].code, words.label("9999")) == ("9999", "Penjaga Contoh Bulan")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("occupations_en.csv", b"a;b;c\n1;2;3\n", "no column iscoGroup"),
        ("skills_en.csv", b"preferredLabel,altLabels\n\xff\xfe,\xff\n", "no CSV file in UTF-8"),
        ("kbji.csv", None, "cannot be read"),
    ],
)
def test_a_source_that_is_not_what_it_should_be_changes_nothing(
    sources: Path, tmp_path: Path, name: str, content: bytes | None, said: str
) -> None:
    (sources / name).unlink() if content is None else (sources / name).write_bytes(content)
    with pytest.raises(UnreadableTable, match=said):
        collect(OURS, tmp_path / "into", esco=sources, kbji=sources / "kbji.csv")
    assert not (tmp_path / "into").exists()


def in_a_process_with(folder: Path) -> "subprocess.CompletedProcess[str]":
    asks = "from shared.words import Words; print(Words.default().occupation('aged companion')[0].code)"
    environment = {**os.environ, "LUMBUNG_WORDS": str(folder)}
    return subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=False)


def test_a_process_knows_the_folders_that_its_environment_names(sources: Path, tmp_path: Path) -> None:
    collect(OURS, tmp_path / "into", esco=sources)
    assert in_a_process_with(tmp_path / "into").stdout.strip() == "5322"
    assert "mend or unset LUMBUNG_WORDS" in in_a_process_with(tmp_path / "no such").stderr
