"""Learning to rank, offline: nothing here runs while somebody waits for an answer.

The served ranking (`ranking/`) is taught by two things from here, both plain arrays:

* `fit.py`: a model of curves beside the hand-set card, from training examples (`examples.py`).
* `affinity_fit.py`: the table of what a skill or trade speaks for, asked of the listwise ranker once per code.

`ranker.py` is the learner itself: queries beside items, columns from `blocks/`, trees that put lists in order
(`listwise.py`, `forest.py`). Public tasks measure it (`benchmarks.matching`). scikit-learn is imported only here.
"""
