"""Which values come back that somebody corrected: whole, in a part, or as an entry of a list."""

from typing import Any

from shared.documents import replaced

Document = dict[str, Any]


def after(before: Document, **changes: Any) -> Document:
    changed = {**before, **changes}
    return {**changed, replaced.FIELD: replaced.remembered(before, changed, changes)}


def back(stands: Document, **says: Any) -> set[str]:
    return set(replaced.coming_back(stands, {**stands, **says}, says))


WAGE = {"amount": 1500, "currency": "MYR"}
PERSON: Document = {"_id": "a", "phone": "1", "wishes": {"min_wage": WAGE, "destinations": ["MYS"]}, "skills": ["cook"]}


def test_a_value_that_was_replaced_is_seen_coming_back() -> None:
    stands = after(PERSON, phone="2")
    assert back(stands, phone="1") == {"phone"}
    assert back(stands, phone="3") == back(stands, phone="2") == set()


def test_a_part_comes_back_beside_parts_that_changed_meanwhile() -> None:
    """An old wage beside a destination that was added since: the object as a whole never stood there."""
    dearer = after(PERSON, wishes={**PERSON["wishes"], "min_wage": {**WAGE, "amount": 2000}})
    stands = after(dearer, wishes={**dearer["wishes"], "destinations": ["MYS", "HKG"]})
    assert back(stands, wishes={**stands["wishes"], "min_wage": WAGE}) == {"wishes/min_wage"}
    assert back(stands, wishes={**stands["wishes"], "min_wage": {**WAGE, "amount": 2500}}) == set()


def test_an_entry_comes_back_beside_entries_that_were_added() -> None:
    stands = after(after(PERSON, skills=["weld"]), skills=["weld", "drive"])
    assert back(stands, skills=["weld", "drive", "cook"]) == {"skills"}
    assert back(stands, skills=["weld", "drive", "sew"]) == set()


def test_a_whole_that_comes_back_is_told_once() -> None:
    stands = after(PERSON, wishes={"min_wage": {**WAGE, "amount": 2000}, "destinations": ["HKG"]})
    assert back(stands, wishes=PERSON["wishes"]) == {"wishes"}


def test_what_was_remembered_before_is_still_known_and_nothing_grows_without_end() -> None:
    stands = PERSON
    for number in range(40):
        stands = after(stands, phone=str(number), skills=[str(number)])
    known = stands[replaced.FIELD]
    assert (len(known["phone"]), len(known["skills[]"])) == (replaced.MOST, replaced.MOST_ENTRIES)
    assert back(stands, phone="38") == {"phone"}
