"""The served ranking: the only part of the house that puts orders and courses in order for one person, with reasons.

Stages, in the order in which an answer passes them:

1. **candidates**: the caller hands in what the law lets be shown (`advice/advise.py`); nothing here knows a law.
2. **features** (`features/`): person beside offer as columns between 0 and 1, NaN where nothing is known.
3. **scorer** (`scorecard.py`, `model.py`): hand-set points; beside them, once outcomes are known, a fitted model.
4. **re-ranker** (`reranker.py`): crowded offers lose points, one occupation does not fill a list.
5. **explanation** (`explanation/`): each part of the score as a sentence.

    ranking = Ranking.cold()
    ranking.orders(person, orders, gaps)                  -> RankedList of Ranked, best first
    ranking.courses(person, courses, outlooks, open_orders=now, gaps=gaps)

What is learned comes in as data and never as code: a fitted model and the table of what suits whom
(`features/affinity.py`) are made offline by `ltr/`, kept as arrays (`artefact.py`) and looked up here.
"""
