"""Everybody with consent as columns, for questions about the whole registry; loaded when the first such question comes.

Kept fresh by comparing versions: a question reads the ids and versions of all people, which is quick, and then only the
documents that have changed. So nothing has to be written for it while people are registered.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from services.matching.matcher.facets import Facets
from services.matching.matcher.facts.people import Person
from services.matching.store.read_models import ReadModels

TOGETHER = 500
"""Documents read in one query."""


class Population:
    """The people of this process, under a lock: nobody counts while a row changes."""

    def __init__(self, read_models: ReadModels) -> None:
        self._read_models = read_models
        self._people = Facets()
        self._versions: dict[str, int] = {}
        self._lock = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Facets]:
        """Everybody as they are visible here now."""
        with self._lock:
            self._refresh()
            yield self._people

    def _refresh(self) -> None:
        present = self._read_models.versions()
        for id in self._versions.keys() - present.keys():
            self._people.remove(id)
        changed = [id for id, version in present.items() if self._versions.get(id) != version]
        for start in range(0, len(changed), TOGETHER):
            for document in self._read_models.some_people(changed[start : start + TOGETHER]):
                self._put(document)
        self._versions = present

    def _put(self, document: dict[str, object]) -> None:
        person = Person.from_document(document)
        if person.consented:
            self._people.upsert(person)
        else:
            self._people.remove(person.id)
