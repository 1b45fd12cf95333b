"""The province's sums are what comes out when everybody is asked alone, and never tell of fewer than ten."""

from collections import Counter
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from services.matching.matcher.facts.people import Person
from services.matching.matcher.pathway.demand import needs
from services.matching.matcher.pathway.smallest_change import smallest_change
from tests.property.law_by_hand import Document
from tests.property.paths_by_hand import ByHand
from tests.property.paths_worlds import Drawn


def has_a_way(drawn: Drawn, document: Document) -> bool:
    by_hand = ByHand(replace(drawn.documents, person=document))
    return bool(by_hand.ways()) or any(by_hand.eligible((), order, drawn.day) for order in drawn.documents.orders)


def key_of(drawn: Drawn, document: Document) -> tuple[str, str, str] | None:
    """Under which sum this person counts, asked alone; None: under none."""
    person = Person.from_payload(document)
    if not person.consented or person.home_regency is None or has_a_way(drawn, document):
        return None
    miss = smallest_change(person, drawn.world, drawn.day)
    if miss is None or miss.programme is None:
        return None
    return miss.programme, person.home_regency, miss.by.isoformat()[:7]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_sums_are_those_of_everybody_asked_alone_and_none_is_of_fewer_than_ten(seed: int) -> None:
    drawn = Drawn(seed)
    groups = [(drawn.someone(), drawn.random.choice((4, 9, 10, 13))) for _ in range(4)]
    sums: Counter[tuple[str, str, str]] = Counter()
    for document, number in groups:
        if (key := key_of(drawn, document)) is not None:
            sums[key] += number
    crowd = [Person.from_payload(document) for document, number in groups for _ in range(number)]
    drawn.random.shuffle(crowd)
    told = needs(crowd, drawn.world, drawn.day)
    assert {(need.programme, need.regency, need.month): need.count for need in told} == {
        key: count for key, count in sums.items() if count >= 10
    }
