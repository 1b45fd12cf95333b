"""The ranking learns with these: boosted trees over lists, kept as plain arrays that explain themselves exactly."""

from services.matching.matcher.learning.forest import Forest
from services.matching.matcher.learning.lists import Lists, grow

__all__ = ["Forest", "Lists", "grow"]
