"""One edition of the forum in words, on two sheets: figures with their changes and promises, then the regencies."""

import hashlib
import json
import threading
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from typing import Any

from services.console.frame.words import both, day, language, moment, number, t
from services.console.pages.capaian import words
from services.console.pdf.making import made, square_code

Body = Mapping[str, Any]


MOST = 8
"""Papers that one process remembers: an edition is frozen, and on the day of a meeting a room opens the same one."""

_made: OrderedDict[str, bytes] = OrderedDict()
_lock = threading.Lock()


def edition_paper(edition: Body, *, url: str) -> tuple[str, bytes]:
    """The PDF, and the digest of all that it says: it is compiled once, until the edition is corrected.

    Args:
        edition: as the matching house froze it, open to everybody.
        url: of the page that it stands on; the square code leads there, where later corrections are.
    """
    said = json.dumps([language(), url, edition], sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(said.encode()).hexdigest()
    with _lock:
        if (known := _made.get(digest)) is not None:
            _made.move_to_end(digest)
            return digest, known
    paper = _compiled(edition, url)
    with _lock:
        _made[digest] = paper
        while len(_made) > MOST:
            _made.popitem(last=False)
    return digest, paper


def _compiled(edition: Body, url: str) -> bytes:
    measures = edition["figures"]["measures"]
    before = edition.get("before") or {}
    earlier = {one["code"]: one for one in before.get("measures", [])}
    since = t(", dan perubahan sejak {d}", ", and changes since {d}", d=day(before["day"])) if before else ""
    return made(
        "edisi",
        {
            "lang": language(),
            "title": f"{both(edition['title'])}, {day(edition['day'], short=False)}",
            "from": words.SOURCE,
            "foot": f"{words.SOURCE}, {words.LICENCE}. {url.split('://')[-1]}",
            "frozen": t(
                "Dibekukan {at}; angka di kertas ini tidak berubah lagi.",
                "Frozen {at}; the numbers of this paper do not change any more.",
                at=moment(edition["frozen_at"]),
            ),
            "corrections_head": t("Koreksi sejak itu", "Corrections since"),
            "corrections": [f"{day(one['on'])}: {both(one['text'])}" for one in edition["corrections"]],
            "figures_head": t("Angka", "Figures") + since,
            "figures": [
                {"label": words.name(one["code"]), "value": _total(one, words.change(one, earlier.get(one["code"])))}
                for one in measures
            ],
            "promises_head": t("Janji", "Promises"),
            "promises_heads": [t("Janji", "Promise"), t("Siapa", "Who"), t("Sampai", "By"), t("Keadaan", "State")],
            "promises": [_promise(one) for one in edition["promises"]],
            "no_promise": t("Tidak ada janji yang tercatat waktu itu.", "No promise was on record then."),
            "places_head": t("Menurut kabupaten asal", "By home regency"),
            "places_heads": [t("Kabupaten", "Regency"), *(words.name(one["code"]) for one in measures)],
            "places": [_place(cell["place"], measures) for cell in measures[0]["cells"]],
            "legend": t(
                "“Ditutup”: kurang dari {k} orang, atau ditutup supaya angka sekecil itu tidak dapat dihitung dari "
                "yang lain. 0 berarti tidak ada.",
                "“Withheld”: fewer than {k} people, or withheld so that no such number can be worked out from the "
                "others. 0 means nobody.",
                k=edition["figures"]["k"],
            ),
            "square": {
                "alt": t("Kode persegi untuk membuka edisi ini", "Square code to open this edition"),
                "code": "",
            },
            "codes": {"picture": square_code(url)},
        },
    )


def _total(measure: Body, change: str) -> str:
    if measure["total"] is None:
        return t("ditutup", "withheld")
    about = t("sekitar ", "about ") if measure["rounded"] else ""
    return about + number(measure["total"]) + (f" ({change})" if change else "")


def _promise(promise: Body) -> list[str]:
    then, now = words.promise(promise["state"])[1], words.promise(promise["now"])[1]
    state = then if then == now else t("{a}; sekarang {b}", "{a}; now {b}", a=then, b=now)
    return [both(promise["text"]), promise["who"], day(promise["due"]), state]


def _place(place: str, measures: Sequence[Body]) -> list[str]:
    cells = [words.cell_of(dict(one), place) for one in measures]
    return [words.where(place), *map(_count, cells)]


def _count(cell: Body) -> str:
    if cell["withheld"]:
        return t("ditutup", "withheld")
    return "–" if cell["count"] is None else number(cell["count"])
