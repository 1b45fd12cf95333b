"""Rules of an answer as JSON, in one language. What is the same for every placement stands once, in `requirements`."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from services.matching.matcher.advice.answer import Advice
from services.matching.matcher.advice.blocked import MOST_GROUPS, Blocked
from services.matching.matcher.facts.policies import LegalBasis
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.law.applied_rules import AppliedRule
from services.matching.matcher.law.law import Row as LawRow
from services.matching.matcher.law.rules import WORDINGS
from services.matching.matcher.law.rules.papers import BY_CODE
from services.matching.matcher.requirements.status import Stage, State, Status
from services.matching.matcher.verdicts.outcomes import ABOUT_THE_OFFER, ABOUT_THE_PERSON, OF_THE_PERSON, said_once
from services.matching.matcher.verdicts.verdict import Caution, Outcome, Verdict

Row = dict[str, Any]

OFFER = Text(
    "Lowongan ini resmi dan masih buka: jalur, biaya, izin, dan tempatnya sudah sesuai.",
    "This job order is lawful and open: scheme, costs, licences and places are in order.",
)
PERSON = Text(
    "Persetujuan, umur, dan syarat pribadi lainnya sudah terpenuhi.",
    "Consent, age and the other requirements on the person are met.",
)
PERSON_PARTLY = Text("Sudah terpenuhi: {what}.", "Met: {what}.")
PAPERS = {
    Stage.AGREEMENT: Text(
        "{number} syarat sebelum perjanjian penempatan belum diperiksa.",
        "{number} requirements before the placement agreement have not been checked.",
    ),
    Stage.DEPARTURE: Text(
        "{number} syarat sebelum berangkat belum diperiksa.",
        "{number} requirements before departure have not been checked.",
    ),
}
PREPARE = Text("Boleh disiapkan sambil menunggu.", "They can be prepared meanwhile.")
OTHERS = Text(
    "{number} lowongan lain, untuk pekerjaan atau negara lain, juga belum terbuka.",
    "{number} other job orders, for other work or countries, are not open either.",
)
OTHERS_NEXT = Text(
    "Pilih dulu dari yang ditampilkan.",
    "Choose from those shown first.",
)
OTHERS_FIRST = Text(
    "Selesaikan dulu yang disebut di atas, lalu tanyakan lagi.",
    "Settle what stands above first, then ask again.",
)
"""Where there is nothing to choose from."""
OTHER_OFFER = Text("Bagian lain dari lowongan ini sudah sesuai.", "All else about this job order is in order.")


def once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The law and the order often ask for the same: what reads alike is said once."""
    found: dict[tuple[str, str], Outcome] = {}
    for outcome in outcomes:
        found.setdefault((outcome.rule, outcome.text.id), outcome)
    return list(found.values())


def checklist_of(advice: Advice, *, shorter: bool = False) -> list[Row]:
    """The checklist of the order that the answer is about; [] where there is none."""
    if advice.target is None:
        return []
    _, verdict = advice.target
    applying = verdict.state in (State.ELIGIBLE_NOW, State.ELIGIBLE_BY)
    return checklist(verdict.outcomes, advice.lang, applying=applying, shorter=shorter)


def checklist(outcomes: Sequence[Outcome], lang: str, *, applying: bool = True, shorter: bool = False) -> list[Row]:
    """Every rule of one order. What is met beside what can be learned is one row of the person and one of the offer.

    `applying`: the order is open, so that each paper of the later stages says who acts and how long that usually takes;
    before that those which nobody has looked at are one row a stage. `rules` of such a row: what it stands for.
    `shorter`: those before departure are one row anyhow.
    """
    rows = once(outcomes)
    met = [one for one in rows if one.status is Status.MET and one.stage is Stage.APPLY]
    offer = [one for one in met if one.rule in ABOUT_THE_OFFER]
    person = [one for one in met if one.rule in ABOUT_THE_PERSON]
    unseen = [one for one in rows if one.rule in BY_CODE and one.status is Status.UNKNOWN]
    papers = [one for one in unseen if not applying or (shorter and one.stage is Stage.DEPARTURE)]
    folded = {id(one) for one in (*offer, *person, *papers)}
    whole = [one for one in rows if id(one) not in folded]
    lawful = all(one.status is Status.MET for one in rows if one.rule in ABOUT_THE_OFFER)
    told = [rule(one, lang) for one in whole if one.status is not Status.MET or one.stage is not Stage.APPLY]
    for stage, text in PAPERS.items():
        of_stage = [one for one in papers if one.stage is stage]
        if of_stage:
            counted = Text(*(part.format(number=len(of_stage)) for part in (text.id, text.en)))
            told.append(_folded("PAPERS", counted, of_stage, lang) | {"next_action": PREPARE.said(lang)})
    told += [rule(one, lang) for one in whole if one.status is Status.MET and one.stage is Stage.APPLY]
    told += [_folded("PERSON", _of_the_person(rows), person, lang)] if person else []
    return _asked_together(told) + ([_folded("OFFER", OFFER if lawful else OTHER_OFFER, offer, lang)] if offer else [])


def _asked_together(rows: Iterable[Row]) -> list[Row]:
    """What one law leaves open and one act settles is one row with all its sentences: four questions about earlier
    stays, three things that a clinic looks at. `needed` is a list then."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        open_ = row["status"] == Status.UNKNOWN.name and row["code"] != "PAPERS"
        found.setdefault(repr(_without(row, ("text", "needed", "value")) if open_ else row), []).append(row)
    return [those[0] if len(those) == 1 else _one_row(those) for those in found.values()]


def _one_row(rows: Sequence[Row]) -> Row:
    needed = [row["needed"] for row in rows if "needed" in row]
    return {
        **_without(rows[0], ("value",)),
        "text": _one_sentence(list(dict.fromkeys(row["text"] for row in rows))),
        **({"needed": needed} if needed else {}),
    }


def _one_sentence(texts: Sequence[str]) -> str:
    """`To be checked: a. To be checked: b.` is `To be checked: a, b.`"""
    parts = [text.removesuffix(".").partition(": ") for text in texts]
    if len({head for head, _, _ in parts}) > 1 or not all(tail for _, _, tail in parts):
        return " ".join(texts)
    return f"{parts[0][0]}: {', '.join(tail for _, _, tail in parts)}."


def _of_the_person(rows: Sequence[Outcome]) -> Text:
    """All that is asked of the person is met; or, where some of it is not, what is, by its name."""
    asked = [one for one in rows if one.rule in ABOUT_THE_PERSON]
    open_ = {one.rule for one in asked if one.status is not Status.MET}
    if not open_:
        return PERSON
    known = {one.rule for one in asked}
    names = [name for rules, name in OF_THE_PERSON.items() if rules & known and not rules & open_]
    return PERSON_PARTLY.filled(what=Text.joined(*names, by=", "))


def rule(outcome: Outcome, lang: str) -> Row:
    """One rule. `code` is the rule; `version` the row of law or of the order that says so, where it is not `<code>/1`.

    What was compared with what stands beside rules that close the application, unless it is a whole tree. What has no
    value is left out: nobody acts on a rule that is met, and few papers have a usual time.
    """
    own = outcome.version == f"{outcome.rule}/1"
    row: Row = {
        "code": outcome.rule,
        **({} if own else {"version": outcome.version}),
        "stage": outcome.stage.value,
        "status": outcome.status.name,
        "text": outcome.text.said(lang),
        "legal_basis": basis(outcome.legal_basis),
    }
    if outcome.status is Status.MET:
        return row
    by = outcome.by.isoformat() if outcome.by else None
    more: Row = {"usual_days": outcome.usual_days, "by": by}
    if outcome.stage is Stage.APPLY:
        compared = {"value": outcome.value, "needed": outcome.needed}
        more |= {"group": outcome.group.value, **(compared if not _branching(outcome.needed) else {})}
    action = outcome.next_action.said(lang) if outcome.next_action else None
    row |= {"next_action": action, "who": outcome.who}
    return row | {name: value for name, value in more.items() if value is not None}


def brief(outcome: Outcome, lang: str) -> Row:
    """A rule that closes an application, without what was compared: that stands in `/v1/eligibility`."""
    return _without(rule(outcome, lang), ("value", "needed", "stage", "status", "group", "usual_days"))


def in_the_way(verdict: Verdict, lang: str) -> list[Row]:
    """The rules in the way, as a list of orders tells them: what, and what to do about it."""
    return [
        _without(brief(one, lang), ("version", "legal_basis", "who")) | {"legal": True} | _beside(same)
        for one, same in said_once(verdict.blocking)
    ]


def in_the_way_by_law(verdict: Verdict, lang: str) -> list[Row]:
    """The same with the law that says so, its version and who acts."""
    return [brief(one, lang) | _beside(same) for one, same in said_once(verdict.blocking)]


def _beside(rules: Sequence[str]) -> Row:
    return {"also": list(rules)} if rules else {}


def later(shown: Sequence[Verdict], listed: Verdict, lang: str) -> Row:
    """What is left after applying, beside the checklist of one of the orders (`listed`): `later` more than it,
    `not_asked` less. Each sentence stands once, with the places in `shown` of the orders that it is about."""
    asked = {(one.rule, one.text.id) for one in _left(listed)}
    known = {(one.rule, one.status, one.who) for one in _left(listed)}
    more: dict[tuple[str, str], tuple[Outcome, list[int]]] = {}
    less: dict[str, list[int]] = {}
    for place, verdict in enumerate(shown):
        left = {(one.rule, one.text.id): one for one in _left(verdict)}
        for key, one in left.items():
            if key not in asked:
                more.setdefault(key, (one, []))[1].append(place)
        for code in sorted({code for code, _ in asked} - {code for code, _ in left}):
            less.setdefault(code, []).append(place)
    rows = {
        # What is the same paper in other words stands in the checklist but for these words.
        "later": [
            (
                {"code": one.rule, "text": one.text.said(lang)}
                if (one.rule, one.status, one.who) in known
                else _without(rule(one, lang), ("legal_basis", "version"))
            )
            | {"placements": places}
            for one, places in more.values()
        ],
        "not_asked": [{"code": code, "placements": places} for code, places in less.items()],
    }
    return {name: found for name, found in rows.items() if found}


def _left(verdict: Verdict) -> list[Outcome]:
    return [one for one in verdict.outcomes if one.stage is not Stage.APPLY and one.status is not Status.MET]


def blocked(groups: Sequence[Blocked], lang: str, most: int = MOST_GROUPS, *, choice: bool = True) -> list[Row]:
    """The nearest groups with sentence, law and way out; what is further off is one line, counted by its rules.

    `choice`: does the answer show anything that can be chosen?"""
    whole = groups if len(groups) <= most + 1 else groups[:most]
    rows = [{**brief(group.outcome, lang), "count": group.count, "job_orders": list(group.orders)} for group in whole]
    rest = groups[len(whole) :]
    return [*rows, _others(rest, lang, choice)] if rest else rows


def _others(groups: Sequence[Blocked], lang: str, choice: bool) -> Row:
    counts: Counter[str] = Counter()
    for group in groups:
        counts[group.rule.code] += group.count
    total = sum(counts.values())
    return {
        "code": "OTHERS",
        "text": OTHERS.said(lang).format(number=total),
        "legal_basis": {"instrument": "; ".join(_instruments([group.rule for group in groups])[:2])},
        "next_action": (OTHERS_NEXT if choice else OTHERS_FIRST).said(lang),
        "who": "PERSON",
        "count": total,
        "rules": [{"code": code, "count": count} for code, count in counts.most_common()],
        "job_orders": [groups[0].orders[0]],
    }


def _instruments(rules: Sequence[Outcome | AppliedRule]) -> list[str]:
    return list(dict.fromkeys(one.legal_basis.instrument for one in rules if one.legal_basis.instrument))


def cautions(found: Sequence[Caution], lang: str, told: set[Caution] | None = None) -> list[Row]:
    """`told`: those that stand before; told again, by the same row of law, they are without it. It grows."""
    rows: list[Row] = []
    told = set() if told is None else told
    for one in found:
        if one in told:
            rows.append({"code": one.code, "text": one.text.said(lang)})
            continue
        told.add(one)
        by = {"version": one.version, "legal_basis": basis(one.legal_basis) if one.legal_basis else None}
        row = {"code": one.code, "text": one.text.said(lang)}
        rows.append(row | {name: value for name, value in by.items() if value is not None})
    return rows


def bans(found: Iterable[tuple[LawRow, Text]], lang: str) -> list[Row]:
    """Bans on what was asked for, where no order is there to say so."""
    return [
        {
            "code": "BAN",
            "version": row.version,
            "text": text.said(lang),
            "legal_basis": basis(row.legal_basis),
            "next_action": WORDINGS["BAN"].act.text.said(lang),
            "who": WORDINGS["BAN"].act.who,
        }
        for row, text in found
    ]


def basis(found: LegalBasis) -> Row:
    """What says so, for people: where it was read stands in the policy and in `/v1/eligibility`."""
    return {"instrument": found.instrument, **({"article": found.article} if found.article else {})}


def _without(row: Row, names: Collection[str]) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def _branching(needed: Any) -> bool:
    return isinstance(needed, dict) and bool({"all", "any"} & needed.keys())


def _folded(code: str, text: Text, rules: Sequence[Outcome], lang: str) -> Row:
    """Several rules with one answer as one row."""
    return {
        "code": code,
        "stage": rules[0].stage.value,
        "status": rules[0].status.name,
        "text": text.said(lang),
        "legal_basis": {"instrument": "; ".join(_instruments(rules))},
        "rules": list(dict.fromkeys(one.version for one in rules)),
    }
