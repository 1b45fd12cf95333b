"""The main job, told: a province publishes, an officer serves one person, a dated path opens a legal job.

`./lumbung demo` and `make run` call `run`; `./lumbung show` calls `show`. Both see the site as any client does.
"""

import dataclasses
import json
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from rich.markup import escape

from deploy.demo import inputs, pages, province, publishing, story, waiting
from deploy.demo.screens import Screens
from deploy.demo.visitors import Visitors
from deploy.local import console
from deploy.local.problems import Fault
from deploy.local.site import Site
from shared import clock

STALE_DAYS = 180
"""The demo's last open batch for its story begins 190 days after the first day."""


def run(
    site: Site,
    *,
    source: Path | None = None,
    people: int = 300,
    seed: int = 1,
    as_json: bool = False,
    advance: bool = False,
) -> None:
    """Send the files of `source` (the demo's own without one) and tell the story of one person.

    `people`: how many are invented where the folder has no people of its own. `advance`: let the days of the training
    pass by moving the site's clock also where something is kept; the first story in an empty home always does. Raises
    Fault, naming cause and mend.
    """
    say: Callable[[str], None] = (lambda line: None) if as_json else (lambda line: console.say(escape(line), mark="·"))
    clock.follow(site.home.clock)
    visitors = Visitors(site)
    note = site.home.path / "story-day"
    advance = advance or (not note.exists() and publishing.is_empty(visitors))
    say(_which_day())
    day = _first_day(note)
    with tempfile.TemporaryDirectory(prefix="lumbung-input-") as scratch:
        folder = inputs.prepare(source or inputs.OWN, Path(scratch), today=day)
        # Nobody waits for another house's files: the people are entered while providers and companies send theirs.
        with ThreadPoolExecutor(max_workers=1) as registering:
            entered = registering.submit(publishing.people, visitors, _people(folder, people, seed, day), say)
            published = publishing.publish(visitors, folder, say)
            entered.result()
    with Screens(site.url("console")) as screens:
        told = story.tell(visitors, published, screens, say, advance=advance)
    waiting.leave(visitors, published, say)
    say(f"the same on {screens.seen} pages of the console, as officer, provider, company, province and anybody see it")
    if as_json:
        print(json.dumps(dataclasses.asdict(told), ensure_ascii=False, indent=2))
        return
    names = {id: course["title"]["en"] for id, course in published.courses.items()}
    paper = pages.paper()
    paper.rule("[bold]The day they came")
    pages.page(paper, told.person, told.before, names)
    if told.after:
        paper.rule(f"[bold]{told.days_passed} days later, trained and certified")
        pages.page(paper, told.person, told.after, names)
    if told.days_passed:
        say(f"{_which_day()} Later stories leave the clock alone; ./lumbung up --story --advance moves it again.")
    else:
        say("The clock was left alone: the training lies ahead. ./lumbung up --story --advance lets its days pass.")
    if site.lasting:
        console.say(f"Again at any time: ./lumbung show {told.person['number']}", mark="✓", style="green")


def show(site: Site, number: str, *, as_json: bool = False) -> None:
    """Print the page of the person with this id or number, as of now. Raises Fault when there is nobody."""
    clock.follow(site.home.clock)
    visitors = Visitors(site)
    registry = visitors.staff("registry", "officer", "Ana Petugas")
    found: list[dict[str, Any]] = registry.post("/v1/candidates:search", {"query": number})["items"]
    id = found[0]["id"] if found else number
    if not found and len(number) != 36:
        raise Fault(f"Nobody is registered as {number}.", "Give the id, or the number as LB-2026-000123.")
    person = registry.get(f"/v1/candidates/{id}")
    matching = visitors.staff("matching", "officer", "Ana Petugas")
    answer = story.advice(matching, person)
    if as_json:
        print(json.dumps({"person": person, "answer": answer}, ensure_ascii=False, indent=2))
        return
    training = visitors.staff("training", "officer", "Ana Petugas")
    names = {course["id"]: course["title"]["en"] for course in training.all("/v1/courses")}
    pages.page(pages.paper(), person, answer, names)


def _which_day() -> str:
    """The day that the site believes in, and why."""
    today = f"{clock.today():%d %B %Y}"
    ahead = round((clock.now() - clock.wall()).total_seconds() / 86400)
    if ahead <= 0:
        return f"Today here is {today}, the real day."
    return f"Today here is {today}: stories have moved the development clock {ahead} days ahead of the real day."


def _first_day(note: Path) -> date:
    """The day that relative dates count from: that of the first story told in this home, so that the same files sent
    again are the same files. Each story moves the clock by months; when no batch is left ahead, the count begins anew.
    """
    today = clock.today()
    if note.exists():
        first = date.fromisoformat(note.read_text(encoding="ascii").strip())
        if (today - first).days < STALE_DAYS:
            return first
    note.write_text(f"{today.isoformat()}\n", encoding="ascii")
    return today


def _people(folder: Path, number: int, seed: int, day: date) -> list[Path]:
    """The folder's own sheets of people, or as many invented ones as were asked for."""
    own = sorted([*folder.glob("people*.csv"), *folder.glob("people*.xlsx")])
    return own or province.write(folder, number, seed=seed, today=day)
