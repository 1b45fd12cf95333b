"""What a logistic regression reads in the words of an ask: which of them lead anywhere, and to what."""

import numpy as np
import scipy.sparse as sp

from services.matching.matcher.ltr.blocks.likely import LEAST, Likely
from services.matching.matcher.ltr.queries import Item, Query
from shared.words.vocabulary import Vocabulary

NOTHING = Vocabulary(skills={}, occupations={}, languages={})
OFFERS = [
    Item("clean", titles=("office cleaner", "janitor"), groups=("9", "91")),
    Item("cook", titles=("kitchen cook", "chef"), groups=("5", "51")),
    Item("serve", titles=("waiter", "barista"), groups=("5", "51")),
]
SAID = {"clean": ("cleaner", "urgent cleaner", "sweeper urgent"), "cook": ("cook urgent", "chef"), "serve": ("waiter",)}


def taught() -> Likely:
    asks = [Query(title, title, titles=(title,)) for titles in SAID.values() for title in titles for _ in range(3)]
    chosen = [row for row, titles in enumerate(SAID.values()) for _ in titles for _ in range(3)]
    truth = sp.csr_matrix((np.ones(len(asks)), (range(len(asks)), chosen)), (len(asks), len(OFFERS)))
    block = Likely(fewest=1)
    assert block.fit(asks, OFFERS, NOTHING)
    block.shelve(OFFERS)
    block.learn(asks, truth)
    return block


def shares(title: str, column: str = "likely") -> list[float]:
    [row] = taught().transform([Query("x", "x", titles=(title,))])[column]
    return [round(float(share), 3) for share in np.exp(row) - LEAST]


def test_the_shares_of_all_offers_sum_to_one_and_those_of_a_group_to_its_share() -> None:
    alone, together = shares("urgent waiter"), shares("urgent waiter", "likely_group")
    assert np.isclose(sum(alone), 1, atol=0.01)
    assert np.isclose(together[1], alone[1] + alone[2], atol=0.01) and together[1] == together[2]


def test_a_word_that_everybody_says_leads_nowhere() -> None:
    assert np.argmax(shares("urgent urgent cook")) == 1
    assert np.argmax(shares("urgent urgent waiter")) == 2


def test_a_word_never_met_leads_to_what_its_namesake_was_chosen_for() -> None:
    assert np.argmax(shares("janitor")) == 0 and np.argmax(shares("barista")) == 2


def test_nothing_was_chosen_yet() -> None:
    block = Likely(fewest=1)
    asks = [Query("one", "one", titles=("cook",))]
    block.fit(asks, OFFERS, NOTHING)
    block.shelve(OFFERS)
    block.learn(asks, sp.csr_matrix((1, len(OFFERS))))
    assert np.ptp(block.transform(asks)["likely"]) == 0


def test_a_few_asks_are_not_worth_a_regression() -> None:
    assert not Likely(fewest=2).fit([Query("one", "one", titles=("cook",)), Query("two", "two")], OFFERS, NOTHING)
