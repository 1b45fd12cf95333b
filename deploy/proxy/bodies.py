"""For the configuration of the proxy: how many bodies it holds at once."""

from dataclasses import dataclass

TOO_MANY_BODIES = 430
"""What nginx calls it inside; visitors see 429."""


@dataclass(frozen=True, slots=True)
class Bodies:
    """How many requests of a size may be under way at once. Each body is held whole, in memory and beside it in a file,
    until its house has answered: without these, three hundred large ones fill a disk.

    ``least`` bytes said; ``of_one`` from one address, behind which a whole office may sit; ``of_all`` from everywhere.
    """

    name: str
    least: int
    of_one: int
    of_all: int


BODIES = (Bodies("large", 4_000_000, 6, 12), Bodies("medium", 100_000, 50, 100), Bodies("small", 10_000, 400, 2_000))
"""The largest first. A sheet of a thousand people has about a hundred kilobytes, and one of more than four megabytes
tens of thousands of rows. A body that does not say its length counts as a large one. All together at most 1 GB.
"""


def limits_of_bodies() -> "list[str]":
    """Lines of nginx.conf: requests are counted by what they say of their length, before a byte of a body is read."""
    sizes = [f'"~^:0*{_at_least(bodies.least)}$" {bodies.name};' for bodies in BODIES]
    lines = [
        'map "$http_transfer_encoding:$content_length" $body { default "";',
        f'"~^.+:" {BODIES[0].name}; {" ".join(sizes)} }}',
        f"limit_conn_status {TOO_MANY_BODIES};",
    ]
    for bodies in BODIES:
        for whose, key, most in (("of_one", "$binary_remote_addr", bodies.of_one), ("of_all", "all", bodies.of_all)):
            zone = f"{bodies.name}_{whose}"
            # What has an empty key is not counted.
            lines.append(f'map $body ${zone} {{ default ""; {bodies.name} {key}; }}')
            lines.append(f"limit_conn_zone ${zone} zone={zone}:1m; limit_conn {zone} {most};")
    return lines


def _at_least(number: int) -> str:
    """A pattern for whole numbers from this one on, of which only the first digit is not zero."""
    first, digits = str(number)[0], len(str(number))
    return f"([{first}-9][0-9]{{{digits - 1}}}|[1-9][0-9]{{{digits},}})"
