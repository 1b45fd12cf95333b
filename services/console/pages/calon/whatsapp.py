"""`/calon/<id>/whatsapp`: a summary of at most 600 characters to send; without NIK, number, phone or family name."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from flask.typing import ResponseReturnValue

from services.console.frame import Page, country, day, place, price, registry, t
from services.console.pages.calon import jalur, jawaban

page = Page(__name__, "/calon/<uuid:id>/whatsapp", needs=("candidates:read",))

Body = dict[str, Any]
MOST = 600


@page.get
def show(id: str) -> ResponseReturnValue:
    person = registry.get(f"/v1/candidates/{id}").ask().must()
    told = jawaban.about(person)
    agreed, listed = jalur.referred(str(id))
    text = summary(person, told.body, agreed) if told.body and jawaban.for_home(told.body) else ""
    return page.render(person=person, told=told, listed=listed, text=text, link=f"https://wa.me/?text={quote(text)}")


def summary(person: Body, answer: Body, agreed: Sequence[Body] = ()) -> str:
    """What the person reads on the phone. The first name alone: a phone is lent."""
    first = person["full_name"].split()[0]
    said = [t("Halo {name}, ini ringkasan dari LTSA.", "Hello {name}, this is a summary from LTSA.", name=first)]
    said.append(jawaban.for_home(answer))
    for step in agreed:
        where = place(step["regency"])
        dates = f"{day(step['starts'])}–{day(step['ends'])}"
        said.append(
            t("Dirujuk: {what}", "Referred: {what}", what=f"{step['title']}, {where}, {dates}, {price(step['cost'])}")
        )
    paths = jalur.without(jalur.named(answer, jalur.of(answer))[:1], agreed)
    if paths and (other := jalur.other_work(answer)):
        said.append(other)
    for path in paths:
        for number, step in enumerate(path["steps"], 1):
            where = place(step["regency"])
            said.append(
                f"{number}. {step['title']}, {where}, {day(step['starts'])}–{day(step['ends'])}, {price(step['cost'])}"
            )
        if path["aim"]:
            said.append(f"✓ {day(path['ready_on'])}: {path['aim']['title']}, {country(path['aim']['country'])}")
    costs = agreed or any(path["steps"] for path in paths)
    return _short(said, " ".join((jalur.pay_nobody(bool(costs)), t("Tanya: 0800-1000.", "Questions: 0800-1000."))))


def _short(said: list[str], last: str) -> str:
    """At most ``MOST`` characters: what comes late goes first, a line says so, and the last line always stays."""
    room = MOST - len(last) - 1
    lines = said
    while len(lines) > 2 and len("\n".join(lines)) > room:
        said = said[:-1]
        lines = [*said, t("… Selanjutnya lihat lembar dari LTSA.", "… See the sheet of the service centre.")]
    text = "\n".join(lines)
    return f"{text if len(text) <= room else text[: room - 1] + '…'}\n{last}"
