"""For houses that hear of people: who an id stands for, after two records turned out to be one person."""

from shared.documents.mongo import TxCollection


def survivor(people: TxCollection, id: str) -> str | None:
    """The id of the record that is kept of this person, as far as was heard; None when they were erased.

    Events of two people come in any order: the one that is kept may itself have been merged or erased, and that may
    have been heard before. ``people``: what was heard of each, with ``merged_into`` and ``erased``.
    """
    while (row := people.find_one({"_id": id}, {"erased": 1, "merged_into": 1})) is not None:
        if row.get("erased"):
            return None
        if not row.get("merged_into"):
            break
        id = row["merged_into"]
    return id
