"""The bounds of an examination, for whoever refuses a model and whoever shows why. Moving one needs a reason here."""

MOST_ERROR = 0.05
"""Calibration: what a model says may differ from what comes by five in a hundred on average."""
MOST_FALL = 0.05
"""nDCG that a slice may lose against the ranking in force; more is a harm that no mean makes up for."""
