"""What a test run says about itself at its end: which MongoDB it used, and what a missing server kept from running."""

from collections import Counter

_engines: list[str] = []
_missing: Counter[str] = Counter()


def engine(label: str) -> None:
    """Tests ran on this MongoDB."""
    if label not in _engines:
        _engines.append(label)


def missing(server: str, tests: int = 1) -> None:
    """So many tests did not run on this server because it is not on this machine."""
    _missing[server] += tests


def lines() -> list[str]:
    """The lines for pytest's terminal summary."""
    said = [f"MongoDB: {', '.join(_engines)}"] if _engines else ["MongoDB: no test asked for a server"]
    said += [f"not run on {server}, which is not here: {count} tests" for server, count in sorted(_missing.items())]
    return said
