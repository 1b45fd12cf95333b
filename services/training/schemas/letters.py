"""Letters of referral: what an office asks for, what it gets back, and the little that everybody may read."""

import re

from marshmallow import Schema, fields, validates

from services.training.model import letter as model
from shared.http.cursors import PageSchema
from shared.http.faults import refuse
from shared.http.fields import Code, Text
from shared.http.problems import say

_INITIALS = re.compile(r"(?:[^\W\d_]\.){1,4}")
_ANSWER = re.compile(r"[A-Za-z0-9_-]{16,64}")


class LetterInSchema(Schema):
    """Names stay where people are registered; here only the initials are kept, for whoever checks the paper."""

    initials = Text(max=8, required=True, metadata={"description": "Of the person: Y.T."})
    note = Text(max=300, lines=True, load_default=None, allow_none=True)
    recommendation = Text(
        max=64,
        load_default=None,
        allow_none=True,
        metadata={"description": "The answer whose path stands on the letter."},
    )

    @validates("initials")
    def _are_initials(self, value: str, data_key: str) -> None:
        if not _INITIALS.fullmatch(value):
            raise refuse(
                "not_initials",
                say("Ini bukan inisial.", "These are no initials."),
                say(
                    "Tulis huruf pertama tiap nama dengan titik, paling banyak empat: Y.T.",
                    "Write the first letter of each name with a full stop, four at most: Y.T.",
                ),
            )

    @validates("recommendation")
    def _is_an_answer(self, value: str | None, data_key: str) -> None:
        if value is not None and not _ANSWER.fullmatch(value):
            raise refuse(
                "not_an_id",
                say("Ini bukan nomor jawaban.", "This is no id of an answer."),
                say("Salin id jawaban utuh, atau kosongkan.", "Copy the whole id of the answer, or leave it out."),
            )


class LetterPatchSchema(Schema):
    """A letter is only ever taken back."""

    state = Code((model.REVOKED,), required=True)
    reason = Code([one for one in model.REASONS if one not in model.SET_BY_THE_HOUSE], load_default="OTHER")


class DestinationSchema(Schema):
    name = fields.String()
    regency = fields.String(allow_none=True)


class LetterCheckSchema(Schema):
    """What everybody may read: nothing that is not on the paper already, and neither name nor number of the person."""

    code = fields.String()
    state = Code(model.STATES, metadata={"description": "As of today: follows the referral."})
    issued_on = fields.String()
    valid_until = fields.String()
    office = fields.String(allow_none=True)
    initials = fields.String()
    destination = fields.Nested(DestinationSchema)
    checked_on = fields.String()


class RevokedSchema(Schema):
    on = fields.String()
    reason = fields.String()


class LetterOutSchema(LetterCheckSchema):
    """The whole letter, for the office and for the provider it is addressed to."""

    version = fields.Integer()
    enrolment_id = fields.String()
    place = fields.String(allow_none=True)
    course = fields.Raw(metadata={"description": "The title in both languages."})
    batch_number = fields.String()
    starts = fields.String()
    ends = fields.String()
    note = fields.String(allow_none=True)
    recommendation = fields.String(allow_none=True)
    revoked = fields.Nested(RevokedSchema, allow_none=True)
    slip = fields.String(metadata={"description": "The signed facts, for the square code: shared/slips.py."})


class LetterPageSchema(PageSchema):
    items = fields.List(fields.Nested(LetterOutSchema))


class KeySetSchema(Schema):
    """A JWK set (RFC 8037)."""

    keys = fields.List(fields.Dict())
