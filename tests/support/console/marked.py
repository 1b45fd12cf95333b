"""Texts of a page in the pseudo language `id-x-long`: which of them never went through `t`."""

import re
from html.parser import HTMLParser

from services.console.pages.lowongan_kami.isian import CURRENCIES
from shared.codes import countries, regencies, schemes, texts

# In the pseudo language every text of ours stands between ⟦ and ⟧; what does not is data, or was forgotten.
# Brands and names of languages are the same in all of them.
ALIKE = {"lumbung", "ntt", "konsol", "ltsa", "english", "bahasa", "indonesia", "wita", "nik"}


def words(text: str) -> set[str]:
    """The words of three letters and more."""
    return set(re.findall(r"[^\W\d_]{3,}", text.lower()))


NAMES = set().union(
    *(words(one.name) for one in regencies.table().values()),
    *(words(name) for name, _ in countries.all_countries().values()),
    *(words(name) for name, _ in schemes.KNOWN.values()),
    *(words(code) for code in CURRENCIES),
    *(words(text) for text in (*texts.MONTHS["id"], "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des")),
    words("Senin Selasa Rabu Kamis Jumat Sabtu Minggu"),
)


class Reader(HTMLParser):
    """What a browser would show of a page, and what its keyboard would reach; no styles and no scripts."""

    VOID = frozenset(("area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"))

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.headings: list[int] = []
        self.stops: list[tuple[str, dict[str, str | None]]] = []
        """Links, buttons and fields in the order of the tabulator."""
        self.labels: set[str] = set()
        self.ids: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag not in self.VOID:
            self.open.append((tag, found))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if (tag == "a" and "href" in found) or tag in ("button", "select", "textarea", "summary"):
            self.stops.append((tag, found))
        if tag == "input" and found.get("type") != "hidden":
            self.stops.append((tag, found))
            if "label" in {outer for outer, _ in self.open} and found.get("id") is None:
                found["aria-label"] = "the text around it"
        if tag == "label" and found.get("for"):
            self.labels.add(str(found["for"]))
        if found.get("id"):
            self.ids.append(str(found["id"]))

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        within = {tag for tag, _ in self.open}
        silent = within & {"script", "style", "head"} or "body" not in within
        if text and not silent and not any(found.get("translate") == "no" for _, found in self.open):
            self.texts.append(text)

    def unmarked(self, data: str) -> list[str]:
        """Texts that are neither ours nor made of the words of `data`."""
        known = words(data) | ALIKE | NAMES
        ours = re.compile("[⟦⟧]")
        return [text for text in self.texts if not ours.search(text) and not words(text) <= known]
