"""`/pekerjaan`: long work, running and finished, found again by whoever may see it: sheets, plans, and for operators
the work of every house. It goes on whether or not a page is open."""

from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Page, matching, number, registry, t, together, training, visitor
from services.console.frame.ask import House
from services.console.frame.troubles import house_name
from services.console.houses import Question
from services.console.pages.ops.keadaan import houses

page = Page(__name__, "/pekerjaan", needs=("courses:write", "candidates:write", "policies:propose", "operations:read"))

Body = dict[str, Any]
SHOWN = 20
RELOAD_SECONDS = 5
UNDER_WAY = ("QUEUED", "RUNNING", "MAKING")

_STATES = {
    "QUEUED": ("unknown", "menunggu giliran", "waits for its turn"),
    "RUNNING": ("info", "sedang dikerjakan", "being done"),
    "DONE": ("ok", "selesai", "finished"),
    "REFUSED": ("stop", "ditolak, tidak ada yang tersimpan", "refused, nothing was saved"),
    "FAILED": ("stop", "gagal di tengah jalan", "failed on the way"),
}
_KINDS = {
    "COURSES": ("Lembar kursus", "Sheet of courses"),
    "PEOPLE": ("Lembar calon", "Sheet of people"),
    "COMPANIES": ("Daftar perusahaan", "List of companies"),
    "FOREIGN_PARTNERS": ("Daftar mitra luar negeri", "List of foreign partners"),
    "JOB_ORDERS": ("Daftar lowongan", "List of job orders"),
    "POLICIES": ("Daftar aturan", "List of laws"),
}
_REPORTS = {"COURSES": "unggah.laporan", "PEOPLE": "calon.unggah_laporan"}
_PHASES = {"JUDGING": ("memeriksa", "checking"), "SAVING": ("menyimpan", "saving")}
_COUNTS = {
    "NEW": ("{n} baru", "{n} new"),
    "CHANGED": ("{n} berubah", "{n} changed"),
    "SAME": ("{n} sama", "{n} the same"),
    "BAD": ("{n} ditolak", "{n} refused"),
}


@page.get
def show() -> ResponseReturnValue:
    found = together(**_questions())
    for answer in found.values():
        if not answer.silent and answer.status != 404:
            answer.must()
    sheets = [{**one, "report": _REPORTS[one["kind"]]} for one in _items(found, "sheets")]
    work = {name: found[f"work {name}"] for name in houses() if f"work {name}" in found}
    for name, answer in work.items():
        sheets += [{**one, "house": house_name(name)} for one in answer.or_empty().get("imports", [])]
    rebuilding = [_rebuilt(name, one.body) for name, one in work.items() if one.or_empty().get("rebuilding")]
    sheets.sort(key=lambda one: str(one["created_at"]), reverse=True)
    shown = page.render(
        found=found,
        sheets=sheets[:SHOWN],
        plans=_items(found, "plans"),
        fits=found["model"].or_empty().get("fits", []) if "model" in found else [],
        serving=found["model"].or_empty().get("fingerprint") if "model" in found else None,
        rebuilding=rebuilding,
        state=_state,
        kind=lambda code: t(*_KINDS[code]) if code in _KINDS else code,
        phase=lambda code: t(*_PHASES[code]) if code in _PHASES else "",
        said=_said,
        under_way=UNDER_WAY,
    )
    if rebuilding or any(one["state"] in UNDER_WAY for one in [*sheets, *_items(found, "plans")]):
        shown.headers["Refresh"] = str(RELOAD_SECONDS)
    return shown


def _questions() -> dict[str, Question]:
    someone = visitor()
    asked: dict[str, Question] = {}
    if someone and someone.role == "provider":
        asked["sheets"] = training.get("/v1/imports", limit=SHOWN)
    if someone and someone.may(["candidates:write"]):
        asked["sheets"] = registry.get("/v1/imports", limit=SHOWN)
    if someone and someone.may(["policies:propose"]):
        asked["plans"] = matching.get("/v1/allocations", limit=SHOWN)
    if someone and someone.may(["operations:read"]):
        asked["model"] = matching.get("/v1/model")
        asked |= {f"work {name}": House(name).get("/v1/operations/work") for name in houses()}
    return asked


def _rebuilt(name: str, work: Body) -> str:
    """A house whose read model is being rebuilt, and how far that is."""
    house, far = house_name(name), work.get("rebuilt")
    if not far or not far["of"]:
        return t("{name}: data bacaan sedang dibangun ulang", "{name}: the read model is being rebuilt", name=house)
    share = 100 * far["done"] // far["of"]
    return t(
        "{name}: data bacaan sedang dibangun ulang, {share} % ({n} dari {m} rekaman)",
        "{name}: the read model is being rebuilt, {share} % ({n} of {m} records)",
        name=house,
        share=share,
        n=number(far["done"]),
        m=number(far["of"]),
    )


def _items(found: dict[str, Answer], name: str) -> list[Body]:
    return found[name].items() if name in found else []


def _state(code: str) -> tuple[str, str]:
    tone, indonesian, english = _STATES.get(code, ("unknown", code, code))
    return tone, t(indonesian, english)


def _said(counts: Body) -> str:
    return ", ".join(t(*words, n=counts[name]) for name, words in _COUNTS.items() if counts.get(name))
