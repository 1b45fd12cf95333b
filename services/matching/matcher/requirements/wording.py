"""The shape of a rule's sentences, and how a template is filled."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from string import Formatter

from services.matching.matcher.facts.reading import Text
from services.matching.matcher.requirements.status import Group

Words = Callable[[str], Text | None]
"""The word for a gap of a template; None where it is not known."""

WHO: dict[str, Text] = {
    "PERSON": Text("calon", "the person"),
    "FAMILY": Text("keluarga dan kepala desa", "the family and the village head"),
    "SERVICE_CENTRE": Text("petugas LTSA", "the service centre"),
    "LABOUR_OFFICE": Text("Disnaker", "the labour office"),
    "PROVIDER": Text("tempat pelatihan", "the training provider"),
    "CERTIFIER": Text("lembaga sertifikasi", "the certification body"),
    "CLINIC": Text("klinik yang ditunjuk", "a designated clinic"),
    "IMMIGRATION": Text("kantor imigrasi", "the immigration office"),
    "COMPANY": Text("perusahaan penempatan", "the placement company"),
    "EMPLOYER": Text("pemberi kerja", "the employer"),
    "BP3MI": Text("BP3MI NTT", "BP3MI NTT"),
    "PROVINCE": Text("dinas provinsi", "the provincial office"),
    "NOBODY": Text("waktu", "time"),
}
"""Who acts, by code."""


@dataclass(frozen=True, slots=True)
class Act:
    """The next action, who takes it, and where it stands in the order in which a person can act."""

    group: Group
    who: str
    text: Text


@dataclass(frozen=True, slots=True)
class Wording:
    """The sentence for each answer, what to do when the rule is not met and what to show when it is not known."""

    met: Text
    not_met: Text
    unknown: Text
    act: Act
    show: Act


def wording(
    met: tuple[str, str], not_met: tuple[str, str], unknown: tuple[str, str], act: Act, show: Act | None = None
) -> Wording:
    """The sentences of a rule, Indonesian and English: met, not met, not known; `show` defaults to `act`."""
    return Wording(Text(*met), Text(*not_met), Text(*unknown), act, show or act)


def only(indonesian: str, english: str, act: Act) -> Wording:
    """The wording of a variant, which is only ever the answer to one status."""
    text = Text(indonesian, english)
    return Wording(text, text, text, act, act)


def act(group: Group, who: str, indonesian: str, english: str) -> Act:
    """The next action: in which group it stands, who takes it, its sentence."""
    return Act(group, who, Text(indonesian, english))


def other(indonesian: str, english: str) -> Act:
    """Look for another one: what is asked for cannot be mended by the person."""
    return act(Group.OTHERS, "PERSON", indonesian, english)


WAIT_FOR_IT = act(
    Group.WAIT,
    "NOBODY",
    "Tunggu sampai {by}, atau pilih lowongan lain.",
    "Wait until {by}, or choose another job order.",
)
"""For what the person has already and what counts from a later day."""
COMPLETE = act(
    Group.OTHERS, "COMPANY", "Minta perusahaan melengkapi data lowongan.", "Ask the company to complete the job order."
)
LAWFUL_TERMS = act(
    Group.OTHERS, "COMPANY", "Minta perusahaan memperbaiki tawaran ini.", "Ask the company to correct this offer."
)
OTHER_LAWFUL_ORDER = other("Pilih lowongan resmi yang lain.", "Choose another lawful job order.")
OTHER_ORDER = other("Pilih lowongan lain.", "Choose another job order.")
REPORT = act(
    Group.OTHERS,
    "SERVICE_CENTRE",
    "Jangan lanjutkan. Catat laporan dan beri tahu pengawas.",
    "Do not go on. Write down a report and tell the supervisor.",
)
SHOW_BIRTH = act(Group.BRING, "PERSON", "Bawa akta lahir atau KTP.", "Bring the birth certificate or identity card.")
ASK_PERSON = act(
    Group.BRING,
    "PERSON",
    "Tanyakan kepada calon, lalu catat jawabannya.",
    "Ask the person and write down the answer.",
)


def unasked(indonesian: str, english: str) -> Wording:
    """Nobody asked the person for the list that the requirement reads."""
    return only(indonesian, english, ASK_PERSON)


def fill(template: Text, words: Words) -> Text:
    """The template with its words; a word that is not known is left out rather than shown as a hole.

    Most sentences have no gaps, and the others one or two, so only the words that are wanted are made.
    """
    gaps = gaps_of(template)
    if not gaps:
        return template
    known = {name: words(name) or _NOTHING for name in gaps}
    return Text(
        id=_tidy(template.id.format_map({name: word.id for name, word in known.items()})),
        en=_tidy(template.en.format_map({name: word.en for name, word in known.items()})),
    )


_NOTHING = Text("", "")


@lru_cache(maxsize=4096)
def gaps_of(template: Text) -> tuple[str, ...]:
    """The names of the gaps in either language."""
    sides = (template.id, template.en) if "{" in template.id else ()
    return tuple(dict.fromkeys(name for side in sides for _, name, _, _ in Formatter().parse(side) if name))


def _tidy(sentence: str) -> str:
    return " ".join(sentence.split()).replace(" .", ".").replace(" ,", ",").replace(" ;", ";").replace(" :", ":")
