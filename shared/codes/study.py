"""For fields that name what was studied or practised: the codes that are known. Others are words and stay inside."""

FIELDS = frozenset(
    {
        "ACCOMMODATION", "ACCOUNTING", "AGRICULTURE", "AUTOMOTIVE", "AVIATION", "BEAUTY", "BUSINESS", "CARE",
        "CHEMISTRY", "CLEANING", "CONSTRUCTION", "CULINARY", "ECONOMICS", "EDUCATION", "ELECTRICITY",
        "ELECTRONICS", "ENGINEERING", "FASHION", "FINE_ARTS", "FISHERY", "FOOD", "FORESTRY", "HEALTH",
        "HOSPITALITY", "INFORMATICS", "LANGUAGES", "LAW", "LIVESTOCK", "LOGISTICS", "MANUFACTURING", "MARITIME",
        "MECHANICS", "MEDICINE", "MIDWIFERY", "MINING", "NURSING", "OFFICE", "PHARMACY", "PSYCHOLOGY",
        "PUBLIC_HEALTH", "RESTAURANT", "SCIENCE", "SENI_RUPA", "SHIPBUILDING", "SOCIAL_WORK", "TEXTILES",
        "THEOLOGY", "TOURISM", "TRANSPORT", "VETERINARY", "WELDING", "WOOD",
    }
)  # fmt: skip
"""Fields of study and of earlier programmes, after the broad groups of ISCED-F 2013 and of Japan's SSW."""


def listed(code: str | None) -> str | None:
    """The code when it is on the list, None for everything else: it may be a number, or somebody's name."""
    return code if code in FIELDS else None
