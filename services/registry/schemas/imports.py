"""For the routes of imports: how a file is sent in, and how its report is shown."""

from marshmallow import Schema, fields

from services.registry.schemas.shown import Pair
from shared.http.cursors import PageArgs, PageSchema
from shared.http.fields import Code, Instant

OUTCOMES = ("NEW", "CHANGED", "SAME", "BAD")


class Wanted(Schema):
    """What to do with the file. Trying it out is the default; saving is a second, explicit word."""

    dry_run = fields.Boolean(
        load_default=True, truthy={"true"}, falsy={"false"}, metadata={"description": "true judges and saves nothing."}
    )
    only_good = fields.Boolean(
        load_default=False,
        truthy={"true"},
        falsy={"false"},
        metadata={"description": "true saves the good rows although others are bad."},
    )


class RowArgs(PageArgs):
    outcome = Code(OUTCOMES)


class File(Schema):
    name = fields.String()
    sha256 = fields.String(metadata={"description": "Compare it with your file when a line was bad."})
    bytes = fields.Integer()


class FaultShown(Schema):
    """``cell`` is a cell (``B7``), or a column (``B``) when the same is wrong in many rows."""

    cell = fields.String(allow_none=True)
    pointer = fields.String()
    code = fields.String()
    message = fields.Nested(Pair)
    fix = fields.Nested(Pair, allow_none=True)


class Import(Schema):
    id = fields.String()
    version = fields.Integer()
    state = fields.String(metadata={"enum": ["QUEUED", "RUNNING", "DONE", "REFUSED", "FAILED"]})
    dry_run = fields.Boolean()
    only_good = fields.Boolean()
    file = fields.Nested(File)
    unknown_columns = fields.List(fields.String(), metadata={"description": "Headings that nobody knows; not read."})
    rows = fields.Integer()
    done = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": "Rows by outcome."})
    faults = fields.List(fields.Nested(FaultShown))
    created_at = Instant()
    finished_at = Instant(allow_none=True)


class Row(Schema):
    row = fields.Integer(metadata={"description": "Number of the row in the sheet."})
    outcome = fields.String(metadata={"enum": list(OUTCOMES)})
    candidate_id = fields.String(allow_none=True)
    changed = fields.List(fields.String())
    faults = fields.List(fields.Nested(FaultShown))


class Rows(PageSchema):
    items = fields.List(fields.Nested(Row))
