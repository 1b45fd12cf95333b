"""The code lists of an offer of work abroad: how people go, by what channel and visa, and what may be charged."""

SCHEMES = ("G2G", "G2P", "P2P", "UKPS", "MANDIRI", "CREW")
"""The lawful ways to go: between governments, by a licensed company, one's own company, alone, as crew."""
CHANNELS = ("ONE_CHANNEL_SYSTEM", "SMO", "DIRECT")
VISA_TYPES = ("WORK", "CALLING", "SSW", "SEAFARER", "VISIT", "TOURIST", "UMRAH", "CALLING_LATER")
LICENCES = ("ACTIVE", "SUSPENDED", "REVOKED")
"""What the licence of a placing company may be."""
COST_ITEMS = (
    "OUTBOUND_TICKET", "RETURN_TICKET", "WORK_VISA", "CONTRACT_LEGALISATION", "TRAINING", "COMPETENCE_CERTIFICATE",
    "COMPANY_SERVICE_FEE", "FIRST_PASSPORT", "PASSPORT_REPLACEMENT", "POLICE_RECORD", "SOCIAL_SECURITY",
    "DOMESTIC_MEDICAL", "EXTRA_MEDICAL", "LOCAL_TRANSPORT", "LODGING",
)  # fmt: skip
