"""Wishes widen by what people hold: a dozen of them in the province of the panels, each with the headline, the first
course and the sentence that an officer would expect.
"""

from typing import Any

import pytest

from services.matching.matcher.advice.advise import advise
from services.matching.matcher.advice.rendering import payload
from services.matching.matcher.advice.wishes import TRADES
from services.matching.profiles import person_of
from services.matching.schemas.profile import ProfileSchema
from shared.codes import schemes
from shared.codes.certificates import KINDS
from shared.codes.study import FIELDS
from shared.words import Words
from tests.builders import TODAY
from tests.quality.test_panel_courses import RANKING
from tests.support.today import born
from tests.unit.matching.test_answer_size import province

Answer = dict[str, Any]


def asked(
    wish: str | None, *to: str, sex: str = "F", level: str = "SMA", field: str | None = None, work: str | None = None
) -> Answer:
    """What is said in English to somebody of 26 from Kupang."""
    return _answered(_told(wish, *to, sex=sex, level=level, field=field, work=work))


def _told(
    wish: str | None, *to: str, sex: str = "F", level: str = "SMA", field: str | None = None, work: str | None = None
) -> Answer:
    return {
        "birth_date": born(26, days=40),
        "sex": sex,
        "regency": "53.71",
        "education": {"level": level, "field": field},
        "work_history": [{"isco08": work, "months": 36}] if work else [],
        "wishes": {"isco08": [wish] if wish else [], "destinations": list(to)},
        "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
    }


def _answered(told: Answer) -> Answer:
    person = person_of(Words.default(), ProfileSchema().load(told), id="one-of-twelve")
    return payload(advise(person, province(), RANKING, day=TODAY, lang="en"))


PEOPLE: list[tuple[str, Answer, str, str | None, str | None]] = [
    (
        "a nurse who asks for Japan",
        asked("2221", "JPN", level="D3", field="NURSING", work="2221"),
        "care worker (kaigo), Japan",
        "Care skill test",
        "builds on nursing",
    ),
    (
        "a midwife who names no country",
        asked("2222", level="D3", field="MIDWIFERY"),
        "elderly caretaker, Malaysia",
        "Elderly care at home",
        "builds on nursing and midwifery",
    ),
    (
        "a teacher for Japan",
        asked("2341", "JPN", level="S1", field="EDUCATION", work="2341"),
        "child caretaker, Malaysia",
        "Child care",
        "builds on teaching",
    ),
    (
        "a coastal fisherman",
        asked("6222", sex="M", level="SD", work="6222"),
        "deep-sea fishing crew",
        "Basic safety training",
        "builds on work at sea",
    ),
    (
        "a fisherman for Taiwan",
        asked("6223", "TWN", sex="M", level="SD", work="6222"),
        "deep-sea fishing crew, Taiwan",
        "Basic safety training",
        None,
    ),
    (
        "a welder for Korea",
        asked("7212", "KOR", sex="M", level="SMK", field="WELDING", work="7212"),
        "welder, Malaysia",
        "Welding plate and pipe",
        None,
    ),
    ("a cook for Singapore", asked("5120", "SGP", work="5120"), "family cook, Malaysia", "Family cook", None),
    (
        "an electrician",
        asked("7411", sex="M", level="SMK", field="ELECTRICITY", work="7411"),
        "manufacturing worker (E-9), South Korea",
        None,
        "builds on electrical work",
    ),
    ("a carer for a closed country", asked("9111", "SAU", work="5322"), "closed at present", "Housekeeping", None),
    ("a maid for Malaysia", asked("9111", "MYS"), "housekeeper, Malaysia, is open around", "Housekeeping", None),
    (
        "a room maid for the Emirates",
        asked("9112", "ARE", level="SMK", field="HOSPITALITY", work="9112"),
        "hotel room attendant, Brunei",
        "Hotel housekeeping",
        None,
    ),
    (
        "somebody who learned cooking and asks for Japan alone",
        asked(None, "JPN", level="SMK", field="CULINARY"),
        "food and beverage manufacturing worker, Japan",
        None,
        None,
    ),
]


@pytest.mark.parametrize(
    ("answer", "headline", "course", "note"), [one[1:] for one in PEOPLE], ids=[p[0] for p in PEOPLE]
)
def test_each_hears_of_what_is_near(answer: Answer, headline: str, course: str | None, note: str | None) -> None:
    assert headline in answer["verdict"]["text"]
    if course is not None:
        assert answer["courses"][0]["title"] == course
    notes = " ".join(answer["verdict"].get("notes") or [])
    assert (note or "") in notes and bool(notes) == (note is not None)


def test_a_wish_for_other_work_is_not_widened_back() -> None:
    answer = asked("9211", "MYS", level="D3", field="NURSING", work="2221")
    assert not any("widened" in note for note in answer["verdict"]["notes"])
    assert "caretaker" not in answer["verdict"]["text"]


def test_a_paper_of_an_office_is_no_class_that_somebody_waits_for() -> None:
    told = asked("6223", "TWN", sex="M", level="SD", work="6222")["nearest_change"]
    assert "Still needed: seaman's book, from the harbour master's office (KSOP)." in told["text"]


def test_the_table_names_only_codes_that_exist() -> None:
    occupations = Words.default().vocabulary.occupations
    for trade in TRADES:
        assert trade.fields <= set(FIELDS)
        assert all(one in schemes.KNOWN or one in KINDS for one in trade.certificates), trade.certificates
        unknown = [code for code in (*trade.work, *trade.opens) if code not in occupations]
        assert not unknown, (trade.name.en, unknown)


@pytest.mark.parametrize("asked_for", [None, []])
def test_a_yes_says_what_nobody_has_asked_yet(asked_for: list[Answer] | None) -> None:
    told = {**_told("9211", "MYS"), "records": asked_for}
    answer = _answered(told)
    assert answer["verdict"]["state"] == "ELIGIBLE_NOW"
    notes = answer["verdict"].get("notes") or []
    assert any("Nobody has asked about a deportation" in note for note in notes) == (asked_for is None)
