"""Each process that ranks asks here which model is in force, before every answer; a promotion needs no restart.

A file is read only if its fingerprint is in the database's list of fits, and only used if it holds what the list says.
Where it cannot be had (the folder is not mounted yet, the cards have changed since), the cards rank alone and the log
says so; every answer names what ranked it.
"""

import logging
import threading
from pathlib import Path

from services.matching.matcher.ranking.artefact import UnreadableArtefact, load
from services.matching.matcher.ranking.ranking import Ranking, UnfitModel
from services.matching.store.models import CARDS, Models
from shared import clock

log = logging.getLogger(__name__)

# A folder that is not mounted yet appears within a minute; asking the disk at every answer would be dear.
TRY_AGAIN_SECONDS = 30.0


class UnknownModel(Exception):
    """No fit of this fingerprint was ever noted here."""


class Rankings:
    """The ranking of this process."""

    def __init__(self, models: Models, folder: Path | None) -> None:
        self._models = models
        self._folder = folder
        self._cold = Ranking.cold()
        self._number: int | None = None
        self._asked = False
        self._try_at = 0.0
        self._now = self._cold
        self._lock = threading.Lock()

    def noted(self, number: int | None) -> Ranking:
        """The same, read anew only where the number of the last promotion (`changes.news`) is another one.

        None: none was noted yet, as on a site that was there before promotions were."""
        return self._now if number == self._number and self._asked else self.current()

    def current(self) -> Ranking:
        """What the last promotion put in force."""
        promotion = self._models.in_force()
        self._asked = True
        if promotion is not None and promotion["_id"] != self._number:
            with self._lock:
                self._follow(promotion["_id"], promotion["fingerprint"])
        return self._now

    def named(self, fingerprint: str) -> Ranking:
        """Any fit that is known, or the cards alone.

        Raises:
            UnknownModel, UnreadableArtefact, UnfitModel: with a sentence.
        """
        if fingerprint in (CARDS, self._cold.fingerprint):
            return self._cold
        if self._models.fit(fingerprint) is None:
            raise UnknownModel(f"{fingerprint} is not in the list of fits.")
        if self._folder is None:
            raise UnreadableArtefact("LUMBUNG_MODELS is not set, for example /var/lib/lumbung/models.")
        return self._cold.taught(load(self._folder, fingerprint), fingerprint)

    def _follow(self, number: int, fingerprint: str) -> None:
        if number == self._number or clock.monotonic() < self._try_at:
            return
        try:
            self._now, self._number = self.named(fingerprint), number
        except (UnknownModel, UnreadableArtefact, UnfitModel) as error:
            log.error("The cards rank alone: %s", error)
            self._now, self._try_at = self._cold, clock.monotonic() + TRY_AGAIN_SECONDS
