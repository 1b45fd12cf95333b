"""Every house that stores people's words needs this: it turns them into codes at the moment of writing.

    from shared.words import Words

    words = Words.default()
    words.skills("biasa masak, jaga oma dan cuci baju")   # three matches: COOK_FAMILY, CARE_ELDERLY, HOUSE_LAUNDRY
    words.occupation("tukang las")                        # 7212
    words.language("nihongo")                             # ja

The words themselves stay in the house that asked; only code and similarity travel.
"""

from shared.words.lookup import Match, Words

__all__ = ["Match", "Words"]
