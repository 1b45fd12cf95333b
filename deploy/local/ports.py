"""Which port each part listens on, and who sits on one that is taken."""

import random
import socket
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace

from deploy.local.problems import Fault

HOST = "127.0.0.1"

# Below the range from which the kernel takes ports for outgoing connections: a broker that was killed must get its own
# port back, and must not find a client of ours on it.
FREE_FROM, FREE_TO = 20_000, 32_000


@dataclass(frozen=True, slots=True)
class Ports:
    """The ports of one home. Each can be set by a variable of the same name: KAFKA_PORT, REGISTRY_PORT, …"""

    kafka: int = 9092
    controller: int = 9093
    mongodb: int = 27017
    registry: int = 8081
    training: int = 8082
    placement: int = 8083
    matching: int = 8084
    console: int = 8080
    signin: int = 8079
    partners: int = 8085
    # Where the work process of each house shows its metrics; nothing else is to be had there.
    registry_work: int = 9081
    training_work: int = 9082
    placement_work: int = 9083
    matching_work: int = 9084
    partners_work: int = 9085

    def work(self, house: str) -> int:
        """Where the work process of a house shows its metrics."""
        return self.named()[f"{house}_work"]

    def named(self) -> dict[str, int]:
        return {field.name: getattr(self, field.name) for field in fields(self)}


def from_environ(environ: Mapping[str, str]) -> Ports:
    """The usual ports, changed by <NAME>_PORT. Raises Fault for a value that is no port."""
    ports = Ports()
    for name in ports.named():
        variable = f"{name.upper()}_PORT"
        text = environ.get(variable)
        if not text:
            continue
        if not text.isdigit() or not 0 < int(text) < 65_536:
            raise Fault(
                f"{variable}={text} is no port.", f"Give a number from 1 to 65535, for example {variable}=18080."
            )
        ports = replace(ports, **{name: int(text)})
    return ports


def free() -> Ports:
    """A set of ports that nobody listens on right now, for tests and for `make demo`."""
    names = list(Ports().named())
    found: list[int] = []
    while len(found) < len(names):
        port = random.randint(FREE_FROM, FREE_TO)
        if port not in found and is_free(port):
            found.append(port)
    return Ports(**dict(zip(names, found, strict=True)))


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def answers(port: int, host: str = HOST) -> bool:
    """Somebody accepts connections there."""
    try:
        with socket.create_connection((host, port), timeout=1):
            return True
    except OSError:
        return False


def holder(port: int) -> str:
    """Who listens there, as far as this user may know: "java (process 4711)" or "another program"."""
    import psutil

    try:
        for connection in psutil.net_connections(kind="tcp"):
            if connection.status == psutil.CONN_LISTEN and connection.laddr.port == port and connection.pid:
                return f"{psutil.Process(connection.pid).name()} (process {connection.pid})"
    except (psutil.Error, OSError):
        pass
    return "another program"


def check_free(ports: Mapping[str, int]) -> None:
    """Raises Fault for the first port that is taken, naming who has it and how to choose another."""
    for name, port in ports.items():
        if not is_free(port):
            raise taken(name, port)


def taken(name: str, port: int) -> Fault:
    other = port + 10_000 if port < 55_000 else 18_080
    return Fault(
        f"Port {port}, on which {name} would listen, is taken by {holder(port)}.",
        f"Stop that program, or choose another port, for example {name.upper()}_PORT={other} ./lumbung up.",
    )
