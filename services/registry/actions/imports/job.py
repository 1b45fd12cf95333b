"""For the ``work`` process: the job behind an import of people."""

from functools import partial

from services.registry.actions.house import House
from services.registry.actions.imports.judge import DUPLICATE, clashes, judge
from services.registry.actions.imports.save import numbered, save
from services.registry.schemas.sheet import COLUMNS
from shared import imports as door
from shared.documents.mongo import Document, Tx
from shared.http.callers import Caller
from shared.imports.rows import Judged
from shared.imports.sheets import opener
from shared.jobs import Job

PEOPLE = "PEOPLE"


def run(house: House, job: Job) -> None:
    """Judge every row, save the good ones if that was asked for, and let the file go."""

    def saving(tx: Tx, caller: Caller, document: Document, row: Judged) -> Judged:
        return save(house, tx, caller, document["_id"], row)

    kind = door.Kind(
        open=opener(COLUMNS),
        judge=partial(judge, house),
        save=saving,
        clashes=partial(clashes, house),
        prepare=partial(numbered, house),
        taken=DUPLICATE,
        apart=True,
    )
    door.run(house.database, house.imports, house.jobs, {PEOPLE: kind}, job)
