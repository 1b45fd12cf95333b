"""For tests that send more than any caller may: no limit of calls and none of their cost."""

from shared.http.costs import Cost
from shared.http.limits import Limits

_ENDLESS = Cost(rate=1_000, burst=1_000_000)

ENDLESS = Limits(caller="1000000 per minute", nobody="1000000 per minute", caller_cost=_ENDLESS, nobody_cost=_ENDLESS)
