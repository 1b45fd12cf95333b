"""For ``faults``: what marshmallow says in English, and what we say instead: a stable code, both languages, and a fix.

The library is pinned; a test walks every message that its fields and validators can produce.
"""

import re
from dataclasses import dataclass

from shared.http.problems import Text


@dataclass(frozen=True, slots=True)
class Wording:
    """One message of marshmallow as a pattern, with its code and our texts; texts take the groups of the pattern."""

    pattern: re.Pattern[str]
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
        found = row.pattern.fullmatch(message)
        if found:
            return row, {name: text for name, text in found.groupdict().items() if text is not None}
    return None, {}


def _wording(pattern: str, code: str, *texts: str) -> Wording:
    return Wording(re.compile(pattern, re.DOTALL), code, *texts)


KNOWN: tuple[Wording, ...] = (
    _wording(
        r"Missing data for required field\.",
        "required",
        "Isian ini wajib ada.",
        "This is required.",
        'Tambahkan "{name}".',
        'Add "{name}".',
    ),
    _wording(
        r"Field may not be null\.",
        "null",
        "Isian ini tidak boleh kosong (null).",
        "This may not be null.",
        "Isi nilainya atau hapus isian ini.",
        "Give a value or leave it out.",
    ),
    _wording(
        r"Must be one of: (?P<choices>.*)\.",
        "unknown_code",
        "Kode ini tidak dikenal.",
        "This code is not known.",
    ),
    _wording(
        r"One or more of the choices you made was not in: (?P<choices>.*)\.",
        "unknown_code",
        "Ada kode yang tidak dikenal.",
        "One of the codes is not known.",
    ),
    _wording(
        r"One or more of the choices you made was in: (?P<choices>.*)\.",
        "forbidden_value",
        "Ada nilai yang tidak boleh dipakai: {choices}.",
        "One of the values may not be used: {choices}.",
    ),
    _wording(
        r"(Invalid input type\.|Invalid type\.|Not a valid mapping type\.)",
        "not_an_object",
        "Di sini harus ada objek JSON.",
        "A JSON object belongs here.",
        'Kirim objek seperti {{"nama": "nilai"}}.',
        'Send an object like {{"name": "value"}}.',
    ),
    _wording(
        r"(Not a valid list\.|Not a valid tuple\.)",
        "not_a_list",
        "Di sini harus ada daftar.",
        "A list belongs here.",
        "Kirim daftar seperti [ ... ].",
        "Send a list like [ ... ].",
    ),
    _wording(
        r"Not a valid string\.",
        "not_a_text",
        "Di sini harus ada teks.",
        "A text belongs here.",
        'Tulis dalam tanda kutip, seperti "teks".',
        'Write it in quotes, like "text".',
    ),
    _wording(r"Not a valid utf-8 string\.", "not_utf8", "Teks ini bukan UTF-8.", "This text is not UTF-8."),
    _wording(
        r"Not a valid integer\.",
        "not_a_whole_number",
        "Di sini harus ada bilangan bulat.",
        "A whole number belongs here.",
        "Ketik angka tanpa koma, seperti 12.",
        "Type digits without a decimal part, like 12.",
    ),
    _wording(
        r"(Not a valid number\.|Special numeric values \(nan or infinity\) are not permitted\.)",
        "not_a_number",
        "Di sini harus ada angka.",
        "A number belongs here.",
        "Ketik angka seperti 12 atau 12.5.",
        "Type a number like 12 or 12.5.",
    ),
    _wording(r"Number too large\.", "number_too_large", "Angka ini terlalu besar.", "This number is too large."),
    _wording(
        r"Not a valid boolean\.",
        "not_yes_or_no",
        "Di sini hanya true atau false.",
        "Only true or false belongs here.",
        "Ketik true atau false tanpa tanda kutip.",
        "Type true or false without quotes.",
    ),
    _wording(
        r"Not a valid date\.",
        "not_a_date",
        "Tanggal ini tidak dapat dibaca.",
        "This date cannot be read.",
        "Ketik tahun-bulan-hari, seperti 2026-12-08.",
        "Type year-month-day, like 2026-12-08.",
    ),
    _wording(
        r"Not a valid (aware |naive )?(datetime|time)\.",
        "not_a_time",
        "Waktu ini tidak dapat dibaca.",
        "This time cannot be read.",
        "Ketik seperti 2026-12-08T06:30:00Z.",
        "Type it like 2026-12-08T06:30:00Z.",
    ),
    _wording(
        r"Not a valid period of time\.",
        "not_a_duration",
        "Lama waktu ini tidak dapat dibaca.",
        "This length of time cannot be read.",
        "Ketik jumlah detik sebagai angka.",
        "Type a number of seconds.",
    ),
    _wording(
        r"Not a valid UUID\.",
        "not_an_id",
        "Ini bukan id kami.",
        "This is no id of ours.",
        "Salin id utuh, 36 huruf dan angka.",
        "Copy the whole id, 36 characters.",
    ),
    _wording(r"Not a valid email address\.", "not_an_email", "Alamat surel ini keliru.", "This is no e-mail address."),
    _wording(
        r"Not a valid URL\.",
        "not_a_url",
        "Alamat ini keliru.",
        "This is no address.",
        "Ketik utuh, seperti https://contoh.go.id.",
        "Type it whole, like https://example.org.",
    ),
    _wording(r"Not a valid IP.*\.", "not_an_ip_address", "Alamat IP ini keliru.", "This is no IP address."),
    _wording(
        r"Shorter than minimum length (?P<n>\d+)\.",
        "too_short",
        "Terlalu pendek.",
        "Too short.",
        "Isi paling sedikit {n}.",
        "Give at least {n}.",
    ),
    _wording(
        r"Longer than maximum length (?P<n>\d+)\.",
        "too_long",
        "Terlalu panjang.",
        "Too long.",
        "Isi paling banyak {n}.",
        "Give at most {n}.",
    ),
    _wording(
        r"Length must be between (?P<a>\d+) and (?P<b>\d+)\.",
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi antara {a} dan {b}.",
        "Give between {a} and {b}.",
    ),
    _wording(
        r"Length must be (?P<n>\d+)\.",
        "wrong_length",
        "Panjangnya tidak sesuai.",
        "The length is wrong.",
        "Isi tepat {n}.",
        "Give exactly {n}.",
    ),
    _wording(
        r"Must be greater than or equal to (?P<a>.+) and less than or equal to (?P<b>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi antara {a} dan {b}.",
        "Give a value from {a} to {b}.",
    ),
    _wording(
        r"Must be greater than (?P<a>.+) and less than or equal to (?P<b>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "This value is out of range.",
        "Isi lebih dari {a} dan paling banyak {b}.",
        "Give more than {a} and at most {b}.",
    ),
    _wording(
        r"Must be (?P<ops>(greater|less) than.*) and (?P<rest>.+)\.",
        "out_of_range",
        "Nilai ini di luar batas.",
        "Must be {ops} and {rest}.",
    ),
    _wording(
        r"Must be greater than or equal to (?P<a>.+)\.",
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi paling sedikit {a}.",
        "Give at least {a}.",
    ),
    _wording(
        r"Must be greater than (?P<a>.+)\.",
        "too_small",
        "Nilai ini terlalu kecil.",
        "This value is too small.",
        "Isi lebih dari {a}.",
        "Give more than {a}.",
    ),
    _wording(
        r"Must be less than or equal to (?P<a>.+)\.",
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi paling banyak {a}.",
        "Give at most {a}.",
    ),
    _wording(
        r"Must be less than (?P<a>.+)\.",
        "too_large",
        "Nilai ini terlalu besar.",
        "This value is too large.",
        "Isi kurang dari {a}.",
        "Give less than {a}.",
    ),
    _wording(
        r"Must be equal to (?P<a>.+)\.",
        "wrong_value",
        "Nilai ini tidak sesuai.",
        "This value is wrong.",
        "Isi {a}.",
        "Give {a}.",
    ),
    _wording(
        r"String does not match expected pattern\.",
        "wrong_form",
        "Tulisan ini tidak sesuai dengan bentuk yang diminta.",
        "This is not written in the form that is asked for.",
    ),
)
