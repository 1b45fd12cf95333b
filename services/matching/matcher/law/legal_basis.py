"""The legal basis of every rule that is written in code: instrument, article, and where the text was read.

Policies bring their own basis with each row. The sources are those of November 2026; check them with BP3MI NTT before
real use, and never add an article number that was not read in a text in force (drafts with other numbers circulate).
"""

from services.matching.matcher.facts.policies import LegalBasis

_PROTECTION, _READ_ON_WIKISOURCE = "UU 18/2017", "id.wikisource.org, UU 18/2017"
_FIVE_CONDITIONS = "sulteng.antaranews.com/berita/341481 (BP3MI Sulawesi Tengah, 2025)"
_COUNTER = "Sisko P2MI (m.antaranews.com/amp/berita/3473877)"

CONSENT = LegalBasis("UU 27/2022", "20, 22", "siplawfirm.id/uu-27-tahun-2022")
ADULT = LegalBasis(_PROTECTION, "5 a", _FIVE_CONDITIONS)
HEALTHY = LegalBasis(_PROTECTION, "5 c", _FIVE_CONDITIONS)
REGISTERED = LegalBasis(_PROTECTION, "5 d", _FIVE_CONDITIONS)
ENTRY = LegalBasis("Hukum negara tujuan", None, None)
BANS = LegalBasis(_PROTECTION, "32 (4)", "Permenaker 17/2019")
COSTS = LegalBasis(_PROTECTION, "30", "ntb.idntimes.com (5.300 warga NTB, 2024)")
SCHEMES = LegalBasis(_PROTECTION, "49-50", "jogloabang.com/ekbis/pp-10-2020")
INDEPENDENT = LegalBasis("Sisko P2MI", None, "daftar berkas loket LTSA Jawa Timur")
PARTNERS = LegalBasis(_PROTECTION, "10", _READ_ON_WIKISOURCE)
VERIFICATION = LegalBasis("PP 59/2021", None, "basishukum.com/pp/59/2021")
RECRUITERS = LegalBasis(_PROTECTION, "69", None)  # named by secondary sources; its text was not read
PERMITS = LegalBasis("SIP2MI", None, _COUNTER)
SLOTS = LegalBasis("SIP2MI", None, _COUNTER)
ORDER = LegalBasis("Lowongan", None, None)

SOCIAL_SECURITY = LegalBasis("Permenaker 4/2023", "18", "pasal.id (Permenaker 4/2023)")
ORIENTATION = LegalBasis("PP 59/2021", "4", "basishukum.com/pp/59/2021")
E_KPMI = LegalBasis("Permen P2MI 34/2025", None, "pasal.id (Permen P2MI 34/2025)")


def document(letter: str) -> LegalBasis:
    """One of the eight documents of article 13, a to h."""
    return LegalBasis(_PROTECTION, f"13 {letter}", _READ_ON_WIKISOURCE)
