"""Sentences of what an order or a corridor asks of the person."""

from services.matching.matcher.eligibility.sentences.certificates import WORDINGS as CERTIFICATES
from services.matching.matcher.eligibility.sentences.people import ASK_PERSON, OTHER_ORDER, SHOW_BIRTH
from services.matching.matcher.eligibility.sentences.wording import Wording, act, only, wording
from services.matching.matcher.eligibility.status import Group

ASK_COMPANY = act(
    Group.OTHERS,
    "COMPANY",
    "Minta perusahaan menulis syarat ini dengan jelas.",
    "Ask the company to write this requirement clearly.",
)


def _unasked(indonesian: str, english: str) -> Wording:
    return only(indonesian, english, ASK_PERSON)


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
        ("Jenis kelamin sesuai aturan negara tujuan.", "The sex fits the law of the destination."),
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
    **CERTIFICATES,
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
        ("Sudah diperiksa: {needed}.", "Checked: {needed}."),
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
    "NO_RECORD/UNASKED": _unasked("Belum ditanyakan apakah {needed}.", "Nobody has asked yet about {needed}."),
    "NO_RECORD/UNASKED_ENTRY_BAN": _unasked(
        "Belum ditanyakan apakah ada larangan masuk negara lain.", "Nobody has asked yet about entry bans."
    ),
    "LANGUAGE/EXPIRED": only(
        "Hasil ujian {needed} sudah habis masa berlakunya.",
        "The result of the {needed} test has run out.",
        act(Group.LEARN, "CERTIFIER", "Ikuti lagi ujian {needed}.", "Take the {needed} test again."),
    ),
    **{
        f"{rule}/UNASKED": _unasked("Belum ditanyakan: {needed}.", "Not asked yet: {needed}.")
        for rule in ("LANGUAGE", "EXPERIENCE", "PRIOR_PROGRAMME", "RANKED")
    },
    "TRAINING_HOURS/UNASKED": _unasked(
        "Belum ditanyakan apakah pernah ikut pelatihan untuk pekerjaan ini.",
        "Nobody has asked yet about training for this work.",
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
            "Ada nilai {needed} yang berlaku. Ujian ini memakai peringkat nilai, bukan batas lulus.",
            "There is a valid {needed} score. This test ranks people; it has no pass mark.",
        ),
        (
            "Belum ada nilai {needed}. Ujian ini memakai peringkat nilai, bukan batas lulus.",
            "There is no {needed} score yet. This test ranks people; it has no pass mark.",
        ),
        ("Nilai {needed} belum tercatat.", "The {needed} score is not on record."),
        act(
            Group.LEARN,
            "CERTIFIER",
            "Daftar dan ikuti ujian {needed}; usahakan nilai setinggi mungkin.",
            "Register for the {needed} test, take it, and aim for the best score.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat nilai {needed}.", "Bring the {needed} score sheet."),
    ),
    "RANKED/EXPIRED": only(
        "Nilai {needed} sudah habis masa berlakunya.",
        "The {needed} score has run out.",
        act(Group.LEARN, "CERTIFIER", "Ikuti lagi ujian {needed}.", "Take the {needed} test again."),
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
