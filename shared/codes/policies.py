"""The kinds of policies, which are law as dated data: proposed at one house's door and read by another."""

KINDS = ("GATE", "BAN", "CORRIDOR", "COST", "AGE_FLOOR", "HOURS", "RATE")
