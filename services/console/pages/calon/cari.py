"""L2 `/cari`: find a person by NIK, number, phone or name. A POST, so that nothing personal is in an address."""

import re
from datetime import date
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from services.console.frame import Entry, Page, day, regency, registry, t
from shared import clock

page = Page(__name__, "/cari", needs=("candidates:read",), menu=Entry("Cari calon", "Find a person", 20))

SEARCH_SECONDS = 8.0
"""A name that thousands share takes the embedded engine longest, and nothing else brings an officer to the person."""
MOST_FOUND = 20
"""The registry gives no more of one search."""

NIK = re.compile(r"\d{16}")
NUMBER = re.compile(r"LB-\d{4}-\d{6}", re.IGNORECASE)


@page.get
def show() -> ResponseReturnValue:
    return page.render(query="", found=None, reading=None)


@page.post()
def search() -> ResponseReturnValue:
    """The only result of a NIK or number opens at once; otherwise at most twenty rows, and nobody for an empty box."""
    query = " ".join(request.form.get("q", "").split())[:120]
    if not query:
        return page.render(query="", found=None, reading=None)
    answer = registry.post("/v1/candidates:search", {"query": query}, seconds=SEARCH_SECONDS).ask()
    answer.must()
    rows = answer.items()
    digits = re.sub(r"[\s.-]", "", query)
    if len(rows) == 1 and (NIK.fullmatch(digits) or NUMBER.fullmatch(query)):
        from services.console.pages.calon import halaman

        return halaman.page.go(id=rows[0]["id"])
    return page.render(query=query, found=rows, reading=reading(digits) if NIK.fullmatch(digits) else None)


def reading(nik: str) -> str:
    """What a NIK says about itself, to catch typing errors: `Timor Tengah Selatan, perempuan, lahir 14 Apr 2002`.

    Only read aloud beside the box; never kept, and never a fact about anybody.
    """
    born, month, year = int(nik[6:8]), int(nik[8:10]), int(nik[10:12])
    woman = born > 40
    century = 2000 if year <= clock.today().year % 100 else 1900
    try:
        birthday: Any = day(date(century + year, month, born - 40 * woman))
    except ValueError:
        return t("tanggal lahir di dalam NIK ini tidak ada", "there is no such birthday as in this NIK")
    home = f"{nik[:2]}.{nik[2:4]}"
    sex = t("perempuan", "woman") if woman else t("laki-laki", "man")
    return t("{home}, {sex}, lahir {day}", "{home}, {sex}, born {day}", home=regency(home), sex=sex, day=birthday)
