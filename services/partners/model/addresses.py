"""Where a delivery may connect to: the open internet, and nothing that only this network can reach.

Asked with the addresses that a name really has, at the moment of connecting: a name that was fine when it was saved
can point anywhere a minute later.
"""

import ipaddress
import re
from urllib.parse import urlsplit

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_COMPATIBLE = ipaddress.IPv6Network("::/96")
_ALSO_CLOSED = tuple(
    ipaddress.ip_network(one)
    for one in (
        "192.0.0.0/24", "192.88.99.0/24", "64:ff9b:1::/48", "100::/64", "2001::/23", "3fff::/20", "5f00::/16",
        "fec0::/10",
    )
)  # fmt: skip
"""Special by the registries of IANA, and not closed in every version of Python's own lists."""

# However it is written (0177.0.0.1, 0x7f.1, 127.1, 2130706433), such a name is an address to whoever resolves it:
# https://url.spec.whatwg.org/#ends-in-a-number-checker
_NUMBER_LAST = re.compile(r"(.*\.)?([0-9]+|0[xX][0-9a-fA-F]*)\.?")
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?\.?")


def open_to_all(text: str, *, development: bool = False) -> bool:
    """Whether this IP address is on the open internet; in development the machine's own loopback is allowed too."""
    try:
        address = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return all(_is_open(one, development=development) for one in (address, *_inside(address)))


def refusal(url: str, *, development: bool = False) -> str | None:
    """Why this cannot be an endpoint: a code for the sentence, or None when it can.

    `not_a_url`, `not_https`, `with_login`, `with_fragment`, `not_a_host`, `bad_port` or `private_address`.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return "bad_port" if url.startswith(("http://", "https://")) else "not_a_url"
    if parts.scheme not in ("http", "https") or not parts.hostname or any(sign <= " " or sign == "\\" for sign in url):
        return "not_a_url"
    if parts.username is not None or parts.password is not None:
        return "with_login"
    if parts.fragment or url.endswith("#"):
        return "with_fragment"
    if port == 0:
        return "bad_port"
    literal = _literal(parts.hostname)
    if literal is None and (not _HOST.fullmatch(parts.hostname) or _NUMBER_LAST.fullmatch(parts.hostname)):
        return "not_a_host"
    if literal is not None and not open_to_all(literal, development=development):
        return "private_address"
    if literal is None and _is_local_name(parts.hostname) and not development:
        return "private_address"
    at_home = parts.hostname == "localhost" or (literal is not None and ipaddress.ip_address(literal).is_loopback)
    return None if parts.scheme == "https" or (development and at_home) else "not_https"


def _literal(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host.partition("%")[0]))
    except ValueError:
        return None


def _is_local_name(host: str) -> bool:
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith((".localhost", ".local", ".internal")) or "." not in name


def _inside(address: Address) -> list[Address]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, compatible, NAT64, 6to4, Teredo."""
    if isinstance(address, ipaddress.IPv4Address):
        return []
    found: list[Address] = [one for one in (address.ipv4_mapped, address.sixtofour) if one is not None]
    found += list(address.teredo or ())
    if address in _NAT64 or (address in _COMPATIBLE and int(address) > 1):
        found.append(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF))
    return found


def _is_open(address: Address, *, development: bool) -> bool:
    if isinstance(address, ipaddress.IPv6Address) and address.ipv4_mapped is not None:
        return True  # decided by the address inside
    if address.is_loopback:
        return development
    closed = (
        address.is_private or address.is_link_local or address.is_multicast or address.is_reserved
        or address.is_unspecified or not address.is_global
    )  # fmt: skip
    return not closed and not any(address in one for one in _ALSO_CLOSED if one.version == address.version)
