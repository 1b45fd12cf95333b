"""For whoever writes workbooks that are read again: the names of the sheets that hold no data."""

STAMP_SHEET = "_lumbung"
"""The hidden sheet by which a template is recognised: keys in column A, values in column B."""

LISTS_SHEET = "_daftar"
"""Hidden: the choices behind the drop-downs of a template."""

GUIDE_SHEET = "Petunjuk"
"""Instructions for people, never data."""

OURSELVES = "Lumbung"
"""Author of the comments that we write into a sheet; all others are somebody's own words."""
