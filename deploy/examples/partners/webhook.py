"""A receiver of webhooks: it verifies the signature, keeps ids it has seen, and answers at once.

pip install standardwebhooks; LUMBUNG_SECRET=whsec_... python3 webhook.py 9000
"""

import http.server
import os
import sys

from standardwebhooks.webhooks import Webhook, WebhookVerificationError

hook, seen = Webhook(os.environ["LUMBUNG_SECRET"]), set()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            event = hook.verify(body, dict(self.headers))
        except WebhookVerificationError:
            return self.send_error(401)
        if event["id"] not in seen:  # the same event may come twice: after a break, or when you ask for it again
            seen.add(event["id"])
            print(event.get("position"), event["type"], event["data"], flush=True)
        self.send_response(204)
        return self.end_headers()


http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Receiver).serve_forever()
