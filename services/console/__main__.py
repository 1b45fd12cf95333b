"""The front door: ``python -m services.console web``. It has no work to do when nobody looks, so there is no other."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence

from services.console.app import create_app
from services.console.settings import Settings
from services.console.store import Unavailable, prepare
from shared import clock, logs
from shared.documents.mongo import Database
from shared.http.server import serve
from shared.settings import SettingMissing, read


def main(argv: Sequence[str], environ: Mapping[str, str] = os.environ) -> int:
    """Serve until told to stop; returns the exit code. Trouble is told in one sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python -m services.console")
    parser.add_subparsers(dest="command", required=True).add_parser("web", help="serve the pages")
    parser.parse_args(argv)
    try:
        settings = read(Settings, environ)
    except SettingMissing as error:
        print(error, file=sys.stderr)
        return 2
    logs.setup(house="console", process="web", level=settings.lumbung_log_level)
    clock.follow(settings.lumbung_clock_file)
    database = Database(settings.mongodb_uri, settings.mongodb_database)
    try:
        prepare(database)
    except Unavailable as error:
        print(f"MongoDB ({settings.mongodb_database}) does not answer as it should: {error}", file=sys.stderr)
        return 1
    database.close()  # a connection does not survive the fork of the server's workers; they open their own
    serve(lambda: create_app(settings), settings)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
