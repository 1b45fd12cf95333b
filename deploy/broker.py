"""Makes Kafka ready for the houses: topics, one principal per house, and who may write and read what.

Run by the embedded stack at every start and by containers once (`python -m deploy.broker`); it signs in as the
superuser and can be run again at any time. What it makes stands in topics.yaml and nowhere else. The houses themselves
meet Kafka in shared/events/bus.py only; this is the operator's side, which no house imports.

Environment: KAFKA_BOOTSTRAP, KAFKA_USERNAME and KAFKA_PASSWORD (superuser), KAFKA_SECURITY (SASL_PLAINTEXT or
SASL_SSL), KAFKA_MECHANISM (SCRAM-SHA-256 or SCRAM-SHA-512), KAFKA_CA_FILE, KAFKA_PASSWORD_<HOUSE> for each house whose
principal is to be made, and KAFKA_PASSWORD_PARTNER_<CODE> for each partner of partners.yaml (LUMBUNG_PARTNERS: another
file) that is let in anew.
"""

import os
import sys
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    ConfigResource,
    ConfigResourceType,
    KafkaAdminClient,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
    ScramMechanism,
    UserScramCredentialUpsertion,
)
from kafka.errors import KafkaError, TransactionalIdNotFoundError

from deploy.topics import Right, Topic, houses, load, rights

APPLY_SECONDS = 15  # it takes some milliseconds; a cluster of several brokers on a bad day some seconds

# SCRAM's own minimum. The passwords are random and long, so more rounds would only make every sign-in slower.
SCRAM_ROUNDS = 4096


@dataclass(frozen=True, slots=True)
class Admin:
    """How to reach the broker as its superuser."""

    bootstrap: str
    username: str
    password: str
    security: str = "SASL_PLAINTEXT"
    ca_file: str | None = None
    mechanism: str = "SCRAM-SHA-256"

    @classmethod
    def from_environ(cls, environ: Mapping[str, str]) -> "Admin":
        """From KAFKA_BOOTSTRAP, _USERNAME, _PASSWORD (else KeyError), and _SECURITY, _MECHANISM, _CA_FILE where set."""
        return cls(
            bootstrap=environ["KAFKA_BOOTSTRAP"],
            username=environ["KAFKA_USERNAME"],
            password=environ["KAFKA_PASSWORD"],
            security=environ.get("KAFKA_SECURITY") or "SASL_PLAINTEXT",
            ca_file=environ.get("KAFKA_CA_FILE") or None,
            mechanism=environ.get("KAFKA_MECHANISM") or "SCRAM-SHA-256",
        )


@dataclass(frozen=True, slots=True)
class Made:
    """What one run changed; nothing and zero when all was there."""

    topics: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    rights_given: int = 0
    rights_taken: int = 0


class Disagrees(Exception):
    """The broker has, or refuses, something that cannot be made to agree with topics.yaml."""


@contextmanager
def connected(admin: Admin) -> Any:
    """An admin client. Wait for the port first: a client that is made too early costs its whole time-out."""
    client = KafkaAdminClient(
        bootstrap_servers=admin.bootstrap,
        security_protocol=admin.security,
        ssl_cafile=admin.ca_file,
        sasl_mechanism=admin.mechanism,
        sasl_plain_username=admin.username,
        sasl_plain_password=admin.password,
        bootstrap_timeout_ms=20_000,
        reconnect_backoff_max_ms=1_000,
        client_id="lumbung-operator",
    )
    try:
        yield client
    finally:
        client.close()


def apply(admin: Admin, topics: Sequence[Topic], passwords: Mapping[str, str]) -> Made:
    """Make principals (of the houses in `passwords`), topics, settings and rights; take away rights no longer listed.

    Raises Disagrees when a topic has another number of partitions (changing it would break the order of keys) or the
    broker refuses something.
    """
    with connected(admin) as client:
        _make_principals(client, passwords)
        made, changed = _make_topics(client, topics)
        given, taken = _make_rights(client, rights(topics), houses(topics))
        _wake_bookkeeping(client, houses(topics))
    return Made(topics=tuple(made), settings=tuple(changed), rights_given=given, rights_taken=taken)


def allow(client: KafkaAdminClient, given: Collection[Right]) -> None:
    """Give rights; they hold when this returns. Raises Disagrees when the broker refuses one."""
    if not given:
        return
    answer = client.create_acls([_acl(right) for right in given])
    if answer["failed"]:
        raise Disagrees(f"The broker refused {len(answer['failed'])} access rules: {answer['failed'][0].__name__}.")
    holders = {right.house for right in given}
    wait_until(lambda: set(given) <= rights_of(client, holders))


def take_away(client: KafkaAdminClient, taken: Collection[Right]) -> None:
    """Take rights away; nobody has them any more when this returns."""
    if not taken:
        return
    client.delete_acls([_acl(right) for right in taken])
    holders = {right.house for right in taken}
    wait_until(lambda: not set(taken) & rights_of(client, holders))


def _make_principals(client: KafkaAdminClient, passwords: Mapping[str, str]) -> None:
    if not passwords:
        return
    answers = client.alter_user_scram_credentials(
        [
            UserScramCredentialUpsertion(house, mechanism_of(client), password, iterations=SCRAM_ROUNDS)
            for house, password in passwords.items()
        ]
    )
    for house, refusal in answers.items():
        if refusal:
            raise Disagrees(f"The broker refused the principal {house}: {refusal}.")


def mechanism_of(client: KafkaAdminClient) -> ScramMechanism:
    """How people sign in at this broker: as its superuser did."""
    return ScramMechanism[client.config["sasl_mechanism"].replace("-", "_")]


def _make_topics(client: KafkaAdminClient, topics: Sequence[Topic]) -> tuple[list[str], list[str]]:
    there = {entry["name"]: len(entry["partitions"]) for entry in client.describe_topics()}
    missing = [topic for topic in topics if topic.name not in there]
    present = [topic for topic in topics if topic.name in there]
    for topic in present:
        if there[topic.name] != topic.partitions:
            raise Disagrees(f"{topic.name} has {there[topic.name]} partitions, topics.yaml says {topic.partitions}.")
    if missing:
        wanted = {
            # -1: the broker's own default, one copy on a laptop and three in a cluster.
            topic.name: {"num_partitions": topic.partitions, "replication_factor": -1, "configs": dict(topic.config)}
            for topic in missing
        }
        client.create_topics(wanted, wait_for_metadata=True)
    drifted = _drifted(client, present)
    if drifted:
        client.alter_configs(
            [ConfigResource(ConfigResourceType.TOPIC, topic.name, dict(topic.config)) for topic in drifted]
        )
    return [topic.name for topic in missing], [topic.name for topic in drifted]


def _drifted(client: KafkaAdminClient, present: Sequence[Topic]) -> list[Topic]:
    if not present:
        return []
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in present]
    found = client.describe_configs(asked, config_filter="all")["topic"]
    return [
        topic
        for topic in present
        if any(found[topic.name].get(key, {}).get("value") != value for key, value in topic.config.items())
    ]


def _make_rights(client: KafkaAdminClient, wanted: set[Right], of: Sequence[str]) -> tuple[int, int]:
    there = rights_of(client, of)
    allow(client, sorted(wanted - there, key=str))
    take_away(client, there - wanted)
    return len(wanted - there), len(there - wanted)


def rights_of(client: KafkaAdminClient, houses: Collection[str]) -> set[Right]:
    """The rights that the broker applies now to these houses."""
    anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.LITERAL)
    acls, _ = client.describe_acls(ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ALLOW, anything))
    return {
        Right(house, acl.resource_pattern.resource_type.name, acl.resource_pattern.resource_name, acl.operation.name)
        for acl in acls
        if (house := acl.principal.removeprefix("User:")) in houses
    }


def _wake_bookkeeping(client: KafkaAdminClient, of: Sequence[str]) -> None:
    """Ask once for the group and the transactions of each house.

    A fresh broker makes its topics for both when it is first asked, and meanwhile answers "not yet": better to one
    patient operator than to every house at once.
    """
    wait_until(lambda: _answers(lambda: client.describe_groups([f"lumbung.{house}" for house in of])))
    wait_until(lambda: _answers(lambda: client.describe_transactions([f"lumbung.{house}.relay" for house in of])))


def _answers(ask: Callable[[], object]) -> bool:
    try:
        ask()
    except TransactionalIdNotFoundError:
        return True  # the coordinator is there, and says that no relay ever signed in
    except KafkaError as error:
        if not error.retriable:
            raise
        return False
    return True


def wait_until(true: Callable[[], bool]) -> None:
    """The controller acknowledges before the broker applies; a house that starts in between would be refused.

    Principals are written before rights, so they are there too when the rights are.
    """
    deadline = time.monotonic() + APPLY_SECONDS
    while not true():
        if time.monotonic() > deadline:
            raise Disagrees(f"The broker did not apply what it acknowledged within {APPLY_SECONDS} s.")
        time.sleep(0.02)


def _acl(right: Right) -> ACL:
    return ACL(
        principal=f"User:{right.house}",
        host="*",
        operation=ACLOperation[right.operation],
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(ResourceType[right.resource], right.name),
    )


def main(environ: Mapping[str, str] = os.environ) -> int:
    """The operator's command. Returns 0 when the broker agrees with topics.yaml afterwards."""
    topics = load()
    try:
        admin = Admin.from_environ(environ)
    except KeyError as missing:
        print(f"{missing.args[0]} is not set; the broker's superuser is needed to make topics.", file=sys.stderr)
        return 2
    passwords = {
        house: password for house in houses(topics) if (password := environ.get(f"KAFKA_PASSWORD_{house.upper()}"))
    }
    from deploy import partners

    try:
        made = apply(admin, topics, passwords)
        listed = partners.load(Path(environ.get("LUMBUNG_PARTNERS", partners.FILE)))
        with connected(admin) as client:
            reading, shut_out = partners.apply(
                client, listed, partners.passwords(list(listed), environ), date.fromisoformat(time.strftime("%Y-%m-%d"))
            )
    except partners.Wrong as wrong:
        print(f"{wrong} {wrong.fix}", file=sys.stderr)
        return 2
    except (Disagrees, KafkaError) as refusal:
        print(f"{admin.bootstrap}: {refusal}", file=sys.stderr)
        return 1
    print(
        f"{len(topics)} topics ({len(made.topics)} new, {len(made.settings)} changed), {len(passwords)} principals, "
        f"{made.rights_given} rights given, {made.rights_taken} taken away; "
        f"{reading} partners may read, {shut_out} shut out"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
