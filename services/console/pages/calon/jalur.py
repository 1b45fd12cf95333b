"""The paths of an answer, ready to be shown: named steps in order, what they open, and how the paths differ."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from services.console.frame import Answer, t, together, training
from services.console.pages.calon.words import kind_of_path

Body = dict[str, Any]

STANDING = ("APPLIED", "SELECTED", "ENROLLED")
"""States of a referral that holds a seat."""


def of(answer: Body) -> list[Body]:
    """The paths to what was asked for, or to anything; equal ones once, under all their names."""
    goal = answer["verdict"].get("goal") or {}  # answers given before 2026-12 repeat the paths to the wish there
    paths: dict[tuple[Any, ...], Body] = {}
    for path in goal.get("pathways") or answer.get("pathways") or []:
        way = (path["ready_on"], *(step["batch"] for step in path["steps"]))
        if way in paths:
            paths[way]["kinds"].append(path["kind"])
        else:
            paths[way] = {**path, "kinds": [path["kind"]]}
    return list(paths.values())


def named(answer: Body, paths: Sequence[Body]) -> list[Body]:
    """The paths with titles and providers at their steps, and the orders that they open by name."""
    taught = courses_of(answer, paths)
    orders = orders_of(answer)
    return [_shown(path, taught, orders) for path in paths]


def referred(id: str) -> tuple[list[Body], Answer]:
    """The trainings that somebody is referred to or takes part in, as steps with their dates: what is agreed already.

    And the answer of the training house: where it is silent there are none, and the page says so.
    """
    listed = training.get("/v1/enrolments", candidate=id).ask()
    standing = [one for one in listed.items() if one["state"] in STANDING]
    asked = {f"c{one['course_id']}": training.get(f"/v1/courses/{one['course_id']}") for one in standing}
    asked |= {f"b{one['batch_id']}": training.get(f"/v1/batches/{one['batch_id']}") for one in standing}
    found = together(**asked)
    steps = []
    for one in standing:
        course, batch = found[f"c{one['course_id']}"].or_empty(), found[f"b{one['batch_id']}"].or_empty()
        if batch:
            provider = (course.get("provider") or {}).get("name")
            steps.append(
                {
                    **_course({**course, "provider": provider}),
                    **{name: batch.get(name) for name in ("starts", "ends", "regency")},
                    "batch": one["batch_id"],
                    "cost": course.get("cost_to_trainee"),
                    "closes": None,
                    "state": one["state"],
                }
            )
    return sorted(steps, key=lambda step: step["starts"]), listed


def without(paths: Sequence[Body], agreed: Sequence[Body]) -> list[Body]:
    """The paths without the steps that are agreed already, so that none is shown twice."""
    batches = {step["batch"] for step in agreed}
    return [{**path, "steps": [step for step in path["steps"] if step["batch"] not in batches]} for path in paths]


def courses_of(answer: Body, paths: Iterable[Body]) -> dict[str, Body]:
    """Course id → ``{title, provider, …}``: from the answer, and from the training house where the answer is silent."""
    known: dict[str, Body] = {row["course"]: row for row in answer.get("courses", [])}
    asked: set[str] = set()
    for path in paths:
        for step in path["steps"]:
            if step.get("title"):
                known.setdefault(step["course"], {"title": step["title"], "provider": step.get("provider")})
            elif step["course"] not in known:
                asked.add(step["course"])
    found = together(**{id: training.get(f"/v1/courses/{id}") for id in sorted(asked)})
    for id, one in found.items():
        if one.ok:
            known[id] = {**one.body, "provider": (one.body.get("provider") or {}).get("name")}
    return known


def orders_of(answer: Body) -> dict[str, Body]:
    """Job order id → ``{title, country}`` of all orders that the answer names."""
    goal = answer["verdict"].get("goal") or {}
    rows = [*answer.get("placements", []), *([goal] if goal.get("job_order") else [])]
    return {row["job_order"]: row for row in rows}


def _shown(path: Body, taught: Mapping[str, Body], orders: Mapping[str, Body]) -> Body:
    opened = [orders[id] for id in path["unlocks"] if id in orders]
    steps = [{**step, **_course(taught.get(step["course"], {}))} for step in path["steps"]]
    return {
        **path,
        "name": t("Jalur {kinds}", "The {kinds} path", kinds=", ".join(map(kind_of_path, path["kinds"]))),
        "steps": steps,
        "aim": path.get("aim")
        or (opened[0] if opened else None),  # answers given before 2026-12 have none of their own
        "opens": path.get("unlocks_count", len(path["unlocks"])),
    }


def _course(course: Body) -> Body:
    from services.console.frame import both

    return {
        "title": both(course.get("title")) or t("Pelatihan", "Training"),
        "provider": both(course.get("provider")),
        "seats_left": course.get("seats_left"),
    }


def pay_nobody(costs: bool) -> str:
    """The warning on what is taken home. ``costs``: some stand above it, if only Rp0."""
    if costs:
        return t("Jangan bayar kepada siapa pun di luar biaya di atas.", "Pay nobody anything beyond the costs above.")
    return t("Jangan bayar apa pun kepada siapa pun.", "Pay nobody anything.")


def other_work(answer: Body) -> str:
    """What stands above paths that lead to something else than what was asked for; else nothing."""
    goal, first = answer["verdict"].get("goal"), next(iter(of(answer)), {})
    other = first.get("other_than_asked")
    if not other and (not goal or goal.get("opened_by")):
        return ""
    if other == "COUNTRY":
        return t(
            "Jalur berikut menuju pekerjaan yang sama di negara lain.",
            "This path leads to the same work in another country.",
        )
    return t(
        "Jalur berikut menuju pekerjaan lain daripada yang diminta.",
        "This path leads to other work than was asked for.",
    )
