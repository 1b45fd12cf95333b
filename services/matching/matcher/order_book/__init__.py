"""The orders under a law, compiled once for every use: verdicts, states, paths, ranking and what-if.

* `OrderIndex(orders)` keeps the orders; `under(law.at(day))` gives their compiled form, made once for every law.
* `CompiledOrders`: for each order its rules (`applied`), its days and what it asks; equal orders share one kind.
* `states.state_codes(person, compiled, day)`: all orders for one person.
* `states.blocks(people, compiled, day)`: all orders for everybody, from facts that were each judged once (`facets.py`).
"""
