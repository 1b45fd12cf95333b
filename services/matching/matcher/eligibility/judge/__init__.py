"""The readable form: one ask, one person, one day. Whoever explains a verdict or checks a prerequisite asks `judge`."""

from services.matching.matcher.eligibility.judge.ages import age_on, birthday_of
from services.matching.matcher.eligibility.judge.judging import cleared_on, grows_into, hopeful, judge, reach
from services.matching.matcher.eligibility.judge.learning import answering, counting

__all__ = ["age_on", "answering", "birthday_of", "cleared_on", "counting", "grows_into", "hopeful", "judge", "reach"]
