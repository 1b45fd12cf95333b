"""For the routes of imports: the report of a sheet of people; how a file is sent in is as in every import door."""

from marshmallow import Schema, fields

from shared.http.cursors import PageSchema
from shared.http.fields import Instant
from shared.imports.answers import OUTCOMES, FaultShown, File


class Import(Schema):
    id = fields.String()
    version = fields.Integer()
    state = fields.String(metadata={"enum": ["QUEUED", "RUNNING", "DONE", "REFUSED", "FAILED"]})
    dry_run = fields.Boolean()
    only_good = fields.Boolean()
    file = fields.Nested(File)
    unknown_columns = fields.List(
        fields.String(), metadata={"description": "Cells of headings that nobody knows (G1); not read."}
    )
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
