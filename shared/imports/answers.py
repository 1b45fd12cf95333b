"""For the routes of imports: how a file is sent in, and how what came of it is shown."""

from marshmallow import Schema, fields

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
        metadata={"description": "true saves the good items although others are bad."},
    )


class RowArgs(PageArgs):
    outcome = Code(OUTCOMES)


class Texts(Schema):
    id = fields.String()
    en = fields.String()


class File(Schema):
    """By this a sender knows the file again; its name is not kept. Of a list that was the request only the size is."""

    kind = fields.String(metadata={"enum": ["CSV", "XLSX", "JSON"]})
    sha256 = fields.String(allow_none=True, metadata={"description": "Compare it with your file if a line was bad."})
    bytes = fields.Integer(allow_none=True)


class FaultShown(Schema):
    """`pointer` is a JSON pointer inside the item; `cell` its address where the file was a sheet."""

    pointer = fields.String()
    cell = fields.String(allow_none=True)
    code = fields.String()
    message = fields.Nested(Texts)
    fix = fields.Nested(Texts, allow_none=True)


class Import(Schema):
    id = fields.String()
    version = fields.Integer()
    kind = fields.String()
    state = fields.String(metadata={"enum": ["QUEUED", "RUNNING", "DONE", "REFUSED"]})
    dry_run = fields.Boolean()
    only_good = fields.Boolean()
    file = fields.Nested(File)
    rows = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": "Items by outcome."})
    created_at = Instant()
    finished_at = Instant(allow_none=True)


class Row(Schema):
    row = fields.Integer(metadata={"description": "Place in the file: of a list from 0, of a sheet its row number."})
    outcome = fields.String(allow_none=True, metadata={"enum": list(OUTCOMES)})
    key = fields.String(allow_none=True, metadata={"description": "The code by which the item is recognised."})
    target = fields.String(allow_none=True, metadata={"description": "Id of what the item became."})
    faults = fields.List(fields.Nested(FaultShown))


class Rows(PageSchema):
    items = fields.List(fields.Nested(Row))
