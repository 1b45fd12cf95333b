"""What changed between two answers about a person, in one line."""

from typing import Any

from services.console.frame import day, t

Body = dict[str, Any]


def worse(change: Body) -> bool:
    """Whether the person can do less, or later, than they were told: then it is no green line."""
    lost = "steps" in change and change["steps"][1] is None
    before, now = change.get("date", (None, None))
    later = bool(before and now and now > before)
    fewer = "open" in change and change["open"][1] < change["open"][0]
    return lost or later or fewer


def said(change: Body) -> str:
    """The difference between two answers in one line: `3 langkah menjadi 2; siap 8 Des 2026`."""
    lines = []
    if "steps" in change:
        before, now = change["steps"]
        if before is None:
            lines.append(t("dulu belum ada jalur, kini {b} langkah", "there was no path, now {b} steps", b=now))
        elif now is None:
            lines.append(t("jalur yang dulu ada kini tertutup", "the path that there was is closed now"))
        else:
            lines.append(t("{a} langkah menjadi {b}", "{a} steps became {b}", a=before, b=now))
    if "date" in change and change["date"][1]:
        lines.append(t("bisa melamar mulai {day}", "can apply from {day}", day=day(change["date"][1])))
    if "stops" in change:
        lines.append(
            t(
                "{a} syarat yang menghalangi menjadi {b}",
                "{a} closing requirements became {b}",
                a=change["stops"][0],
                b=change["stops"][1],
            )
        )
    if "unknown" in change:
        before, after = change["unknown"]
        lines.append(
            t("{a} syarat belum dicek menjadi {b}", "{a} requirements not checked became {b}", a=before, b=after)
        )
    if "open" in change:
        lines.append(
            t(
                "{a} lowongan terbuka menjadi {b}",
                "{a} open job orders became {b}",
                a=change["open"][0],
                b=change["open"][1],
            )
        )
    return "; ".join(lines) or t("saran dihitung lagi dengan data baru", "the advice was made again with the new data")
