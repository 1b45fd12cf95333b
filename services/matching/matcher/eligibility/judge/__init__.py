"""The readable form: one ask, one person, one day. Whoever explains a verdict or checks a prerequisite asks `judge`."""
