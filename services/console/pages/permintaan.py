"""P7 `/permintaan`: which programmes people of the provider's regency and province need, and legal orders ask for,
beside the seats that are open.

Whoever is counted has no path with the batches that there are and would have one by one more, so any sum at all says
that a batch is wanting, however many seats are open. People are sums of ten and more; slots and seats are no people.
"""

from collections import Counter
from typing import Any

from flask.typing import ResponseReturnValue

from services.console.frame import Answer, Entry, Page, placement, regency, together, training, visitor
from services.console.pages.capaian.kebutuhan import open_seats, programme, seats_of

page = Page(
    __name__, "/permintaan", needs=("courses:write",), roles=("provider",), menu=Entry("Permintaan", "Demand", 29)
)

Body = dict[str, Any]
MOST_PAGES = 10


@page.get
def show() -> ResponseReturnValue:
    someone = visitor()
    found = together(
        own=training.get(f"/v1/providers/{someone.organisation if someone else ''}"),
        supply=training.get("/v1/supply"),
        open=training.get("/v1/open-batches"),
    )
    orders, rows = _orders()
    here = found["own"].or_empty().get("regency")
    return page.render(
        own=found["own"],
        supply=found["supply"],
        open=found["open"],
        orders=orders,
        here=regency(here) if here else "",
        rows=_rows(found["supply"], found["open"], rows, here),
    )


def _orders() -> tuple[Answer, list[Body]]:
    """Open orders that the province verified, and the last answer."""
    rows: list[Body] = []
    after = None
    for _ in range(MOST_PAGES):
        answer = placement.get("/v1/job-orders", status="OPEN", verification="VERIFIED", limit=100, after=after).ask()
        rows += answer.items()
        after = answer.or_empty().get("next")
        if not after:
            break
    return answer, rows


def _rows(supply: Answer, opened: Answer, orders: list[Body], here: str | None) -> list[Body]:
    """Every programme that is needed, asked for or open: what people need most, here first, stands on top."""
    people, people_here = Counter[str](), Counter[str]()
    slots, offers = Counter[str](), Counter[str]()
    seats = open_seats(opened.items())
    seats_here = open_seats([one for one in opened.items() if one["regency"] == here])
    for row in supply.or_empty().get("demand", []):
        people[row["programme"]] += row["count"]
        people_here[row["programme"]] += row["count"] if row["regency"] == here else 0
    for order in orders:
        if order.get("title_scheme"):
            code = f"COMPETENCE:{order['title_scheme']}"
            offers[code] += 1
            slots[code] += (order.get("quota") or {}).get("left") or 0
    rows: list[Body] = [
        {
            "name": programme(code),
            "people": people.get(code),  # None: no sum of ten and more, which is not nobody
            "people_here": people_here[code] or None,
            "orders": offers[code],
            "slots": slots[code],
            "seats": seats_of(seats, code),
            "seats_here": seats_of(seats_here, code),
        }
        for code in {*people, *offers, *seats}
    ]
    return sorted(rows, key=lambda row: (-(row["people_here"] or 0), -(row["people"] or 0), -row["slots"], row["name"]))
