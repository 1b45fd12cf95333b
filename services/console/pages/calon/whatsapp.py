"""`/calon/<id>/whatsapp`: a summary of at most 600 characters to send; without NIK, number, phone or family name."""

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
    text = summary(person, told.body) if told.body else ""
    return page.render(person=person, told=told, text=text, link=f"https://wa.me/?text={quote(text)}")


def summary(person: Body, answer: Body) -> str:
    """What the person reads on the phone. The first name alone: a phone is lent."""
    first = person["full_name"].split()[0]
    said = [t("Halo {name}, ini ringkasan dari LTSA.", "Hello {name}, this is a summary from LTSA.", name=first)]
    said.append(answer["verdict"]["text"])
    paths = jalur.named(answer, jalur.of(answer))[:1]
    for path in paths:
        for number, step in enumerate(path["steps"], 1):
            where = place(step["regency"])
            said.append(
                f"{number}. {step['title']}, {where}, {day(step['starts'])}–{day(step['ends'])}, {price(step['cost'])}"
            )
        if path["aim"]:
            said.append(f"✓ {day(path['ready_on'])}: {path['aim']['title']}, {country(path['aim']['country'])}")
    said.append(
        t(
            "Jangan bayar kepada siapa pun di luar itu. Tanya: 0800-1000.",
            "Pay nobody anything else. Questions: 0800-1000.",
        )
    )
    text = "\n".join(said)
    return text if len(text) <= MOST else text[: MOST - 1].rsplit("\n", 1)[0] + "\n" + said[-1][: MOST // 4]
