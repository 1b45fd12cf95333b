"""For schemas in which a person says what they can do and want: the parts that several houses read alike.

Lengths are bounded so that one document stays a page, not a book; codes are closed lists wherever an event carries
them. Who the person is stands elsewhere.
"""

from typing import Any

from marshmallow import Schema, fields, pre_load, validate, validates_schema
from marshmallow.exceptions import ValidationError

from shared.codes import certificates, languages
from shared.codes.asked import PROGRAMMES, RECORDS
from shared.codes.education import LADDER
from shared.conditions.leaves import Condition, Scheme, StudyField
from shared.http.faults import one_of, refuse
from shared.http.fields import Code, Country, Isco08, IsoDate, Language, Money, Number, Regency, Text, Truth, Whole
from shared.words import Words

MOST_ENTRIES = 50
"""Entries of one list. Fifty jobs in one life is more than anybody brought to a counter."""

FEW = validate.Length(max=MOST_ENTRIES)

SKILL_SOURCES = ("WORK", "HOME", "TRAINING")
FITNESS = ("FIT", "UNFIT", "TEMP_UNFIT", "UNTESTED")


class EducationSchema(Schema):
    level = Code(LADDER, required=True)
    years = Whole(max=30, allow_none=True, load_default=None, metadata={"description": "Completed school years."})
    field = StudyField(allow_none=True, load_default=None)


class SkillSchema(Schema):
    """The person's words, or a code of the vocabulary; with words the codes are found on writing."""

    text = Text(300, load_default=None, allow_none=True)
    code = Code(Words.default().vocabulary.skills, load_default=None, allow_none=True)
    source = Code(SKILL_SOURCES, required=True)
    months = Whole(max=900, load_default=None, allow_none=True)

    @validates_schema
    def says_something(self, entry: dict[str, Any], **kwargs: Any) -> None:
        if not entry.get("text") and not entry.get("code"):
            raise ValidationError({"text": refuse("required", *_either("text", "code")).messages})


class JobSchema(Schema):
    """One job of the past, at home or abroad."""

    title = Text(200, load_default=None, allow_none=True)
    isco08 = Isco08(load_default=None, allow_none=True)
    months = Whole(max=900, load_default=None, allow_none=True)
    country = Country(load_default=None, allow_none=True)

    @validates_schema
    def says_something(self, entry: dict[str, Any], **kwargs: Any) -> None:
        if not entry.get("title") and not entry.get("isco08"):
            raise ValidationError({"title": refuse("required", *_either("title", "isco08")).messages})


class SpokenSchema(Schema):
    """A language with the test that shows it, if there is one. Results stay as the test gives them."""

    language = Language(required=True)
    test = Code(languages.TESTS, load_default=None, allow_none=True)
    result = Text(10, load_default=None, allow_none=True)
    cefr = Code(languages.CEFR, load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)

    @validates_schema
    def fits_together(self, entry: dict[str, Any], **kwargs: Any) -> None:
        test, result = entry.get("test"), entry.get("result")
        if test is None:
            if result is not None:
                raise ValidationError({"test": refuse("required", *_RESULT_WITHOUT_TEST).messages})
            return
        known = languages.TESTS[test]
        if entry["language"] not in known.languages:
            fitting = [code for code, one in languages.TESTS.items() if entry["language"] in one.languages]
            message = {"id": f"{test} bukan ujian bahasa ini.", "en": f"{test} is no test of this language."}
            raise ValidationError({"test": refuse("test_of_another_language", message, one_of(fitting, None)).messages})
        if result is not None and not languages.is_result(test, result):
            message = {"id": f"{test} tidak memberi hasil seperti ini.", "en": f"{test} gives no such result."}
            raise ValidationError({"result": refuse("unknown_result", message, _results(known)).messages})


class CertificateSchema(Schema):
    kind = Code(certificates.KINDS, required=True)
    scheme = Scheme(load_default=None, allow_none=True)
    title = Text(200, load_default=None, allow_none=True)
    isco08 = Isco08(load_default=None, allow_none=True)
    number = Text(80, load_default=None, allow_none=True)
    issuer = Text(200, load_default=None, allow_none=True)
    valid_from = IsoDate(load_default=None, allow_none=True)
    valid_until = IsoDate(load_default=None, allow_none=True)

    @validates_schema
    def ends_after_it_begins(self, entry: dict[str, Any], **kwargs: Any) -> None:
        in_order(entry, "valid_from", "valid_until")


class TrainingHoursSchema(Schema):
    isco08 = Isco08(required=True)
    destination = Country(load_default=None, allow_none=True)
    hours = Whole(min=1, max=10_000, required=True)


class PriorProgrammeSchema(Schema):
    """A programme that somebody was in before, such as TITP; some orders exempt those who finished it."""

    kind = Code(PROGRAMMES, required=True)
    field = StudyField(load_default=None, allow_none=True)
    finished = Truth(required=True)


class RecordSchema(Schema):
    """``until`` is the last day of a ban; ``years`` the length of a stay."""

    kind = Code(RECORDS, required=True)
    country = Country(load_default=None, allow_none=True)
    until = IsoDate(load_default=None, allow_none=True)
    years = Number(max=80, load_default=None, allow_none=True)


class ConditionMetSchema(Schema):
    """A condition of the body that some orders ask for, as met or not met; never a diagnosis."""

    code = Condition(required=True)
    met = Truth(required=True)
    on = IsoDate(load_default=None, allow_none=True)


class FitnessSchema(Schema):
    """The result with its day and conditions, or the result alone (``"FIT"``)."""

    status = Code(FITNESS, load_default="UNTESTED")
    on = IsoDate(load_default=None, allow_none=True)
    conditions = fields.List(fields.Nested(ConditionMetSchema), load_default=list, validate=FEW)

    @pre_load
    def alone(self, entry: Any, **kwargs: Any) -> Any:
        return {"status": entry} if entry in FITNESS else entry


class StaySchema(Schema):
    """Where the person stays now; ``until`` is the last day of the permit there, if there is one."""

    country = Country(load_default=None, allow_none=True)
    regency = Regency(load_default=None, allow_none=True)
    until = IsoDate(load_default=None, allow_none=True)


class AvailableSchema(Schema):
    """A time in which the person is free; ``until`` null means open-ended."""

    from_ = IsoDate(data_key="from", attribute="from", required=True)
    until = IsoDate(load_default=None, allow_none=True)

    @validates_schema
    def ends_after_it_begins(self, entry: dict[str, Any], **kwargs: Any) -> None:
        in_order(entry, "from", "until")


class WishList(fields.List[Any]):
    """A list of wishes: nothing said and nothing wished are one and the same."""

    def deserialize(self, value: Any, *args: Any, **kwargs: Any) -> Any:
        return [] if value is None else super().deserialize(value, *args, **kwargs)


class WishesSchema(Schema):
    """What the person wants. Everything may be left out; null takes a wish back."""

    isco08 = WishList(Isco08(), load_default=list, validate=FEW)
    destinations = WishList(Country(), load_default=list, validate=FEW)
    min_wage = Money(load_default=None, allow_none=True, metadata={"description": "Least wage a month."})
    ready_within_days = Whole(max=3650, load_default=None, allow_none=True)
    max_distance_km = Number(max=20_000, load_default=None, allow_none=True)
    boarding_ok = Truth(load_default=None, allow_none=True)
    available = WishList(fields.Nested(AvailableSchema), load_default=list, validate=FEW)


def in_order(entry: dict[str, Any], first: str, last: str) -> None:
    """Refuse an entry whose last day lies before its first."""
    if entry.get(first) and entry.get(last) and entry[last] < entry[first]:
        message = {"id": "Tanggal akhir mendahului tanggal awal.", "en": "It ends before it begins."}
        fix = {"id": "Tukar atau perbaiki kedua tanggal.", "en": "Swap or correct the two dates."}
        raise ValidationError({last: refuse("ends_before_it_begins", message, fix).messages})


def _results(test: languages.Test) -> dict[str, str]:
    if test.is_numeric:
        span, passed = f"{test.low:g} - {test.high:g}", test.passes_at is not None
        return {
            "id": f"Ketik angka {span}{' atau PASS' if passed else ''} dalam tanda kutip.",
            "en": f"Type a number {span}{' or PASS' if passed else ''} in quotes.",
        }
    return one_of(test.results, None)  # type: ignore[return-value]


def _either(one: str, other: str) -> tuple[dict[str, str], dict[str, str]]:
    return (
        {"id": f"Isi {one} atau {other}.", "en": f"Give {one} or {other}."},
        {"id": f"Tambahkan salah satu: {one} atau {other}.", "en": f"Add one of them: {one} or {other}."},
    )


_RESULT_WITHOUT_TEST = (
    {"id": "Ada hasil tanpa nama ujiannya.", "en": "There is a result without its test."},
    {"id": "Tambahkan test, misalnya JLPT.", "en": "Add the test, for example JLPT."},
)
