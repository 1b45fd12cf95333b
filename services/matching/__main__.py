"""The front door: ``python -m services.matching web | work | rebuild | announce | replay``.

And of whoever is responsible for the ranking: ``fit | compare | promote | rollback | show``; of whoever plans for the
province: ``rank-all | gather-plan``."""

import sys

from services.matching import batch_advice, planner, says
from services.matching.actions import allocating, counting, figures, withdrawals
from services.matching.app import create_app
from services.matching.hears import hears
from services.matching.judging.facts import Facts
from services.matching.judging.loop import Judge
from services.matching.learning.commands import NAMES as LESSONS
from services.matching.learning.commands import main as teach
from services.matching.live_world import LiveWorld
from services.matching.matcher.pathway.distances import Distances
from services.matching.settings import Settings
from services.matching.store import SPECS
from services.matching.store.figures import Figures
from services.matching.store.judgements import Judgements
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared.documents.mongo import Database
from shared.events.commands import main
from shared.house import House
from shared.http.server import serve


def wire(settings: Settings) -> House:
    """The matching house as the commands know it."""
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    read_models, records = ReadModels(database), Records(database)
    distances = Distances.read(settings.lumbung_distances)
    live_world = LiveWorld(database, distances)
    every = figures.EVERY_IN_DEVELOPMENT if settings.in_development else figures.EVERY
    return House(
        name="matching",
        settings=settings,
        database=database,
        specs=SPECS,
        web=lambda: serve(lambda: create_app(settings), settings),
        hears=hears(records),
        announces={
            says.DECISION_ANNOUNCED: records.decisions,
            says.DEMAND_ANNOUNCED: records.demand,
            says.EDITION_ANNOUNCED: Figures(database).editions,
        },
        jobs={
            counting.KIND: lambda job: counting.count(database, read_models, records, live_world),
            allocating.KIND: planner.run,
            figures.KIND: lambda job: figures.count(Figures(database), every),
            withdrawals.KIND: lambda job: withdrawals.heed(records),
        },
        standing=[counting.KIND, figures.KIND, withdrawals.KIND],
        retells={says.JUDGEMENTS: Judgements(database).tell_everything_again},
        # A world of its own: counting may hold the other one for seconds.
        loops={"judge": Judge(database, LiveWorld(database, distances), Facts(settings.snapshot_key)).run},
    )


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == [batch_advice.NAME]:
        sys.exit(batch_advice.main(arguments[1:]))
    if arguments[:1] == [planner.NAME]:
        sys.exit(planner.main(arguments[1:]))
    sys.exit(teach(arguments) if arguments[:1] and arguments[0] in LESSONS else main(Settings, wire, arguments))
