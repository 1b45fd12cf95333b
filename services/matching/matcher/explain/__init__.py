"""The ranking turns the parts of a score into sentences here: why this, and what is missing, in Indonesian and English.

A reason is one column of the score with its points, so it never says anything that the score did not use.
"""
