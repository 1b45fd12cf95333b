"""For trees of conditions: what each kind of leaf may say, and which codes it may use.

Every leaf may carry ``ref``, the place where the condition is written. Members that a kind has and a visitor left out
come back as ``None``, so that a leaf on the wire is always whole.
"""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, pre_load, validate, validates_schema

from shared.codes import certificates, education, languages, schemes, study
from shared.codes.asked import CONDITIONS, PROGRAMMES, RECORDS
from shared.conditions.shape import Path
from shared.http.faults import Complaint, faults, one_of, refuse
from shared.http.fields import Code, Country, Isco08, IsoDate, Language, Text, Whole

_HEIGHT = re.compile(r"HEIGHT_1[2-9][0-9]")
_WORD = re.compile(r"[A-Z0-9][A-Z0-9_.-]{0,63}")


class Word(fields.String):
    """A code in capitals for lists that grow by themselves, such as fields of study: ``NURSING``."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and _WORD.fullmatch(value):
            return value
        raise refuse(
            "not_a_code",
            {
                "id": "Kode ditulis dengan huruf besar dan garis bawah.",
                "en": "A code is written in capitals with underscores.",
            },
            # An example and not what was typed in capitals: an import keeps what it was told.
            {"id": "Ketik seperti FINE_ARTS atau NURSING.", "en": "Type it like FINE_ARTS or NURSING."},
        )


class StudyField(Word):
    """The code of a field of study; of two codes that mean the same, the one of the list."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        code = super()._deserialize(value, attr, data, **kwargs)
        return study.one(code) or code


class Scheme(Word):
    """The code of a certification scheme. New ones are welcome; one that is a slip of a known one is refused."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        code = super()._deserialize(value, attr, data, **kwargs)
        near = schemes.slip_of(code)
        if near is None:
            return code
        raise refuse(
            "unknown_code",
            {"id": f'Skema "{code}" tidak dikenal.', "en": f'The scheme "{code}" is not known.'},
            {"id": f"Maksudnya {near}?", "en": f"Did you mean {near}?"},
        )


class Condition(fields.String):
    """A condition of the body by its code."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **kwargs: Any) -> str:
        if isinstance(value, str) and (value in CONDITIONS or _HEIGHT.fullmatch(value)):
            return value
        raise refuse(
            "unknown_code",
            {"id": "Kode kondisi ini tidak dikenal.", "en": "This condition is not known."},
            one_of((*CONDITIONS, "HEIGHT_158"), value),
        )


class _Leaf(Schema):
    ref = Text(max=200, metadata={"description": "Where this is written (law, notice, contract)."})


class AgeLeafSchema(_Leaf):
    """Completed years, both ends inclusive."""

    min = Whole(min=0, max=120, load_default=None, allow_none=True)
    max = Whole(min=0, max=120, load_default=None, allow_none=True)

    @validates_schema
    def _a_range(self, data: dict[str, Any], **_: object) -> None:
        low, high = data.get("min"), data.get("max")
        if low is None and high is None:
            raise refuse(
                "no_limit",
                {"id": "Syarat umur ini tidak punya batas.", "en": "This age has no limit."},
                {"id": "Isi min, max, atau keduanya.", "en": "Give min, max or both."},
            )
        if low is not None and high is not None and low > high:
            raise _backwards("min", "max", low, high)


class BirthDateLeafSchema(_Leaf):
    """Born within a window, both days inclusive."""

    from_ = IsoDate(required=True, data_key="from", attribute="from")
    until = IsoDate(required=True)

    @validates_schema
    def _a_window(self, data: dict[str, Any], **_: object) -> None:
        if data["from"] > data["until"]:
            raise _backwards("from", "until", data["from"], data["until"])


class SexLeafSchema(_Leaf):
    """Only where the law of the destination demands it."""

    is_ = Code(("F", "M"), required=True, data_key="is", attribute="is")


class EducationLeafSchema(_Leaf):
    """The highest certificate: at least this rung, or so many school years, in one of these fields."""

    level = Code(education.LADDER, load_default=None, allow_none=True)
    years = Whole(min=0, max=25, load_default=None, allow_none=True)
    fields_ = fields.List(
        StudyField(),
        load_default=None,
        allow_none=True,
        validate=validate.Length(min=1, max=20),
        data_key="fields",
        attribute="fields",
    )

    @validates_schema
    def _something(self, data: dict[str, Any], **_: object) -> None:
        if data.get("level") is None and data.get("years") is None and data.get("fields") is None:
            raise refuse(
                "no_limit",
                {"id": "Syarat pendidikan ini kosong.", "en": "This schooling asks for nothing."},
                {
                    "id": "Isi level (misalnya SMP), years, atau fields.",
                    "en": "Give level (for example SMP), years or fields.",
                },
            )


_LEVEL_WITHOUT_TEST = (
    {"id": "Ini tingkat bahasa tanpa nama ujiannya.", "en": "This is a level without the name of its test."},
    {"id": 'Tambahkan "test": "CEFR".', "en": 'Add "test": "CEFR".'},
)


def _cefr(level: str) -> dict[str, str]:
    return {"test": "CEFR", "result": level}


class LanguageTestLeafSchema(_Leaf):
    """A result of exactly this test, or a better one; tests are never converted into one another."""

    language = Language(required=True)
    test = Code(languages.TESTS, required=True)
    result = fields.Raw(required=True, metadata={"type": "string", "example": "N4"})

    @pre_load
    def _level_alone(self, data: Any, **_: object) -> Any:
        """A level without a test is a result of CEFR; a result without a test may be of any."""
        if not isinstance(data, Mapping) or data.get("test") is not None:
            return data
        if data.get("cefr") in languages.CEFR and data.get("result") is None:
            return {**{name: value for name, value in data.items() if name != "cefr"}, **_cefr(data["cefr"])}
        if data.get("result") in languages.CEFR:
            raise ValidationError({"test": refuse("required", *_LEVEL_WITHOUT_TEST).messages})
        return data

    @validates_schema
    def _result_of_the_test(self, data: dict[str, Any], **_: object) -> None:
        test, language, result = data["test"], data["language"], data["result"]
        known = languages.TESTS[test]
        if language not in known.languages:
            spoken = [code for code, one in languages.TESTS.items() if language in one.languages]
            raise refuse(
                "test_of_another_language",
                {
                    "id": f"{test} bukan ujian bahasa {language}.",
                    "en": f"{test} is no test of the language {language}.",
                },
                one_of(spoken, None),
            )
        if not languages.is_result(test, _text(result)):
            raise refuse(
                "unknown_result",
                {"id": f"Ini bukan hasil {test}.", "en": f"This is no result of {test}."},
                one_of(known.results, result) if known.results else languages.points(test),
            )

    @post_load
    def _as_text(self, data: dict[str, Any], **_: object) -> dict[str, Any]:
        return {**data, "result": _text(data["result"])}


class CertificateLeafSchema(_Leaf):
    """A certificate of this kind, of this scheme or any."""

    certificate = Code(certificates.KINDS, required=True)
    scheme = Scheme(load_default=None, allow_none=True)


class DrivingLicenceLeafSchema(_Leaf):
    """A driving licence (SIM) of this class, or of one that covers it."""

    class_ = Code(certificates.DRIVING_CLASSES, required=True, data_key="class", attribute="class")


class HoursLeafSchema(_Leaf):
    """Lesson hours of one occupation; without one, of the occupation that is asked about."""

    isco08 = Isco08(load_default=None, allow_none=True)
    hours = Whole(min=1, max=5000, required=True)


class ExperienceLeafSchema(_Leaf):
    """Months of work in the occupations whose code starts so."""

    isco08 = Isco08(prefix=True, required=True)
    months = Whole(min=1, max=600, required=True)


class BodyConditionLeafSchema(_Leaf):
    code = Condition(required=True)


class NoRecordLeafSchema(_Leaf):
    """No such record, in one country or anywhere; ``years`` counts only stays longer than that."""

    record = Code(RECORDS, required=True)
    country = Country(load_default=None, allow_none=True)
    years = Whole(min=1, max=50, load_default=None, allow_none=True)

    @validates_schema
    def _only_stays_have_years(self, data: dict[str, Any], **_: object) -> None:
        if data.get("years") is not None and data["record"] != "STAY":
            raise refuse(
                "years_without_stay",
                {"id": "years hanya untuk record STAY.", "en": "years belongs to the record STAY only."},
                {"id": "Hapus years.", "en": "Remove years."},
            )


class PriorProgrammeLeafSchema(_Leaf):
    """An earlier programme that was finished, in one field or any."""

    programme = Code(PROGRAMMES, required=True)
    field = StudyField(load_default=None, allow_none=True)


class RankedLeafSchema(_Leaf):
    """A test that ranks people: for their information, never a pass mark."""

    test = Code(languages.TESTS, required=True)
    note = Text(max=200, load_default="", blank=True)


_SCHEMAS: dict[str, Schema] = {
    "age": AgeLeafSchema(),
    "birth_date": BirthDateLeafSchema(),
    "sex": SexLeafSchema(),
    "education": EducationLeafSchema(),
    "language": LanguageTestLeafSchema(),
    "certificate": CertificateLeafSchema(),
    "driving_licence": DrivingLicenceLeafSchema(),
    "hours": HoursLeafSchema(),
    "experience": ExperienceLeafSchema(),
    "condition": BodyConditionLeafSchema(),
    "no_record": NoRecordLeafSchema(),
    "prior_programme": PriorProgrammeLeafSchema(),
    "ranked": RankedLeafSchema(),
}
KINDS = tuple(_SCHEMAS)


def read_leaf(node: Mapping[str, Any]) -> tuple[dict[str, Any], list[tuple[Path, Complaint]]]:
    """A leaf with every member that its kind has, or what is wrong with it and where."""
    kind = node["kind"]
    schema = _SCHEMAS.get(kind) if isinstance(kind, str) else None
    if schema is None:
        unknown = {"id": "Jenis syarat ini tidak dikenal.", "en": "This kind of condition is not known."}
        return {}, [(("kind",), Complaint("unknown_code", unknown, one_of(KINDS, kind)))]
    said = {name: value for name, value in node.items() if name != "kind"}
    try:
        return {"kind": kind, **schema.load(said)}, []
    except ValidationError as error:
        found = faults(error.messages, schema=schema, data=said)
        return {}, [
            (tuple(fault.pointer.split("/")[1:]), Complaint(fault.code, fault.message, fault.fix)) for fault in found
        ]


def _backwards(first: str, last: str, low: object, high: object) -> ValidationError:
    return refuse(
        "range_backwards",
        {"id": f"{first} {low} lebih besar daripada {last} {high}.", "en": f"{first} {low} is beyond {last} {high}."},
        {"id": "Tukar kedua nilainya.", "en": "Swap the two values."},
    )


def _text(result: Any) -> Any:
    """Numbers as people write them (120) become the text that results are; anything else stays what it is."""
    return f"{result:g}" if isinstance(result, int | float) and not isinstance(result, bool) else result
