"""For offices: the register of a centre as a sheet, to be worked on and sent back."""

from services.registry.actions.house import House, who
from services.registry.problems import OtherRegister, TooManyForSheet
from services.registry.schemas.sheet.giving import COLUMNS, as_row
from services.registry.store.trail import STAFF, Did
from shared.http.callers import Caller
from shared.sheets import write_template

MOST = 20_000
"""People of one sheet: a spreadsheet of more is no longer worked on by hand."""


def as_sheet(caller: Caller, house: House, *, reason: str, regency: str | None = None) -> bytes:
    """The people of the caller's own centre (of none: those who belong to none) as an XLSX that the import door takes.

    Everyone in it gets a row in their trail, with the reason, before anything is given out. Sent back as it is, the
    sheet changes nothing.

    Args:
        regency: only the people at home there.

    Raises:
        OtherRegister: the caller is no member of staff and has no register.
        TooManyForSheet: more people than a sheet is made of.
    """
    caller.need("candidates:read")
    caller.need("candidates:write")
    if caller.kind not in STAFF:
        raise OtherRegister()
    people = house.candidates.register(centre=caller.centre, regency=regency, most=MOST + 1)
    if len(people) > MOST:
        raise TooManyForSheet(MOST)
    house.trail.add(None, who(caller), Did.SHEET_MADE, [one["_id"] for one in people], reason=reason)
    stamp = {"template": "candidates", "version": "3"}
    return write_template(COLUMNS, title="Calon", stamp=stamp, rows=[as_row(one) for one in people])
