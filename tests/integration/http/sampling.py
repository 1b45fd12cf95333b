"""For the sweep over all operations: documents that a schema takes, whole ones of each house, ways to spoil them."""

import copy
import random
from collections.abc import Iterator
from typing import Any

from tests.support import sent
from tests.support.sent import day

NASTY: list[Any] = [
    None,
    True,
    0,
    -1,
    1.5,
    2**53 - 1,
    "",
    " ",
    "x" * 5000,
    "5306",
    "8/12/2026",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "\u202e\u0301",
    "$where",
    "{{7*7}}",
    "';--",
    [],
    {},
    [[]],
    [None],
    {"$gt": ""},
    {"amount": -1, "currency": "XXX"},
]

IDS = ("x", "00000000-0000-4000-8000-000000000000", "%00", "%ff", "..", "$gt", "a" * 300, "%F0%9F%8D%9E")

# What a schema cannot say (a number that fits a birthday, a tree of conditions) is given here, so that requests fail in
# the depth of a house too and not only at its schema.
PERSON: dict[str, Any] = {
    "full_name": "Maria Goreti Kewa",
    "nik": "9953064404010001",
    "birth_date": "2001-04-04",
    "sex": "F",
    "regency": "53.06",
    "education": {"level": "SMP", "years": 9},
    "skills": [{"text": "merawat lansia", "source": "HOME", "months": 36}],
    "languages": [{"language": "ja", "test": "JLPT", "result": "N4"}],
    "consents": [{"purpose": "MATCHING", "method": "WRITTEN"}],
}
ORDER: dict[str, Any] = sent.an_order(
    "JO-UJI-1",
    requirements={"all": [{"kind": "age", "min": 21, "max": 45}, {"any": [{"kind": "education", "level": "SD"}]}]},
)
WHOLE: dict[str, dict[str, Any]] = {
    "post /v1/candidates": PERSON,
    "post /v1/recommendations": {"profile": PERSON},
    "post /v1/eligibility": {"profile": PERSON, "job_order": ORDER},
    "post /v1/job-orders": ORDER,
    "post /v1/policies": {
        "code": "UJI-1",
        "kind": "AGE_FLOOR",
        "valid_from": "2020-01-01",
        "legal_basis": {"instrument": "Peraturan contoh", "article": "3", "source": "S61"},
        "confidence": "H",
        "verified_on": day(-1),
        "text": {"id": "Umur paling sedikit 21 tahun.", "en": "At least 21 years old."},
        "content": {"applies": {"employer_type": "HOUSEHOLD"}, "min_age": 21},
    },
    "post /v1/providers": {
        "code": "BLK-1",
        "name": "BLK Contoh",
        "kind": "BLK",
        "regency": "53.08",
        "licence": {"number": "L-1", "until": None},
        "accreditations": [{"programme": "PLRT-LANSIA", "from": day(-700), "until": None}],
        "last_verified_on": day(-60),
    },
    "post /v1/courses": sent.a_course("LANSIA-1"),
    "post /v1/courses/{id}/batches": {
        "number": "A-1",
        "starts": day(40),
        "ends": day(100),
        "closes": day(35),
        "regency": "53.08",
        "place": "Ende",
        "seats": 16,
    },
}


class Sampler:
    """Documents that a schema of the OpenAPI document would take, as far as it says."""

    def __init__(self, document: dict[str, Any], dice: random.Random) -> None:
        self._schemas = document.get("components", {}).get("schemas", {})
        self._dice = dice

    def of(self, schema: dict[str, Any], depth: int = 0) -> Any:
        if "$ref" in schema:
            return self.of(self._schemas[schema["$ref"].rsplit("/", 1)[-1]], depth)
        if "example" in schema:
            return copy.deepcopy(schema["example"])
        if schema.get("enum"):
            return self._dice.choice(schema["enum"])
        for several in ("anyOf", "oneOf", "allOf"):
            if several in schema:
                return self.of(schema[several][0], depth)
        kind = schema.get("type", "object")
        kind = kind[0] if isinstance(kind, list) else kind
        if kind == "object":
            wanted = set(schema.get("required", ()))
            return {
                name: self.of(inner, depth + 1)
                for name, inner in schema.get("properties", {}).items()
                if not inner.get("readOnly") and (name in wanted or (depth < 4 and self._dice.random() < 0.7))
            }
        if kind == "array":
            return [self.of(schema.get("items", {}), depth + 1)] if depth < 5 else []
        if kind in ("integer", "number"):
            return schema.get("minimum", 1)
        if kind == "boolean":
            return True
        return {"date": day(14), "date-time": f"{day(14)}T06:30:00Z", "uuid": IDS[1]}.get(
            schema.get("format", ""), "roti"
        )


def mutations(document: Any, dice: random.Random, count: int) -> Iterator[Any]:
    """The document with one value each replaced, dropped, renamed, or one member too many."""
    places = list(_places(document, ()))
    for _ in range(count):
        changed = copy.deepcopy(document)
        if not places:
            yield dice.choice(NASTY)
            continue
        *way, last = dice.choice(places)
        holder = changed
        for step in way:
            holder = holder[step]
        what = dice.random()
        if what < 0.7:
            holder[last] = dice.choice(NASTY)
        elif what < 0.8:
            del holder[last]
        elif isinstance(holder, dict):
            holder[str(last) + "x"] = holder[last]
        else:
            holder.extend(holder * 50)
        yield changed


def _places(value: Any, way: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in steps:
        yield (*way, key)
        yield from _places(inner, (*way, key))
