"""For every action: the rooms it may use, handed over by `app.py`."""

import threading
from dataclasses import dataclass, field

from services.matching.answers_given import AnswersGiven
from services.matching.live_world import LiveWorld
from services.matching.population import Population
from services.matching.rankings import Rankings
from services.matching.store.exposures import Exposures
from services.matching.store.figures import Figures
from services.matching.store.models import Models
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared.documents.mongo import Database
from shared.words import Words


@dataclass(frozen=True, slots=True)
class House:
    """`waiting` lets at most half of the server's threads wait for fresh data, so that the rest can still answer."""

    database: Database
    read_models: ReadModels
    records: Records
    live_world: LiveWorld
    population: Population
    exposures: Exposures
    figures: Figures
    models: Models
    rankings: Rankings
    answers_given: AnswersGiven
    words: Words
    snapshot_key: bytes = field(repr=False)
    waiting: threading.BoundedSemaphore
