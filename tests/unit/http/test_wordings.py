"""Whatever marshmallow says in English, we say with a stable code, in two languages."""

import inspect
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from marshmallow import Schema, ValidationError, fields, validate

from shared.http.faults import faults
from shared.http.wordings import KNOWN, wording_of

WITHOUT_A_WORDING = {
    "Invalid value.",  # a validator that returned False: ours raise
    "Unknown field.",  # worded by the schema that it stands in, see the pointers below
}


def messages() -> Iterator[str]:
    for _, kind in inspect.getmembers(fields, inspect.isclass):
        if issubclass(kind, fields.Field):
            yield from (text for text in kind.default_error_messages.values() if isinstance(text, str))
    yield from Schema._default_error_messages.values()


SAMPLES = {"obj_type": "datetime", "awareness": "aware", "input": "x", "choices": "A, B"}


@pytest.mark.parametrize("message", sorted({text for text in messages() if "cannot be formatted" not in text}))
def test_every_message_of_a_field_has_a_wording(message: str) -> None:
    if message in WITHOUT_A_WORDING:
        return
    shown = re.sub(r"\{(\w+)\}", lambda found: SAMPLES[found[1]], message)
    row, _words = wording_of(shown)
    assert row is not None, shown


VALIDATORS: list[tuple[Any, Any, str]] = [
    (validate.Range(min=1), 0, "too_small"),
    (validate.Range(min=1, min_inclusive=False), 1, "too_small"),
    (validate.Range(max=1), 2, "too_large"),
    (validate.Range(max=1, max_inclusive=False), 1, "too_large"),
    (validate.Range(min=1, max=2), 3, "out_of_range"),
    (validate.Range(min=1, max=2, min_inclusive=False), 3, "out_of_range"),
    (validate.Range(min=1, max=2, max_inclusive=False), 3, "out_of_range"),
    (validate.Length(min=2), "a", "too_short"),
    (validate.Length(max=2), "abc", "too_long"),
    (validate.Length(min=2, max=3), "a", "wrong_length"),
    (validate.Length(equal=2), "a", "wrong_length"),
    (validate.OneOf(["APBN", "APBD"]), "APBX", "unknown_code"),
    (validate.ContainsOnly(["APBN", "APBD"]), ["x"], "unknown_code"),
    (validate.ContainsNoneOf(["x"]), ["x"], "forbidden_value"),
    (validate.Equal(3), 4, "wrong_value"),
    (validate.Regexp("a+"), "b", "wrong_form"),
    (validate.Email(), "x", "not_an_email"),
    (validate.URL(), "x", "not_a_url"),
]


@pytest.mark.parametrize(("validator", "value", "code"), VALIDATORS)
def test_every_message_of_a_validator_has_a_wording(validator: Any, value: Any, code: str) -> None:
    with pytest.raises(ValidationError) as caught:
        validator(value)
    found = faults({"x": caught.value.messages}, schema=None, data={"x": value})
    assert [fault.code for fault in found] == [code]
    assert found[0].message["id"] != found[0].message["en"]
    assert "{" not in "".join([*found[0].message.values(), *(found[0].fix or {}).values()])


def test_every_wording_is_complete() -> None:
    for row in KNOWN:
        assert row.indonesian and row.english
        assert bool(row.indonesian_fix) == bool(row.english_fix)


def test_unknown_codes_get_the_nearest_choice() -> None:
    with pytest.raises(ValidationError) as caught:
        validate.OneOf(["APBN", "APBD", "CSR"])("apbn")
    assert faults({"x": caught.value.messages}, schema=None, data={"x": "apbn"})[0].fix == {
        "id": "Maksudnya APBN?",
        "en": "Did you mean APBN?",
    }


class Inner(Schema):
    n = fields.Integer(required=True)


class Outer(Schema):
    one = fields.Nested(Inner)
    many = fields.Nested(Inner, many=True)
    listed = fields.List(fields.Integer())
    keyed = fields.Dict(keys=fields.String(validate=validate.Length(max=3)), values=fields.Nested(Inner))
    renamed = fields.Integer(data_key="re/named")
    wait = fields.TimeDelta()


def test_pointers_follow_the_document_as_it_was_sent() -> None:
    sent = {
        "one": {"m": 1},
        "many": [{"n": 1}, {"n": "x"}],
        "listed": [1, "x"],
        "keyed": {"abcd": {"n": 1}, "k": {"n": None}},
        "re/named": "x",
        "wait": "x",
    }
    with pytest.raises(ValidationError) as caught:
        Outer().load(sent)
    found = {fault.pointer: fault.code for fault in faults(caught.value.messages, schema=Outer(), data=sent)}
    assert found == {
        "/one/n": "required",
        "/one/m": "unknown_field",
        "/many/1/n": "not_a_whole_number",
        "/listed/1": "not_a_whole_number",
        "/keyed/abcd": "too_long",
        "/keyed/k/n": "null",
        "/re~1named": "not_a_whole_number",
        "/wait": "not_a_duration",
    }
    assert timedelta(seconds=1) == Outer().load({"wait": 1})["wait"]
