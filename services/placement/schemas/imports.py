"""For the routes of imports: what may be in a file of this house; the rest is as in every import door."""

from services.placement.actions.imports import KINDS
from shared.http.fields import Code
from shared.imports import answers


class Wanted(answers.Wanted):
    """What is in the file and what to do with it."""

    kind = Code(tuple(KINDS), required=True)
