"""For tests of the law: cases written as data, from the text of the law alone.

A case says who (`people.yaml`) asks about which order (`orders.yaml`), each with its few changes, on which day and as
known when, and what must come out: the state, the rules that decide, and where it matters the row, the day or the
caution. `a.b` changes one member; `~` leaves a member out; `each` writes one case for every combination.
"""

import copy
import itertools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from tests.support import today

HERE = Path(__file__).parent
PUBLISHED = HERE.parents[1] / "deploy/demo/policies.json"
TODAY = "2026-11-24"
"""Cases that name no day are asked about this one, and the clock of the house that answers stands still there."""

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    person: Document
    order: Document
    day: str
    known: str | None
    door: str
    """`inline`: only a document can say it; no officer or company could enter it like this."""
    wanted: Mapping[str, Any]


def cases(*, every: bool = True) -> list[Case]:
    """All cases; `every=False` takes the first combination of each `each`."""
    people, orders = _read(HERE / "people.yaml"), _read(HERE / "orders.yaml")
    return [
        Case(
            name=f"{path.stem}: {told['case']}",
            person=_changed(people, told["who"]),
            order=_changed(orders, told["for"]),
            day=told.get("day", TODAY),
            known=told.get("known"),
            door=told.get("door", "any"),
            wanted=told,
        )
        for path in sorted((HERE / "cases").glob("*.yaml"))
        for written in _read(path)
        for told in itertools.islice(_each(written), None if every else 1)
    ]


def orders() -> dict[str, Document]:
    """The orders of the cases, as their companies would send them."""
    found: dict[str, Document] = _read(HERE / "orders.yaml")
    return found


def orders_of_today() -> dict[str, Document]:
    """The same, each of their days as far from today as it is from the day of the cases."""
    moved: dict[str, Document] = _moved(orders(), today.TODAY - date.fromisoformat(TODAY))
    return moved


def _moved(value: Any, by: timedelta) -> Any:
    if isinstance(value, dict):
        return {name: _moved(part, by) for name, part in value.items()}
    if isinstance(value, list):
        return [_moved(part, by) for part in value]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def policies() -> Iterator[Document]:
    """The published rows and the invented ones, as placement would tell of them."""
    published = {policy["code"]: policy for policy in json.loads(PUBLISHED.read_text(encoding="utf-8"))}
    for more in _read(HERE / "policies.yaml"):
        policy = published.setdefault(more["code"], {"code": more["code"], "kind": more["kind"], "revisions": []})
        policy["revisions"] = policy["revisions"] + more["add"]
    for number, policy in enumerate(published.values(), 1):
        rows = [{**_ROW, **row, "number": at} for at, row in enumerate(policy["revisions"], 1)]
        for row, later in itertools.pairwise(rows):
            if row["valid_until"] is None and policy["code"] == "NTT-GATE":
                row["valid_until"] = _day_before(later["valid_from"])
        yield {**policy, "id": f"00000000-0000-4000-8000-{number:012d}", "version": 1, "revisions": rows}


_ROW: Document = {
    "status": "APPROVED",
    "valid_until": None,
    "known_from": "2026-01-05T00:00:00Z",
    "known_until": None,
    "legal_basis": {"instrument": "Baris karangan untuk ujian", "article": None, "source": "test"},
    "confidence": "H",
    "verified_on": "2026-11-01",
    "text": {"id": "Aturan contoh.", "en": "An example rule."},
}


def _day_before(day: str) -> str:
    return date.fromordinal(date.fromisoformat(day).toordinal() - 1).isoformat()


def _read(path: Path) -> Any:
    """The file with its dates as the text that they are on the wire."""
    return json.loads(json.dumps(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader), default=str))


def _each(written: Document) -> Iterator[Document]:
    names = sorted(written.get("each", {}), key=len, reverse=True)
    text = json.dumps({key: value for key, value in written.items() if key != "each"})
    for values in itertools.product(*(written["each"][name] for name in names)):
        filled = text
        for name, value in zip(names, values, strict=True):
            filled = filled.replace(f"${name}", value)
        yield json.loads(filled)


def _changed(bases: Mapping[str, Document], said: Any) -> Document:
    name, changes = said if isinstance(said, list) else (said, {})
    document = copy.deepcopy(bases[name])
    for path, value in changes.items():
        *above, last = path.split(".")
        inner = document
        for member in above:
            inner = inner.setdefault(member, {})
        if value is None:
            inner.pop(last, None)
        else:
            inner[last] = value
    return document
