"""The whole answer about one person: the verdict, the law that stands in the way, the paths, courses and placements.

Law and score never mix: eligibility and paths decide what may be shown as open, the ranking only puts it in order.
"""
