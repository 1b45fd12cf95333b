"""For schemas and the door in front of them: turn what marshmallow complains about into faults a person can act on.

A field of ours raises :func:`refuse`, which carries code, both languages and what to type instead. Messages of
marshmallow's own fields and validators are recognised by their wording (the library is pinned, and a test walks every
message it can produce).
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema, ValidationError, fields
from rapidfuzz import fuzz, process, utils

from shared.http.problems import Fault, Text


@dataclass(frozen=True, slots=True)
class Complaint:
    """What is wrong with one value, not yet knowing where the value stands."""

    code: str
    message: Text
    fix: Text | None = None


def refuse(code: str, message: Text, fix: Text | None = None) -> ValidationError:
    """The error to raise from a field or a ``@validates`` method of a schema."""
    return ValidationError([Complaint(code, message, fix)])


def did_you_mean(typed: object, choices: Sequence[str]) -> Text | None:
    """The nearest of ``choices`` to what was typed, as a sentence; None when nothing is near enough to be helpful."""
    if not isinstance(typed, str) or not typed.strip() or len(typed) > 200:
        return None
    found = process.extractOne(typed, choices, scorer=fuzz.WRatio, processor=utils.default_process, score_cutoff=60)
    return {"id": f"Maksudnya {found[0]}?", "en": f"Did you mean {found[0]}?"} if found else None


def one_of(choices: Sequence[str], typed: object) -> Text:
    """What to type instead: the nearest choice, or the choices themselves."""
    listed = ", ".join(choices[:20]) + (", …" if len(choices) > 20 else "")
    near = did_you_mean(typed, choices)
    return near or {"id": f"Pilih salah satu: {listed}.", "en": f"Choose one of: {listed}."}


def faults(messages: Any, *, schema: Schema | None, data: Any, where: str = "body") -> list[Fault]:
    """Marshmallow's nested messages as a flat list with JSON pointers, in the order of the schema."""
    return list(_walk(messages, node=schema, value=data, pointer="", where=where))


def escape(part: object) -> str:
    """One reference token of a JSON pointer (RFC 6901)."""
    return str(part).replace("~", "~0").replace("/", "~1")


def _walk(messages: Any, *, node: Any, value: Any, pointer: str, where: str) -> Iterator[Fault]:
    if isinstance(messages, Mapping):
        for key, inner in messages.items():
            if key == "_schema":
                yield from _walk(inner, node=node, value=value, pointer=pointer, where=where)
                continue
            below = _child(node, key)
            if isinstance(node, fields.Dict) and isinstance(inner, Mapping) and inner.keys() <= {"key", "value"}:
                for part, complaint in inner.items():
                    inside = node.value_field if part == "value" else None
                    shown = _value(value, key) if part == "value" else key
                    yield from _walk(
                        complaint, node=inside, value=shown, pointer=f"{pointer}/{escape(key)}", where=where
                    )
                continue
            yield from _walk(
                inner, node=below, value=_value(value, key), pointer=f"{pointer}/{escape(key)}", where=where
            )
        return
    for message in messages if isinstance(messages, list | tuple) else [messages]:
        if isinstance(message, Mapping):
            yield from _walk(message, node=node, value=value, pointer=pointer, where=where)
            continue
        complaint = message if isinstance(message, Complaint) else _translate(str(message), node, value, pointer)
        yield Fault(pointer, complaint.code, complaint.message, complaint.fix, where)


def _child(node: Any, key: Any) -> Any:
    """The field or schema that describes ``key`` below ``node``; for an unknown key the schema whose keys are known."""
    if isinstance(node, fields.Nested):
        node = node.schema
        if isinstance(key, int):
            return node
    if isinstance(node, Schema):
        if isinstance(key, int):
            return node
        for name, known in node.fields.items():
            if (known.data_key or name) == key:
                return known
        return _Unknown([known.data_key or name for name, known in node.load_fields.items()], str(key))
    if isinstance(node, fields.List):
        return node.inner
    return None


def _value(value: Any, key: Any) -> Any:
    if isinstance(value, Mapping):
        return value.get(key)
    if isinstance(value, list) and isinstance(key, int) and 0 <= key < len(value):
        return value[key]
    return None


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A key that the schema does not have, with the keys that it has."""

    names: list[str]
    typed: str


def _translate(message: str, node: Any, value: Any, pointer: str) -> Complaint:
    name = pointer.rsplit("/", 1)[-1] or "…"
    if message == "Unknown field.":
        known = node if isinstance(node, _Unknown) else _Unknown([], name)
        return Complaint(
            "unknown_field",
            {"id": f'Tidak ada isian bernama "{known.typed[:80]}" di sini.', "en": f'No "{known.typed[:80]}" here.'},
            one_of(known.names, known.typed) if known.names else {"id": "Hapus isian ini.", "en": "Remove it."},
        )
    for pattern, code, id_text, en_text, id_fix, en_fix in _KNOWN:
        found = pattern.fullmatch(message)
        if found:
            words = {"name": name, **{k: v for k, v in found.groupdict().items() if v is not None}}
            if code == "unknown_code":
                return Complaint(
                    code,
                    {"id": id_text, "en": en_text},
                    one_of([choice.strip() for choice in words["choices"].split(",")], value),
                )
            fix = {"id": id_fix.format(**words), "en": en_fix.format(**words)} if id_fix else None
            return Complaint(code, {"id": id_text.format(**words), "en": en_text.format(**words)}, fix)
    return Complaint("wrong_value", {"id": "Isian ini tidak dapat dipakai.", "en": message})


def _row(
    pattern: str, code: str, id_text: str, en_text: str, id_fix: str = "", en_fix: str = ""
) -> tuple[re.Pattern[str], str, str, str, str, str]:
    return re.compile(pattern, re.DOTALL), code, id_text, en_text, id_fix, en_fix


_KNOWN = (
    _row(
        r"Missing data for required field\.",
        "required",
        "Isian ini wajib ada.",
        "This is required.",
        'Tambahkan "{name}".',
        'Add "{name}".',
    ),
    _row(
        r"Field may not be null\.",
        "null",
        "Isian ini tidak boleh kosong (null).",
        "This may not be null.",
        "Isi nilainya atau hapus isian ini.",
        "Give a value or leave it out.",
    ),
    _row(
        r"Must be one of: (?P<choices>.*)\.",
        "unknown_code",
        "Kode ini tidak dikenal.",
        "This code is not known.",
    ),
    _row(
        r"One or more of the choices you made was not in: (?P<choices>.*)\.",
        "unknown_code",
        "Ada kode yang tidak dikenal.",
        "One of the codes is not known.",
    ),
    _row(
        r"One or more of the choices you made was in: (?P<choices>.*)\.",
        "forbidden_value",
        "Ada nilai yang tidak boleh dipakai: {choices}.",
        "One of the values may not be used: {choices}.",
    ),
    _row(
        r"(Invalid input type\.|Invalid type\.|Not a valid mapping type\.)",
        "not_an_object",
        "Di sini harus ada objek JSON.",
        "A JSON object belongs here.",
        'Kirim objek seperti {{"nama": "nilai"}}.',
        'Send an object like {{"name": "value"}}.',
    ),
    _row(
        r"(Not a valid list\.|Not a valid tuple\.)",
        "not_a_list",
        "Di sini harus ada daftar.",
        "A list belongs here.",
        "Kirim daftar seperti [ ... ].",
        "Send a list like [ ... ].",
    ),
    _row(
        r"Not a valid string\.",
        "not_a_text",
        "Di sini harus ada teks.",
        "A text belongs here.",
        'Tulis dalam tanda kutip, seperti "teks".',
        'Write it in quotes, like "text".',
    ),
    _row(r"Not a valid utf-8 string\.", "not_utf8", "Teks ini bukan UTF-8.", "This text is not UTF-8."),
    _row(
        r"Not a valid integer\.",
        "not_a_whole_number",
        "Di sini harus ada bilangan bulat.",
        "A whole number belongs here.",
        "Ketik angka tanpa koma, seperti 12.",
        "Type digits without a decimal part, like 12.",
    ),
    _row(
        r"(Not a valid number\.|Special numeric values \(nan or infinity\) are not permitted\.)",
        "not_a_number",
        "Di sini harus ada angka.",
        "A number belongs here.",
        "Ketik angka seperti 12 atau 12.5.",
        "Type a number like 12 or 12.5.",
    ),
    _row(r"Number too large\.", "number_too_large", "Angka ini terlalu besar.", "This number is too large."),
    _row(
        r"Not a valid boolean\.",
        "not_yes_or_no",
        "Di sini hanya true atau false.",
        "Only true or false belongs here.",
        "Ketik true atau false tanpa tanda kutip.",
        "Type true or false without quotes.",
    ),
    _row(
        r"Not a valid date\.",
        "not_a_date",
        "Tanggal ini tidak dapat dibaca.",
        "This date cannot be read.",
        "Ketik tahun-bulan-hari, seperti 2026-12-08.",
        "Type year-month-day, like 2026-12-08.",
    ),
    _row(
        r"Not a valid (aware |naive )?(datetime|time)\.",
        "not_a_time",
        "Waktu ini tidak dapat dibaca.",
        "This time cannot be read.",
        "Ketik seperti 2026-12-08T06:30:00Z.",
        "Type it like 2026-12-08T06:30:00Z.",
    ),
    _row(
        r"Not a valid period of time\.",
        "not_a_duration",
        "Lama waktu ini tidak dapat dibaca.",
        "This length of time cannot be read.",
        "Ketik jumlah detik sebagai angka.",
        "Type a number of seconds.",
    ),
    _row(
        r"Not a valid UUID\.",
        "not_an_id",
        "Ini bukan id kami.",
        "This is no id of ours.",
        "Salin id utuh, 36 huruf dan angka.",
        "Copy the whole id, 36 characters.",
    ),
    _row(r"Not a valid email address\.", "not_an_email", "Alamat surel ini keliru.", "This is no e-mail address."),
    _row(
        r"Not a valid URL\.",
        "not_a_url",
        "Alamat ini keliru.",
        "This is no address.",
        "Ketik utuh, seperti https://contoh.go.id.",
        "Type it whole, like https://example.org.",
    ),
    _row(r"Not a valid IP.*\.", "not_an_ip_address", "Alamat IP ini keliru.", "This is no IP address."),
    _row(
        r"Shorter than minimum length (?P<n>\d+)\.",
        "too_short",
        "Terlalu pendek.",
        "Too short.",
        "Isi paling sedikit {n}.",
        "Give at least {n}.",
    ),
    _row(
        r"Longer than maximum length (?P<n>\d+)\.",
        "too_long",
        "Terlalu panjang.",
        "Too long.",
        "Isi paling banyak {n}.",
        "Give at most {n}.",
    ),
    _row(
        r"Length must be between (?P<a>\d+) and (?P<b>\d+)\.",
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi antara {a} dan {b}.",
        "Give between {a} and {b}.",
    ),
    _row(
        r"Length must be (?P<n>\d+)\.",
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi tepat {n}.",
        "Give exactly {n}.",
    ),
    _row(
        r"Must be greater than or equal to (?P<a>.+) and less than or equal to (?P<b>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi antara {a} dan {b}.",
        "Give a value from {a} to {b}.",
    ),
    _row(
        r"Must be greater than (?P<a>.+) and less than or equal to (?P<b>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi lebih dari {a} dan paling banyak {b}.",
        "Give more than {a} and at most {b}.",
    ),
    _row(
        r"Must be (?P<ops>(greater|less) than.*) and (?P<rest>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "Must be {ops} and {rest}.",
    ),
    _row(
        r"Must be greater than or equal to (?P<a>.+)\.",
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi paling sedikit {a}.",
        "Give at least {a}.",
    ),
    _row(
        r"Must be greater than (?P<a>.+)\.",
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi lebih dari {a}.",
        "Give more than {a}.",
    ),
    _row(
        r"Must be less than or equal to (?P<a>.+)\.",
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi paling banyak {a}.",
        "Give at most {a}.",
    ),
    _row(
        r"Must be less than (?P<a>.+)\.",
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi kurang dari {a}.",
        "Give less than {a}.",
    ),
    _row(
        r"Must be equal to (?P<a>.+)\.",
        "wrong_value",
        "Nilai ini tidak sesuai.",
        "This value is wrong.",
        "Isi {a}.",
        "Give {a}.",
    ),
    _row(
        r"String does not match expected pattern\.",
        "wrong_form",
        "Bentuk tulisan ini tidak sesuai.",
        "This is not written in the expected form.",
    ),
)
