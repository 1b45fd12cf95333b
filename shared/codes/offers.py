"""The code lists of an offer of work abroad: how people go, by what channel and visa, and what may be charged."""

SCHEMES = ("G2G", "G2P", "P2P", "UKPS", "MANDIRI", "CREW")
"""The lawful ways to go: between governments, by a licensed company, one's own company, alone, as crew."""
CHANNELS = ("ONE_CHANNEL_SYSTEM", "SMO", "DIRECT")
VISA_TYPES: dict[str, tuple[str, str]] = {
    "WORK": ("visa kerja", "work visa"),
    "CALLING": ("calling visa", "calling visa"),
    "SSW": ("SSW (Jepang)", "SSW (Japan)"),
    "SEAFARER": ("pelaut", "seafarer"),
    "VISIT": ("visa kunjungan (bukan visa kerja)", "visit visa (not for work)"),
    "TOURIST": ("visa wisata (bukan visa kerja)", "tourist visa (not for work)"),
    "UMRAH": ("visa umrah (bukan visa kerja)", "umrah visa (not for work)"),
    "CALLING_LATER": ("visa kerja diurus belakangan", "a work visa to be got later"),
}
"""Code → name in Indonesian and English."""
LICENCES = ("ACTIVE", "SUSPENDED", "REVOKED")
"""What the licence of a placing company may be."""
NOT_FOR_WORK = ("VISIT", "TOURIST", "UMRAH", "CALLING_LATER")
"""A calling visa applied for by the employer before departure is normal; a social pass with a promise of one is not."""
LICENSED_SCHEMES = ("P2P", "CREW")
"""Schemes in which a licensed company recruits under a permit (SIP2MI) with a quota."""
EMPLOYER_TYPES = ("HOUSEHOLD", "COMPANY")
PAYERS = ("EMPLOYER", "COMPANY", "STATE", "CANDIDATE")
VERIFICATIONS = ("UNVERIFIED", "VERIFIED", "REJECTED")
STATUSES = ("OPEN", "CLOSED", "SUSPENDED")
COST_ITEMS: dict[str, tuple[str, str]] = {
    "OUTBOUND_TICKET": ("tiket berangkat", "outbound ticket"),
    "RETURN_TICKET": ("tiket pulang", "return ticket"),
    "WORK_VISA": ("visa kerja", "work visa"),
    "CONTRACT_LEGALISATION": ("pengesahan kontrak", "legalising the contract"),
    "TRAINING": ("pelatihan", "training"),
    "COMPETENCE_CERTIFICATE": ("sertifikat kompetensi", "competence certificate"),
    "COMPANY_SERVICE_FEE": ("biaya jasa perusahaan", "company service fee"),
    "FIRST_PASSPORT": ("paspor pertama", "first passport"),
    "PASSPORT_REPLACEMENT": ("penggantian paspor", "passport replacement"),
    "POLICE_RECORD": ("SKCK", "police record"),
    "SOCIAL_SECURITY": ("jaminan sosial", "social security"),
    "DOMESTIC_MEDICAL": ("pemeriksaan kesehatan", "medical check at home"),
    "EXTRA_MEDICAL": ("pemeriksaan kesehatan tambahan", "extra medical check"),
    "LOCAL_TRANSPORT": ("ongkos perjalanan dalam negeri", "local transport"),
    "LODGING": ("penginapan", "lodging"),
}
"""Code → name in Indonesian and English."""
