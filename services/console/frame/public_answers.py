"""For public pages: what a house tells everybody, asked as nobody, kept for a minute, and longer when it is silent.

A page that a whole province opens asks a house once a minute. When the house does not answer, the last answer stands in
and the page says of when it is. Nothing of a person is ever asked here: a question goes without the visitor's token.
"""

import threading
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import current_app

from services.console.houses import Answer, NotAnswered, Question, together
from shared import clock

SECONDS = 60.0
MOST = 300
"""Questions remembered by one process; the one that was longest not asked goes first."""

KEY = "console.everybody"


@dataclass(frozen=True, slots=True)
class ToldByHouse:
    """An answer for a public page. ``since``: when it was given, where the house is silent now."""

    answer: Answer
    since: datetime | None = None
    silent: bool = False

    @property
    def house(self) -> str:
        return self.answer.house

    @property
    def ok(self) -> bool:
        return self.answer.ok

    @property
    def body(self) -> dict[str, Any]:
        return self.answer.or_empty()

    def items(self) -> list[dict[str, Any]]:
        return self.answer.items()

    def must(self) -> dict[str, Any]:
        """The body.

        Raises:
            NotAnswered: it was refused, or nobody ever answered.
        """
        if not self.answer.ok:
            raise NotAnswered(self.answer)
        return self.answer.body


class Remembered:
    """The last good answers of one process, by what was asked."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[Any, tuple[Answer, datetime, float]] = OrderedDict()

    def find(self, key: Any) -> tuple[Answer, datetime, float] | None:
        """Answer, when it was given, and the monotonic second until which it is fresh."""
        with self._lock:
            found = self._known.get(key)
            if found is not None:
                self._known.move_to_end(key)
            return found

    def keep(self, key: Any, answer: Answer) -> None:
        with self._lock:
            self._known[key] = (answer, clock.now(), clock.monotonic() + SECONDS)
            self._known.move_to_end(key)
            while len(self._known) > MOST:
                self._known.popitem(last=False)

    def forget(self) -> None:
        """As new; for tests."""
        with self._lock:
            self._known.clear()


def everybody(**questions: Question | None) -> dict[str, ToldByHouse]:
    """Ask several at once, as nobody. What was answered within the last minute is not asked again."""
    remembered: Remembered = current_app.extensions[KEY]
    wanted = {name: one for name, one in questions.items() if one is not None}
    keys = {name: _key(one) for name, one in wanted.items()}
    known = {key: remembered.find(key) for key in keys.values()}
    told: dict[Any, ToldByHouse] = {}
    stale: dict[str, Question] = {}
    for name, key in keys.items():
        last = known[key]
        if last is not None and last[2] > clock.monotonic():
            told[key] = ToldByHouse(last[0])
        elif key not in {keys[other] for other in stale}:
            stale[name] = replace(wanted[name], token=None)
    for name, answer in together(**stale).items():
        key, last = keys[name], known[keys[name]]
        if answer.ok:
            remembered.keep(key, answer)
        # Asked too often is no answer either: the last one stands in until the house answers again.
        away = answer.silent or answer.status == 429
        if away and last is not None:
            told[key] = ToldByHouse(last[0], last[1], silent=True)
        else:
            told[key] = ToldByHouse(replace(answer, status=0) if away else answer, silent=away)
    return {name: told[key] for name, key in keys.items()}


def _key(one: Question) -> tuple[Any, ...]:
    return one.house, one.path, tuple(sorted((name, str(value)) for name, value in one.params.items())), one.language
