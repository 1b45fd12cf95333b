"""The matching house asks this to put orders and courses in the order that serves one person, with reasons.

    ranking = Ranking.cold()
    ranking.orders(person, orders, gaps)                  -> list[Ranked], best first
    ranking.courses(person, courses, outlooks, open_orders=now, gaps=gaps)

It ranks whatever it is given and knows no law: what may be shown is decided before.
"""
