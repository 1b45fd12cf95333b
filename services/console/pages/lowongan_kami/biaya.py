"""The costs of an order as a form: of each item who pays it, and how much where that is said.

An order may name an item twice. The form is about the one that the person pays, else about the first; the others stay
as they are on record, and are told in words.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from wtforms import SelectField
from wtforms.validators import Optional

from services.console.frame import MoneyField, money, t
from services.console.frame.amounts import whole
from services.console.pages.lowongan_kami import diminta
from shared.codes import offers

Cost = Mapping[str, Any]

PAYERS = {
    "CANDIDATE": ("calon", "the person"),
    "EMPLOYER": ("pemberi kerja", "the employer"),
    "COMPANY": ("perusahaan", "the company"),
    "STATE": ("negara", "the state"),
}


class Paying(diminta.Asking):
    """`payer_TRAINING` and `amount_TRAINING`, and so on for each item."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        for item, words in offers.COST_ITEMS.items():
            called = t(*words)
            payer, amount = self[f"payer_{item}"], self[f"amount_{item}"]
            payer.label.text = called[0].upper() + called[1:]
            amount.label.text = t("Jumlah: {what}", "Amount: {what}", what=called)
            payer.choices = [("", t("Tidak disebut", "Not named"))] + [
                (code, t(*PAYERS[code])) for code in offers.PAYERS
            ]

    @property
    def cost_fields(self) -> list[tuple[Any, Any]]:
        """(who pays, how much) of each item, for the template."""
        return [(self[f"payer_{item}"], self[f"amount_{item}"]) for item in offers.COST_ITEMS]

    def paid(self) -> bool:
        """Whether each amount has somebody who pays it; what is missing stands at the field."""
        fine = True
        for payer, amount in self.cost_fields:
            if amount.data is not None and not payer.data:
                payer.errors, fine = [t("Pilih siapa yang membayarnya.", "Choose who pays it.")], False
        return fine

    def costs(self, known: Sequence[Cost]) -> list[Cost]:
        """The costs to be sent, those on record in their places; what the page did not ask stays."""
        shown = _shown(known)
        found: list[Cost] = []
        for place, one in enumerate(known):
            if shown.get(one["item"]) != place or not self[f"payer_{one['item']}"].raw_data:
                found.append(one)
            elif said := self._cost(one["item"], one):
                found.append(said)
        new = [item for item in offers.COST_ITEMS if item not in shown]
        found += [said for item in new if (said := self._cost(item, {}))]
        self.sent = [one["item"] for one in found]
        return found

    def _cost(self, item: str, before: Cost) -> Cost | None:
        payer, amount = self[f"payer_{item}"].data, self[f"amount_{item}"].data
        return {**before, "item": item, "payer": payer, "amount": amount} if payer else None

    def costs_at(self) -> dict[str, str]:
        """A pointer of the house into the costs that were sent → the field here."""
        found: dict[str, str] = {}
        for at, item in enumerate(getattr(self, "sent", ())):
            if item in offers.COST_ITEMS:
                found |= {f"/costs/{at}": f"payer_{item}", f"/costs/{at}/payer": f"payer_{item}"}
                found |= {f"/costs/{at}/{part}": f"amount_{item}" for part in ("amount", "amount/amount")}
        return found


for _item in offers.COST_ITEMS:
    setattr(Paying, f"payer_{_item}", SelectField(validators=[Optional()]))
    setattr(Paying, f"amount_{_item}", MoneyField(validators=[Optional()]))


def filled(costs: Sequence[Cost]) -> dict[str, Any]:
    """The values of the fields from the costs on record."""
    found: dict[str, Any] = {}
    for item, place in _shown(costs).items():
        one = costs[place]
        paid = one.get("amount")
        found[f"payer_{item}"] = one["payer"]
        found[f"amount_{item}"] = paid and {"amount": whole(paid["amount"]), "currency": paid["currency"]}
    return found


def others(costs: Sequence[Cost]) -> list[str]:
    """The costs that no field here shows, in words."""
    return [said(one) for place, one in enumerate(costs) if _shown(costs).get(one["item"]) != place]


def field_of(costs: Sequence[Cost], place: int) -> str:
    """The field that shows the cost in this place of the list; the first of all where none does."""
    item = costs[place]["item"] if place < len(costs) else ""
    return f"payer_{item if item in offers.COST_ITEMS else next(iter(offers.COST_ITEMS))}"


def said(cost: Cost) -> str:
    """`tiket pulang: pemberi kerja` or `jasa perusahaan: calon, Rp5.000.000`."""
    item, payer = (t(*table[code]) if code in table else code for table, code in (
        (offers.COST_ITEMS, cost["item"]), (PAYERS, cost["payer"])
    ))  # fmt: skip
    return f"{item}: {', '.join(filter(None, (payer, money(cost['amount']) if cost.get('amount') else '')))}"


def _shown(costs: Sequence[Cost]) -> dict[str, int]:
    """Item → the place of the cost that the form shows of it."""
    found: dict[str, int] = {}
    for place, one in enumerate(costs):
        if one["item"] in offers.COST_ITEMS and one["payer"] in PAYERS:
            before = found.get(one["item"])
            if before is None or (one["payer"] == "CANDIDATE" != costs[before]["payer"]):
                found[one["item"]] = place
    return found
