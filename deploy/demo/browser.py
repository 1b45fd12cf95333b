"""A browser without scripts: opens the console's pages, fills a form and presses its button, as people do by hand."""

import re
from html import unescape
from types import TracebackType
from typing import Any

import httpx

from deploy.local.problems import Fault

Typed = str | list[str]
LOGS = "See ./lumbung logs; a house may be down or behind."


class Browser:
    """One window at one console. Raises Fault where a page is not shown or lacks what somebody looks for."""

    def __init__(self, console: str) -> None:
        # As deploy.demo.visitors: this machine's own houses, never through the office's proxy.
        self.client = httpx.Client(base_url=console, follow_redirects=True, timeout=60, trust_env=False, verify=False)
        self.page = ""
        self.url = ""

    def __enter__(self) -> "Browser":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.client.close()

    def open(self, path: str, **query: Any) -> str:
        """The page at this address; also what it was read as (`words`) and where it ended (`url`)."""
        return self._read(self.client.get(path, params=query or None))

    def sign_in(self, who: str) -> str:
        """As somebody of the development sign-in, by the name on their button."""
        self.open("/masuk")
        return self.press(who, key="who")

    def press(self, words: str, *, key: str | None = None, **typed: Typed) -> str:
        """Send the form whose button says this, with its hidden parts and what was typed."""
        forms = re.findall(r"<form[^>]*>.*?</form>", self.page, re.S)
        form = next((one for one in forms if re.search(rf"<button[^>]*>[^<]*{re.escape(words)}", one)), None)
        if form is None:
            raise Fault(
                f"No button on {self.url} says {words!r}.", "See ./lumbung logs; a house may be down or behind."
            )
        fields: dict[str, Typed] = {}
        for tag in re.findall(r'<input[^>]*type="hidden"[^>]*>', form):
            fields[_of(tag, "name")] = _of(tag, "value")
        if key:
            button = next(one for one in re.findall(r"<button[^>]*>[^<]*", form) if words in one)
            fields[key] = _of(button, "value")
        action = _of(form[: form.index(">") + 1], "action") or self.url
        return self._read(self.client.post(str(httpx.URL(self.url).join(action)), data={**fields, **typed}))

    def link(self, words: str) -> str:
        """The address behind a link."""
        found = re.search(rf'<a[^>]*href="([^"]+)"[^>]*>[^<]*{re.escape(words)}', self.page)
        if found is None:
            raise Fault(f"No link on {self.url} says {words!r}.", LOGS)
        return unescape(found[1])

    def shows(self, *wanted: str) -> None:
        """Raises Fault for the first of these that the page does not show."""
        for one in wanted:
            if one not in self.words:
                raise Fault(f"{self.url} does not show {one!r}.", f"It says: {self.words[:1500]}")

    @property
    def words(self) -> str:
        """What is written on the page, in one line."""
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", self.page)).split())

    def _read(self, answer: httpx.Response) -> str:
        if answer.status_code != 200:
            said = " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())[-300:]
            raise Fault(f"The page {answer.url} answered {answer.status_code}: {said}", "See ./lumbung logs.")
        self.page, self.url = answer.text, str(answer.url)
        return self.page


def _of(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""
