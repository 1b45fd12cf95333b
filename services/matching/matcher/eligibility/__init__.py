"""The law of the house: may this person apply for this order on this day? Never learned, never part of a score.

Two forms of one engine, equal on every pair:

* `check(person, order, law_on_day, day) -> Verdict`: every rule in plain words, with legal basis, the person's value,
  the needed value, the next action and who acts.
* `Table(law, orders)`: all people × all orders with numpy; `Table.states(people, day)` writes one small number a pair.

Both read the same list of demands (`rules.demands(order, law)`), each evaluates it in its own way.

The law of a day comes from `Law.from_records(policies).at(day, known_on)`. `judge(ask, person, day)` evaluates a single
requirement, also the leaves of a course's prerequisites.
"""
