"""Sentences of what an order or a corridor asks of the person."""

from services.matching.matcher.eligibility.sentences.people import OTHER_ORDER, SHOW_BIRTH
from services.matching.matcher.eligibility.sentences.wording import Wording, act, wording
from services.matching.matcher.eligibility.status import Group

ASK_COMPANY = act(
    Group.OTHERS,
    "COMPANY",
    "Minta perusahaan menulis syarat ini dengan jelas.",
    "Ask the company to write this requirement clearly.",
)

WORDINGS: dict[str, Wording] = {
    "AGE": wording(
        ("Umur sesuai untuk lowongan ini.", "The age fits this job order."),
        (
            "Umur untuk lowongan ini {needed}; sekarang {value}.",
            "The age for this job order is {needed}; now it is {value}.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        OTHER_ORDER,
        SHOW_BIRTH,
    ),
    "BIRTH_DATE": wording(
        ("Tanggal lahir masih dalam batas.", "The birth date is within the limits."),
        ("Tanggal lahir harus {needed}.", "The birth date must be {needed}."),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        OTHER_ORDER,
        SHOW_BIRTH,
    ),
    "SEX": wording(
        ("Negara tujuan menerima calon untuk pekerjaan ini.", "The destination accepts the person for this work."),
        ("Aturan {country}: pekerjaan ini hanya untuk {needed}.", "Law of {country}: this work is only for {needed}."),
        ("Jenis kelamin belum tercatat.", "The sex is not on record."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa KTP.", "Bring the identity card."),
    ),
    "EDUCATION": wording(
        ("Pendidikan sudah cukup.", "The schooling is enough."),
        (
            "Perlu pendidikan {needed}; ijazah sekarang {value}.",
            "Needs schooling: {needed}; the diploma now is {value}.",
        ),
        ("Ijazah belum tercatat.", "The diploma is not on record."),
        act(
            Group.LEARN,
            "PERSON",
            "Lanjutkan sekolah atau ikuti Kejar Paket, atau pilih lowongan lain.",
            "Finish more schooling, or choose another job order.",
        ),
        act(Group.BRING, "PERSON", "Bawa ijazah terakhir.", "Bring the highest diploma."),
    ),
    "LANGUAGE": wording(
        ("Hasil ujian bahasa {language} sudah cukup.", "The {language} test is enough."),
        ("Perlu lulus ujian bahasa {language}: {needed}.", "Needs a test in {language}: {needed}."),
        ("Hasil ujian bahasa {language} belum jelas.", "The result of the {language} test is not clear."),
        act(
            Group.LEARN,
            "PROVIDER",
            "Belajar bahasa {language}, lalu ikuti ujian {needed}.",
            "Learn {language}, then take the test {needed}.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat hasil ujian bahasa.", "Bring the result of the language test."),
    ),
    "CERTIFICATE": wording(
        ("Ada {needed} yang berlaku.", "There is a valid {needed}."),
        ("Belum ada {needed} yang berlaku.", "There is no valid {needed} yet."),
        ("Masa berlaku {needed} belum jelas.", "It is not clear until when the {needed} is valid."),
        act(Group.LEARN, "CERTIFIER", "Ikuti pelatihan dan ujian untuk {needed}.", "Train and test for the {needed}."),
        act(
            Group.BRING,
            "PERSON",
            "Bawa surat aslinya; petugas mencatat nama dan tanggal berakhirnya.",
            "Bring the original; the officer records its name and end date.",
        ),
    ),
    "EXPERIENCE": wording(
        ("Pengalaman kerja sudah cukup.", "The work experience is enough."),
        (
            "Perlu {needed}; sekarang {value} bulan.",
            "Needs {needed}; now it is {value} months.",
        ),
        ("Lama kerja sejenis belum jelas.", "It is not clear how long the person did similar work."),
        act(Group.LEARN, "PERSON", "Cari pengalaman kerja dulu.", "Gain the experience first."),
        act(Group.BRING, "PERSON", "Bawa surat pengalaman kerja.", "Bring proof of the work."),
    ),
    "HEALTH_CONDITION": wording(
        ("Kesehatan tidak menjadi halangan: {needed}.", "Health is no obstacle: {needed}."),
        ("Syarat kesehatan belum terpenuhi: {needed}.", "A health condition is not met: {needed}."),
        ("Perlu diperiksa di klinik: {needed}.", "To be checked at a clinic: {needed}."),
        OTHER_ORDER,
        act(
            Group.AGREEMENT,
            "CLINIC",
            "Periksakan diri di klinik yang ditunjuk.",
            "Have it checked at a designated clinic.",
        ),
    ),
    "NO_RECORD": wording(
        ("Tidak ada catatan yang menghalangi.", "No record stands against it."),
        ("Ada catatan yang menghalangi: {needed}.", "A record stands against it: {needed}."),
        ("Catatan lama belum jelas.", "An earlier record is not clear."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa surat tentang catatan itu.", "Bring the papers about that record."),
    ),
    "PRIOR_PROGRAMME": wording(
        ("Program sebelumnya sudah selesai.", "The earlier programme is finished."),
        ("Syaratnya {needed}.", "Needs {needed}."),
        ("Program sebelumnya belum jelas.", "The earlier programme is not clear."),
        OTHER_ORDER,
        act(Group.BRING, "PERSON", "Bawa surat tamat program itu.", "Bring the certificate of that programme."),
    ),
    "RANKED": wording(
        (
            "Ujian {needed} memakai urutan nilai, bukan batas lulus.",
            "The test {needed} ranks people; it has no pass mark.",
        ),
        ("Ujian {needed} memakai urutan nilai.", "The test {needed} ranks people."),
        ("Ujian {needed} memakai urutan nilai.", "The test {needed} ranks people."),
        act(Group.DONE, "PERSON", "Usahakan nilai setinggi mungkin.", "Prepare for the best score."),
    ),
    "ONE_OF": wording(
        ("Salah satu syarat pilihan sudah terpenuhi.", "One of the choices is met."),
        ("Perlu salah satu: {needed}.", "Needs one of these: {needed}."),
        ("Salah satu syarat pilihan belum jelas.", "One of the choices is not clear yet."),
        act(Group.LEARN, "PROVIDER", "Pilih satu, lalu ikuti pelatihan atau ujiannya.", "Choose one and train for it."),
        act(Group.BRING, "PERSON", "Bawa bukti untuk salah satunya.", "Bring proof for one of them."),
    ),
    "ALL_OF": wording(
        ("Semua bagian syarat sudah terpenuhi.", "All parts are met."),
        ("Perlu semuanya: {needed}.", "Needs all of these: {needed}."),
        ("Satu bagian syarat belum jelas.", "One part is not clear yet."),
        act(Group.LEARN, "PROVIDER", "Lengkapi yang masih kurang.", "Complete what is missing."),
        act(Group.BRING, "PERSON", "Bawa bukti yang masih kurang.", "Bring the missing proof."),
    ),
    "UNREADABLE": wording(
        ("Syarat ini dapat dibaca.", "This requirement can be read."),
        ("Syarat ini belum bisa dibaca.", "This requirement cannot be read yet."),
        ("Satu syarat lowongan belum bisa dibaca.", "One requirement of the job order cannot be read yet."),
        ASK_COMPANY,
    ),
}
