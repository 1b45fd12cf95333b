"""The newest answer about a person, or the last one that this officer saw when advice is silent; and what changed.

The last answers are kept with the officer's own session, sealed as the session is and ended with it.
"""

from dataclasses import dataclass
from typing import Any

from flask import current_app, session

from services.console.frame import Answer, matching, t
from services.console.houses import Question
from services.console.pages.calon import daftar_syarat
from services.console.store.sessions import Sessions
from shared import clock
from shared.judgements import SPECIFIC

KEY = "answers"
KEPT = 12
COURSES, PLACEMENTS = 8, 8
WAIT_SECONDS = 2.0
SECONDS = 6.0
"""An answer that waits for the newest data takes up to two seconds more."""

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """``body``: None where there is none. ``since``: when an old one was made.

    ``before``: the answer that the person was shown before this one, ``{id, at}``, where it said something else, and
    ``differs`` what. ``change``: the same, but only when this officer has not seen it yet.
    """

    asked: Answer
    body: Body | None
    since: str | None = None
    behind: bool = False
    change: Body | None = None
    before: Body | None = None
    differs: Body | None = None


def question(person: Body) -> Question:
    """For the answer that knows of the person's newest version."""
    return matching.get(
        f"/v1/candidates/{person['id']}/recommendations",
        courses=COURSES,
        placements=PLACEMENTS,
        min_candidate_version=person["version"],
        wait=WAIT_SECONDS,
        seconds=SECONDS,
    )


def about(person: Body) -> Told:
    """Ask alone, and read."""
    return read(person, question(person).ask())


def read(person: Body, asked: Answer) -> Told:
    """What the answer to :func:`question` means for a page, which goes on with what there is."""
    behind = asked.status in (404, 409)
    if asked.status == 409:
        path = f"/v1/candidates/{person['id']}/recommendations"
        asked = matching.get(path, courses=COURSES, placements=PLACEMENTS).ask()
    if asked.ok:
        return _beside_the_last(person["id"], asked, behind=behind)
    if asked.silent:
        kept = _kept(person["id"])
        return Told(asked, kept, since=session.get(KEY, {}).get(person["id"], {}).get("at") if kept else None)
    return Told(asked, None, behind=behind)


def summary(answer: Body) -> Body:
    """What is compared between two answers: state, day, steps, open orders."""
    verdict, rules = answer["verdict"], daftar_syarat.of(answer)
    return {
        "state": verdict["state"],
        "date": verdict.get("date"),
        "steps": _steps(answer),
        "open": sum(1 for row in answer.get("placements", []) if row["eligible"]),
        "stops": len(rules["stop"]),
        "unknown": len(rules["unknown"]),
    }


def for_home(answer: Body) -> str:
    """The headline on what the person takes home, empty where nothing may be computed.

    The family reads the sheet and a phone is lent: nothing of health, deportation or bans stands there, and nothing
    that is an officer's to do.
    """
    state = answer["verdict"]["state"]
    if state == "CONSENT_NEEDED":
        return ""
    if state == "DATA_NEEDED":
        return t(
            "Data Anda belum lengkap. Lengkapi bersama petugas LTSA.", "Your data are not complete. See the officer."
        )
    goal = answer["verdict"].get("goal") or {}
    rules = [*answer.get("requirements", []), *goal.get("blocked_by", ())]
    if not any(rule["code"] in SPECIFIC and _in_the_way(rule) for rule in rules):
        text: str = answer["verdict"]["text"]
        return text
    if state == "ELIGIBLE_NOW":
        return t(
            "Ada lowongan resmi yang bisa dilamar sekarang. Tanyakan ke petugas LTSA.",
            "There are legal job orders to apply for now. Ask the officer of the service centre.",
        )
    return t(
        "Pekerjaan yang diminta belum terbuka. Tanyakan ke petugas LTSA apa yang masih perlu.",
        "The work that was asked for is not open yet. Ask the officer of the service centre what is still needed.",
    )


def _in_the_way(rule: Body) -> bool:
    """Of the checklist; the rules of a goal are all in its way and say neither."""
    return bool(rule.get("status", "NOT_MET") != "MET" and rule.get("stage", "APPLY") == "APPLY")


def last_seen(id: str) -> str | None:
    """The id of the answer about this person that was shown last in this session, if any."""
    found: str | None = session.get(KEY, {}).get(id, {}).get("id")
    return found


def forget() -> None:
    """At the end of a session: what was kept beside it goes too."""
    for id in session.get(KEY, {}):
        _sessions().end(_place(id))


def _beside_the_last(id: str, asked: Answer, *, behind: bool) -> Told:
    """An answer beside the last one that the person was shown: in this session, else at an earlier visit."""
    answer = asked.body
    seen = session.get(KEY, {}).get(id)
    new = seen is None or seen["id"] != answer["id"]
    if seen is None:
        before = _earlier(id, answer)
    else:
        before = {name: seen[name] for name in ("id", "at", "summary")} if new else seen.get("before")
    differs = _difference(before, answer) if before and not behind else None
    _keep(id, answer, before)
    shown = before and {name: before[name] for name in ("id", "at")}
    return Told(
        asked,
        answer,
        behind=behind,
        change=differs if new else None,
        before=shown if differs else None,
        differs=differs,
    )


def _earlier(id: str, answer: Body) -> Body | None:
    """The newest other answer about this person on record, ``{id, at, summary}``; None where there is none to read."""
    listed = matching.get("/v1/recommendations", candidate=id, limit=3).ask()
    rows = [one for one in listed.items() if one["id"] != answer["id"] and one.get("verdict")]
    if not rows:
        return None
    again = matching.get(f"/v1/recommendations/{rows[0]['id']}").ask()
    if not again.ok:
        return None
    return {"id": rows[0]["id"], "at": rows[0]["given_at"], "summary": summary(again.body)}


def _difference(before: Body, answer: Body) -> Body | None:
    now = summary(answer)
    changed = {
        name: (before["summary"].get(name), value)
        for name, value in now.items()
        if before["summary"].get(name) != value
    }
    return changed or None


def _steps(answer: Body) -> int | None:
    paths = answer.get("pathways") or []
    if paths:
        return len(paths[0]["steps"])
    return 0 if answer["verdict"]["state"] == "ELIGIBLE_NOW" else None


def _keep(id: str, answer: Body, before: Body | None) -> None:
    known = session.get(KEY, {})
    if known.get(id, {}).get("id") == answer["id"] or not getattr(session, "id", None):
        return
    row = {"id": answer["id"], "at": clock.now().isoformat(), "summary": summary(answer), "before": before}
    rows = {**known, id: row}
    for old in list(rows)[:-KEPT]:
        rows.pop(old)
        _sessions().end(_place(old))
    session[KEY] = rows
    _sessions().save(_place(id), answer)


def _kept(id: str) -> Body | None:
    return _sessions().load(_place(id)) if id in session.get(KEY, {}) else None


def _place(id: str) -> str:
    return f"{session.id}/{id}"  # type: ignore[attr-defined]


def _sessions() -> Sessions:
    found: Sessions = current_app.extensions["console.sessions"]
    return found
