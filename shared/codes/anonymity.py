"""From how many people on a sum may be told: the one number for figures, what-if, demand and examinations."""

K_ANONYMITY = 10
"""Sums of fewer people are shown nowhere: in a village everybody would know who they are, and a slice of fewer would
judge persons."""
