"""Matching is the only judge of acts: what the law says today of every open job order, application and enrolment.

`judging.py` turns one subject into a `Judgement` with the rules that advice uses, `docket.py` keeps what is open in
memory, `loop.py` judges again whatever was made from something older. The houses that act hear it by events.
"""
