"""What one Lumbung is told and how to reach it: addresses, logins and the environment of each process.

`Stack` starts a site; the commands that only talk to a running one (token, topics, show) need no more than this.
"""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from deploy import broker
from deploy.local import certificates, mongo, ports
from deploy.local.folders import ROOT, Home
from deploy.local.houses import CONSOLE, HOUSES, SIGNIN, base_environment, command
from deploy.local.ports import Ports
from deploy.local.problems import Fault
from deploy.local.secrets import ADMIN, Credentials, Secrets
from shared.http.tokens import DevelopmentIssuer


@dataclass(frozen=True, slots=True)
class Existing:
    """Servers that somebody else runs. Their credentials are used as they are; we make topics and nothing else."""

    mongodb: str | None = None
    kafka: broker.Admin | None = None

    @classmethod
    def from_environ(cls, environ: Mapping[str, str] = os.environ) -> "Existing":
        """From MONGODB_URI and KAFKA_BOOTSTRAP (with KAFKA_USERNAME, KAFKA_PASSWORD and the rest)."""
        kafka = None
        if environ.get("KAFKA_BOOTSTRAP"):
            if not environ.get("KAFKA_USERNAME") or not environ.get("KAFKA_PASSWORD"):
                raise Fault(
                    "KAFKA_BOOTSTRAP names a broker, but not how to sign in there.",
                    "Set KAFKA_USERNAME and KAFKA_PASSWORD too (SCRAM), or unset KAFKA_BOOTSTRAP.",
                )
            kafka = broker.Admin.from_environ(environ)
        return cls(mongodb=environ.get("MONGODB_URI"), kafka=kafka)


class Site:
    """One Lumbung in one home on one set of ports. Making it touches nothing but the secrets of the home.

    `lasting` is false for one whose folder is thrown away: what it prints must not promise a tomorrow.
    """

    lasting = True

    def __init__(
        self,
        *,
        home: Home,
        ports: Ports,
        existing: Existing | None = None,
        engine: mongo.Engine | None = None,
        houses: Sequence[str] = HOUSES,
        environ: Mapping[str, str] = os.environ,
    ) -> None:
        home.make()
        self.home = home
        self.ports = ports
        self.existing = existing or Existing()
        self.houses = tuple(houses)
        self.engine = engine or mongo.find({**environ, "MONGODB_URI": self.existing.mongodb or ""})
        self.secrets = Secrets(home.secrets)
        self.secrets.key("mongodb-keyfile")
        self.tls = certificates.of(home.secrets / "tls") if certificates.wanted(environ) else None
        self.mongodb = mongo.Server(
            engine=self.engine,
            folder=home.mongodb(self.engine.kind),
            port=ports.mongodb,
            keyfile=self.secrets.path("mongodb-keyfile"),
            admin=self.secrets.credentials("mongodb", ADMIN),
            houses={house: self.secrets.credentials("mongodb", house) for house in (*self.houses, CONSOLE)},
            tls=self.tls,
        )

    @property
    def bootstrap(self) -> str:
        return self.existing.kafka.bootstrap if self.existing.kafka else f"{ports.HOST}:{self.ports.kafka}"

    @property
    def admin(self) -> Credentials:
        """Kafka's superuser."""
        if kafka := self.existing.kafka:
            return Credentials(kafka.username, kafka.password)
        return self.secrets.credentials("kafka", ADMIN)

    @property
    def kafka_admin(self) -> broker.Admin:
        """The superuser as deploy.broker wants it."""
        if self.existing.kafka:
            return self.existing.kafka
        secure = {"security": "SASL_SSL", "ca_file": str(self.tls.ca)} if self.tls else {}
        return broker.Admin(self.bootstrap, self.admin.username, self.admin.password, **secure)

    @property
    def principals(self) -> dict[str, str]:
        """The passwords of the houses' own principals; none at a broker that somebody else runs."""
        return {} if self.existing.kafka else {house: self.credentials(house).password for house in self.houses}

    def credentials(self, house: str) -> Credentials:
        """As whom a house signs in at Kafka."""
        return self.admin if self.existing.kafka else self.secrets.credentials("kafka", house)

    def mongodb_uri(self, house: str) -> str:
        return self.existing.mongodb or self.mongodb.uri(house)

    @property
    def mongodb_admin_uri(self) -> str:
        """MongoDB's superuser, who may make and drop any database: for tests."""
        return self.existing.mongodb or self.mongodb.admin_uri

    @property
    def fronted(self) -> tuple[str, ...]:
        """Who stands behind the proxy."""
        return (*self.houses, CONSOLE)

    def _behind_the_proxy(self, name: str) -> dict[str, str]:
        return {"HTTP_SOCKET": str(self.socket(name)), "HTTP_TRUSTED_PROXIES": "1"}

    def socket(self, house: str) -> Path:
        """Where a house itself listens; the proxy answers at its port."""
        return self.home.sockets / f"{house}.sock"

    def url(self, house: str) -> str:
        return f"http://{ports.HOST}:{self.ports.named()[house]}"

    @property
    def urls(self) -> dict[str, str]:
        return {house: self.url(house) for house in self.houses}

    @property
    def addresses(self) -> dict[str, str]:
        """What a person may open: the console first, then the houses."""
        return {CONSOLE: self.url(CONSOLE), **self.urls}

    @property
    def jwks_path(self) -> Path:
        """The key set by which houses know staff tokens; made with the first token, or when the houses start."""
        return self.home.issuer / "jwks.json"

    @property
    def issuer(self) -> DevelopmentIssuer:
        return DevelopmentIssuer(self.home.issuer, environment="development")

    def token(
        self,
        role: str,
        name: str,
        *,
        centre: str | None = None,
        scopes: Iterable[str] | None = None,
        organisation: str | None = None,
    ) -> str:
        """A development token for a person of this name, with the scopes of the role unless others are given."""
        return self.issuer.mint(role, name, centre, scopes, organisation=organisation)

    def run(self, house: str, *arguments: str) -> int:
        """Run a command of a house's front door with its own settings, and let it speak. Returns its exit code.

        Beside what it says, only warnings are shown: a rebuild would log a line for each event.
        """
        environment = {**base_environment(), **self.environment(house), "LUMBUNG_LOG_LEVEL": "WARNING"}
        return subprocess.run(command(house, *arguments), env=environment, cwd=ROOT, check=False).returncode

    def front_environment(self, name: str) -> dict[str, str]:
        """All settings of the console, or of the development sign-in."""
        environment = {
            "LUMBUNG_ENV": "development",
            "LUMBUNG_CLOCK_FILE": str(self.home.clock),
            "HTTP_HOST": ports.HOST,
            "HTTP_PORT": str(self.ports.named()[name]),
            **({} if name == SIGNIN else self._behind_the_proxy(name)),
            "CONSOLE_URL": self.url(CONSOLE),
            **{f"{house.upper()}_URL": self.url(house) for house in self.houses},
        }
        if name == SIGNIN:
            return {**environment, "ISSUER_FOLDER": str(self.home.issuer)}
        return {
            **environment,
            "MONGODB_URI": self.mongodb_uri(CONSOLE),
            "MONGODB_DATABASE": mongo.database_name(CONSOLE),
            "SESSION_KEY": self.secrets.key("session-key"),
            "OIDC_DISCOVERY": f"{self.url(SIGNIN)}/.well-known/openid-configuration",
        }

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
            "KAFKA_MECHANISM": self.kafka_admin.mechanism,
            "HTTP_HOST": ports.HOST,
            "HTTP_PORT": str(self.ports.named()[house]),
            **self._behind_the_proxy(house),
            "WORK_PORT": str(self.ports.work(house)),
            "WORK_INSTANCE": "1",
            "WORK_PULSE": str(self.home.sockets / f"{house}.pulse"),
            "OIDC_ISSUER": "lumbung-development",
            "OIDC_AUDIENCE": "lumbung",
            "OIDC_JWKS": str(self.jwks_path),
        }
        if self.kafka_admin.ca_file:
            environment["KAFKA_CA_FILE"] = self.kafka_admin.ca_file
        if self.home.vocabulary.is_dir():
            environment["LUMBUNG_WORDS"] = str(self.home.vocabulary)
        if house == "registry":
            environment |= {"NIK_KEY": self.secrets.key("nik-key"), "NIK_HASH_KEY": self.secrets.key("nik-hash-key")}
            environment["NIK_KEY_ALSO"] = self.secrets.kept("nik-key-also")
        if house == "training":
            environment["LETTER_KEY"] = self.secrets.key("letter-key")
        if house == "partners":
            environment["WEBHOOK_KEY"] = self.secrets.key("webhook-key")
            environment["WEBHOOK_KEY_ALSO"] = self.secrets.kept("webhook-key-also")
            environment["SMTP_URL"] = os.environ.get("SMTP_URL", "")
        if house == "matching":
            environment |= {"SNAPSHOT_KEY": self.secrets.key("snapshot-key"), "LUMBUNG_MODELS": str(self.home.models)}
        return environment
