"""For pages: ask the houses, several at once, each with a deadline, and go on when one of them is silent."""

from services.console.houses.answers import Answer, NotAnswered
from services.console.houses.asking import Houses, Question, together

__all__ = ["Answer", "Houses", "NotAnswered", "Question", "together"]
