"""What an order asks of a person, as a form: age, sex, schooling, language, certificate, experience, training hours.

An order says it as a tree of conditions (`shared/conditions`). The form is about one condition of each kind that stands
at its top; whatever else the tree says (alternatives, health, records) stays exactly as it is, and is told in words.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from wtforms import Field, SelectField, StringField
from wtforms.validators import Length, NumberRange, Optional

from services.console.frame import NumberField, Recorded, t
from services.console.frame.conditions import asked
from shared.codes import languages, schemes
from shared.codes.education import LADDER

Body = dict[str, Any]
Leaf = Mapping[str, Any]

MEMBERS: Mapping[str, tuple[str, ...]] = {
    "age": ("age_min", "age_max"),
    "sex": ("sex",),
    "education": ("schooling",),
    "language": ("test_1", "result_1", "test_2", "result_2"),
    "certificate": ("certificate",),
    "experience": ("experience",),
    "hours": ("lessons",),
}
"""Kind of condition → the fields that say it, in the order in which a new order lists them."""
FIELDS = tuple(name for names in MEMBERS.values() for name in names)
BETWEEN = "|"
"""Between the language and the test, in a choice of :func:`tests`."""


class Asking(Recorded):
    """The fields; ``tree`` puts them into the conditions that stand on record.

    ``kinds``: those that a form of this class shows; it deletes the fields of all others.
    """

    kinds: tuple[str, ...] = tuple(MEMBERS)

    age_min = NumberField(validators=[Optional(), NumberRange(min=0, max=120)])
    age_max = NumberField(validators=[Optional(), NumberRange(min=0, max=120)])
    sex = SelectField(validators=[Optional()])
    schooling = SelectField(validators=[Optional()])
    test_1 = SelectField(validators=[Optional()])
    result_1 = StringField(validators=[Length(max=10)])
    test_2 = SelectField(validators=[Optional()])
    result_2 = StringField(validators=[Length(max=10)])
    certificate = SelectField(validators=[Optional()])
    experience = NumberField(validators=[Optional(), NumberRange(min=1, max=600)])
    lessons = NumberField(validators=[Optional(), NumberRange(min=1, max=5000)])

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        none = ("", t("Tidak diminta", "Not asked for"))
        if "sex" in self:
            self.sex.choices = [none, ("F", t("Perempuan", "Women")), ("M", t("Laki-laki", "Men"))]
        self.schooling.choices = [none, *((one.code, t(one.name_id, one.name_en)) for one in LADDER.values())]
        for name in ("test_1", "test_2"):
            self[name].choices = [none, *tests()]
        self.certificate.choices = [none, *certificates(self.certificate.data)]
        for name, words in _labels().items():
            if name in self:
                self[name].label.text = words

    def consistent(self) -> bool:
        """What one field says fits the next; what is wrong stands at the field."""
        fine = True
        if self.age_min.data and self.age_max.data and self.age_min.data > self.age_max.data:
            said = t("Umur tertinggi lebih rendah daripada umur terendah.", "The highest age is below the lowest.")
            fine = _wrong(self.age_max, said)
        for place in ("1", "2"):
            test, result = self[f"test_{place}"], self[f"result_{place}"]
            if test.data and not (result.data or "").strip():
                said = t("Ketik hasil yang diminta, misalnya N4.", "Type the result that is asked for, for example N4.")
                fine = _wrong(result, said)
            elif result.data and not test.data:
                fine = _wrong(test, t("Pilih ujiannya.", "Choose the test."))
        return fine

    def tree(self, known: Any, isco08: str | None) -> Body | None:
        """The conditions to be sent. ``known``: those on record, for an order of the occupation ``isco08``."""
        places = _places(known, isco08, self.kinds)
        nodes: list[Any] = []
        self.at: dict[str, int] = {}
        for node, kind in places:
            said = self._node(kind, node) if kind else node
            if said is not None:
                if kind:
                    self.at[kind] = len(nodes)
                nodes.append(said)
        for kind in self.kinds:
            if kind not in [one for _, one in places] and (said := self._node(kind, {})) is not None:
                self.at[kind] = len(nodes)
                nodes.append(said)
        return {"all": nodes} if nodes else None

    def asked_at(self, where: str = "/requirements") -> dict[str, str]:
        """A pointer of the house into the conditions that were sent (as ``where``) → the field here."""
        found: dict[str, str] = {}
        for kind, at in getattr(self, "at", {}).items():
            base, names = f"{where}/all/{at}", MEMBERS[kind]
            found |= {base: names[0], f"{base}/min": names[0]}
            found |= {f"{base}/{part}": names[0] for part in ("is", "level", "scheme", "months", "hours", "isco08")}
            if kind == "age":
                found[f"{base}/max"] = "age_max"
            if kind == "language":
                for way, place in (("", "1"), ("/any/0", "1"), ("/any/1", "2")):
                    found |= {f"{base}{way}": f"result_{place}", f"{base}{way}/result": f"result_{place}"}
                    found |= {f"{base}{way}/test": f"test_{place}", f"{base}{way}/language": f"test_{place}"}
        return found

    def _node(self, kind: str, before: Leaf) -> Body | None:
        """The condition of this kind as the fields say it, with what they do not show as it was before."""
        kept = {**before, "kind": kind}
        if kind == "age":
            low, high = self.age_min.data, self.age_max.data
            return {**kept, "min": low, "max": high} if low is not None or high is not None else None
        if kind == "language":
            return self._languages(before)
        name, member = {
            "sex": ("sex", "is"),
            "education": ("schooling", "level"),
            "certificate": ("certificate", "scheme"),
            "experience": ("experience", "months"),
            "hours": ("lessons", "hours"),
        }[kind]
        if not self[name].data:
            return None
        found = {**kept, member: self[name].data}
        if kind == "certificate":
            found["certificate"] = before.get("certificate") or "COMPETENCE"
        if kind == "experience" or before.get("isco08"):
            found["isco08"] = self["isco08"].data  # of the order: it follows when the occupation is changed
        return found

    def _languages(self, before: Leaf) -> Body | None:
        old = _alternatives(before)
        rows = []
        for place in (0, 1):
            test = self[f"test_{place + 1}"].data
            if not test:
                continue
            spoken, code = test.split(BETWEEN)
            same = old[place] if place < len(old) and old[place].get("test") == code else {}
            result = as_given(self[f"result_{place + 1}"].data or "")
            rows.append({**same, "kind": "language", "language": spoken, "test": code, "result": result})
        return {"any": rows} if len(rows) > 1 else rows[0] if rows else None


def filled(tree: Any, isco08: str | None, kinds: Collection[str] = MEMBERS) -> Body:
    """The values of the fields from the conditions on record."""
    found: Body = {}
    for node, kind in _places(tree, isco08, kinds):
        if kind == "age":
            found |= {"age_min": node.get("min"), "age_max": node.get("max")}
        elif kind == "language":
            for place, leaf in enumerate(_alternatives(node), 1):
                found |= {f"test_{place}": BETWEEN.join((leaf["language"], leaf["test"]))}
                found |= {f"result_{place}": leaf["result"]}
        elif kind:
            member = {"sex": "is", "education": "level", "certificate": "scheme", "experience": "months"}.get(kind)
            found[MEMBERS[kind][0]] = node[member or "hours"]
    return found


def tests(but: Collection[str] = ("id",)) -> list[tuple[str, str]]:
    """The tests to choose from, one for each language that they are of. ``but``: languages that nobody asks for."""
    found = [
        (BETWEEN.join((spoken, code)), _called(code, spoken))
        for code, test in languages.TESTS.items()
        for spoken in test.languages
        if spoken not in but
    ]
    return sorted(found, key=lambda one: one[1])


def certificates(kept: str | None) -> list[tuple[str, str]]:
    """The schemes to choose from. ``kept``: the one on record, which may be newer than our list."""
    known = {code: t(*words) for code, words in schemes.KNOWN.items()}
    return [*(known if not kept or kept in known else known | {kept: kept}).items()]


def same(one: Any, other: Any) -> bool:
    """Whether two trees ask for the same, a single condition alone or in a list of one."""
    return [node for node, _ in _places(one, None)] == [node for node, _ in _places(other, None)]


def others(tree: Any, isco08: str | None, kinds: Collection[str] = MEMBERS) -> list[str]:
    """What is asked for beside, in words: no field here changes it."""
    rest = [node for node, kind in _places(tree, isco08, kinds) if not kind]
    return list(dict.fromkeys(filter(None, asked({"all": rest})))) if rest else []


def _places(tree: Any, isco08: str | None, kinds: Collection[str] = MEMBERS) -> list[tuple[Any, str]]:
    """(condition at the top of the tree, the kind of which the form is about it), each kind once; empty for others."""
    nodes: Sequence[Any] = tree.get("all", [tree]) if tree else []
    taken: set[str] = set()
    found = []
    for node in nodes:
        kind = _kind(node, isco08)
        found.append((node, "" if kind in taken or kind not in kinds else kind))
        taken.add(kind)
    return found


def _kind(node: Leaf, isco08: str | None) -> str:
    """The kind, where the fields can say all that the condition says."""
    kind = str(node.get("kind") or "")
    fits = {
        "age": True,
        "sex": True,
        "education": bool(node.get("level")) and node.get("years") is None and not node.get("fields"),
        "certificate": node.get("certificate") == "COMPETENCE" and bool(node.get("scheme")),
        "experience": node.get("isco08") == isco08,
        "hours": node.get("isco08") in (None, isco08),
        "language": node.get("language") != "id",
    }
    ways = node.get("any", ())
    if len(ways) == 2 and all("any" not in one and _kind(one, isco08) == "language" for one in ways):
        return "language"
    return kind if fits.get(kind) else ""


def _alternatives(node: Leaf) -> list[Leaf]:
    return list(node["any"]) if "any" in node else [node] if node else []


def _called(code: str, spoken: str) -> str:
    """`Jepang: JLPT (N5–N1)`."""
    return f"{t(*languages.LANGUAGES[spoken])}: {scale(code)}"


def test_of(code: str) -> str:
    """A test with the language that it is of: `Jepang: JLPT (N5–N1)`."""
    spoken = languages.TESTS[code].languages
    of = t(*languages.LANGUAGES[spoken[0]]) if len(spoken) == 1 else t("Beberapa bahasa", "Several languages")
    return f"{of}: {scale(code)}"


def as_given(result: str) -> str:
    """A result as its test writes it: `n4` → `N4`, `4,5` → `4.5`."""
    return result.strip().upper().replace(",", ".")


def scale(code: str) -> str:
    """A test with its results: `JLPT (N5–N1)`."""
    test = languages.TESTS[code]
    span = (
        f"{test.low:g}–{test.high:g}"
        if test.is_numeric
        else "–".join(dict.fromkeys((test.results[0], test.results[-1])))
    )
    return f"{code.replace('_', ' ')} ({span})"


def _wrong(field: Field, said: str) -> bool:
    field.errors = [*field.errors, said]
    return False


def _labels() -> dict[str, str]:
    return {
        "age_min": t("Umur terendah", "Lowest age"),
        "age_max": t("Umur tertinggi", "Highest age"),
        "sex": t(
            "Jenis kelamin, hanya bila hukum negara tujuan memintanya", "Sex, only where the law there demands it"
        ),
        "schooling": t("Ijazah paling rendah", "Lowest diploma"),
        "test_1": t("Ujian bahasa", "Language test"),
        "result_1": t("Hasil paling rendah", "Lowest result"),
        "test_2": t("Atau ujian bahasa ini", "Or this language test"),
        "result_2": t("Hasil paling rendah ujian itu", "Lowest result of that test"),
        "certificate": t("Sertifikat kompetensi yang wajib sudah ada", "Competence certificate that must be there"),
        "experience": t("Pengalaman kerja di jabatan ini (bulan)", "Work in this occupation (months)"),
        "lessons": t("Jam pelatihan untuk jabatan ini", "Training hours for this occupation"),
    }
