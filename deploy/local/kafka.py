"""Apache Kafka on a laptop: one KRaft node with SCRAM and access rules, made ready and described as a program to run.

The broker is the real one. Every setting that is not Kafka's default says why it is here.
"""

import base64
import subprocess
import uuid
from dataclasses import dataclass
from pathlib import Path

from deploy.local.certificates import Certificates
from deploy.local.java import Java
from deploy.local.leash import leashed
from deploy.local.ports import HOST
from deploy.local.problems import Fault
from deploy.local.secrets import ADMIN, Credentials

LOGGING = Path(__file__).parent / "log4j2.properties"
CONTROLLER = "controller"

# A small heap, one collector thread and no optimising compiler: starts in under three seconds and leaves the cores to
# the houses.
LEAN = ("-Xms64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData")


@dataclass(frozen=True, slots=True)
class Broker:
    """One broker: where its jars and data are, where it listens, and who its superuser is.

    `archive` holds its classes ready (archive.py); where the file is not there it starts without.
    """

    java: Java
    jars: Path
    data: Path
    port: int
    controller_port: int
    admin: Credentials
    controller: Credentials
    tls: Certificates | None = None
    archive: Path | None = None

    @property
    def bootstrap(self) -> str:
        return f"{HOST}:{self.port}"

    @property
    def _config(self) -> Path:
        return self.data / "server.properties"

    def prepare(self) -> None:
        """Write the configuration and, the first time, format the data folder with the superuser's password.

        Raises Fault with Kafka's own words when the folder cannot be formatted.
        """
        self.data.mkdir(parents=True, exist_ok=True)
        self._config.touch(mode=0o600)
        self._config.write_text(self.properties())
        if (self.data / "log" / "meta.properties").exists():
            return
        # One id in 64 begins with a dash, which the tool would take for an option.
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=").replace("-", "A")
        scram = f"SCRAM-SHA-256=[name={self.admin.username},password={self.admin.password}]"
        # One argument a line in a file of our own: a command line is everybody's to read.
        wanted = self.data / "format.arguments"
        wanted.touch(mode=0o600)
        wanted.write_text("\n".join(["format", "-t", cluster, "-c", str(self._config), "-S", scram]))
        try:
            answer = subprocess.run(
                leashed(self._java("kafka.tools.StorageTool", f"@{wanted}")),
                capture_output=True,  # it prints the credentials' hashes
                text=True,
                timeout=120,
            )
        finally:
            wanted.unlink()
        if answer.returncode != 0:
            said = (answer.stderr or answer.stdout).strip().splitlines()
            raise Fault(
                f"Kafka could not format {self.data}: {said[-1] if said else 'no reason given'}",
                "Look at the free disk space; `./lumbung reset` starts over with an empty folder.",
            )

    def command(self) -> list[str]:
        program, *arguments = self._java("kafka.Kafka", self._config)
        ready = self.archive is not None and self.archive.exists()
        return [program, *([f"-XX:SharedArchiveFile={self.archive}"] if ready else []), *arguments]

    def _java(self, main: str, *arguments: str | Path) -> list[str]:
        # Newer Javas warn of a call in Kafka's own client that they will one day refuse.
        quiet = ["--sun-misc-unsafe-memory-access=allow"] if self.java.version >= 24 else []
        return [
            str(self.java.path), "-Xmx256m", *LEAN, *quiet,
            "-cp", str(self.jars / "*"),
            f"-Dlog4j2.configurationFile={LOGGING}",
            main, *(str(argument) for argument in arguments),
        ]  # fmt: skip

    def properties(self) -> str:
        """server.properties as text."""
        scram = "org.apache.kafka.common.security.scram.ScramLoginModule required"
        plain = "org.apache.kafka.common.security.plain.PlainLoginModule required"
        settings: dict[str, object] = {
            # One process is broker and controller: KRaft without a second JVM.
            "process.roles": "broker,controller",
            "node.id": 1,
            "controller.quorum.voters": f"1@{HOST}:{self.controller_port}",
            "listeners": f"CLIENT://{HOST}:{self.port},CONTROLLER://{HOST}:{self.controller_port}",
            "advertised.listeners": f"CLIENT://{HOST}:{self.port}",
            "inter.broker.listener.name": "CLIENT",
            "controller.listener.names": "CONTROLLER",
            "listener.security.protocol.map": ",".join(
                f"{listener}:{'SASL_SSL' if self.tls else 'SASL_PLAINTEXT'}" for listener in ("CLIENT", "CONTROLLER")
            ),
            # Mechanisms and logins per listener: with common ones the broker dies asking for a JAAS entry.
            "listener.name.client.sasl.enabled.mechanisms": "SCRAM-SHA-256",
            "listener.name.controller.sasl.enabled.mechanisms": "PLAIN",
            "sasl.mechanism.inter.broker.protocol": "SCRAM-SHA-256",
            "sasl.mechanism.controller.protocol": "PLAIN",
            "listener.name.client.scram-sha-256.sasl.jaas.config": (
                f'{scram} username="{self.admin.username}" password="{self.admin.password}";'
            ),
            "listener.name.controller.plain.sasl.jaas.config": (
                f'{plain} username="{CONTROLLER}" password="{self.controller.password}"'
                f' user_{CONTROLLER}="{self.controller.password}";'
            ),
            # Nobody may do anything that topics.yaml does not say.
            "authorizer.class.name": "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
            "allow.everyone.if.no.acl.found": "false",
            "super.users": f"User:{ADMIN};User:{CONTROLLER}",
            "auto.create.topics.enable": "false",
            # One node can hold one copy.
            "default.replication.factor": 1,
            "min.insync.replicas": 1,
            "offsets.topic.replication.factor": 1,
            "transaction.state.log.replication.factor": 1,
            "transaction.state.log.min.isr": 1,
            "share.coordinator.state.topic.replication.factor": 1,
            "share.coordinator.state.topic.min.isr": 1,
            # Four houses do not need fifty partitions of bookkeeping each.
            "offsets.topic.num.partitions": 4,
            "transaction.state.log.num.partitions": 4,
            # After kill -9 the broker may register again only when its old session has run out: 2.5 s instead of 9.
            # One that was only slow is back with its next heartbeat.
            "broker.session.timeout.ms": 2_500,
            "broker.heartbeat.interval.ms": 500,
            # A group of one does not wait for others.
            "group.initial.rebalance.delay.ms": 0,
            # A small heap: the default buffer of the cleaner alone is 128 MB.
            "log.cleaner.dedupe.buffer.size": 8 * 1024 * 1024,
            "log.dirs": self.data / "log",
        }
        if self.tls:
            settings |= {
                "ssl.keystore.type": "PEM",
                "ssl.keystore.location": self.tls.pair,
                "ssl.truststore.type": "PEM",
                "ssl.truststore.location": self.tls.ca,
            }
        return "".join(f"{name}={value}\n" for name, value in settings.items())
