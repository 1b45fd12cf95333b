"""The one door in front of all houses: nginx, which reads slow requests and writes slow answers so that no house must.

A house has a handful of threads, and whoever sends or reads a byte a second would hold one of them. Here waiting costs
a few kilobytes: heads have a deadline, bodies a least rate (`patience.js`), and a house gets a request when all of it
has come. The same configuration serves the embedded stack (`deploy/local`) and the containers (`__main__.py`).

What nginx refuses by itself reads like every other refusal of a house: problem+json with a code.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy.proxy.bodies import BODIES, TOO_MANY_BODIES, limits_of_bodies

ALIVE = "/-/proxy"
"""Where the proxy itself says that it is alive, whatever is behind it."""

__all__ = ["BODIES", "Front", "Patience", "Tls", "configuration"]

SCRIPT = Path(__file__).with_name("patience.js")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a client is waited for: a phone on a weak link needs a fifth of it.

    ``head`` seconds for the whole head of a request, ``silence`` between two pieces of a body or of an answer that is
    read: after these the line is closed without a word (nginx has no setting for a 408 there). A body has ``grace``
    seconds and then must come at ``rate`` bytes a second; one that is late gets 408.
    """

    head: int = 15
    silence: int = 60
    grace: int = 15
    rate: int = 2_000


ANSWER_SECONDS = 60
"""Between two pieces of a house's answer. The slowest lawful one waits half of it for news."""

MOST_MEGABYTES = 33
"""As `shared/http/app.py` takes: the largest upload and the form around it."""

REQUESTS_A_SECOND, AT_ONCE = 500, 3_000
"""From one address, behind which a whole office may sit; the houses count more finely, by caller."""

CONNECTIONS = 8_192

MOST_HEADERS, LONGEST_LINE = 90, 8_190
"""Of a request. Less than a house takes (`shared/http/server.py`): a house that refuses a head hangs up, and while the
body is still being handed over nginx would take that for a house that is away."""


@dataclass(frozen=True, slots=True)
class Front:
    """One house as outsiders reach it. ``address`` is what nginx calls an upstream: a host and port, or a socket."""

    house: str
    listen: str
    address: str


@dataclass(frozen=True, slots=True)
class Tls:
    """A certificate with its chain, and its key, as PEM files."""

    certificate: Path
    key: Path


def configuration(
    fronts: "list[Front]",
    *,
    folder: Path,
    tls: Tls | None = None,
    resolver: str | None = None,
    trusts: "Sequence[str]" = (),
    workers: str = "1",
    patience: Patience = Patience(),
) -> str:
    """nginx.conf as text.

    Args:
        folder: where it may write.
        resolver: asks again where a house is (containers).
        trusts: addresses of what stands in front, as networks: visitors are told apart by the address that it names.
    """
    lines = [
        "daemon off;",
        f"worker_processes {workers};",
        # What it says about a request repeats its address, and addresses hold ids of people; a house that is away is
        # told by the supervisor, and by 503.
        "error_log stderr emerg;",
        f"pid {folder / 'nginx.pid'};",
        *([f"user {_name()};"] if os.geteuid() == 0 else []),
        f"worker_rlimit_nofile {_files()};",
        f"events {{ worker_connections {min(CONNECTIONS, _files() // 2)}; }}",
        "http {",
        *(f"set_real_ip_from {network};" for network in trusts),
        *(["real_ip_header X-Forwarded-For; real_ip_recursive on;"] if trusts else []),
        *_http(fronts, folder, resolver, patience),
        *limits_of_bodies(),
        *(line for front in fronts for line in _server(front, tls, first=front is fronts[0])),
        "}",
    ]
    return "\n".join(lines) + "\n"


def _http(fronts: "list[Front]", folder: Path, resolver: str | None, patience: Patience) -> "list[str]":
    again = " resolve" if resolver else ""
    return [
        "access_log off; server_tokens off; default_type application/octet-stream;",
        *(f"{kind}_temp_path {folder / kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")),
        f"client_header_timeout {patience.head}s; client_body_timeout {patience.silence}s; "
        f"send_timeout {patience.silence}s;",
        f"client_max_body_size {MOST_MEGABYTES}m; client_body_buffer_size 64k; "
        f"large_client_header_buffers 8 {LONGEST_LINE}; max_headers {MOST_HEADERS};",
        "keepalive_timeout 30s; lingering_time 10s;",
        f"limit_req_zone $binary_remote_addr zone=address:4m rate={REQUESTS_A_SECOND}r/s;",
        f"limit_req zone=address burst={AT_ONCE} nodelay; limit_req_status 429;",
        f"js_path {SCRIPT.parent}; js_import patience from {SCRIPT.name};",
        "js_shared_dict_zone zone=leash:32k type=number;",
        f"js_var $patience_grace {patience.grace}; js_var $patience_rate {patience.rate}; "
        f"js_var $patience_most {MOST_MEGABYTES << 20};",
        # A slow reader of a long answer is waited for here, up to what a house can say at once.
        # The head of an answer may repeat what a request said, escaped; one that does not fit would be a 503.
        "proxy_http_version 1.1; proxy_buffer_size 32k; proxy_buffers 64 16k; proxy_max_temp_file_size 64m;",
        f"proxy_connect_timeout 5s; proxy_read_timeout {ANSWER_SECONDS}s; proxy_next_upstream off;",
        *([f"resolver {resolver} valid=5s;"] if resolver else []),
        "map $http_accept_language $language { default id; ~*^en en; }",
        *(_words(status, row) for status, row in PROBLEMS.items()),
        *(
            f"upstream {front.house} {{ zone {front.house} 64k; "
            f"server {front.address}{again} max_fails=0; keepalive 32; "
            # Shorter than a house keeps an idle line, so that it is never the house that closes first.
            "keepalive_timeout 8s; }"
            for front in fronts
        ),
    ]


def _server(front: Front, tls: Tls | None, *, first: bool) -> "list[str]":
    secure = f" ssl; ssl_certificate {tls.certificate}; ssl_certificate_key {tls.key}" if tls else ""
    pages = [
        # What nginx shows instead of a status of its own must be named here: it would say 400 for 494.
        f"error_page {status} ={_SHOWN.get(status, status)} /-/{status};"
        for status in PROBLEMS
        if status != 503
    ]
    places = [
        f"location = /-/{status} {{ internal; default_type application/problem+json; "
        f"add_header Cache-Control no-store always; add_header Content-Language $language always; "
        f"{f'add_header Retry-After {RETRY[status]} always; ' if status in RETRY else ''}"
        f"return {_SHOWN.get(status, status)} $problem_{status}; }}"
        for status in PROBLEMS
    ]
    return [
        f"server {{ listen {front.listen}{secure}; server_name _;",
        *pages,
        "error_page 502 504 =503 /-/503;",
        # A version of HTTP or a Transfer-Encoding that nobody speaks is the sender's slip, not ours.
        "error_page 501 505 =400 /-/400;",
        *places,
        f"location = {ALIVE} {{ access_log off; return 204; }}",
        *(["location @leash { js_periodic patience.leash interval=1s worker_affinity=all; }"] if first else []),
        "location / {",
        f"js_access patience.hold; proxy_pass http://{front.house};",
        'proxy_set_header Connection ""; proxy_set_header Host $http_host; proxy_set_header X-Forwarded-Proto $scheme;',
        "proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;",
        "} }",
    ]


def _words(status: int, row: "tuple[str, str, str, str, str]") -> str:
    code, *texts = row
    bodies = {}
    for lang, title, detail in (("id", texts[0], texts[2]), ("en", texts[1], texts[3])):
        shown = {
            "type": f"/docs#{code}",
            "title": title,
            "status": _SHOWN.get(status, status),
            "code": code,
            "detail": detail,
        }
        bodies[lang] = json.dumps(shown, ensure_ascii=False, separators=(",", ":"))
    return f"map $language $problem_{status} {{ id '{bodies['id']}'; en '{bodies['en']}'; }}"


PROBLEMS: "Mapping[int, tuple[str, str, str, str, str]]" = {
    400: (
        "malformed_http",
        "Permintaan HTTP ini tidak dapat dibaca",
        "This HTTP request cannot be read",
        "Periksa baris pertama dan header permintaan.",
        "Check the first line and the headers of the request.",
    ),
    405: (
        "method_not_allowed",
        "Metode ini tidak berlaku di alamat ini",
        "This method does not apply to this address",
        "Lihat metode setiap alamat di /docs.",
        "See the methods of each address in /docs.",
    ),
    408: (
        "timed_out",
        "Kiriman terlalu lambat",
        "The request came too slowly",
        "Kirim ulang; berkas kecil atau terkompresi (gzip) lebih cepat sampai.",
        "Send it again; a small or compressed (gzip) file arrives sooner.",
    ),
    413: (
        "too_large",
        "Kiriman terlalu besar",
        "The request is too large",
        "Paling besar 33 MB. Bagi menjadi beberapa kiriman.",
        "At most 33 MB. Send it in parts.",
    ),
    414: (
        "too_long_address",
        "Alamat terlalu panjang",
        "The address is too long",
        "Kirim isinya di badan permintaan, bukan di alamat.",
        "Send it in the body of the request, not in its address.",
    ),
    429: (
        "too_many_requests",
        "Terlalu banyak permintaan",
        "Too many requests",
        "Tunggu selama Retry-After detik.",
        "Wait for Retry-After seconds.",
    ),
    TOO_MANY_BODIES: (
        "too_many_uploads",
        "Terlalu banyak kiriman besar sekaligus",
        "Too many large requests at once",
        "Tunggu sampai kiriman lain dari alamat Anda selesai, lalu kirim lagi.",
        "Wait until others from your address have ended, then send it again.",
    ),
    494: (
        "headers_too_large",
        "Header terlalu besar",
        "The headers are too large",
        "Kirim lebih sedikit header.",
        "Send fewer headers.",
    ),
    503: (
        "temporarily_unavailable",
        "Layanan sedang terputus, coba lagi sebentar",
        "The service is cut off for a moment, try again",
        "Tunggu selama Retry-After detik.",
        "Wait for Retry-After seconds.",
    ),
}
"""What nginx answers by itself: its status → code, titles and what to do, in Indonesian and English."""

RETRY = {408: 2, 429: 2, TOO_MANY_BODIES: 10, 503: 2}
"""Seconds after which it makes sense to come again."""

_SHOWN = {494: 431, TOO_MANY_BODIES: 429}


def _name() -> str:
    import pwd

    return pwd.getpwuid(os.geteuid()).pw_name


def _files() -> int:
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    return 2 * CONNECTIONS if hard == resource.RLIM_INFINITY else min(hard, 2 * CONNECTIONS)
