"""One user per house, each with rights in its own database only: made before the server is let loose.

The SecantusDB servers make their first users while they run without `--auth`, mongod while it has none (its exception
for localhost). Both then stop, and start again under the supervisor with sign-in required.
"""

import contextlib
import hashlib
import json
import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pymongo
from pymongo.errors import ConfigurationError, OperationFailure, PyMongoError

from deploy.local import ports
from deploy.local.certificates import Certificates
from deploy.local.leash import leashed
from deploy.local.mongo.engines import REPLICA_SET, Engine, database_name
from deploy.local.problems import Fault
from deploy.local.secrets import Credentials

START_SECONDS = 60
STOP_SECONDS = 30
SCRAM = ["SCRAM-SHA-256"]
ILLEGAL_OPERATION = 20
"""What a mongod that stands alone answers to a transaction."""

Client = pymongo.MongoClient[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Server:
    """One MongoDB of ours: its engine, folder, port, superuser, and the user of each house."""

    engine: Engine
    folder: Path
    port: int
    keyfile: Path
    admin: Credentials
    houses: Mapping[str, Credentials]
    prefix: str = "lumbung_"
    tls: Certificates | None = None

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _done(self) -> Path:
        return self.folder / "users.json"

    def command(self, *, authorised: bool = True) -> list[str]:
        return self.engine.command(
            data=self._data, port=self.port, authorised=authorised, keyfile=self.keyfile, tls=self.tls
        )

    def uri(self, house: str) -> str:
        """Where a house finds its database. Works for all engines: no `replicaSet=`, a direct connection."""
        database = database_name(house, self.prefix)
        user = self.houses[house]
        return (
            f"mongodb://{user.username}:{user.password}@{ports.HOST}:{self.port}/{database}"
            f"?authSource={database}&authMechanism=SCRAM-SHA-256&directConnection=true{self._secure}"
        )

    @property
    def admin_uri(self) -> str:
        return (
            f"mongodb://{self.admin.username}:{self.admin.password}@{ports.HOST}:{self.port}/"
            f"?authSource=admin&authMechanism=SCRAM-SHA-256&directConnection=true{self._secure}"
        )

    @property
    def _secure(self) -> str:
        return f"&tls=true&tlsCAFile={quote(str(self.tls.ca), safe='')}" if self.tls else ""

    def _anonymous(self) -> Client:
        secure: dict[str, Any] = {"tls": True, "tlsCAFile": str(self.tls.ca)} if self.tls else {}
        return pymongo.MongoClient(
            ports.HOST, self.port, directConnection=True, serverSelectionTimeoutMS=5_000, **secure
        )

    def prepare(self) -> None:
        """Make the folder, the replica set and the users, unless that was done before. Raises Fault if it cannot be."""
        self._data.mkdir(parents=True, exist_ok=True)
        # mongod refuses a key file that others may read, and keeps its own port in the replica set's configuration.
        # A password that was changed is set again; of these random ones a hash tells nobody anything.
        told = "".join(f"{one.username}:{one.password}\n" for one in sorted(self.houses.values(), key=str))
        wanted = {
            "users": sorted(self.houses),
            "passwords": hashlib.sha256(told.encode()).hexdigest(),
            "port": self.port if self.engine.kind == "mongod" else None,
        }
        if self._done.exists() and json.loads(self._done.read_text()) == wanted:
            return
        log = self.folder / "prepare.log"
        with log.open("wb") as output:
            command = leashed(self.command(authorised=False))
            environment = {**os.environ, **self.engine.environment}
            server = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=output, stderr=output)
        try:
            self._wait(server, log)
            self._make_users()
        finally:
            server.terminate()
            try:
                server.wait(timeout=STOP_SECONDS)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
        self._done.write_text(json.dumps(wanted))

    def ready(self) -> bool:
        """It answers, and takes writes (a replica set elects itself first)."""
        if not ports.answers(self.port):
            return False
        try:
            with self._anonymous() as client:
                return bool(client.admin.command("hello").get("isWritablePrimary"))
        except PyMongoError:
            return False

    def _wait(self, server: "subprocess.Popen[bytes]", log: Path) -> None:
        deadline = time.monotonic() + START_SECONDS
        while not ports.answers(self.port):
            if server.poll() is not None or time.monotonic() > deadline:
                said = log.read_text(errors="replace").strip().splitlines()
                raise Fault(
                    f"{self.engine.label} did not start: {said[-1][:300] if said else 'it said nothing'}",
                    f"Its output is in {log}. `./lumbung doctor` looks for usual causes.",
                )
            time.sleep(0.05)

    def _make_users(self) -> None:
        if self.engine.kind != "mongod":
            with self._anonymous() as client:
                _make_user(client, "admin", self.admin, ["root"])
                self._make_house_users(client)
            return
        with self._anonymous() as client:
            self._make_replica_set(client)
            # Whoever may do this is the first user. Later the exception is over, and signing in must work.
            with contextlib.suppress(OperationFailure):
                client.admin.command("createUser", self.admin.username, pwd=self.admin.password, roles=["root"])
        with _signed_in(self.admin_uri) as client:
            self._make_house_users(client)

    def _make_house_users(self, client: Client) -> None:
        for house, user in self.houses.items():
            # dbAdmin: a house makes its own collections, validators and indexes.
            _make_user(client, database_name(house, self.prefix), user, ["readWrite", "dbAdmin"])

    def _make_replica_set(self, client: Client) -> None:
        member = {"_id": 0, "host": f"{ports.HOST}:{self.port}"}
        if not self._done.exists():
            with contextlib.suppress(OperationFailure):  # an interrupted set-up had come as far as this
                client.admin.command("replSetInitiate", {"_id": REPLICA_SET, "members": [member]})
        else:  # the port changed since: the one member must be told its new name
            with _signed_in(self.admin_uri) as admin:
                config = admin.admin.command("replSetGetConfig")["config"]
                config.update(version=config["version"] + 1, members=[{**config["members"][0], **member}])
                admin.admin.command("replSetReconfig", config, force=True)
        deadline = time.monotonic() + START_SECONDS
        while not self.ready():
            if time.monotonic() > deadline:
                raise Fault("mongod never became primary of its replica set.", f"Look into {self.folder}/prepare.log.")
            time.sleep(0.1)


def check_existing(uri: str, *, patience_ms: int = 5_000) -> str:
    """The version of a server that somebody else runs.

    Raises Fault when it cannot be reached, refuses the login, or has no transactions (mongod without a replica set).
    """
    try:
        with _signed_in(uri, patience_ms=patience_ms) as client:
            version = str(client.server_info()["version"])
            transactions = _has_transactions(client)
    except ConfigurationError as error:
        raise Fault(f"MONGODB_URI is no address: {error}.", "Write mongodb://USER:PASSWORD@HOST:PORT/.") from error
    except OperationFailure as error:
        raise Fault(
            f"The MongoDB of MONGODB_URI refuses: {_reason(error)}.",
            "Check its user and password.",
        ) from error
    except PyMongoError as error:
        raise Fault(
            f"The MongoDB of MONGODB_URI does not answer ({type(error).__name__}).", "Start it, or unset MONGODB_URI."
        ) from error
    if not transactions:
        raise Fault(
            "The MongoDB of MONGODB_URI is not a replica set, and without one it has no transactions.",
            "Start it with --replSet and run rs.initiate(), or unset MONGODB_URI.",
        )
    return version


def _has_transactions(client: Client) -> bool:
    """Tried, because not every engine that has them calls itself a replica set; nothing is written."""
    try:
        with client.start_session() as session, session.start_transaction():
            client["lumbung_registry"]["candidates"].find_one({}, {"_id": 1}, session=session)
    except OperationFailure as error:
        if error.code == ILLEGAL_OPERATION:
            return False
        raise
    return True


def _signed_in(uri: str, *, patience_ms: int = 5_000) -> Client:
    return pymongo.MongoClient(uri, serverSelectionTimeoutMS=patience_ms)


def _reason(error: OperationFailure) -> str:
    return str((error.details or {}).get("errmsg", error))


def _make_user(client: Client, database: str, user: Credentials, roles: Sequence[str]) -> None:
    try:
        client[database].command("createUser", user.username, pwd=user.password, roles=roles, mechanisms=SCRAM)
    except OperationFailure as error:
        if error.code != 51003:  # it exists
            raise Fault(
                f"MongoDB refused the user {user.username}: {_reason(error)}.",
                "`./lumbung reset` starts over with an empty folder.",
            ) from error
        client[database].command("updateUser", user.username, pwd=user.password, roles=roles, mechanisms=SCRAM)
