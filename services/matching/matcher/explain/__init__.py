"""The ranking turns the parts of a score into sentences here: why this, and what is missing, in Indonesian and English.

A reason is one column of the score with its points, so it never says anything that the score did not use.
"""

from services.matching.matcher.explain.courses import course_missing, course_reasons
from services.matching.matcher.explain.orders import order_missing, order_reasons
from services.matching.matcher.explain.texts import past_reason, strongest

__all__ = ["course_missing", "course_reasons", "order_missing", "order_reasons", "past_reason", "strongest"]
