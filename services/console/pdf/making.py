"""One paper: its texts and its template through typst, whose compiler refuses what breaks PDF/UA-1.

The texts travel as JSON and never as markup, so nothing that somebody typed can become a command.
"""

import io
import json
from pathlib import Path
from typing import Any

import segno
import typst

from services.console.pdf.printable import FONTS, printable

ROOM = Path(__file__).parent


class RefusedByTheStandard(Exception):
    """The compiler could not make an accessible paper of these texts."""


def made(template: str, texts: dict[str, Any]) -> bytes:
    """The PDF. ``texts``: what `<template>.typ` reads, JSON values only; all of them are made printable
            first but its `codes`, which machines read: the bytes of a picture, and key words of the file.

    Raises:
        RefusedByTheStandard: a mistake in the template, whatever the texts are.
    """
    data = json.dumps({**printable(texts), "codes": texts.get("codes", {})}, ensure_ascii=False)
    try:
        found: bytes = typst.compile(
            str(ROOM / f"{template}.typ"),
            root=str(ROOM),
            font_paths=[str(FONTS)],
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards=["ua-1"],
            sys_inputs={"data": data},
        )
    except typst.TypstError as error:
        # Its message quotes the text, which may be a name: the kind of trouble is enough for a log.
        raise RefusedByTheStandard(f"{template}.typ: {str(error).split('`')[0][:80]}") from None
    return found


def square_code(content: str) -> list[int]:
    """The QR code as a black and white PNG, byte by byte: a tenth of what its squares take as lines of a drawing.

    Level L: paper is read from near, and small squares are read badly.
    """
    out = io.BytesIO()
    segno.make(content, error="l", boost_error=False, micro=False).save(out, kind="png", border=4, scale=1)
    return list(out.getvalue())
