"""For fields that name what was studied or practised: the known codes with names. Others are words and stay inside."""

FIELDS: dict[str, tuple[str, str]] = {
    "ACCOMMODATION": ("akomodasi", "accommodation"),
    "ACCOUNTING": ("akuntansi", "accounting"),
    "AGRICULTURE": ("pertanian", "agriculture"),
    "AUTOMOTIVE": ("otomotif", "automotive"),
    "AVIATION": ("penerbangan", "aviation"),
    "BEAUTY": ("kecantikan", "beauty"),
    "BUSINESS": ("bisnis", "business"),
    "CARE": ("perawatan", "care"),
    "CHEMISTRY": ("kimia", "chemistry"),
    "CLEANING": ("kebersihan", "cleaning"),
    "CONSTRUCTION": ("bangunan", "construction"),
    "CULINARY": ("tata boga", "culinary arts"),
    "ECONOMICS": ("ekonomi", "economics"),
    "EDUCATION": ("pendidikan", "education"),
    "ELECTRICITY": ("kelistrikan", "electricity"),
    "ELECTRONICS": ("elektronika", "electronics"),
    "ENGINEERING": ("teknik", "engineering"),
    "FASHION": ("tata busana", "fashion"),
    "FINE_ARTS": ("seni rupa", "fine arts"),
    "FISHERY": ("perikanan", "fishery"),
    "FOOD": ("pengolahan makanan", "food processing"),
    "FORESTRY": ("kehutanan", "forestry"),
    "HEALTH": ("kesehatan", "health"),
    "HOSPITALITY": ("perhotelan", "hospitality"),
    "INFORMATICS": ("informatika", "informatics"),
    "LANGUAGES": ("bahasa", "languages"),
    "LAW": ("hukum", "law"),
    "LIVESTOCK": ("peternakan", "livestock"),
    "LOGISTICS": ("logistik", "logistics"),
    "MANUFACTURING": ("manufaktur", "manufacturing"),
    "MARITIME": ("pelayaran", "maritime work"),
    "MECHANICS": ("mesin", "mechanics"),
    "MEDICINE": ("kedokteran", "medicine"),
    "MIDWIFERY": ("kebidanan", "midwifery"),
    "MINING": ("pertambangan", "mining"),
    "NURSING": ("keperawatan", "nursing"),
    "OFFICE": ("perkantoran", "office work"),
    "PHARMACY": ("farmasi", "pharmacy"),
    "PSYCHOLOGY": ("psikologi", "psychology"),
    "PUBLIC_HEALTH": ("kesehatan masyarakat", "public health"),
    "RESTAURANT": ("restoran", "restaurant work"),
    "SCIENCE": ("sains", "science"),
    "SHIPBUILDING": ("perkapalan", "shipbuilding"),
    "SOCIAL_WORK": ("pekerjaan sosial", "social work"),
    "TEXTILES": ("tekstil", "textiles"),
    "THEOLOGY": ("teologi", "theology"),
    "TOURISM": ("pariwisata", "tourism"),
    "TRANSPORT": ("transportasi", "transport"),
    "VETERINARY": ("kedokteran hewan", "veterinary medicine"),
    "WELDING": ("pengelasan", "welding"),
    "WOOD": ("pengolahan kayu", "woodwork"),
}
"""Code → name inside a sentence, Indonesian and English: fields of study and of earlier programmes,
after the broad groups of ISCED-F 2013 and of Japan's SSW."""


OTHER_CODES = {"SENI_RUPA": "FINE_ARTS"}
"""Codes that were in use for a field of the list; records and orders that have them still mean it."""


def one(code: str | None) -> str | None:
    """The one code of a field, whatever was written for it; a word that is on no list stays as it is."""
    return OTHER_CODES.get(code, code) if code else code


def listed(code: str | None) -> str | None:
    """The code when it is on the list, None for everything else: it may be a number, or somebody's name."""
    found = one(code)
    return found if found in FIELDS else None
