"""Whatever is posted to a page is refused for at most a tenth of a second, and nothing is a 5xx."""

import random
import re
import time
from collections.abc import Iterator
from itertools import cycle

import pytest
from flask import Flask
from flask.testing import FlaskClient

from services.console.frame import bodies
from tests.support.console import people
from tests.support.console.fake_houses import FakeHouses
from tests.support.console.people import ID
from tests.support.console.visits import Visits, csrf

pytestmark = pytest.mark.slow  # bodies as large as they may be

MOST_SECONDS = 0.1
FORM, MULTI = "application/x-www-form-urlencoded", "multipart/form-data; boundary=B"
MEGABYTE = 1_000_000
NAMED = b'--B\r\nContent-Disposition: form-data; name="file"'


def shots() -> Iterator[tuple[str, bytes]]:
    """Content type and body."""
    yield FORM, b"note=" + b"x" * MEGABYTE
    yield FORM, b"note=" + b"%41" * (7 * MEGABYTE)
    yield FORM, b"a=&" * (7 * MEGABYTE)
    yield FORM, b"a=&" * 80_000
    yield FORM, b"csrf_token=x&" * 4_900
    yield FORM, b"note=a" + b"%CC%96%CC%81" * 20_000
    yield FORM, b"&".join(b"f%d=x" % number for number in range(1_000))
    yield FORM, b"note=\xff\xfe\0" * 1_000
    yield FORM + "; charset=rot13", b"note=x"
    yield "application/json", b"[" * MEGABYTE
    yield "text/plain", b"x" * MEGABYTE
    yield "", b"x" * MEGABYTE
    yield MULTI, b"".join(b'--B\r\nContent-Disposition: form-data; name="p%d"\r\n\r\nx\r\n' % n for n in range(12_000))
    yield MULTI, b"".join(NAMED + b'; filename="x"\r\n\r\nx\r\n' for _ in range(499)) + b"--B--\r\n"
    yield MULTI, b"--B\r\n" + b"x" * MEGABYTE
    yield MULTI, b"--B\r\n" + b"X-A: b\r\n" * 100_000
    yield MULTI, b"--B\r\n" * 200_000
    yield MULTI, b"\r\n" * 500_000
    yield (
        MULTI,
        NAMED + b"\r\nContent-Type: multipart/mixed; boundary=C\r\n\r\n" + b"--C\r\n\r\n" * 100_000 + b"--C--\r\n--B--",
    )
    yield MULTI, NAMED + b'; filename="a.csv"\r\n\r\n' + b"\r\n--B" * MEGABYTE + b"\r\n--B--\r\n"
    yield MULTI, NAMED + b'; filename="a.csv"\r\n\r\n' + b"\r\n" * (10 * MEGABYTE) + b"\r\n--B--\r\n"
    yield "multipart/form-data", b"x" * MEGABYTE
    yield MULTI, b"--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--\r\n"
    yield MULTI, b'--B\r\nContent-Disposition: form-data; filename="x"\r\n\r\nx\r\n--B--\r\n'


def doors(visits: Visits) -> list[str]:
    """Every address that something may be posted to."""
    rules = [rule.rule for rule in visits.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return sorted(re.sub(r"<[^>]*>", ID, rule) for rule in rules)


def cost(client: FlaskClient, path: str, type: str, body: bytes) -> tuple[int, float]:
    began = time.thread_time()
    answer = client.post(path, data=body, content_type=type)
    return answer.status_code, time.thread_time() - began


def test_what_nobody_means_costs_little_at_every_door(visits: Visits, fakes: FakeHouses) -> None:
    people.tell(fakes)
    found = doors(visits)
    assert len(found) > 40
    random.Random(7).shuffle(found)
    clients = cycle([visits.nobody(), visits.as_("officer"), visits.as_("provider")])
    dear, seen = [], set()
    for path, (type, body) in zip(found, cycle(shots()), strict=False):
        client = next(clients)
        status, spent = cost(client, path, type, body)
        if spent > MOST_SECONDS:  # what was slow once must be slow again
            spent = min(spent, cost(client, path, type, body)[1])
        seen.add(status)
        if spent > MOST_SECONDS or status >= 500:
            dear.append((status, round(spent, 2), path, type, body[:30]))
    assert not dear
    assert seen <= {303, 400, 404, 413}, seen


@pytest.mark.parametrize("role", ["officer", "provider", "company", "supervisor"])
def test_a_huge_form_of_somebody_who_may_send_it_breaks_nothing(visits: Visits, fakes: FakeHouses, role: str) -> None:
    people.tell(fakes)
    client = visits.as_(role)
    token = b"csrf_token=" + csrf(client).encode() + b"&"
    fields = b"&".join(b"f%d=x" % number for number in range(4_900))
    marks = b"name=a" + b"%CC%96%CC%81" * 15_000
    for path in random.Random(role).sample(doors(visits), 5):
        for body in (fields, marks, b"once=" + b"x" * 200_000, b""):
            assert cost(client, path, FORM, token + body)[0] < 500, (path, body[:20])


def test_a_form_without_a_file_is_no_larger_than_a_form(visits: Visits) -> None:
    client = visits.as_("officer")
    token = b"csrf_token=" + csrf(client).encode()
    most = b"&".join([token, *(b"a=" for _ in range(bodies.MOST_FIELDS - 1))])
    assert client.post("/calon", data=most, content_type=FORM).status_code != 413
    assert client.post("/calon", data=most + b"&a=", content_type=FORM).status_code == 413
    long = token + b"&a=" + b"x" * (bodies.MOST_BYTES - len(token) - 3)
    assert client.post("/calon", data=long, content_type=FORM).status_code != 413
    assert client.post("/calon", data=long + b"x", content_type=FORM).status_code == 413


def test_of_large_files_the_console_takes_a_few_at_once(visits: Visits, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bodies, "FILES_AT_ONCE", 0)
    full = Flask("full")
    bodies.install(full)
    file = NAMED + b'; filename="a.csv"\r\n\r\n' + b"x" * (2 * MEGABYTE) + b"\r\n--B--\r\n"
    assert full.test_client().post("/x", data=file, content_type=MULTI).status_code == 429
    assert full.test_client().post("/x", data=b"a=b", content_type=FORM).status_code == 404
    # A place is given back, whatever became of the request.
    seen = {visits.nobody().post("/", data=file, content_type=MULTI).status_code for _ in range(6)}
    assert 429 not in seen
