"""For houses that act on what another house judged: the words behind its codes, how it is shown, and how it refuses.

A judgement carries rules by code, each with its legal basis; the sentences lie beside its contract
(`judgements.v1.texts.json`). Which versions must agree before a step is taken is each house's own business.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Self

from marshmallow import Schema, fields

from shared.events import contracts
from shared.http.problems import Conflict, NotYetVisible, Text

TOPIC = "matching.judgements.v1"

Document = dict[str, Any]

_NEWER: Text = {"id": "Aturan baru; tanyakan kepada petugas.", "en": "A new rule; ask the officer."}


def told(rules: Iterable[Mapping[str, Any]]) -> list[Document]:
    """The rules of a judgement with their sentences: what is wrong, what to do next, what to change in the document."""
    return [_told(rule) for rule in rules]


def _told(rule: Mapping[str, Any]) -> Document:
    """`facts` is for houses that keep a supervisor's answer, and says nothing to people."""
    words = contracts.texts(TOPIC).get(rule["text_code"], {})
    return {
        **{name: value for name, value in rule.items() if name != "facts"},
        "text": words.get("text", _NEWER),
        "next_action": words.get("next_action", _NEWER),
        "change": words.get("change"),
    }


class LegalBasisOutSchema(Schema):
    instrument = fields.String()
    article = fields.String(allow_none=True)
    source = fields.String(allow_none=True)


class RuleOutSchema(Schema):
    """One rule that is not met or not known."""

    rule = fields.String()
    version = fields.String(metadata={"description": "Which row of law, program or document decided."})
    stage = fields.String(metadata={"enum": ["APPLY", "AGREEMENT", "DEPARTURE", "ENROL"]})
    status = fields.String(metadata={"enum": ["NOT_MET", "UNKNOWN"]})
    legal_basis = fields.Nested(LegalBasisOutSchema)
    text = fields.Dict(metadata={"description": "What is wrong, in both languages."})
    next_action = fields.Dict(metadata={"description": "The way out for the person, in both languages."})
    change = fields.Dict(allow_none=True, metadata={"description": "What its company changes, in both languages."})
    field = fields.String(allow_none=True, metadata={"description": "Pointer to where it comes from."})
    text_code = fields.String()
    overridden = fields.Boolean(metadata={"description": "A supervisor answered for it."})


class JudgementOutSchema(Schema):
    """What the law says; null where nothing was judged yet."""

    outcome = fields.String(metadata={"enum": ["LAWFUL", "UNLAWFUL", "UNKNOWN"]})
    rules = fields.List(fields.Nested(RuleOutSchema), metadata={"description": "Those not met or not known."})
    day = fields.String()
    versions = fields.Dict(metadata={"description": "All that it was made from."})
    judged_at = fields.String()
    current = fields.Boolean(metadata={"description": "No older than what this house has heard: steps act on it."})


class NotJudgedYet(NotYetVisible):
    code = "not_judged_yet"
    title: Text = {"id": "Hukumnya belum diperiksa", "en": "The law has not been checked yet"}

    def __init__(self, **more: Any) -> None:
        super().__init__(
            {
                "id": "Pemeriksaan berjalan sendiri. Ulangi permintaan yang sama sebentar lagi.",
                "en": "The check runs by itself. Send the same request again in a moment.",
            },
            **more,
        )


class StoppedByRules(Conflict):
    """A step that rules stand against; ``rules`` says which, why, and what to do."""

    @classmethod
    def of(cls, rules: Iterable[Mapping[str, Any]]) -> Self:
        """With these rules of a judgement."""
        known = told(rules)
        first = [rule["text"] for rule in known[:3]]
        detail = {lang: " ".join(dict.fromkeys(text[lang] for text in first)) for lang in ("id", "en")}
        return cls(detail, extra={"rules": known})


class AgainstTheLaw(StoppedByRules):
    code = "unlawful"
    title: Text = {"id": "Hukum tidak mengizinkan langkah ini", "en": "The law does not allow this step"}


class NotKnownToBeLawful(StoppedByRules):
    code = "law_unknown"
    title: Text = {
        "id": "Belum jelas apakah hukum mengizinkan langkah ini",
        "en": "Not known whether the law allows it",
    }
