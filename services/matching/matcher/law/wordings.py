"""One plain sentence for every rule and answer, and the next action: for whoever shows a verdict to a person.

Primary-school reading level, no law numbers in a sentence (they stand beside it as `legal_basis`). Sentences of what is
asked of people stand with their requirement; here are those of the offer, its company, its costs and its destination.
"""

from services.matching.matcher.law.rules import papers
from services.matching.matcher.requirements import kinds
from services.matching.matcher.requirements.status import Group
from services.matching.matcher.requirements.wording import Act, Wording, act, only, wording


def _other(indonesian: str, english: str) -> Act:
    return act(Group.OTHERS, "PERSON", indonesian, english)


def _company(indonesian: str, english: str) -> Act:
    return act(Group.OTHERS, "COMPANY", indonesian, english)


COMPLETE = _company("Minta perusahaan melengkapi data lowongan.", "Ask the company to complete the job order.")
REPORT = act(
    Group.OTHERS,
    "SERVICE_CENTRE",
    "Jangan lanjutkan. Catat laporan dan beri tahu pengawas.",
    "Do not go on. Write down a report and tell the supervisor.",
)
OTHER_ORDER = _other("Pilih lowongan resmi yang lain.", "Choose another lawful job order.")
LAWFUL_TERMS = _company("Minta perusahaan memperbaiki tawaran ini.", "Ask the company to correct this offer.")

_OF_THE_LAW: dict[str, Wording] = {
    "GATE": wording(
        (
            "Syarat pelatihan dan sertifikat dari provinsi sudah terpenuhi.",
            "The province's rule on training is satisfied.",
        ),
        (
            "Untuk bekerja di rumah tangga, warga NTT perlu ikut pelatihan dan punya sertifikat {scheme} dulu.",
            "To work in a home, people from NTT first need training and a certificate as {scheme}.",
        ),
        (
            "Belum jelas apakah syarat pelatihan NTT sudah terpenuhi.",
            "It is not clear yet whether the NTT training rule is satisfied.",
        ),
        act(
            Group.LEARN,
            "PROVIDER",
            "Ikuti pelatihan {scheme}, lalu ujian sertifikatnya.",
            "Take the {scheme} course, then the test for the certificate.",
        ),
        act(
            Group.BRING,
            "PERSON",
            "Bawa KTP dan sertifikat yang memuat tanggal berakhirnya.",
            "Bring the identity card and the certificate that shows its end date.",
        ),
    ),
    "BAN": wording(
        ("Tujuan ini terbuka.", "This destination is open."),
        ("Penempatan ke {country} untuk pekerjaan ini sedang ditutup.", "This work in {country} is closed at present."),
        ("Belum jelas apakah tujuan ini terbuka.", "It is not clear whether this destination is open."),
        _other("Pilih negara atau pekerjaan lain yang terbuka.", "Choose a country or job that is open."),
        COMPLETE,
    ),
    "SCHEME": wording(
        ("Jalur penempatannya resmi.", "The way of placement is lawful."),
        ("Tawaran ini tidak lewat jalur resmi.", "This offer does not use a lawful way of placement."),
        ("Jalur penempatan belum jelas.", "The way of placement is not clear."),
        REPORT,
    ),
    "HOUSEHOLD_ALONE": wording(
        ("Majikan berupa badan usaha.", "The employer is a company."),
        ("Pekerjaan di rumah tangga tidak boleh lewat jalur mandiri.", "Work in a home may not be arranged alone."),
        ("Jenis majikan belum jelas.", "The kind of employer is not clear."),
        _other("Cari lowongan lewat perusahaan resmi.", "Look for an order of a licensed company."),
        COMPLETE,
    ),
    "VISA_TYPE": wording(
        ("Jenis visa tidak menjadi halangan.", "The kind of visa is no obstacle."),
        (
            "Visa kunjungan tidak boleh dipakai untuk bekerja, juga bila visa kerja dijanjikan menyusul.",
            "A visit visa must not be used for work, even if a work visa is promised later.",
        ),
        ("Jenis visa belum jelas.", "The kind of visa is not clear."),
        REPORT,
    ),
    "PARTNER": wording(
        ("Mitra di luar negeri tidak masuk daftar bermasalah.", "The partner abroad is not on the problem list."),
        ("Mitra di luar negeri masuk daftar bermasalah.", "The partner abroad is on the problem list."),
        ("Mitra di luar negeri belum diperiksa.", "The partner abroad has not been checked."),
        REPORT,
    ),
    "COST": wording(
        ("Tidak ada biaya yang dilarang.", "No forbidden fee is charged."),
        (
            "Calon diminta membayar biaya yang dilarang: {value}.",
            "Forbidden fees are asked of the person: {value}.",
        ),
        ("Belum jelas siapa yang membayar: {value}.", "It is not clear who pays: {value}."),
        act(
            Group.OTHERS,
            "SERVICE_CENTRE",
            "Jangan lanjutkan; calon tidak boleh membayar. Catat laporan dan beri tahu pengawas.",
            "Do not go on; the person must not pay. Write down a report and tell the supervisor.",
        ),
        COMPLETE,
    ),
    "CORRIDOR_SCHEME": wording(
        ("Jalur penempatan sesuai perjanjian.", "The way of placement follows the agreement."),
        ("Ke {country} hanya lewat jalur ini: {needed}.", "{country} is reached only this way: {needed}."),
        ("Jalur penempatan belum jelas.", "The way of placement is not clear."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "CORRIDOR_CHANNEL": wording(
        ("Lowongan lewat satu pintu resmi.", "The order uses the one official channel."),
        (
            "Pekerjaan ini di {country} hanya lewat satu pintu resmi.",
            "This work in {country} has one official channel only.",
        ),
        ("Belum jelas lowongan ini lewat pintu mana.", "It is not clear which channel is used."),
        REPORT,
        COMPLETE,
    ),
    "CORRIDOR_VISA": wording(
        ("Jenis visa sesuai perjanjian.", "The kind of visa follows the agreement."),
        ("Untuk {country}, visanya harus {needed}.", "For {country} the visa must be {needed}."),
        ("Jenis visa belum jelas.", "The kind of visa is not clear."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "WAGE_FLOOR": wording(
        ("Gaji tidak di bawah batas.", "The wage is not below the floor."),
        ("Gaji di bawah batas {needed}.", "The wage is below the floor of {needed}."),
        ("Gaji belum bisa dibandingkan dengan batas {needed}.", "The wage cannot be compared with {needed} yet."),
        LAWFUL_TERMS,
        act(Group.OTHERS, "PROVINCE", "Lengkapi gaji atau kurs mata uangnya.", "Add the wage or the exchange rate."),
    ),
    "HOUSEHOLD_INCOME": wording(
        ("Penghasilan majikan cukup.", "The employer earns enough."),
        ("Penghasilan majikan kurang dari {needed}.", "The employer earns less than {needed}."),
        ("Penghasilan majikan belum tercatat.", "The employer's income is not on record."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "HOUSEHOLD_SIZE": wording(
        ("Jumlah penghuni rumah majikan sesuai aturan.", "The size of the employer's household follows the rule."),
        (
            "Penghuni rumah majikan lebih dari {needed} orang.",
            "The employer's household has more than {needed} people.",
        ),
        ("Jumlah penghuni rumah majikan belum tercatat.", "The size of the employer's household is not on record."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "WORKING_HOURS": wording(
        ("Jam kerja tidak melewati batas.", "The working hours keep to the limit."),
        ("Jam kerja melewati batas {needed} jam.", "The working hours pass the limit of {needed}."),
        ("Jam kerja belum tercatat.", "The working hours are not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "REST_HOURS": wording(
        ("Jam istirahat cukup.", "The rest is enough."),
        ("Jam istirahat kurang dari {needed} jam.", "The rest is less than {needed} hours."),
        ("Jam istirahat belum tercatat.", "The hours of rest are not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "CONTRACT_TERM": wording(
        ("Lama kontrak sesuai aturan.", "The length of the contract follows the rule."),
        ("Lama kontrak harus {needed} bulan.", "The contract must last {needed} months."),
        ("Lama kontrak belum tercatat.", "The length of the contract is not on record."),
        LAWFUL_TERMS,
        COMPLETE,
    ),
    "ORDER_VERIFIED": wording(
        ("Lowongan sudah diperiksa pemerintah.", "The order was checked by the government."),
        ("Lowongan belum lolos pemeriksaan.", "The order has not passed the check."),
        ("Lowongan belum diperiksa.", "The order has not been checked."),
        act(Group.OTHERS, "PROVINCE", "Tunggu hasil pemeriksaan lowongan.", "Wait for the check of the order."),
    ),
    "ORDER_STATUS": wording(
        ("Lowongan masih buka.", "The order is open."),
        ("Lowongan sudah ditutup atau dihentikan.", "The order is closed or stopped."),
        ("Belum jelas apakah lowongan masih buka.", "It is not clear whether the order is open."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "ORDER_OPENS": wording(
        ("Pendaftaran sudah dibuka.", "Applications have begun."),
        ("Pendaftaran baru dibuka pada {needed}.", "Applications begin {needed}."),
        ("Tanggal pembukaan belum tercatat.", "The first day is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai pendaftaran dibuka.", "Wait until applications begin."),
    ),
    "ORDER_CLOSES": wording(
        ("Pendaftaran belum ditutup.", "Applications have not closed."),
        ("Pendaftaran sudah ditutup pada {needed}.", "Applications closed {needed}."),
        ("Tanggal penutupan belum tercatat.", "The closing day is not on record."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "SLOTS": wording(
        ("Masih ada tempat.", "There is still a place."),
        ("Tempat sudah penuh.", "All places are taken."),
        ("Jumlah tempat belum tercatat.", "The number of places is not on record."),
        OTHER_ORDER,
        COMPLETE,
    ),
    "COMPANY_LICENCE": wording(
        ("Izin perusahaan berlaku.", "The company's licence is valid."),
        ("Perusahaan tidak punya izin yang berlaku.", "The company has no valid licence."),
        ("Izin perusahaan belum jelas.", "The company's licence is not clear."),
        REPORT,
    ),
    "COMPANY_LICENCE/ENDED": only(
        "Izin perusahaan sudah habis pada {until}.",
        "The company's licence ended on {until}.",
        REPORT,
    ),
    "SIP2MI/ENDED": only(
        "Izin merekrut untuk lowongan ini sudah habis pada {until}.",
        "The permit to recruit for this order ended on {until}.",
        REPORT,
    ),
    "SIP2MI": wording(
        ("Izin merekrut untuk lowongan ini berlaku.", "The permit to recruit for this order is valid."),
        (
            "Tidak ada izin merekrut yang berlaku untuk lowongan ini.",
            "There is no valid permit to recruit for this order.",
        ),
        ("Izin merekrut belum jelas.", "The permit to recruit is not clear."),
        REPORT,
    ),
}

WORDINGS: dict[str, Wording] = {**kinds.WORDINGS, **_OF_THE_LAW, **papers.WORDINGS}
"""Rule code → its sentences. Every rule has its own; a test walks through all of them."""
