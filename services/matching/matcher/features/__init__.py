"""What the ranking looks at: a person beside many orders or courses, as columns of numbers between 0 and 1.

NaN means "not known" and is left out of every sum; it is never a zero. Nothing here reads sex, birth date, home regency
(only the distance that the caller computed), marital papers or any requirement record.
"""
