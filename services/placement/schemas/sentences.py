"""For the public check: each verdict and each finding as one plain sentence, Indonesian first."""

from shared.http.problems import Text

VERDICTS: dict[str, Text] = {
    "REAL": {
        "id": "Tawaran ini tercatat dan sudah diperiksa. Tanyakan syaratnya di layanan satu atap.",
        "en": "This offer is on record and was checked. Ask at the service centre what it needs.",
    },
    "CAUTION": {
        "id": "Hati-hati. Jangan bayar dan jangan berangkat sebelum bertanya di layanan satu atap.",
        "en": "Be careful. Do not pay and do not leave before you have asked at the service centre.",
    },
    "NOT_REAL": {
        "id": "Jangan terima tawaran ini. Simpan surat Anda dan laporkan ke layanan satu atap.",
        "en": "Do not take this offer. Keep your papers and report it to the service centre.",
    },
}

FINDINGS: dict[str, Text] = {
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
