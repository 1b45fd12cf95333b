"""For the routes of imports: how a file is sent in, and how what came of it is shown."""

from collections.abc import Mapping
from typing import Any

from marshmallow import Schema, fields, validate

from shared.http.cursors import PageArgsSchema, PageSchema
from shared.http.fields import Code, Instant, Text
from shared.imports.rows import OUTCOMES

STATES = ("QUEUED", "RUNNING", "DONE", "REFUSED", "FAILED")
UNDER_WAY = ("QUEUED", "RUNNING")


PHASES = ("WAITING", "JUDGING", "SAVING", "ENDED")


def with_patience(told: Mapping[str, Any]) -> tuple[Mapping[str, Any], int, dict[str, str]]:
    """The answer about an import; while it is under way with when to ask again."""
    return told, 200, {"Retry-After": "1"} if told["state"] in UNDER_WAY else {}


class WantedSchema(Schema):
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


class SheetWantedSchema(WantedSchema):
    """The same for a sheet, of which some columns may be read by nobody."""

    ignore = fields.List(
        Text(max=200),
        load_default=list,
        validate=validate.Length(max=200),
        metadata={
            "description": "Headings, or cells of headings (`G1`, `APBD!G1`), that nobody reads and that are to be "
            "ignored; once for each. Also as parts of the form, so that no heading stands in an address. Without it "
            "`unread` stops the save."
        },
    )


class ImportInShortSchema(Schema):
    """One of the list: how far it is and what came of it, in sums."""

    id = fields.String()
    kind = fields.String()
    state = fields.String(metadata={"enum": list(STATES)})
    phase = fields.String(metadata={"enum": list(PHASES)})
    dry_run = fields.Boolean()
    rows = fields.Integer()
    done = fields.Integer()
    counts = fields.Dict(keys=fields.String(), values=fields.Integer())
    created_at = Instant()
    finished_at = Instant(allow_none=True)
    expires_at = Instant(allow_none=True, metadata={"description": "What was typed is kept until then."})


class ImportPageSchema(PageSchema):
    items = fields.List(fields.Nested(ImportInShortSchema))


class RowArgsSchema(PageArgsSchema):
    outcome = Code(OUTCOMES)


class TextsSchema(Schema):
    id = fields.String()
    en = fields.String()


class FileSchema(Schema):
    """By this a sender knows the file again; its name is not kept. Of a list that was the request only the size is."""

    kind = fields.String(metadata={"enum": ["CSV", "XLSX", "JSON"]})
    sha256 = fields.String(allow_none=True, metadata={"description": "Compare it with your file if a line was bad."})
    bytes = fields.Integer(allow_none=True)


class FaultShownSchema(Schema):
    """`pointer` is a JSON pointer inside the item; `cell` its address where the file was a sheet."""

    pointer = fields.String()
    cell = fields.String(allow_none=True)
    code = fields.String()
    message = fields.Nested(TextsSchema)
    fix = fields.Nested(TextsSchema, allow_none=True)


class SheetShownSchema(Schema):
    """One sheet of the workbook. `why` it was not read: `no_header` (no known headings), `hidden` or `empty`."""

    name = fields.String()
    read = fields.Boolean()
    rows = fields.Integer(metadata={"description": "Rows of data, or filled rows of a sheet that was not read."})
    header_row = fields.Integer(allow_none=True)
    why = fields.String(allow_none=True, metadata={"enum": ["no_header", "hidden", "empty", None]})


class ColumnShownSchema(Schema):
    """A column that was read: the cell of its heading, the heading as it stands, and the field that it is read as."""

    cell = fields.String()
    heading = fields.String()
    field = fields.String()
    title = fields.Nested(TextsSchema)
    hidden = fields.Boolean(metadata={"description": "Nobody sees it in the sheet; it was read all the same."})


class NearestSchema(Schema):
    field = fields.String()
    title = fields.Nested(TextsSchema)


class UnreadShownSchema(Schema):
    """A column with values that nobody reads. Rename its heading, or send it under `ignore`."""

    sheet = fields.String()
    cell = fields.String()
    heading = fields.String(metadata={"description": "Empty when there are values under no heading."})
    filled = fields.Integer(metadata={"description": "Rows of data with a value in it."})
    nearest = fields.Nested(NearestSchema, allow_none=True)
    ignored = fields.Boolean(metadata={"description": "The sender confirmed that it is to be ignored."})


class SkippedShownSchema(Schema):
    """A row that is no data, and what it is taken for."""

    sheet = fields.String()
    row = fields.Integer()
    code = fields.String(
        metadata={
            "enum": [
                "row_total",
                "row_signature",
                "row_numbering",
                "row_title",
                "row_note",
                "row_header_again",
                "row_number_only",
                "row_unread_only",
            ]
        }
    )
    message = fields.Nested(TextsSchema)


class ImportSchema(Schema):
    """A file that was sent in. What stands from `sheets` to `skipped` is there at once; the rest grows with `phase`.

    What somebody typed (headings, changes, words) is kept until `expires_at`, and so is the file with its faults
    beside the cells (`annotated`); outcomes and faults stay.
    """

    id = fields.String()
    version = fields.Integer()
    kind = fields.String()
    state = fields.String(metadata={"enum": list(STATES)})
    phase = fields.String(metadata={"enum": list(PHASES)})
    dry_run = fields.Boolean()
    only_good = fields.Boolean()
    file = fields.Nested(FileSchema)
    sheets = fields.List(fields.Nested(SheetShownSchema))
    columns = fields.List(fields.Nested(ColumnShownSchema))
    unread = fields.List(fields.Nested(UnreadShownSchema))
    skipped = fields.List(fields.Nested(SkippedShownSchema), metadata={"description": "The first hundred."})
    rows = fields.Integer()
    done = fields.Integer(metadata={"description": "Rows that the present phase has done."})
    counts = fields.Dict(keys=fields.String(), values=fields.Integer(), metadata={"description": "Items by outcome."})
    faults = fields.List(
        fields.Nested(FaultShownSchema),
        metadata={"description": "The first hundred, one for a whole column where many cells have the same."},
    )
    warnings = fields.List(fields.Nested(FaultShownSchema), metadata={"description": "The first hundred."})
    annotated = fields.String(
        allow_none=True,
        metadata={"description": "Address of the file as XLSX with every fault beside its cell; mend it and send it."},
    )
    created_at = Instant()
    finished_at = Instant(allow_none=True)
    expires_at = Instant(allow_none=True)


class ChangeShownSchema(Schema):
    """One field that the row changes, in the words of its readers."""

    field = fields.String()
    label = fields.Nested(TextsSchema)
    from_ = fields.Nested(TextsSchema, data_key="from", attribute="from")
    to = fields.Nested(TextsSchema)


class RowSchema(Schema):
    row = fields.Integer(metadata={"description": "Place in the file: of a list from 0, of a sheet its row number."})
    sheet = fields.String(allow_none=True)
    outcome = fields.String(allow_none=True, metadata={"enum": list(OUTCOMES)})
    key = fields.String(allow_none=True, metadata={"description": "The code by which the item is recognised."})
    target = fields.String(allow_none=True, metadata={"description": "Id of what the item became."})
    changed = fields.List(fields.String(), metadata={"description": "Names of the fields that it changes."})
    changes = fields.List(fields.Nested(ChangeShownSchema))
    review_needed = fields.Boolean(allow_none=True, metadata={"description": "Must somebody review it (again)?"})
    read = fields.Nested(TextsSchema, allow_none=True, metadata={"description": "What was read, in words."})
    read_as = fields.List(
        fields.Nested(FaultShownSchema), metadata={"description": "Cells that could be read otherwise."}
    )
    warnings = fields.List(fields.Nested(FaultShownSchema))
    faults = fields.List(fields.Nested(FaultShownSchema))


class RowsSchema(PageSchema):
    items = fields.List(fields.Nested(RowSchema))
