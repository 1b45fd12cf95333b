"""For the routes of imports: the report of a sheet of people; how a file is sent in is as in every import door."""

from marshmallow import fields

from shared.imports import answers


class ImportSchema(answers.ImportSchema):
    unknown_columns = fields.List(
        fields.String(), metadata={"description": "Cells of the headings in `unread`; older callers read them here."}
    )


class RowSchema(answers.RowSchema):
    candidate_id = fields.String(allow_none=True, metadata={"description": "The same as `target`."})


class RowsSchema(answers.RowsSchema):
    items = fields.List(fields.Nested(RowSchema))
