"""Values that are well formed and cannot be true: code → what is wrong with it, and what to type instead."""

from shared.http.problems import Text

WRONG: dict[str, tuple[Text, Text]] = {
    "until_before_from": (
        {"id": "Hari terakhir ada sebelum hari pertama.", "en": "The last day is before the first."},
        {"id": "Tukar kedua tanggal itu.", "en": "Swap the two dates."},
    ),
    "in_the_future": (
        {"id": "Tanggal ini belum tiba.", "en": "This day has not come yet."},
        {"id": "Isi hari ini atau sebelumnya.", "en": "Give today or a day before."},
    ),
    "closes_before_opens": (
        {"id": "Lowongan ditutup sebelum dibuka.", "en": "The order closes before it opens."},
        {
            "id": "Isi hari penutupan yang sama dengan atau sesudah hari pembukaan.",
            "en": "Give a closing day on or after the opening day.",
        },
    ),
    "departs_before_opens": (
        {"id": "Keberangkatan ada sebelum lowongan dibuka.", "en": "The departure is before the order opens."},
        {"id": "Isi tanggal sesudah hari pembukaan.", "en": "Give a day after the opening day."},
    ),
    "kbji_of_another_occupation": (
        {"id": "Kode KBJI ini milik jabatan ISCO-08 lain.", "en": "This KBJI title belongs to another ISCO-08 group."},
        {"id": "Empat angka pertama KBJI sama dengan isco08.", "en": "Its first four digits must be isco08."},
    ),
    "only_for_households": (
        {"id": "Isian ini hanya untuk pemberi kerja HOUSEHOLD.", "en": "This is for employers of type HOUSEHOLD only."},
        {"id": "Hapus isian ini, atau ganti jenis pemberi kerja.", "en": "Remove it, or change the employer's type."},
    ),
    "cost_twice": (
        {"id": "Biaya ini sudah ditulis dengan pembayar yang sama.", "en": "This cost is listed with the same payer."},
        {"id": "Gabungkan menjadi satu.", "en": "Make it one."},
    ),
    "hours_do_not_add_up": (
        {"id": "Jam kerja dan istirahat ini tidak muat.", "en": "These hours of work and rest do not fit."},
        {"id": "Sehari 24 jam, seminggu tujuh hari.", "en": "A day has 24 hours and a week seven days."},
    ),
    "unknown_company": (
        {"id": "Perusahaan ini tidak ada di daftar kami.", "en": "This company is not in our list."},
        {"id": "Isi id atau nomor SIP3MI.", "en": "Give an id or a SIP3MI number."},
    ),
    "unknown_partner": (
        {"id": "Mitra ini tidak ada di daftar kami.", "en": "This partner is not in our list."},
        {"id": "Isi id atau kode mitra.", "en": "Give the partner's id or code."},
    ),
    "unknown_job_order": (
        {"id": "Lowongan ini tidak ada.", "en": "There is no such job order."},
        {"id": "Isi id lowongan.", "en": "Give the order's id."},
    ),
    "kind_is_fixed": (
        {"id": "Jenis aturan tidak dapat diubah.", "en": "The kind of a policy cannot change."},
        {"id": "Pakai kode lain untuk aturan jenis lain.", "en": "Use another code for another kind."},
    ),
    "about_nobody": (
        {"id": "Laporan ini belum terhubung dengan siapa pun.", "en": "This concern points to nobody yet."},
        {"id": "Isi company_id atau job_order_id.", "en": "Give company_id or job_order_id."},
    ),
    "about_nothing": (
        {"id": "Sebutkan perusahaan atau lowongan.", "en": "Name a company or a job order."},
        {"id": "Isi company, job_order, atau keduanya.", "en": "Give company, job_order or both."},
    ),
    "rule_not_met": (
        {
            "id": "Aturan ini tidak terpenuhi dan mengikat.",
            "en": "This rule is not met; nobody may override it.",
        },
        {"id": "Sebutkan hanya aturan yang berstatus UNKNOWN.", "en": "Name only rules whose status is UNKNOWN."},
    ),
    "company_has_applicants": (
        {
            "id": "Sudah ada orang yang melamar atau memegang slot pada perusahaan ini.",
            "en": "People have applied to this company or hold a slot with it.",
        },
        {
            "id": "Tutup lowongan ini dan terbitkan lowongan baru untuk perusahaan lain.",
            "en": "Close this order and publish a new one for the other company.",
        },
    ),
    "permit_used_up": (
        {
            "id": "Slot izin ini sudah dijanjikan lewat lowongan lain.",
            "en": "The slots of this permit are promised through other job orders.",
        },
        {
            "id": "Lepaskan slot di lowongan lain dengan izin ini, atau isi izin lain.",
            "en": "Release slots of the other orders under this permit, or give another permit.",
        },
    ),
    "rule_not_open": (
        {
            "id": "Aturan ini tidak dipertanyakan di sini.",
            "en": "This rule is no question here.",
        },
        {
            "id": "Sebutkan aturan UNKNOWN dari judgement.",
            "en": "Name rules of the judgement with status UNKNOWN.",
        },
    ),
    "day_has_passed": (
        {"id": "Hari ini sudah lewat.", "en": "This day has passed."},
        {"id": "Isi hari ini atau sesudahnya.", "en": "Give today or a day after it."},
    ),
    "filter_missing": (
        {"id": "Sebutkan orang atau lowongannya.", "en": "Name a person or a job order."},
        {"id": "Isi candidate atau job_order.", "en": "Give candidate or job_order."},
    ),
}
