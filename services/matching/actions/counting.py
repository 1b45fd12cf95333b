"""The daily sum: how many people need which training where, told to the training house, never of fewer than ten."""

from datetime import datetime, timedelta

from services.matching import says
from services.matching.live_world import LiveWorld
from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.demand import TrainingDemand, needs
from services.matching.store.read_models import ReadModels
from services.matching.store.records import Records
from shared import clock
from shared.documents.mongo import Database, Tx

KIND = "count_demand"
EVERY = timedelta(days=1)


def count(database: Database, read_models: ReadModels, records: Records, live_world: LiveWorld) -> datetime:
    """The job: work the sums out anew, tell those that changed, take back those that are gone. Returns the next time.

    Run again after a crash it tells nothing twice: a sum that is told already has not changed.
    """
    people = (Person.from_document(row) for row in read_models.people())
    with live_world.read() as (world, _):
        found = {need.id: need for need in needs(people, world, clock.today())}
    for id in records.demand_told() - found.keys():
        database.run(lambda tx, id=id: _take_back(tx, records, id))  # type: ignore[misc]
    for need in found.values():
        database.run(lambda tx, need=need: _tell(tx, records, need))  # type: ignore[misc]
    return clock.now() + EVERY


def _tell(tx: Tx, records: Records, need: TrainingDemand) -> None:
    counted = {"programme": need.programme, "regency": need.regency, "month": need.month, "count": need.count}
    known = records.demand.load(need.id, tx)
    if known is None:
        records.demand.create(tx, {"_id": need.id, **counted}, type=says.COUNTED)
    elif known.get("count") != need.count:
        records.demand.change(tx, {"_id": need.id, "version": known["version"], **counted}, type=says.COUNTED)


def _take_back(tx: Tx, records: Records, id: str) -> None:
    records.demand.erase(tx, id, type=says.GONE)
