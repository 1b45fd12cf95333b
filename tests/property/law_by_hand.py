"""Who may apply for what on a day, read from the plain documents of the events: a second reading of the same law.

Nothing of the program is imported here, neither its values nor its rules, so that a mistake made there is not made
again. "Not known" counts as "no": somebody may apply only when everything asked for is on record.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

Document = Mapping[str, Any]

SCHEMES = {"G2G", "G2P", "P2P", "UKPS", "MANDIRI", "CREW"}
WITH_COMPANY = {"P2P", "CREW"}
SCHOOLS = {"SD": 6, "SMP": 9, "SMA": 12, "SMK": 12, "S1": 16}
JLPT = ("N5", "N4", "N3", "N2", "N1")


def may_apply(
    person: Document, order: Document, quota: Document | None, policies: Iterable[Document], day: date
) -> bool:
    """Are all rules met that decide whether the person may apply for the order on this day?"""
    law = in_force(policies, day)
    return (
        _person_may(person, order, day)
        and _order_is_lawful(order, quota, law, day)
        and _meets(order["requirements"], person, order, day)
        and all(_row_allows(kind, content, person, order, law, day) for kind, content in law)
    )


def in_force(policies: Iterable[Document], day: date) -> list[tuple[str, Document]]:
    """(kind, content) of every approved row of the day that is not doubtful; the newest revision of a policy counts."""
    found = []
    for policy in policies:
        rows = [row for row in policy["revisions"] if row["status"] == "APPROVED" and _lasts(row, "valid", day)]
        if rows:
            newest = max(rows, key=lambda row: int(row["number"]))
            if newest["confidence"] != "L":
                found.append((policy["kind"], newest["content"]))
    return found


def rupiah(wage: Document | None, law: Iterable[tuple[str, Document]]) -> float | None:
    """A wage as rupiah by the rates of the day; None where it cannot be compared."""
    if wage is None or wage["currency"] == "IDR":
        return None if wage is None else float(wage["amount"])
    rates = [row["idr"] for kind, row in law if kind == "RATE" and row["currency"] == wage["currency"]]
    return float(wage["amount"]) * rates[0] if rates else None


def age_on(born: date, day: date) -> int:
    """Completed years; who is born on 29 February has the birthday on 1 March in other years."""
    before = (day.month, day.day) < ((3, 1) if (born.month, born.day) == (2, 29) else (born.month, born.day))
    return day.year - born.year - int(before)


def _person_may(person: Document, order: Document, day: date) -> bool:
    born = _day(person["birth_date"])
    banned = any(
        record["kind"] == "ENTRY_BAN"
        and record["country"] in (None, order["country"])
        and (record["until"] is None or date.fromisoformat(record["until"]) >= day)
        for record in person["records"]
    )
    return (
        person["consent"] == "GIVEN"
        and born is not None
        and age_on(born, day) >= 18
        and person["fitness"]["status"] not in ("UNFIT", "TEMP_UNFIT")
        and not banned
    )


def _order_is_lawful(order: Document, quota: Document | None, law: list[tuple[str, Document]], day: date) -> bool:
    employer, scheme = order["employer"], order["scheme"]
    closes = _day(order["closes_on"])
    return (
        scheme in SCHEMES
        and not (scheme == "MANDIRI" and employer["type"] != "COMPANY")
        and order["visa_type"] not in ("VISIT", "TOURIST", "UMRAH")
        and not _partner_is_listed(employer, day)
        and order["verification"] == "VERIFIED"
        and order["status"] == "OPEN"
        and (order["company"] or {}).get("status") != "SUSPENDED"
        and (order["opens_on"] is None or date.fromisoformat(order["opens_on"]) <= day)
        and closes is not None
        and day <= closes
        and _slot_left(order, quota)
        and (scheme not in WITH_COMPANY or _recruited_lawfully(order, day))
    )


def _partner_is_listed(employer: Document, day: date) -> bool:
    """The list counts on its days, both included; without days what the message says counts for every day."""
    listing = employer.get("partner_listing")
    if not listing:
        return bool(employer["partner_listed"])
    first, last = _day(listing["from"]), _day(listing["until"])
    return (first is None or first <= day) and (last is None or day <= last)


def _slot_left(order: Document, quota: Document | None) -> bool:
    if quota is not None and quota["quota"] is not None:
        return bool(quota["quota"] - quota["reserved"] - quota["taken"] > 0)
    permit = order["sip2mi"]
    if permit is None or permit["quota"] is None:
        return order["scheme"] not in WITH_COMPANY
    return bool(permit["quota"] > 0)


def _recruited_lawfully(order: Document, day: date) -> bool:
    company, permit = order["company"], order["sip2mi"]
    return (
        company is not None
        and company["status"] == "ACTIVE"
        and company["valid_from"] is not None
        and _lasts(company, "valid", day)
        and permit is not None
        and None not in (permit["valid_from"], permit["valid_until"])
        and _lasts(permit, "valid", day)
    )


def _row_allows(
    kind: str, row: Document, person: Document, order: Document, law: list[tuple[str, Document]], day: date
) -> bool:
    """Does one row of law let this person and this order pass?"""
    title, country = order["isco08"], order["country"]
    if kind == "GATE":
        if not _speaks_of(row, order):
            return True
        home = person["home_regency"]
        if home is not None and not home.startswith(row["home_regency_prefix"]):
            return True
        asked = [hours["hours"] for name, hours in law if name == "HOURS" and _hours_name(hours, order)]
        return _holds(person, "COMPETENCE", order["title_scheme"] or "-", day) and all(
            _hours(person, title, country) >= amount for amount in asked
        )
    if kind == "HOURS":
        return not _hours_name(row, order) or _hours(person, title, country) >= row["hours"]
    if kind == "BAN":
        return not _speaks_of(row, order)
    if kind == "AGE_FLOOR":
        born = _day(person["birth_date"])
        return not _speaks_of(row["applies"], order) or (born is not None and age_on(born, day) >= row["min_age"])
    if kind == "COST":
        charged = any(
            cost["item"] in row["items"] and cost["payer"] in row["forbidden_payers"] and cost["amount"]["amount"] > 0
            for cost in order["costs"]
        )
        return not (charged and _speaks_of(row, order))
    if kind == "CORRIDOR" and _speaks_of(row["applies"], order):
        return all(_order_meets(condition, order, law) for condition in row["order"]) and _meets(
            row["person"], person, order, day
        )
    return True


def _order_meets(condition: Document, order: Document, law: list[tuple[str, Document]]) -> bool:
    """Only the conditions that the small worlds draw: the channel and the wage floor."""
    if condition["field"] == "channel":
        return order["channel"] in condition["value"]
    assert (condition["field"], condition["op"]) == ("wage", "min")
    wage, floor = order["wage"], condition["value"]
    if wage is not None and wage["currency"] == floor["currency"]:
        return bool(wage["amount"] >= floor["amount"])
    offered, needed = rupiah(wage, law), rupiah(floor, law)
    return offered is not None and needed is not None and offered >= needed


def admits(tree: Document | None, person: Document, day: date) -> bool:
    """Is somebody let into a course that asks this? Lesson hours count for it wherever they were meant for."""
    return _meets(tree, person, None, day)


def _meets(tree: Document | None, person: Document, order: Document | None, day: date) -> bool:
    """A requirement tree; `order` None for the door of a course."""
    if not tree:
        return True
    if "all" in tree:
        parts = tree["all"]
        if order is not None and any(part.get("kind") == "birth_date" for part in parts):
            parts = [part for part in parts if part.get("kind") != "age"]  # the birth window alone decides
        return all(_meets(part, person, order, day) for part in parts)
    if "any" in tree:
        return any(_meets(part, person, order, day) for part in tree["any"])
    return _leaf(tree, person, order, day)


def _leaf(leaf: Document, person: Document, order: Document | None, day: date) -> bool:
    kind, born = leaf["kind"], _day(person["birth_date"])
    if kind == "age":
        low, high = leaf["min"] or 0, leaf["max"] or 200
        return born is not None and low <= age_on(born, day) <= high
    if kind == "birth_date":
        return born is not None and date.fromisoformat(leaf["from"]) <= born <= date.fromisoformat(leaf["until"])
    if kind == "sex":
        return bool(person["sex"] == leaf["is"])
    if kind == "education":
        return SCHOOLS.get((person["education"] or {}).get("level") or "", 0) >= SCHOOLS[leaf["level"]]
    if kind == "language":
        return any(_speaks(known, leaf, day) for known in person["languages"])
    if kind == "certificate":
        return _holds(person, leaf["certificate"], leaf["scheme"], day)
    if kind == "hours":
        title = leaf["isco08"] or (order["isco08"] if order else "")
        return _hours(person, title, order["country"] if order else None) >= leaf["hours"]
    if kind == "experience":
        months = (work["months"] for work in person["occupations"] if work["isco08"].startswith(leaf["isco08"]))
        return sum(months) >= leaf["months"]
    if kind == "condition":  # blocks only when it is on record as not met
        found = [one["met"] for one in person["fitness"]["conditions"] if one["code"] == leaf["code"]]
        return found != [False]
    if kind == "prior_programme":
        return any(
            done["kind"] == leaf["programme"] and done["field"] == leaf["field"] and done["finished"]
            for done in person["prior_programmes"]
        )
    raise AssertionError(f"the small worlds draw no {kind}")


def _speaks(known: Document, leaf: Document, day: date) -> bool:
    """The same test, a result no lower, not expired; a result without an expiry does not expire."""
    expires = _day(known["valid_until"])
    return (
        (known["language"], known["test"]) == (leaf["language"], leaf["test"])
        and JLPT.index(known["result"]) >= JLPT.index(leaf["result"])
        and (expires is None or day <= expires)
    )


def _holds(person: Document, kind: str, scheme: str | None, day: date) -> bool:
    """A certificate of this kind and scheme with both ends on record, valid on the day."""
    return any(
        held["kind"] == kind
        and scheme in (None, held["scheme"])
        and held["valid_until"] is not None
        and _lasts(held, "valid", day)
        for held in person["certificates"]
    )


def _hours(person: Document, title: str, country: str | None) -> int:
    """Hours of the title: those for no country count everywhere, those for another one do not."""
    return sum(
        done["hours"]
        for done in person["training_hours"]
        if done["isco08"] == title and (country is None or done["destination"] in (None, country))
    )


def _hours_name(row: Document, order: Document) -> bool:
    return row["isco08"] == order["isco08"] and row["country"] in (None, order["country"])


def _speaks_of(scope: Document, order: Document) -> bool:
    """Does a row speak of this order? What it does not name it leaves open; occupations by their first digits."""
    employer = scope.get("employer_type")
    return (
        order["country"] in (scope.get("countries") or [order["country"]])
        and employer in (None, order["employer"]["type"])
        and order["isco08"].startswith(tuple(scope.get("isco08") or ("",)))
        and order["scheme"] in (scope.get("schemes") or [order["scheme"]])
    )


def _lasts(thing: Document, name: str, day: date) -> bool:
    """Does the day lie between `<name>_from` and `<name>_until`, both included? A missing end is open."""
    first, last = _day(thing[f"{name}_from"]), _day(thing[f"{name}_until"])
    return (first is None or first <= day) and (last is None or day <= last)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
