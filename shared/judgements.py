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


SPECIFIC = frozenset({"FITNESS", "HEALTH_CONDITION", "ENTRY_BAN", "NO_RECORD"})
"""Rules whose answer tells of somebody's health or past: specific data (UU 27/2022 art. 4 (2))."""

HIDDEN = "SPECIFIC"
"""What stands in the place of such a rule for whoever is no desk of the person."""


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


def hidden(rules: Iterable[Mapping[str, Any]]) -> list[Document]:
    """The rules of :func:`told` for an organisation: that something of the person stands against it, and not what."""
    return [_hidden(rule) if rule["rule"] in SPECIFIC else dict(rule) for rule in rules]


def codes_hidden(codes: Iterable[str]) -> list[str]:
    """The same of codes alone, each once."""
    return list(dict.fromkeys(HIDDEN if code in SPECIFIC else code for code in codes))


def _hidden(rule: Mapping[str, Any]) -> Document:
    return {
        **rule,
        "rule": HIDDEN,
        "version": f"{HIDDEN}/1",
        "legal_basis": {"instrument": "UU 27/2022", "article": "4 (2)", "source": None},
        "text": {
            "id": "Ada syarat pribadi yang hanya dilihat petugas LTSA.",
            "en": "There is a personal condition that only the service centre sees.",
        },
        "next_action": {
            "id": "Tanyakan kepada petugas LTSA yang melayani calon ini.",
            "en": "Ask the officer of the service centre who serves this person.",
        },
        "change": None,
        "text_code": HIDDEN,
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
    def of(cls, rules: Iterable[Mapping[str, Any]], *, to_others: bool = False) -> Self:
        """With these rules of a judgement. `to_others`: whoever asks is an organisation, and no desk of the person."""
        known = hidden(told(rules)) if to_others else told(rules)
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
