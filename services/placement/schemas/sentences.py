"""For the public check: each verdict and each finding as one plain sentence, Indonesian first."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from shared.codes import texts
from shared.http.problems import Text

VERDICTS: dict[str, Text] = {
    "REAL": {
        "id": "Tawaran ini tercatat, sudah diperiksa, dan sesuai hukum hari ini. Lamar lewat LTSA. Jangan bayar apa pun"
        " kepada siapa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
        "en": "This offer is on record, was checked, and is lawful today. Apply at the service centre. Pay nothing to"
        " anybody, and keep your identity card, diploma and passport yourself.",
    },
    "CAUTION": {
        "id": "Hati-hati: belum ada yang memastikan tawaran ini. Tanyakan ke LTSA sebelum melangkah. Jangan bayar apa"
        " pun, jangan berangkat dulu, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
        "en": "Be careful: nobody vouches for this offer yet. Ask at the service centre before you go on. Pay nothing,"
        " do not leave, and keep your identity card, diploma and passport yourself.",
    },
    "NOT_REAL": {
        "id": "Jangan terima dan jangan bayar apa pun. Pegang sendiri KTP, ijazah, dan paspor Anda, lalu laporkan ke"
        " LTSA.",
        "en": "Do not take it and do not pay anything. Keep your identity card, diploma and passport yourself, and"
        " report it to the service centre.",
    },
}

COMPANY_ALONE: Text = {
    "id": "Perusahaan ini berizin. Itu belum berarti tawarannya resmi: sebutkan juga nomor lowongannya. Jangan bayar"
    " apa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
    "en": "This company is licensed. That does not make its offer lawful: give the number of the job order too. Pay"
    " nothing, and keep your identity card, diploma and passport yourself.",
}
UNCLEAR: Text = {
    "id": "Belum jelas perusahaan atau lowongan mana yang dimaksud. Pilih dari yang mirip di bawah, lalu periksa lagi."
    " Sementara itu jangan bayar apa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
    "en": "It is not clear which company or job is meant. Choose from those below, and check again. Meanwhile pay"
    " nothing, and keep your identity card, diploma and passport yourself.",
}
NOT_NAMED: Text = {
    "id": "Yang diketik terlalu pendek untuk dicari. Ketik nama atau nomor selengkapnya, lalu periksa lagi. Sementara"
    " itu jangan bayar apa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
    "en": "What was typed is too short to be looked for. Type the whole name or number, and check again. Meanwhile pay"
    " nothing, and keep your identity card, diploma and passport yourself.",
}
ONLY: dict[str, Text] = {
    "COMPANY_ALONE": COMPANY_ALONE,
    "ORDER_FULL": {
        "id": "Tawaran ini tercatat dan sesuai hukum, tetapi semua tempatnya sudah terisi. Tanyakan lowongan lain ke"
        " LTSA. Jangan bayar apa pun kepada siapa pun yang masih menjanjikan tempat, dan pegang sendiri KTP, ijazah,"
        " dan paspor Anda.",
        "en": "This offer is on record and lawful, but every place of it is taken. Ask for others at the service"
        " centre. Pay nothing to anybody who still promises a place, and keep your identity card, diploma and passport"
        " yourself.",
    },
    "ORDER_NOT_OPEN_YET": {
        "id": "Tawaran ini tercatat dan sesuai hukum, tetapi lamaran belum dibuka. Tanyakan tanggalnya ke LTSA. Jangan"
        " bayar apa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
        "en": "This offer is on record and lawful, but does not take applications yet. Ask for the day at the service"
        " centre. Pay nothing, and keep your identity card, diploma and passport yourself.",
    },
    "ORDER_CLOSED": {
        "id": "Lowongan ini sudah ditutup. Tanyakan lowongan lain ke LTSA. Jangan bayar apa pun kepada siapa pun yang"
        " masih menawarkannya, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
        "en": "This job is closed. Ask for others at the service centre. Pay nothing to anybody who still offers it,"
        " and keep your identity card, diploma and passport yourself.",
    },
    "ORDER_NOT_JUDGED": {
        "id": "Isi tawaran ini sedang diperiksa terhadap hukum. Periksa lagi sebentar lagi, atau tanyakan ke LTSA."
        " Sementara itu jangan bayar apa pun, dan pegang sendiri KTP, ijazah, dan paspor Anda.",
        "en": "The terms of this offer are being held against the law. Check again in a moment, or ask at the service"
        " centre. Meanwhile pay nothing, and keep your identity card, diploma and passport yourself.",
    },
}
"""Where nothing else was found, what that one finding means for the person."""


def what_to_do(verdict: str, findings: Sequence[str]) -> Text:
    """The one sentence for the person who asks: what to do next, never to pay, to keep one's own papers."""
    if "ORDER_CLOSED" in findings:  # whether a place was left does not matter any more
        findings = [code for code in findings if code != "ORDER_FULL"]
    if len(findings) == 1 and findings[0] in ONLY:
        return ONLY[findings[0]]
    if verdict == "CAUTION" and {"COMPANY_UNCLEAR", "ORDER_UNCLEAR"} & set(findings):
        return UNCLEAR
    if verdict == "CAUTION" and {"COMPANY_NOT_NAMED", "ORDER_NOT_NAMED"} & set(findings):
        return NOT_NAMED
    return VERDICTS[verdict]


def of_finding(code: str, *, owner: Mapping[str, Any] | None = None, named: Mapping[str, Any] | None = None) -> Text:
    """The sentence of a finding. ``owner``: whose order it is; ``named``: the company that was named instead."""
    if code != "ORDER_OF_ANOTHER_COMPANY" or owner is None or named is None or owner["name"] == named["name"]:
        return FINDINGS[code]
    return {
        "id": f"Lowongan ini milik {owner['name']}, bukan {named['name']}.",
        "en": f"This job belongs to {owner['name']}, not to {named['name']}.",
    }


def of_licence(company: Mapping[str, Any]) -> Text:
    """Whether the company is licensed, and until when; said apart from the offer."""
    if not company["licensed"]:
        return _NOT_LICENSED.get(company["status"]) or {
            "id": "Perusahaan ini tidak berizin hari ini.",
            "en": "This company is not licensed today.",
        }
    if company["valid_until"] is None:
        return {"id": "Perusahaan ini berizin.", "en": "This company is licensed."}
    until = date.fromisoformat(company["valid_until"])
    return {
        "id": f"Perusahaan ini berizin sampai {texts.day(until, 'id')}.",
        "en": f"This company is licensed until {texts.day(until, 'en')}.",
    }


_NOT_LICENSED: dict[str, Text] = {
    "SUSPENDED": {"id": "Izin perusahaan ini sedang dihentikan.", "en": "The licence of this company is suspended."},
    "REVOKED": {"id": "Izin perusahaan ini sudah dicabut.", "en": "The licence of this company was revoked."},
}


def of_offer(order: Mapping[str, Any]) -> Text:
    """Whether this very offer was checked, and whether it is lawful; each said on its own."""
    checked = _CHECKED[bool(order["checked"])]
    lawful = _LAWFUL[order["lawful"]]
    return {lang: f"{checked[lang]} {lawful[lang]}" for lang in ("id", "en")}


_CHECKED: dict[bool, Text] = {
    True: {"id": "Tawaran ini sudah diperiksa provinsi.", "en": "The province has checked this offer."},
    False: {"id": "Tawaran ini belum diperiksa provinsi.", "en": "The province has not checked this offer."},
}
_LAWFUL: dict[bool | None, Text] = {
    True: {"id": "Isinya sesuai hukum hari ini.", "en": "Its terms are lawful today."},
    False: {"id": "Isinya melanggar hukum.", "en": "Its terms are against the law."},
    None: {"id": "Belum pasti apakah isinya sesuai hukum.", "en": "It is not certain that its terms are lawful."},
}

FINDINGS: dict[str, Text] = {
    "COMPANY_ALONE": {
        "id": "Izin perusahaan tidak berarti setiap tawarannya resmi. Sebutkan nomor lowongannya.",
        "en": "A licence does not make every offer lawful. Give the number of the job order.",
    },
    "COMPANY_UNCLEAR": {
        "id": "Belum jelas perusahaan mana yang dimaksud; ada yang mirip.",
        "en": "It is not clear which company is meant; there are similar ones.",
    },
    "COMPANY_NOT_NAMED": {
        "id": "Nama perusahaan terlalu pendek untuk dicari.",
        "en": "The name of the company is too short to be looked for.",
    },
    "COMPANY_UNKNOWN": {
        "id": "Perusahaan ini tidak ada di daftar perusahaan berizin.",
        "en": "This company is not in the list of licensed companies.",
    },
    "COMPANY_NOT_LICENSED": {
        "id": "Izin perusahaan ini dihentikan atau sudah habis.",
        "en": "The licence of this company is stopped or has run out.",
    },
    "COMPANY_HELD": {
        "id": "Ada laporan tentang perusahaan ini yang terbukti.",
        "en": "A report about this company turned out to be true.",
    },
    "ORDER_UNCLEAR": {
        "id": "Belum jelas lowongan mana yang dimaksud; ada yang mirip.",
        "en": "It is not clear which job is meant; there are similar ones.",
    },
    "ORDER_NOT_NAMED": {
        "id": "Nomor lowongan terlalu pendek untuk dicari.",
        "en": "The number of the job is too short to be looked for.",
    },
    "ORDER_UNLAWFUL": {
        "id": "Isi lowongan ini melanggar hukum.",
        "en": "The terms of this job are against the law.",
    },
    "ORDER_NOT_JUDGED": {
        "id": "Isi lowongan ini sedang diperiksa terhadap hukum; periksa lagi sebentar lagi.",
        "en": "The terms of this job are being held against the law; check again in a moment.",
    },
    "ORDER_DOUBTFUL": {
        "id": "Belum pasti apakah isi lowongan ini sesuai hukum.",
        "en": "It is not certain that the terms of this job are lawful.",
    },
    "ORDER_UNKNOWN": {
        "id": "Lowongan ini tidak tercatat.",
        "en": "This job is not on record.",
    },
    "ORDER_OF_ANOTHER_COMPANY": {
        "id": "Lowongan ini milik perusahaan lain.",
        "en": "This job belongs to another company.",
    },
    "ORDER_REJECTED": {
        "id": "Lowongan ini sudah diperiksa dan ditolak.",
        "en": "This job was checked and turned down.",
    },
    "ORDER_UNVERIFIED": {
        "id": "Lowongan ini belum diperiksa.",
        "en": "This job has not been checked yet.",
    },
    "ORDER_CLOSED": {
        "id": "Lowongan ini sudah ditutup.",
        "en": "This job is closed.",
    },
    "ORDER_NOT_OPEN_YET": {
        "id": "Lowongan ini belum dibuka.",
        "en": "This job is not open yet.",
    },
    "ORDER_SUSPENDED": {
        "id": "Lowongan ini sedang dihentikan.",
        "en": "This job is stopped for now.",
    },
    "ORDER_FULL": {
        "id": "Semua tempat di lowongan ini sudah terisi.",
        "en": "Every place of this job is taken.",
    },
    "PERMIT_MISSING": {
        "id": "Lowongan ini tidak punya izin merekrut.",
        "en": "This job has no permit to recruit.",
    },
    "PERMIT_NOT_VALID": {
        "id": "Izin merekrut lowongan ini tidak berlaku hari ini.",
        "en": "The permit to recruit for this job is not in force today.",
    },
    "PARTNER_LISTED": {
        "id": "Mitra di luar negeri ada di daftar mitra bermasalah.",
        "en": "The partner abroad is on the list of problem partners.",
    },
    "VISA_NOT_FOR_WORK": {
        "id": "Visa yang ditawarkan bukan visa kerja.",
        "en": "The visa on offer is not a work visa.",
    },
    "DESTINATION_CLOSED": {
        "id": "Negara ini tertutup untuk pekerjaan ini.",
        "en": "This country is closed for this work.",
    },
    "DESTINATION_DOUBTFUL": {
        "id": "Belum pasti apakah negara ini terbuka untuk pekerjaan ini.",
        "en": "It is not certain that this country is open for this work.",
    },
}
