"""For ``faults``: what marshmallow says in English, and what we say instead: a stable code, both languages, and a fix.

Its English stands nowhere here: a message is known by the key under which its field or validator keeps it, so a new
release may say it in other words. A test walks every message that fields and validators can produce.
"""

import re
from dataclasses import dataclass

from marshmallow import Schema, fields, validate

from shared.http.problems import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """What some keys of marshmallow say, with our code and texts; texts take the words that its templates take."""

    patterns: tuple[re.Pattern[str], ...]
    code: str
    indonesian: str
    english: str
    indonesian_fix: str = ""
    english_fix: str = ""

    def message(self, **words: str) -> Text:
        return {"id": self.indonesian.format(**words), "en": self.english.format(**words)}

    def fix(self, **words: str) -> Text | None:
        if not self.indonesian_fix:
            return None
        return {"id": self.indonesian_fix.format(**words), "en": self.english_fix.format(**words)}


def wording_of(message: str) -> tuple[Wording | None, dict[str, str]]:
    """The row that a message belongs to, and the words that it carries; ``(None, {})`` for a message nobody knows."""
    for row in KNOWN:
        for pattern in row.patterns:
            found = pattern.fullmatch(message)
            if found:
                return row, found.groupdict()
    return None, {}


def _says(owner: type, *keys: str) -> tuple[str, ...]:
    """The templates that a field, a schema or a validator keeps under these keys, its parents' included."""
    if issubclass(owner, Schema):
        return tuple(owner._default_error_messages[key] for key in keys)
    if not issubclass(owner, fields.Field):
        return tuple(getattr(owner, key) for key in keys)
    known: dict[str, str] = {}
    for kind in reversed(owner.__mro__):
        known |= getattr(kind, "default_error_messages", {})
    return tuple(known[key] for key in keys)


def _range(key: str, *ops: str) -> tuple[str, ...]:
    """A template of `validate.Range` with its comparisons put in: `gte`, `gt`, `lte`, `lt`."""
    said = {f"{'min' if op.startswith('g') else 'max'}_op": getattr(validate.Range, f"message_{op}") for op in ops}
    return tuple(template.format(**said) for template in _says(validate.Range, key))


def _wording(templates: tuple[str, ...], code: str, *texts: str) -> Wording:
    patterns = (re.sub(r"\\{(\w+)\\}", r"(?P<\1>.*)", re.escape(template)) for template in templates)
    return Wording(tuple(re.compile(pattern, re.DOTALL) for pattern in patterns), code, *texts)


_TIMES = tuple(
    said.format(obj_type=kind.OBJ_TYPE, awareness=awareness)
    for said in _says(fields.DateTime, "invalid", "invalid_awareness")
    for kind in (fields.DateTime, fields.Time)
    for awareness in ("aware", "naive")
)
_IP = (
    *_says(fields.IP, "invalid_ip"),
    *_says(fields.IPv4, "invalid_ip"),
    *_says(fields.IPv6, "invalid_ip"),
    *_says(fields.IPInterface, "invalid_ip_interface"),
    *_says(fields.IPv4Interface, "invalid_ip_interface"),
    *_says(fields.IPv6Interface, "invalid_ip_interface"),
)


KNOWN: tuple[Wording, ...] = (
    _wording(
        _says(fields.Field, "required"),
        "required",
        "Isian ini wajib ada.",
        "This is required.",
        'Tambahkan "{name}".',
        'Add "{name}".',
    ),
    _wording(
        _says(fields.Field, "null"),
        "null",
        "Isian ini tidak boleh kosong (null).",
        "This may not be null.",
        "Isi nilainya atau hapus isian ini.",
        "Give a value or leave it out.",
    ),
    _wording(
        (*_says(validate.OneOf, "default_message"), *_says(fields.Enum, "unknown")),
        "unknown_code",
        "Kode ini tidak dikenal.",
        "This code is not known.",
    ),
    _wording(
        _says(validate.ContainsOnly, "default_message"),
        "unknown_code",
        "Ada kode yang tidak dikenal.",
        "One of the codes is not known.",
    ),
    _wording(
        _says(validate.ContainsNoneOf, "default_message"),
        "forbidden_value",
        "Ada nilai yang tidak boleh dipakai: {values}.",
        "One of the values may not be used: {values}.",
    ),
    _wording(
        (*_says(Schema, "type"), *_says(fields.Nested, "type"), *_says(fields.Mapping, "invalid")),
        "not_an_object",
        "Di sini harus ada objek JSON.",
        "A JSON object belongs here.",
        'Kirim objek seperti {{"nama": "nilai"}}.',
        'Send an object like {{"name": "value"}}.',
    ),
    _wording(
        (*_says(fields.List, "invalid"), *_says(fields.Tuple, "invalid")),
        "not_a_list",
        "Di sini harus ada daftar.",
        "A list belongs here.",
        "Kirim daftar seperti [ ... ].",
        "Send a list like [ ... ].",
    ),
    _wording(
        _says(fields.String, "invalid"),
        "not_a_text",
        "Di sini harus ada teks.",
        "A text belongs here.",
        'Tulis dalam tanda kutip, seperti "teks".',
        'Write it in quotes, like "text".',
    ),
    _wording(_says(fields.String, "invalid_utf8"), "not_utf8", "Teks ini bukan UTF-8.", "This text is not UTF-8."),
    _wording(
        _says(fields.Integer, "invalid"),
        "not_a_whole_number",
        "Di sini harus ada bilangan bulat.",
        "A whole number belongs here.",
        "Ketik angka tanpa koma, seperti 12.",
        "Type digits without a decimal part, like 12.",
    ),
    _wording(
        (*_says(fields.Number, "invalid"), *_says(fields.Float, "special")),
        "not_a_number",
        "Di sini harus ada angka.",
        "A number belongs here.",
        "Ketik angka seperti 12 atau 12.5.",
        "Type a number like 12 or 12.5.",
    ),
    _wording(
        _says(fields.Number, "too_large"), "number_too_large", "Angka ini terlalu besar.", "This number is too large."
    ),
    _wording(
        _says(fields.Boolean, "invalid"),
        "not_yes_or_no",
        "Di sini hanya true atau false.",
        "Only true or false belongs here.",
        "Ketik true atau false tanpa tanda kutip.",
        "Type true or false without quotes.",
    ),
    _wording(
        _says(fields.Date, "invalid"),
        "not_a_date",
        "Tanggal ini tidak dapat dibaca.",
        "This date cannot be read.",
        "Ketik tahun-bulan-hari, seperti 2026-12-08.",
        "Type year-month-day, like 2026-12-08.",
    ),
    _wording(
        _TIMES,
        "not_a_time",
        "Waktu ini tidak dapat dibaca.",
        "This time cannot be read.",
        "Ketik seperti 2026-12-08T06:30:00Z.",
        "Type it like 2026-12-08T06:30:00Z.",
    ),
    _wording(
        _says(fields.TimeDelta, "invalid"),
        "not_a_duration",
        "Lama waktu ini tidak dapat dibaca.",
        "This length of time cannot be read.",
        "Ketik jumlah detik sebagai angka.",
        "Type a number of seconds.",
    ),
    _wording(
        _says(fields.UUID, "invalid_uuid"),
        "not_an_id",
        "Ini bukan id kami.",
        "This is no id of ours.",
        "Salin id utuh, 36 huruf dan angka.",
        "Copy the whole id, 36 characters.",
    ),
    _wording(
        (*_says(fields.Email, "invalid"), *_says(validate.Email, "default_message")),
        "not_an_email",
        "Alamat surel ini keliru.",
        "This is no e-mail address.",
    ),
    _wording(
        (*_says(fields.URL, "invalid"), *_says(validate.URL, "default_message")),
        "not_a_url",
        "Alamat ini keliru.",
        "This is no address.",
        "Ketik utuh, seperti https://contoh.go.id.",
        "Type it whole, like https://example.org.",
    ),
    _wording(_IP, "not_an_ip_address", "Alamat IP ini keliru.", "This is no IP address."),
    _wording(
        _says(validate.Length, "message_min"),
        "too_short",
        "Terlalu pendek.",
        "Too short.",
        "Isi paling sedikit {min}.",
        "Give at least {min}.",
    ),
    _wording(
        _says(validate.Length, "message_max"),
        "too_long",
        "Terlalu panjang.",
        "Too long.",
        "Isi paling banyak {max}.",
        "Give at most {max}.",
    ),
    _wording(
        _says(validate.Length, "message_all"),
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi antara {min} dan {max}.",
        "Give between {min} and {max}.",
    ),
    _wording(
        _says(validate.Length, "message_equal"),
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi tepat {equal}.",
        "Give exactly {equal}.",
    ),
    _wording(
        _range("message_all", "gte", "lte"),
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi antara {min} dan {max}.",
        "Give a value from {min} to {max}.",
    ),
    _wording(
        _range("message_all", "gt", "lte"),
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi lebih dari {min} dan paling banyak {max}.",
        "Give more than {min} and at most {max}.",
    ),
    _wording(
        (*_range("message_all", "gte", "lt"), *_range("message_all", "gt", "lt")),
        "out_of_range",
        "Nilai ini di luar batas.",
        "Must be between {min} and less than {max}.",
    ),
    _wording(
        _range("message_min", "gte"),
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi paling sedikit {min}.",
        "Give at least {min}.",
    ),
    _wording(
        _range("message_min", "gt"),
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi lebih dari {min}.",
        "Give more than {min}.",
    ),
    _wording(
        _range("message_max", "lte"),
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi paling banyak {max}.",
        "Give at most {max}.",
    ),
    _wording(
        _range("message_max", "lt"),
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi kurang dari {max}.",
        "Give less than {max}.",
    ),
    _wording(
        _says(validate.Equal, "default_message"),
        "wrong_value",
        "Nilai ini tidak sesuai.",
        "This value is wrong.",
        "Isi {other}.",
        "Give {other}.",
    ),
    _wording(
        _says(validate.Regexp, "default_message"),
        "wrong_form",
        "Tulisan ini tidak sesuai dengan bentuk yang diminta.",
        "This is not written in the form that is asked for.",
    ),
)
