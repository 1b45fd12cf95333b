"""The checklist of an answer: which rules close the way, what is wanting, what nobody has looked at, what is met."""

from typing import Any

from services.console.frame import t
from services.console.frame.words import THE_ORDER, ground
from services.console.pages.calon.words import PAPERS, who
from shared.judgements import SPECIFIC

Body = dict[str, Any]

GROUPS = ("stop", "warn", "unknown", "ok")
ASKED_ABOUT = ("ENTRY_BAN", "NO_RECORD")
"""Rules that read what a person answered about deportation, overstay and bans."""
BROUGHT = ("MARITAL_STATUS_STATEMENT", "FAMILY_CONSENT", "HEALTH_CERTIFICATE", "LABOUR_OFFICE_REGISTRATION")
"""Papers that a person gets before anybody selected them. A visa "got ready" before that is the bait of frauds."""
MOST_TO_PREPARE = 7
"""Lines that stay on one sheet beside a path of three steps."""


def of(answer: Body, person: Body | None = None) -> dict[str, list[Body]]:
    """Rows by group, in the order in which a person meets them. A rule that two sources say alike stands once.

    ``stop`` closes the application today, ``warn`` is wanting for a later step, ``unknown`` was never looked at.
    """
    groups: dict[str, list[Body]] = {group: [] for group in GROUPS}
    seen: dict[tuple[str, str, str | None], Body] = {}
    records = (person or {}).get("requirements", {})
    for rule in _unfolded(answer.get("requirements", [])):
        group = group_of(rule)
        key = (group, rule["text"], rule.get("next_action"))
        source = _source(rule)
        if key in seen:
            if source and source not in seen[key]["sources"]:
                seen[key]["sources"].append(source)
            continue
        record = records.get(rule["code"]) or {}
        row = {
            "code": rule["code"],
            "text": rule["text"],
            "next": rule.get("next_action"),
            "who": who(rule.get("who")),
            "days": rule.get("usual_days"),
            "sources": [source] if source else [],
            "checked_on": record.get("checked_on"),
            "record": rule["code"] if rule["code"] in PAPERS else None,
            "asked": rule["code"] in ASKED_ABOUT and group == "unknown",
            "stage": rule["stage"],
        }
        seen[key] = row
        groups[group].append(row)
    return groups


def _unfolded(rules: list[Body]) -> list[Body]:
    """Papers that an answer folds into one row, each by its name again: an officer records them one by one."""
    found = []
    for rule in rules:
        papers = [code for version in rule.get("rules", ()) if (code := version.split("/")[0]) in PAPERS]
        if rule["code"] != "PAPERS":
            found.append(rule)
        for code in papers:
            text = t("{name} belum diperiksa.", "{name}: not checked yet.", name=t(*PAPERS[code]))
            found.append({**rule, "code": code, "text": text, "next_action": None})
    return found


def to_prepare(rules: dict[str, list[Body]]) -> list[str]:
    """What the person has still to get: a line for each paper of which the answer says how, one for all the others.

    What was found of health or past stands on no sheet; what is still to be asked or examined, as of everybody, does.
    """
    told, named = [], []
    found = [row for row in rules["warn"] if row["code"] not in SPECIFIC]
    open_ = [row for row in rules["unknown"] if row["code"] not in PAPERS or row["code"] in BROUGHT]
    for row in (*found, *open_):
        name = t(*PAPERS[row["code"]]) if row["code"] in PAPERS else ""
        if row["asked"]:
            # What is wanting is an answer of the person, whose sheet this is.
            told.append(
                t(
                    "Ceritakan kepada petugas bila pernah dideportasi atau dilarang masuk suatu negara.",
                    "Tell the officer if you were ever deported or banned from a country.",
                )
            )
        elif row["next"] or not name:
            told.append(": ".join(filter(None, (name, row["next"] or row["text"]))))
        else:
            named.append(name)
    return [*dict.fromkeys(told)][:MOST_TO_PREPARE] + ([", ".join(dict.fromkeys(named))] if named else [])


def group_of(rule: Body) -> str:
    if rule["status"] == "MET":
        return "ok"
    if rule["status"] == "UNKNOWN":
        return "unknown"
    return "stop" if rule["stage"] == "APPLY" else "warn"


def bases_of(answer: Body) -> list[str]:
    """The legal grounds of what the answer says of applying today, each once, in its order."""
    rules = [rule for rule in answer.get("requirements", []) if rule["stage"] == "APPLY"]
    # A rule that stands for several names all their grounds in one line; the order itself is no ground in law.
    laws = [rule for rule in rules if (rule.get("legal_basis") or {}).get("instrument") != THE_ORDER]
    single = (one.strip() for rule in laws for one in _source(rule).split(";"))
    return list(dict.fromkeys(one for one in single if one and one != THE_ORDER))


def bans_of(answer: Body) -> list[Body]:
    """Bans on what was asked for where no order says so: ``{text, next, sources}``."""
    return [
        {"text": ban["text"], "next": ban.get("next_action"), "sources": list(filter(None, [_source(ban)]))}
        for ban in answer["verdict"].get("closed_by", ())
    ]


def _source(rule: Body) -> str:
    basis = rule.get("legal_basis") or {}
    instrument, article = basis.get("instrument"), basis.get("article")
    if not instrument:
        return ""
    if instrument == THE_ORDER:
        return ground(basis)
    return f"{instrument} ps. {article}" if article else str(instrument)
