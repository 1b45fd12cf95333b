"""What somebody wishes for: how near each order is to it, and how a wish widens by what the person holds (a table of
trades, each with what shows that somebody is of it and the work that it prepares for as well).

It widens what is looked at and said, and decides nothing: law and ranking read the orders themselves.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.matching.matcher.advice.order_states import OfShown, OrderStates
from services.matching.matcher.facts.orders import Order
from services.matching.matcher.facts.people import Person
from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.experience import SURE


@dataclass(frozen=True, slots=True)
class Trade:
    """`work`: its occupations (ISCO-08); `opens`: others that people of it can do, nearest first.

    `fields` of study and `certificates` (schemes, or kinds that name none) show that somebody is of it, as work does.
    """

    name: Text
    work: tuple[str, ...]
    opens: tuple[str, ...]
    fields: frozenset[str] = frozenset()
    certificates: frozenset[str] = frozenset()


TRADES: tuple[Trade, ...] = (
    Trade(
        Text("keperawatan dan kebidanan", "nursing and midwifery"),
        ("2221", "2222", "3221", "3222"),
        ("5321", "5322"),
        frozenset({"NURSING", "MIDWIFERY"}),
        frozenset({"STR_NURSE"}),
    ),
    Trade(
        Text("merawat orang", "caring for people"),
        ("5311", "5321", "5322"),
        ("5321", "5322"),
        frozenset({"CARE", "HEALTH", "SOCIAL_WORK"}),
        frozenset({"ELDERLY_CARETAKER", "CHILD_CARETAKER", "SSW_CARE"}),
    ),
    Trade(
        Text("mengurus rumah tangga", "keeping a house"),
        ("5152", "9111"),
        ("9112", "5322", "5321", "5311"),
        frozenset({"CLEANING"}),
        frozenset({"HOUSEKEEPER", "SSW_CLEANING"}),
    ),
    Trade(
        Text("mengajar", "teaching"),
        ("2341", "2342", "2330", "2320", "5312"),
        ("5312", "5311"),
        frozenset({"EDUCATION"}),
    ),
    Trade(
        Text("kerja di laut", "work at sea"),
        ("6222", "6223", "8350"),
        ("6223", "8350", "6221"),
        frozenset({"FISHERY", "MARITIME"}),
        frozenset({"BST", "SEAMAN_BOOK", "SSW_FISHERY"}),
    ),
    Trade(
        Text("mengelas dan kerja logam", "welding and metal work"),
        ("7212", "7213", "7214", "7222", "7223"),
        ("7212", "7214", "7223", "9329"),
        frozenset({"WELDING", "MECHANICS", "MANUFACTURING", "SHIPBUILDING"}),
        frozenset({"WELDING_PLATE_PIPE_2", "SSW_MANUFACTURING", "SSW_SHIPBUILDING"}),
    ),
    Trade(
        Text("memasak", "cooking"),
        ("3434", "5120", "7512", "9411", "9412"),
        ("5120", "9412", "8160", "5131"),
        frozenset({"CULINARY", "FOOD", "RESTAURANT"}),
        frozenset({"FAMILY_COOK", "SSW_FOOD", "SSW_RESTAURANT"}),
    ),
    Trade(
        Text("kelistrikan", "electrical work"),
        ("7411", "7412", "7413", "7421"),
        ("7411", "7412", "8211", "9329"),
        frozenset({"ELECTRICITY", "ELECTRONICS"}),
    ),
    Trade(
        Text("pertukangan", "building"),
        ("7111", "7112", "7114", "7115", "7126", "7131", "9313"),
        ("9313", "7112", "7114", "7115"),
        frozenset({"CONSTRUCTION", "WOOD"}),
        frozenset({"SSW_CONSTRUCTION", "SSW_WOOD"}),
    ),
    Trade(
        Text("bertani dan beternak", "farming"),
        ("6111", "6112", "6121", "6130", "9211", "9212", "9213"),
        ("6112", "6111", "9211", "9212", "6121"),
        frozenset({"AGRICULTURE", "FORESTRY", "LIVESTOCK"}),
        frozenset({"SSW_AGRICULTURE", "SSW_FORESTRY"}),
    ),
    Trade(
        Text("perhotelan", "hotel work"),
        ("5131", "5151", "9112"),
        ("9112", "5151", "5131", "9412"),
        frozenset({"ACCOMMODATION", "HOSPITALITY", "TOURISM"}),
        frozenset({"HOTEL_HOUSEKEEPING_II", "SSW_ACCOMMODATION"}),
    ),
    Trade(
        Text("menjahit", "sewing"),
        ("7531", "7533", "8153"),
        ("8153", "7531", "7533", "9329"),
        frozenset({"FASHION", "TEXTILES"}),
    ),
    Trade(
        Text("mesin kendaraan", "vehicle mechanics"),
        ("7231", "7233"),
        ("7231", "8211", "9329"),
        frozenset({"AUTOMOTIVE"}),
    ),
    Trade(
        Text("mengemudi", "driving"),
        ("8322", "8331", "8332"),
        ("8322", "8332", "8343", "8344"),
        frozenset({"TRANSPORT"}),
        frozenset({"SIM_A", "SIM_B1", "SIM_B2"}),
    ),
)


@dataclass(frozen=True, slots=True)
class Widened:
    """Why a wish reaches one more occupation. `held`: the person is of the trade, and did not only ask for it."""

    trade: Trade
    held: bool


def trades_of(person: Person) -> tuple[Trade, ...]:
    """The trades that the person shows: by work, study or certificates."""
    return tuple(trade for trade in TRADES if _shown(person, trade))


def _shown(person: Person, trade: Trade) -> bool:
    done = {work.isco08 for work in person.occupations if work.similarity >= SURE}
    studied = {programme.field for programme in person.prior_programmes if programme.finished}
    if person.education is not None:
        studied.add(person.education.field)
    papers = {name for paper in person.certificates for name in (paper.kind, paper.scheme)}
    return bool(done.intersection(trade.work) or studied & trade.fields or papers & trade.certificates)


def widened(person: Person) -> dict[str, Widened]:
    """Occupation → why the wish reaches it.

    A wish for other work is left alone: somebody who cooks and asks for the sea is not sent back to the kitchen.
    """
    asked = person.wishes.isco08
    found: dict[str, Widened] = {}
    for trade in (*(held := trades_of(person)), *(one for one in TRADES if one not in held)):
        if asked and not _asked_like(asked, trade):
            continue
        if trade not in held and not set(asked).intersection(trade.work):
            continue
        for code in trade.opens:
            if code not in asked:
                found.setdefault(code, Widened(trade, trade in held))
    return found


def _asked_like(asked: Collection[str], trade: Trade) -> bool:
    return any(code in (*trade.work, *trade.opens) for code in asked)


@dataclass(frozen=True, slots=True)
class Nearness:
    """`nearness` of every order. `rows`: by row of the compiled orders. `of`: by id, those that are shown."""

    rows: NDArray[np.int64]
    of: Mapping[str, int]


def nearness_of(person: Person, standing: OrderStates, orders: Mapping[str, Order], wider: Collection[str]) -> Nearness:
    """It reads work and country alone, so orders that are alike in both are looked at once."""
    compiled = standing.compiled
    examples, kind = compiled.works(orders)
    near = np.array([nearness(person, order, wider) for order in examples], dtype=np.int64)
    rows = near[kind] if len(near) else np.zeros(len(kind), dtype=np.int64)
    return Nearness(rows, OfShown(standing, lambda row: int(rows[row])))


def nearness(person: Person, order: Order, wider: Collection[str]) -> int:
    """0: what was asked for. 1: its neighbour (the wish widened, or like work, in the wished countries or elsewhere).
    2: like work of the group. 3: something else. Without a wish everything is 0.

    `wider`: the occupations of `widened`."""
    wishes = person.wishes
    if not wishes.isco08 and not wishes.destinations:
        return 0
    if wished(person, order):
        return 0
    there = not wishes.destinations or order.country in wishes.destinations
    widens = order.isco08 in wider
    if widens and there:
        return 1
    if wishes.isco08:
        alike = any(order.isco08 is not None and order.isco08[:3] == code[:3] for code in wishes.isco08)
        same = order.isco08 in wishes.isco08
        return 1 if (alike and there) or same else 2 if alike or widens else 3
    return 2 if widens else 3


def wished(person: Person, order: Order) -> bool:
    """Is this order what the person asked for: one of their occupations and countries, where they named any?"""
    wishes = person.wishes
    if not wishes.isco08 and not wishes.destinations:
        return False
    right_work = not wishes.isco08 or order.isco08 in wishes.isco08
    return right_work and (not wishes.destinations or order.country in wishes.destinations)
