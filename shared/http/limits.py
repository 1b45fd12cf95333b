"""For ``make_app``: how often one caller, or one address without a caller, may ask, and how much it may cost.

Counted in memory by each process, so the figures are per process. They stop a script that runs away, not an attack; an
attack is stopped in front of the house.
"""

import time
from dataclasses import dataclass
from typing import NoReturn

from flask import Flask, Response, g, request
from flask_limiter import HeaderNames, Limiter

from shared.http import counters, large
from shared.http.costs import Buckets, Cost
from shared.http.door import caller_or_none, is_ours
from shared.http.problems import TooMany, say


@dataclass(frozen=True, slots=True)
class Limits:
    """What Flask-Limiter writes as ``N per minute``.

    A known caller gets more than one process serves in practice (500 a second): bulk loads are honest work. Nobody gets
    what a person with a browser needs many times over, for a whole office behind one address.

    Processor time: a known caller may keep half a core busy for ever, and one for two minutes; an address without a
    caller a tenth of that.

    Files of more than a megabyte: half of the threads of a process, whoever sends them; to take one in needs seconds.
    """

    caller: str = "30000 per minute"
    nobody: str = "600 per minute"
    caller_cost: Cost = Cost(rate=0.5, burst=60)
    nobody_cost: Cost = Cost(rate=0.05, burst=5)
    files_at_once: int = 4


def limit(app: Flask, limits: Limits) -> Limiter:
    """Count every request but those for health and documentation; too many get 429 with Retry-After."""
    # Registered first, so that Flask runs it after the limiter has written its headers.
    app.after_request(_only_when_refused)
    large.few_at_once(app, limits.files_at_once, _come_again)
    _count_cost(app, limits)
    return Limiter(
        _who,
        app=app,
        default_limits=[lambda: limits.caller if caller_or_none() else limits.nobody],
        default_limits_exempt_when=lambda: is_ours(request.endpoint),
        headers_enabled=True,
        header_name_mapping={HeaderNames.RETRY_AFTER: _OWN_RETRY_AFTER},
        storage_uri=f"{counters.SCHEME}://",
    )


def _come_again() -> NoReturn:
    raise TooMany(
        say(
            "Beberapa berkas besar sedang diterima. Kirim lagi sebentar lagi.",
            "Several large files are being taken in. Send it again in a moment.",
        ),
        headers={"Retry-After": "5"},
    )


def _count_cost(app: Flask, limits: Limits) -> None:
    buckets = Buckets()

    def cost() -> Cost:
        return limits.caller_cost if caller_or_none() else limits.nobody_cost

    def has_some_left() -> None:
        if is_ours(request.endpoint):
            return
        g.spent_before = time.thread_time()
        # Known keys are looked up in the database: once, also where it does not answer.
        g.spender = (_who(), cost())
        seconds = buckets.wait(*g.spender)
        if seconds:
            raise TooMany(
                say(
                    "Permintaan Anda memakai terlalu banyak waktu prosesor. Tunggu selama Retry-After detik.",
                    "Your requests took too much processor time. Wait for Retry-After seconds.",
                ),
                code="too_costly",
                headers={"Retry-After": str(seconds)},
            )

    def spend(response: Response) -> Response:
        if "spender" in g:
            who, allowed = g.spender
            own = max(0.0, time.thread_time() - g.spent_before)
            buckets.spend(who, allowed, own + g.get("also_spent", 0.0))
        return response

    app.before_request(has_some_left)
    app.after_request(spend)


_OWN_RETRY_AFTER = "X-RateLimit-Retry-After"


def _only_when_refused(response: Response) -> Response:
    """The limiter writes its waiting time on every answer; a 409 of ours has its own, and others have none."""
    seconds = response.headers.pop(_OWN_RETRY_AFTER, None)
    if response.status_code == 429 and seconds is not None:
        response.headers["Retry-After"] = seconds
    return response


def _who() -> str:
    caller = caller_or_none()
    return f"caller {caller.id}" if caller else f"address {request.remote_addr}"
