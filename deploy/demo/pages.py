"""A person's page as tables: verdict, the law in the way, paths, courses, placements, and how old the law data is."""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console, Group
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table
from rich.text import Text

from shared.codes import countries, regencies, texts

Answer = Mapping[str, Any]

MARKS = {"MET": ("✓", "green"), "NOT_MET": ("✕", "red"), "UNKNOWN": ("?", "yellow")}
BANDS = {"VERY_GOOD": "very good", "GOOD": "good", "POSSIBLE": "possible"}
KINDS = {"FASTEST": "fastest", "NEAREST": "nearest home", "BEST_PAID": "best paid"}


WIDTH_ELSEWHERE = 110
"""Columns where the output is no terminal, such as a log: enough for a table to be read."""


def paper() -> Console:
    """Where pages are printed: as wide as the terminal, words wrapped inside their cells."""
    return Console(highlight=False, width=None if sys.stdout.isatty() else WIDTH_ELSEWHERE)


WHO = {
    "BP3MI": "BP3MI",
    "CERTIFIER": "the certifier",
    "CLINIC": "the clinic",
    "COMPANY": "the company",
    "EMPLOYER": "the employer",
    "FAMILY": "the family",
    "IMMIGRATION": "immigration",
    "LABOUR_OFFICE": "the labour office",
    "NOBODY": "",
    "PERSON": "the person",
    "PROVIDER": "the training centre",
    "PROVINCE": "the province",
    "SERVICE_CENTRE": "the service centre",
}


def page(console: Console, person: Answer, answer: Answer, names: Mapping[str, str]) -> None:
    """Print one person's page. `names`: what to call a course, batch or job order of this id."""
    console.print(Panel(_verdict(person, answer), title="What is possible", title_align="left", border_style="cyan"))
    goal = answer["verdict"]["goal"]
    if goal:
        console.print(Panel(_goal(goal), title="Asked for, and not open yet", title_align="left", border_style="red"))
    paths = answer["pathways"]
    if paths:
        console.print(_paths(paths, names, of="asked-for order" if goal else "order"))
    if answer["courses"]:
        console.print(_courses(answer["courses"]))
    open_now = [row for row in answer["placements"] if row["eligible"]]
    by_a_way = [row for row in answer["placements"] if not row["eligible"]]
    if open_now:
        console.print(_placements("Placements: open to apply today", open_now))
    if by_a_way:
        console.print(_placements("Placements: not open yet, and what opens them", by_a_way))
    later = [rule for rule in answer["requirements"] if rule["stage"] != "APPLY" and rule["status"] != "MET"]
    if later and answer["verdict"]["state"] == "ELIGIBLE_NOW":
        console.print(_checklist("What is left before departure", later))
    folded = [f"{row['count']} closed: {row['text']}" for row in answer["blocked"]]
    folded += [f"{row['count']} not shown: {row['reason'].lower().replace('_', ' ')}" for row in answer["hidden"]]
    for line in folded:
        console.print(f"  [dim]{escape(line)}[/]")
    console.print(f"[dim]{escape(_as_of(answer))}[/]")


def _verdict(person: Answer, answer: Answer) -> Group:
    verdict = answer["verdict"]
    home = regencies.name(person["regency"]) if person.get("regency") else "-"
    born = person.get("birth_date")
    who = f"{person['full_name']} · {person['number']} · {home} · born {texts.day(born, 'en') if born else '-'}"
    return Group(Text(who, style="bold"), Text(verdict["text"], style="green" if verdict["date"] else "yellow"))


def _goal(goal: Answer) -> Group:
    lines = [Text(f"{goal['title']}, {countries.name(goal['country'], 'en')} ({goal['code']})", style="bold")]
    for (sentence, action), rules in _said_alike(goal["blocked_by"]).items():
        lines.append(Text(f"✕ {sentence}", style="red"))
        for rule in rules:
            basis = rule["legal_basis"]
            source = " ".join(part for part in (basis["instrument"], basis.get("article")) if part)
            version = rule.get("version") or f"{rule['code']}/1"
            lines.append(Text(f"  {' '.join([rule['code'], *rule.get('also', ())])} {version} · {source}", style="dim"))
        if action:
            lines.append(Text(f"  → {action}"))
    return Group(*lines)


def _said_alike(rules: Iterable[Answer]) -> dict[tuple[str, str | None], list[Answer]]:
    """The law and the order often ask for the same: one sentence, with each of its sources."""
    found: dict[tuple[str, str | None], list[Answer]] = {}
    for rule in rules:
        found.setdefault((rule["text"], rule["next_action"]), []).append(rule)
    return found


def _paths(paths: Sequence[Answer], names: Mapping[str, str], *, of: str) -> Table:
    table = _table("Paths", (20, "path"), (34, "steps"), (20, "for what"))
    kinds: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        kinds.setdefault(_way(path), []).append(KINDS[path["kind"]])
    for path in {_way(path): path for path in paths}.values():
        steps = [
            f"{names.get(step['course'], step['course'])}\n  {_day(step['starts'])} to {_day(step['ends'])}, "
            f"{regencies.name(step['regency']) if step['regency'] else 'online'}"
            for step in path["steps"]
        ]
        steps += [f"wait for the {wait['age']}th birthday" for wait in path.get("waits", ())]
        far = "distance not known" if path["distance_km"] is None else f"{path['distance_km']} km from home"
        table.add_row(
            f"[bold]{', '.join(kinds[_way(path)])}[/]\napply from {_day(path['ready_on'])}\n"
            f"leave from {_day(path['can_leave_from'])}",
            "\n".join(steps),
            f"opens {_count(path.get('unlocks_count', len(path['unlocks'])), of)},\n{_money(path['wage'])} a month\n"
            f"{_cost(path['cost_to_candidate'])}\n{far}",
        )
    return table


def _cost(cost: int | None) -> str:
    return "cost not known" if cost is None else f"costs {texts.money(cost, 'IDR', 'en')}"


def _way(path: Answer) -> tuple[str, ...]:
    """What makes two paths the same for who walks them: one may be the fastest and the nearest as well."""
    return (path["ready_on"], *(step["batch"] for step in path["steps"]))


def _courses(courses: Iterable[Answer]) -> Table:
    table = _table("Courses", (28, "course"), (20, "when"), (32, "why, and what it does not do"))
    for row in courses:
        place = regencies.name(row["regency"]) if row["regency"] else "online"
        table.add_row(
            f"[bold]{escape(row['title'])}[/]\n[dim]{escape(row['provider'] or '')}[/]\n{BANDS[row['band']]}",
            f"from {_day(row['starts'])}\n{place}\n{row['seats_left']} seats, {_money(row['cost_to_trainee'])}",
            "\n".join(part for part in (_list("+", row["reasons"]), _list("→", row["missing"])) if part) or "-",
        )
    return table


def _placements(title: str, placements: Iterable[Answer]) -> Table:
    table = _table(title, (26, "job order"), (20, "terms"), (34, "why, and what is missing"))
    for row in placements:
        needs = [{"text": need.get("next_action") or need["text"]} for need in row["missing"]]
        table.add_row(
            f"[bold]{escape(row['title'])}[/]\n{countries.name(row['country'], 'en')} [dim]{row['code']}[/]",
            f"{_money(row['wage'])} a month\ncloses {_day(row['closes_on'])}\nfits: {BANDS[row['band']]}",
            "\n".join(part for part in (_list("+", row["reasons"]), _list("→", needs)) if part) or "-",
        )
    return table


def _list(mark: str, entries: Iterable[Answer]) -> str:
    return "\n".join(f"{mark} {escape(entry['text'])}" for entry in entries)


def _checklist(title: str, rules: Iterable[Answer]) -> Table:
    table = _table(title, (2, ""), (30, "requirement"), (28, "next"), (12, "who"), (8, "usually"))
    for rule in rules:
        mark, style = MARKS[rule["status"]]
        usual = _count(rule["usual_days"], "day") if rule.get("usual_days") is not None else ""
        acts = rule.get("who") or ""
        who = WHO.get(acts, acts)
        table.add_row(f"[{style}]{mark}[/]", escape(rule["text"]), escape(rule.get("next_action") or ""), who, usual)
    return table


def _as_of(answer: Answer) -> str:
    made_of = answer["as_of"]
    checked = made_of["law_verified_on"]
    age = f"law data last checked {_day(checked)}" if checked else "no law data"
    if checked:
        days = (date.fromisoformat(made_of["day"]) - date.fromisoformat(checked)).days
        age += f" ({_count(days, 'day')} before the day asked)"
    return (
        f"As of {_day(made_of['day'])}: candidate version {made_of['candidate']}, catalogue {made_of['sequence']},"
        f" model {made_of['model']}, {age}. Answer {answer['id']}."
    )


def _table(title: str, *columns: tuple[int, str]) -> Table:
    """A table that shares the width among its columns in the given proportions, on a narrow screen too."""
    table = Table(title=title, title_justify="left", title_style="bold", show_lines=True, expand=True)
    for share, column in columns:
        table.add_column(column, overflow="fold", ratio=share)
    return table


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _day(day: str | None) -> str:
    return texts.day(day, "en", short=True) if day else "-"


def _money(money: Answer | None) -> str:
    return texts.money(money["amount"], money["currency"], "en") if money else "-"
