"""See the events of a partner as they happen. Nothing but Python; it goes on where it stood after any break.

LUMBUNG_KEY=uji_... python3 receiver.py http://127.0.0.1:8085
"""

import json
import os
import pathlib
import sys
import time
import urllib.request

url, place = sys.argv[1], pathlib.Path(os.environ.get("LUMBUNG_POSITION", "position.txt"))
wait = 0  # the first answer comes at once and says how far it goes
while True:
    after = f"&after={place.read_text()}" if place.exists() else ""
    request = urllib.request.Request(
        f"{url}/v1/events?wait={wait}{after}", headers={"Authorization": f"Bearer {os.environ['LUMBUNG_KEY']}"}
    )
    try:
        answer = json.load(urllib.request.urlopen(request, timeout=60))
    except OSError as error:
        if getattr(error, "code", 500) < 500:
            sys.exit(error.read().decode())  # it says what to do
        print(f"again in 5 s: {error}", file=sys.stderr)
        time.sleep(5)
        continue
    for event in answer["items"]:
        print(event["position"], event["time"], event["type"], json.dumps(event["data"]), flush=True)
    place.write_text(str(answer["next"]))
    wait = 30
    print(f"read up to {answer['next']} of {answer['newest']}", file=sys.stderr)
