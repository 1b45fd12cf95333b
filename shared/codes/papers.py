"""Papers and steps that an officer records by hand: the documents of UU 18/2017 art. 13 and the steps around them.

Age and competence are missing on purpose: they follow from the birth date and the certificates.
"""

PAPERS: dict[str, tuple[str, str]] = {
    "MARITAL_STATUS_STATEMENT": ("Surat keterangan status perkawinan", "Statement of marital status"),
    "FAMILY_CONSENT": ("Surat izin keluarga", "Consent of the family"),
    "HEALTH_CERTIFICATE": ("Surat keterangan sehat", "Health certificate"),
    "PASSPORT": ("Paspor", "Passport"),
    "WORK_VISA": ("Visa kerja", "Work visa"),
    "PLACEMENT_AGREEMENT": ("Perjanjian penempatan", "Placement agreement"),
    "WORK_CONTRACT": ("Perjanjian kerja", "Work contract"),
    "LABOUR_OFFICE_REGISTRATION": ("Pendaftaran di Disnaker", "Registration at the labour office"),
    "SOCIAL_SECURITY_PRE": ("Jaminan sosial sebelum bekerja", "Social security before work"),
    "SOCIAL_SECURITY_DURING": ("Jaminan sosial selama bekerja", "Social security during work"),
    "ORIENTATION": ("Pembekalan sebelum berangkat", "Orientation before departure"),
    "E_KPMI": ("Kartu pekerja migran (E-KPMI)", "Migrant worker's card (E-KPMI)"),
}
"""Code → name in Indonesian and English, in the order in which they are usually got."""
STATUSES = ("MET", "MISSING", "UNCHECKED", "EXPIRED")
"""UNCHECKED is neither good nor bad: nobody has looked yet."""

VILLAGE_HEAD = {
    "id": "Izin keluarga harus diketahui kepala desa/lurah. Catat bila suratnya sudah dicap.",
    "en": "The village head must know of it. Record it once the letter is stamped.",
}
"""Said where the consent of the family is recorded as met without that (UU 18/2017 art. 13 b)."""
