"""The story once more as each of its people sees it: the console's pages, opened after a real sign-in.

Nothing is taken on trust: each page must show what the public answers told, or the story ends with what it shows
instead. Pages of different people are opened side by side, as in an office.
"""

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import Any
from urllib.parse import urlsplit

from deploy.demo.browser import Browser
from deploy.demo.visitors import Answer, until

Look = Callable[[], int]
"""Opens pages and says how many."""

AT_ONCE = 3


class Screens:
    """The windows of everybody in the story. Closed at the end of a ``with``."""

    def __init__(self, console: str) -> None:
        self._console = console
        self._open = ExitStack()
        self._windows: dict[str, Browser] = {}
        self.seen = 0

    def __enter__(self) -> "Screens":
        return self

    def __exit__(self, *error: object) -> None:
        self._open.close()

    def window(self, who: str = "") -> Browser:
        """The window of somebody of the development sign-in, by the name on their button; of nobody without one."""
        if who not in self._windows:
            window = self._open.enter_context(Browser(self._console))
            window.open("/bahasa/en")
            if who:
                window.sign_in(who)
            self._windows[who] = window
        return self._windows[who]

    def together(self, *looks: Look) -> None:
        with ThreadPoolExecutor(max_workers=AT_ONCE) as pool:
            self.seen += sum(pool.map(lambda look: look(), looks))

    def advised(self, person: Answer, answer: Answer) -> int:
        """The officer finds the person by number; their page says what the answer says."""
        office = self.window("Ana Petugas")
        office.open("/")
        office.shows("Find or register a person", "no real login")
        office.press("Search", q=person["number"])
        office.shows(person["full_name"], person["number"], *_told(answer["verdict"]))
        goal = answer["verdict"]["goal"]
        if goal and goal["blocked_by"]:
            office.shows("What was asked for is not open yet", *_laws(goal["blocked_by"]))
        if answer["pathways"]:
            path = answer["pathways"][0]
            office.shows(
                f"Opens {path.get('unlocks_count', len(path['unlocks']))} legal job orders", *_titles(answer, path)
            )
        return 2

    def referred(self, person: Answer, enrolment: Answer, course: Answer) -> int:
        """The officer has the letter; whoever holds it can have it checked, and reads no name there."""
        office = self.window("Ana Petugas")
        office.open(f"/rujukan/{enrolment['id']}")
        office.shows(person["full_name"], course["title"]["en"], "The seat is held until")
        office.press("Make the letter")
        office.shows("Print the letter (PDF)", "valid until")
        paper = office.client.get(urlsplit(office.link("Print the letter")).path)
        if paper.status_code != 200 or not paper.content.startswith(b"%PDF-"):
            office.shows("a letter as PDF")
        code = office.words.split("Number ", 1)[1].split()[0]
        anybody = self.window()
        anybody.open(f"/surat/{code}")
        anybody.shows("This letter is valid", course["provider"]["name"])
        if person["full_name"] in anybody.words:
            anybody.shows("initials instead of the name")
        return 4

    def accepting(self, enrolment: Answer, course: Answer) -> int:
        """The provider finds the referral among those that wait, and reads what the law says of it."""
        provider = self.window(course["provider"]["name"])
        provider.open("/rujukan-masuk")
        provider.shows("Referrals that wait for an answer", course["title"]["en"])
        _until_shown(provider, f"/rujukan-masuk/{enrolment['id']}", "the entry requirements are met")
        return 2

    def applied(self, person: Answer, answer: Answer, application: Answer) -> int:
        """The officer reads what has become possible, and what the law says of the application."""
        office = self.window("Ana Petugas")
        office.open(f"/calon/{person['id']}")
        office.shows(person["full_name"], *_told(answer["verdict"]))
        office.open(f"/lamaran/{application['id']}")
        office.shows(person["full_name"], "may go on")
        return 2

    def of_the_company(self, name: str, application: Answer, order: Answer) -> int:
        """The company sees that somebody applies, and, without that person's consent, not who."""
        window = self.window(name)
        window.open(f"/lowongan-kami/{application['job_order_id']}")
        window.shows(order["title"]["en"], order["code"])
        window.open(f"/pelamar/{application['id']}")
        window.shows("Name and phone are not shared", "may go on")
        return 2

    def of_the_province(self) -> int:
        """What waits for the reviewer and the supervisor, and whether everything runs."""
        for who, path, wanted in (
            ("Rina Peninjau", "/tinjau", "What waits for the reviewer"),
            ("Budi Pengawas", "/pengawas", "What waits for the supervisor"),
            ("Oka Operator", "/ops", "State of the system"),
        ):
            window = self.window(who)
            window.open(path)
            window.shows(wanted)
        return 3

    def of_everybody(self, order: str) -> int:
        """What anybody may read: is the offer real, where a seat is free, what the province counts."""
        window = self.window()
        window.open("/periksa", lowongan=order)
        window.shows(order)
        window.open("/kursus-terbuka")
        window.shows("Courses with open seats")
        window.open("/capaian")
        window.shows("NTT: skilled and legal")
        return 3


def _until_shown(window: Browser, path: str, wanted: str) -> None:
    """Reload for as long as the law is still being asked."""

    def asked() -> Answer:
        window.open(path)
        return {"shown": wanted in window.words}

    until(asked, lambda one: bool(one["shown"]), f"{wanted!r} at {path}")


def _told(verdict: Mapping[str, Any]) -> list[str]:
    """The verdict in the pieces in which the page shows it: why the wish is closed stands beside its law."""
    goal, text = verdict["goal"] or {}, " ".join(verdict["text"].split())
    why = goal["blocked_by"][0]["text"] if goal.get("blocked_by") else ""
    closed, found, also = text.partition(f" {why}") if why else (text, "", "")
    return [part for part in (why, also.strip()) if part] if found else [closed]


def _laws(rules: list[Mapping[str, Any]]) -> list[str]:
    return [rule["legal_basis"]["instrument"] for rule in rules[:1]]


def _titles(answer: Answer, path: Answer) -> list[str]:
    titles = {row["course"]: row["title"] for row in answer["courses"]}
    return [titles[step["course"]] for step in path["steps"] if step["course"] in titles]
