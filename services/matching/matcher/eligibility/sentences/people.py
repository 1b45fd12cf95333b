"""Sentences of the rules that the law has for every person, and of the gate, the age floors and the lesson hours."""

from services.matching.matcher.eligibility.sentences.wording import Wording, act, only, wording
from services.matching.matcher.eligibility.status import Group

SHOW_BIRTH = act(Group.BRING, "PERSON", "Bawa akta lahir atau KTP.", "Bring the birth certificate or identity card.")
OTHER_ORDER = act(Group.OTHERS, "PERSON", "Pilih lowongan lain.", "Choose another job order.")
ASK_IMMIGRATION = act(
    Group.BRING,
    "IMMIGRATION",
    "Tanyakan ke kantor imigrasi apakah larangan masuk {country} masih berlaku.",
    "Ask the immigration office whether a ban on entering {country} still runs.",
)
ASK_PERSON = act(
    Group.BRING,
    "PERSON",
    "Tanyakan kepada calon, lalu catat jawabannya.",
    "Ask the person and write down the answer.",
)

WORDINGS: dict[str, Wording] = {
    "CONSENT": wording(
        ("Data boleh dipakai.", "The data may be used."),
        ("Data belum boleh dipakai.", "The data may not be used yet."),
        ("Data belum boleh dipakai.", "The data may not be used yet."),
        act(
            Group.BRING,
            "PERSON",
            "Jelaskan gunanya, lalu minta persetujuan calon.",
            "Explain what it is for, then ask the person to agree.",
        ),
    ),
    "AGE_18": wording(
        ("Umur sudah 18 tahun.", "The person is 18 or older."),
        (
            "Umur belum 18 tahun. Boleh ikut pelatihan, belum boleh bekerja di luar negeri.",
            "The person is not 18 yet. Training is open, work abroad is not.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai umur 18 tahun.", "Wait until the 18th birthday."),
        SHOW_BIRTH,
    ),
    "AGE_FLOOR": wording(
        ("Umur cukup untuk {country}.", "The person is old enough for {country}."),
        (
            "Untuk pekerjaan ini di {country}, umur harus {needed}.",
            "For this work in {country} the age must be {needed}.",
        ),
        ("Tanggal lahir belum tercatat.", "The birth date is not on record."),
        act(Group.WAIT, "NOBODY", "Tunggu sampai umur cukup.", "Wait until the age is reached."),
        SHOW_BIRTH,
    ),
    "FITNESS": wording(
        ("Hasil pemeriksaan kesehatan baik.", "The health check was passed."),
        ("Hasil pemeriksaan kesehatan belum baik.", "The last health check did not pass."),
        ("Kesehatan belum diperiksa.", "Health has not been checked."),
        act(
            Group.OTHERS,
            "CLINIC",
            "Berobat dulu, lalu periksakan diri lagi di klinik yang ditunjuk.",
            "Get treatment first, then have a new check at a designated clinic.",
        ),
    ),
    "FITNESS/UNSEEN": only(
        "Belum diperiksa; untuk melamar belum diwajibkan.",
        "Not examined yet; applying does not ask for it.",
        act(Group.AGREEMENT, "CLINIC", "Periksakan diri di klinik yang ditunjuk.", "Have a check at a clinic."),
    ),
    "ENTRY_BAN": wording(
        ("Tidak ada larangan masuk {country}.", "There is no ban on entering {country}."),
        (
            "Ada larangan masuk {country} yang masih berlaku; tanggal akhirnya belum tercatat.",
            "A ban on entering {country} still runs; its last day is not on record.",
        ),
        ("Belum jelas larangan masuk itu untuk negara mana.", "It is not clear which country the entry ban is for."),
        act(
            Group.OTHERS,
            "PERSON",
            "Pilih negara lain, atau tanyakan tanggal akhirnya ke kantor imigrasi.",
            "Choose another country, or ask the immigration office for the last day.",
        ),
        act(Group.BRING, "PERSON", "Bawa surat larangan itu.", "Bring the paper about the ban."),
    ),
    "ENTRY_BAN/ENDS": only(
        "Larangan masuk {country} berlaku sampai {until}.",
        "The ban on entering {country} runs until {until}.",
        act(
            Group.OTHERS,
            "PERSON",
            "Pilih negara lain, atau tunggu sampai {by}.",
            "Choose another country, or wait until {by}.",
        ),
    ),
    "ENTRY_BAN/DEPORTATION": only(
        "Pernah dideportasi dari {country}. Pastikan dulu apakah masih ada larangan masuk.",
        "Was deported from {country}. Make sure first whether an entry ban still runs.",
        ASK_IMMIGRATION,
    ),
    "ENTRY_BAN/OVERSTAY": only(
        "Pernah tinggal melebihi izin di {country}. Pastikan dulu apakah masih ada larangan masuk.",
        "Overstayed in {country}. Make sure first whether an entry ban still runs.",
        ASK_IMMIGRATION,
    ),
    "ENTRY_BAN/UNSEEN": only(
        "Belum ditanyakan apakah ada larangan masuk {country}.",
        "Nobody has asked yet whether there is a ban on entering {country}.",
        act(
            Group.AGREEMENT,
            "SERVICE_CENTRE",
            "Tanyakan kepada calon, lalu catat jawabannya.",
            "Ask the person and write down the answer.",
        ),
    ),
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
    "TRAINING_HOURS": wording(
        ("Jam pelatihan sudah cukup.", "The hours of training are enough."),
        (
            "Pekerjaan ini perlu {needed} jam pelatihan; sekarang {value} jam.",
            "This work needs {needed} hours of training; now it is {value}.",
        ),
        ("Jam pelatihan belum jelas.", "The hours of training are not clear."),
        act(Group.LEARN, "PROVIDER", "Ikuti pelatihan untuk pekerjaan ini.", "Take training for this job."),
        act(Group.BRING, "PERSON", "Bawa bukti jam pelatihan.", "Bring proof of the training hours."),
    ),
}
