"""``python -m deploy.local.signin``: serve the development provider until told to stop."""

import os
import signal
import sys
from pathlib import Path
from types import FrameType

from werkzeug.serving import make_server

from deploy.local.signin.app import create_app
from deploy.local.signin.people import Person, members, staff
from shared import logs
from shared.http.tokens import DevelopmentIssuer


def main() -> int:
    logs.setup(house="signin", process="web", level=os.environ.get("LUMBUNG_LOG_LEVEL", "INFO"))
    issuer = DevelopmentIssuer(
        Path(os.environ["ISSUER_FOLDER"]), environment=os.environ.get("LUMBUNG_ENV", "production")
    )
    addresses = {house: os.environ[f"{house.upper()}_URL"] for house in ("training", "placement")}

    def people() -> list[Person]:
        return [*staff(), *members(issuer, addresses)]

    host, port = os.environ["HTTP_HOST"], int(os.environ["HTTP_PORT"])
    app = create_app(issuer, url=f"http://{host}:{port}", console=os.environ["CONSOLE_URL"], people=people)
    server = make_server(host, port, app, threaded=True)

    def stop(number: int, frame: FrameType | None) -> None:
        sys.exit(0)

    signal.signal(signal.SIGTERM, stop)
    server.serve_forever()
    return 0


if __name__ == "__main__":
    sys.exit(main())
