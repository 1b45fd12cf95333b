"""The whole of Lumbung on one machine: engines, users, topics, houses, in this order.

`./lumbung up` holds one under the home `.lumbung/`; tests and `make demo` make one in a folder of their own on free
ports. The engines come up side by side, the houses when both are ready.
"""

import os
import signal
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from deploy import broker, topics
from deploy.local import jars, java, mongo, ports, state
from deploy.local.folders import Home, cache
from deploy.local.houses import HOUSES, ROLES, base_environment, program
from deploy.local.kafka import CONTROLLER, Broker
from deploy.local.ports import Ports
from deploy.local.problems import Fault
from deploy.local.secrets import ADMIN, Credentials, Secrets
from deploy.local.supervisor import Program, Supervisor, Tell
from shared.http.tokens import DevelopmentIssuer

ENGINES_SECONDS = 120
HOUSES_SECONDS = 120


@dataclass(frozen=True, slots=True)
class Existing:
    """Servers that somebody else runs. Their credentials are used as they are; we make topics and nothing else."""

    mongodb: str | None = None
    kafka: broker.Admin | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Existing":
        """From MONGODB_URI and KAFKA_BOOTSTRAP (with KAFKA_USERNAME, KAFKA_PASSWORD, KAFKA_SECURITY, KAFKA_CA_FILE)."""
        kafka = None
        if bootstrap := environ.get("KAFKA_BOOTSTRAP"):
            if not environ.get("KAFKA_USERNAME") or not environ.get("KAFKA_PASSWORD"):
                raise Fault(
                    "KAFKA_BOOTSTRAP names a broker, but not how to sign in there.",
                    "Set KAFKA_USERNAME and KAFKA_PASSWORD too (SCRAM-SHA-256), or unset KAFKA_BOOTSTRAP.",
                )
            kafka = broker.Admin(
                bootstrap=bootstrap,
                username=environ["KAFKA_USERNAME"],
                password=environ["KAFKA_PASSWORD"],
                security=environ.get("KAFKA_SECURITY", "SASL_PLAINTEXT"),
                ca_file=environ.get("KAFKA_CA_FILE"),
            )
        return cls(mongodb=environ.get("MONGODB_URI"), kafka=kafka)


@dataclass(frozen=True, slots=True)
class Step:
    """A part of the start that is done, with the seconds it took: for the person who waits."""

    what: str
    seconds: float


class Stack:
    """One Lumbung. Use it as a context: what it started is stopped at the end, whatever happened.

    `engine` takes the place of the MongoDB that would be found; `tell(name, line)` hears what processes write, and
    `step` each finished part of the start.
    """

    def __init__(
        self,
        *,
        home: Home,
        ports: Ports,
        existing: Existing = Existing(),
        engine: mongo.Engine | None = None,
        houses: Sequence[str] = HOUSES,
        environ: Mapping[str, str] = os.environ,
        tell: Tell = lambda name, line: None,
        step: Callable[[Step], None] = lambda step: None,
        throw_away: bool = False,
    ) -> None:
        self.home = home
        self.ports = ports
        self.houses = tuple(houses)
        self.engine = engine or mongo.find({**environ, "MONGODB_URI": existing.mongodb or ""})
        self._existing = existing
        self._environ = environ
        self._step = step
        self._throw_away = throw_away
        self._began = time.time()
        self._ready = False
        home.make()
        self._secrets = Secrets(home.secrets)
        self._server = mongo.Server(
            engine=self.engine,
            folder=home.mongodb(self.engine.kind),
            port=ports.mongodb,
            keyfile=self._secrets.path("mongodb-keyfile"),
            admin=self._secrets.credentials("mongodb", ADMIN),
            houses={house: self._secrets.credentials("mongodb", house) for house in self.houses},
        )
        self._secrets.key("mongodb-keyfile")
        self.supervisor = Supervisor(logs=home.logs, tell=tell, changed=self._write_state)

    def __enter__(self) -> "Stack":
        return self

    def __exit__(self, *error: object) -> None:
        self.stop()

    # What a client needs to know

    @property
    def bootstrap(self) -> str:
        return self._existing.kafka.bootstrap if self._existing.kafka else f"{ports.HOST}:{self.ports.kafka}"

    @property
    def admin(self) -> Credentials:
        """Kafka's superuser."""
        if kafka := self._existing.kafka:
            return Credentials(kafka.username, kafka.password)
        return self._secrets.credentials("kafka", ADMIN)

    @property
    def kafka_admin(self) -> broker.Admin:
        """The superuser as deploy.broker wants it."""
        return self._existing.kafka or broker.Admin(self.bootstrap, self.admin.username, self.admin.password)

    def credentials(self, house: str) -> Credentials:
        """A house's principal at Kafka."""
        return self.admin if self._existing.kafka else self._secrets.credentials("kafka", house)

    def mongodb_uri(self, house: str) -> str:
        return self._existing.mongodb or self._server.uri(house)

    @property
    def mongodb_admin_uri(self) -> str:
        """MongoDB's superuser, who may make and drop any database: for tests."""
        return self._existing.mongodb or self._server.admin_uri

    def url(self, house: str) -> str:
        return f"http://{ports.HOST}:{self.ports.named()[house]}"

    def environment(self, house: str) -> dict[str, str]:
        """All settings of a house's processes, and nothing of any other house."""
        user = self.credentials(house)
        environment = {
            "LUMBUNG_ENV": "development",
            "LUMBUNG_CLOCK_FILE": str(self.home.clock),
            "MONGODB_URI": self.mongodb_uri(house),
            "MONGODB_DATABASE": mongo.database_name(house),
            "KAFKA_BOOTSTRAP": self.bootstrap,
            "KAFKA_USERNAME": user.username,
            "KAFKA_PASSWORD": user.password,
            "KAFKA_SECURITY": self.kafka_admin.security,
            "HTTP_HOST": ports.HOST,
            "HTTP_PORT": str(self.ports.named()[house]),
            "OIDC_ISSUER": "lumbung-development",
            "OIDC_AUDIENCE": "lumbung",
            "OIDC_JWKS": str(self.jwks_path),
        }
        if self.kafka_admin.ca_file:
            environment["KAFKA_CA_FILE"] = self.kafka_admin.ca_file
        if house == "registry":
            environment |= {"NIK_KEY": self._secrets.key("nik-key"), "NIK_HASH_KEY": self._secrets.key("nik-hash-key")}
        if house == "matching":
            environment |= {"SNAPSHOT_KEY": self._secrets.key("snapshot-key"), "LUMBUNG_MODELS": str(self.home.models)}
        return environment

    @property
    def jwks_path(self) -> Path:
        """The key set by which houses know staff tokens; made with the first token, or when the houses start."""
        return self.home.issuer / "jwks.json"

    def token(self, role: str, name: str, *, centre: str | None = None, scopes: Iterable[str] | None = None) -> str:
        """A development token for a person of this name, with the scopes of the role unless others are given."""
        return self._issuer().mint(role, name, centre, scopes)

    def _issuer(self) -> DevelopmentIssuer:
        return DevelopmentIssuer(self.home.issuer, environment="development")

    # Starting and stopping

    def start_engines(self) -> None:
        """Kafka and MongoDB side by side, then users, topics and rights. Raises Fault when one cannot be had."""
        wanted = {
            name: port
            for name, port, ours in (
                ("kafka", self.ports.kafka, not self._existing.kafka),
                ("controller", self.ports.controller, not self._existing.kafka),
                ("mongodb", self.ports.mongodb, not self._existing.mongodb),
            )
            if ours
        }
        ports.check_free(wanted)
        with ThreadPoolExecutor(max_workers=2) as pool:
            for started in [pool.submit(self._start_kafka), pool.submit(self._start_mongodb)]:
                started.result()

    def start_houses(self, houses: Sequence[str] | None = None) -> None:
        """The processes of the houses, all at once; back when every /readyz says so."""
        began = time.monotonic()
        houses = houses or self.houses
        ports.check_free({house: self.ports.named()[house] for house in houses})
        self._issuer()  # makes the key set by which houses know staff tokens
        self.supervisor.start(
            [
                program(
                    house=house,
                    role=role,
                    port=self.ports.named()[house],
                    environment=self.environment(house),
                )
                for house in houses
                for role in ROLES
            ],
            seconds=HOUSES_SECONDS,
        )
        self._ready = True
        self._write_state()
        self._step(Step(f"{len(houses)} houses", time.monotonic() - began))

    def stop(self) -> None:
        """End everything. A folder that is thrown away is not worth a polite end."""
        self.supervisor.stop(kill=self._throw_away)
        state.forget(self.home)

    def _start_kafka(self) -> None:
        began = time.monotonic()
        if self._existing.kafka is None:
            node = Broker(
                java=java.find(self._environ),
                jars=jars.ensure(cache=cache(self._environ), environ=self._environ),
                data=self.home.kafka,
                port=self.ports.kafka,
                controller_port=self.ports.controller,
                admin=self.admin,
                controller=self._secrets.credentials("kafka", CONTROLLER),
            )
            node.prepare()
            self.supervisor.start(
                [
                    Program(
                        name="kafka",
                        command=node.command(),
                        environment=base_environment(self._environ),
                        folder=self.home.kafka,
                        port=self.ports.kafka,
                        ready=lambda: ports.answers(self.ports.kafka),
                        orphaned=signal.SIGTERM,  # its data folder deserves a clean end
                    )
                ],
                seconds=ENGINES_SECONDS,
            )
        described = topics.load()
        passwords = {} if self._existing.kafka else {house: self.credentials(house).password for house in self.houses}
        try:
            made = broker.apply(self.kafka_admin, described, passwords)
        except broker.Disagrees as refusal:
            raise Fault(f"Kafka: {refusal}", "`./lumbung reset` starts over with an empty folder.") from refusal
        new = f", {len(made.topics)} topics made" if made.topics else ""
        where = f" at {self.bootstrap}" if self._existing.kafka else ""
        self._step(Step(f"Apache Kafka{where or ' ' + jars.VERSION}{new}", time.monotonic() - began))

    def _start_mongodb(self) -> None:
        began = time.monotonic()
        if self._existing.mongodb:
            version = mongo.check_existing(self._existing.mongodb)
            self.engine = replace(self.engine, version=version)
        else:
            self._server.prepare()
            self.supervisor.start(
                [
                    Program(
                        name="mongodb",
                        command=self._server.command(),
                        environment=base_environment(self._environ),
                        folder=self._server.folder,
                        port=self.ports.mongodb,
                        ready=self._server.ready,
                        orphaned=signal.SIGTERM,
                    )
                ],
                seconds=ENGINES_SECONDS,
            )
        self._step(Step(self.engine.label, time.monotonic() - began))

    def _write_state(self) -> None:
        if self._throw_away:
            return
        running = self.supervisor.running()
        state.write(
            self.home,
            state.State(
                pid=os.getpid(),
                began=state.began(os.getpid()),
                since=time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(self._began)),
                mongodb=self.engine.label,
                kafka=f"Apache Kafka {jars.VERSION}" if not self._existing.kafka else f"Kafka at {self.bootstrap}",
                ready=self._ready,
                urls={house: self.url(house) for house in self.houses},
                processes=[
                    state.Process(
                        name=one.name, pid=one.pid, began=state.began(one.pid), port=one.port, starts=one.starts
                    )
                    for one in running
                    if one.pid is not None
                ],
            ),
        )
