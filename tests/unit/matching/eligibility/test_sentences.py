"""Can a person read it? Every rule has its sentences, short, in two languages and without law numbers."""

import re
from collections.abc import Iterator

import pytest

from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.policy_kinds import CONDITION_FIELDS
from services.matching.matcher.law.rules import WORDINGS
from services.matching.matcher.law.rules.corridors import RULE_OF_FIELD
from services.matching.matcher.law.rules.papers import BY_CODE
from services.matching.matcher.requirements.groups import leaves
from services.matching.matcher.requirements.status import Group
from services.matching.matcher.requirements.wording import WHO
from services.matching.matcher.verdicts.cautions import (
    DOUBTFUL,
    DRAFT,
    ENDS_TOO_SOON,
    NO_AGREEMENT,
    NO_VISA,
    UNREADABLE_LAW,
)
from services.matching.matcher.verdicts.check import check
from services.matching.matcher.verdicts.verdict import Outcome
from shared.codes import texts
from tests.builders import a_corridor, a_law, a_person, an_order
from tests.property.eligibility_worlds import DAYS, Worlds
from tests.support.today import birthday, born
from tests.unit.matching.eligibility.asking import ask, demanding, outcome

LAW_NUMBERS = re.compile(
    r"\b(pasal|art\.|article|ayat|UU|PP|Permen\w*|Perban|Perpres|Kep\w*|nomor|SE)\s*\d", re.IGNORECASE
)
HARD_WORDS = re.compile(
    r"\b(sebagaimana|dimaksud|ketentuan|peraturan|berdasarkan|pursuant|hereby|aforementioned|therein)\b", re.IGNORECASE
)
MOST_WORDS = 18
"""Words in one sentence. Indonesian school books of the fourth to sixth class stay below."""


def templates() -> Iterator[tuple[str, Text]]:
    for rule, wording in WORDINGS.items():
        for text in (wording.met, wording.not_met, wording.unknown, wording.act.text, wording.show.text):
            yield rule, text
    for text in (DOUBTFUL, DRAFT, ENDS_TOO_SOON, NO_AGREEMENT, NO_VISA, UNREADABLE_LAW):
        yield "CAUTION", text


def outcomes() -> Iterator[Outcome]:
    """Outcomes of every kind, from random worlds."""
    worlds = Worlds(seed=404, messy=0.2)
    for _ in range(60):
        law = worlds.law()
        for day in DAYS[:2]:
            person, order = worlds.person(), worlds.order()
            yield from check(person, order, law.at(day), day).outcomes


SHOWN = list(outcomes())
LEAVES = {
    leaf.RULE: leaf for seed in range(30) for order in Worlds(seed).orders(5) for leaf in leaves(order.requirements)
}


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?])\s+", text) if part]


@pytest.mark.parametrize(("rule", "text"), list(templates()))
def test_a_template_is_two_short_plain_sentences_at_most(rule: str, text: Text) -> None:
    for words in (text.id, text.en):
        assert words[:1].isupper() or words.startswith("{")
        assert words.endswith(".")
        assert len(sentences(words)) <= 2
        assert all(len(part.split()) <= MOST_WORDS for part in sentences(words))
        assert not HARD_WORDS.search(words)
    assert text.id != text.en


def test_what_people_read_has_no_law_numbers_as_trap_20_warns_no_gaps_and_no_long_sentences() -> None:
    for shown in SHOWN:
        for text in filter(None, (shown.text, shown.next_action)):
            for words in (text.id, text.en):
                assert words and not LAW_NUMBERS.search(words), shown
                assert "{" not in words and "  " not in words and " ." not in words, shown
                assert words[0].isupper() or not words[0].isalpha(), shown
                if shown.rule not in ("ONE_OF", "ALL_OF"):  # these list what may be chosen
                    assert all(len(part.split()) <= 24 for part in sentences(words)), shown


def test_the_random_worlds_show_nearly_every_rule() -> None:
    assert len({shown.rule for shown in SHOWN}) > 0.8 * len({rule for rule in WORDINGS if "/" not in rule})


def test_every_rule_that_can_come_up_has_its_sentences() -> None:
    assert set(RULE_OF_FIELD) == set(CONDITION_FIELDS)
    assert set(RULE_OF_FIELD.values()) | set(BY_CODE) <= set(WORDINGS)


@pytest.mark.parametrize("rule", LEAVES)
def test_every_kind_of_requirement_has_its_sentences(rule: str) -> None:
    assert rule in WORDINGS


def test_whoever_acts_has_a_name_in_both_languages() -> None:
    acts = [act for wording in WORDINGS.values() for act in (wording.act, wording.show)]
    assert {act.who for act in acts} <= set(WHO)
    assert all(act.group is not Group.DONE for act in acts)


def test_numbers_and_names_are_filled_in_as_people_say_them() -> None:
    wage = {"field": "wage", "op": "min", "value": {"amount": 1500, "currency": "MYR"}}
    low = an_order(wage={"amount": 1200, "currency": "MYR"})
    assert outcome(ask(order=low, law=a_law(a_corridor(wage))), "WAGE_FLOOR").text.id == "Gaji di bawah batas RM 1.500."
    birth = born(21, days=-52)
    young = ask(a_person(birth_date=birth), an_order(requirements={"kind": "age", "min": 21, "max": 45}))
    age = outcome(young, "AGE")
    assert age.text.id == "Umur untuk lowongan ini 21 sampai 45 tahun; sekarang 20 tahun."
    assert age.next_action == Text(
        f"Tunggu sampai umur 21 tahun ({texts.day(birthday(birth, 21), 'id')}), atau pilih lowongan lain.",
        f"Wait until the age of 21 ({texts.day(birthday(birth, 21), 'en')}), or choose another job order.",
    )
    school = ask(a_person(education={"level": "SD"}), demanding({"kind": "education", "level": "SMP"}))
    assert outcome(school, "EDUCATION").text.id == "Perlu pendidikan SMP / Paket B; ijazah sekarang SD / Paket A."


def test_a_long_list_of_choices_is_cut_so_that_it_can_be_said() -> None:
    many = {"any": [{"kind": "education", "level": level} for level in ("S1", "S2", "S3", "D4", "PROFESI")]}
    assert outcome(ask(order=demanding(many)), "ONE_OF").text.en.endswith("(2 more).")
