"""What the examples share: read the feed of events from where this program stood, with nothing but Python.

The environment: LUMBUNG_PARTNERS_URL (http://127.0.0.1:8085), LUMBUNG_KEY (the API key of the partner), and
LUMBUNG_STATE, a folder in which a program keeps its position and what it knows.
"""

import json
import os
import pathlib
import sys
import time
import urllib.error
import urllib.request


def ask(url, *, method="GET", body=None, key=None, headers=None):
    """One request; the answer as JSON. A refusal is printed in its own words, which say what to do."""
    sent = {"Content-Type": "application/json", **(headers or {})}
    if key:
        sent["Authorization"] = f"Bearer {key}"
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, sent, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as refused:
        raise SystemExit(f"{refused.code}: {refused.read().decode()}") from None


def place(name):
    """A file in the folder of this program."""
    folder = pathlib.Path(os.environ.get("LUMBUNG_STATE", "."))
    folder.mkdir(parents=True, exist_ok=True)
    return folder / name


def keep(path, text):
    """Write a file as a whole or not at all."""
    draft = path.with_suffix(path.suffix + ".new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(path)


def events(types=(), *, once="--once" in sys.argv):
    """Every event; the position moves on once it was dealt with. Waits for more, or ends when nothing is left."""
    url, key = os.environ.get("LUMBUNG_PARTNERS_URL", "http://127.0.0.1:8085"), os.environ["LUMBUNG_KEY"]
    at = place("position")
    while True:
        query = "".join(f"&types={one}" for one in types)
        after = f"&after={at.read_text()}" if at.exists() else ""
        try:
            answer = ask(f"{url}/v1/events?wait={0 if once else 30}&limit=500{after}{query}", key=key)
        except OSError as error:
            print(f"again in 5 s: {error}", file=sys.stderr)
            time.sleep(5)
            continue
        for event in answer["items"]:
            yield event
            keep(at, event["position"])
        keep(at, str(answer["next"]))
        if once and answer["next"] >= answer["newest"]:
            return
