"""Partner systems that read Kafka themselves: what partners.yaml says of them, made true at a broker.

Each gets a principal, the right to read its topics and to have consumer groups under its own prefix, and a quota, so
that one that runs away costs the others nothing. Used by `./lumbung partner` and by `python -m deploy.broker`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from kafka.admin import (
    ACL,
    ACLFilter,
    ACLOperation,
    ACLPermissionType,
    ACLResourcePatternType,
    KafkaAdminClient,
    ResourcePattern,
    ResourcePatternFilter,
    ResourceType,
    UserScramCredentialDeletion,
    UserScramCredentialUpsertion,
)
from kafka.protocol.admin.client_quotas import AlterClientQuotasRequest

from deploy import topics
from deploy.broker import SCRAM_ROUNDS, Disagrees, mechanism_of, wait_until

FILE = Path(__file__).parent / "partners.yaml"
PREFIX = "partner."
BYTES_PER_SECOND = 1_048_576

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{1,39}")
_FIELDS = {
    "name", "kind", "legal_basis", "contact", "topics", "regions", "level", "until", "suspended", "bytes_per_second",
    "provider_id",
}  # fmt: skip
_NEEDED = ("name", "kind", "legal_basis", "contact", "topics")

_Right = tuple[str, str, bool]
"""Kind of resource, its name, and whether the name is only how it begins; always the right to read."""


class Wrong(Exception):
    """partners.yaml says something that cannot be; the text says what, and the second what to write instead."""

    def __init__(self, what: str, fix: str) -> None:
        super().__init__(what)
        self.fix = fix


@dataclass(frozen=True, slots=True)
class Partner:
    """One partner as partners.yaml describes it."""

    code: str
    name: str
    kind: str
    legal_basis: str
    contact: str
    topics: tuple[str, ...]
    regions: tuple[str, ...] = ()
    level: str = "MINIMAL"
    until: date | None = None
    suspended: bool = False
    bytes_per_second: int = BYTES_PER_SECOND
    provider_id: str | None = None

    @property
    def principal(self) -> str:
        """As whom it signs in at Kafka."""
        return f"{PREFIX}{self.code}"

    @property
    def groups(self) -> str:
        """How the names of its consumer groups begin."""
        return f"{self.principal}."

    def may_read(self, today: date) -> bool:
        """Neither suspended nor past its last day."""
        return not self.suspended and (self.until is None or today <= self.until)

    @property
    def rights(self) -> set[_Right]:
        """What its principal may read."""
        if not self.topics:
            return set()
        return {("GROUP", self.groups, True), *(("TOPIC", topic, False) for topic in self.topics)}


def load(path: Path = FILE) -> dict[str, Partner]:
    """All partners by their code.

    Raises:
        Wrong: see there.
    """
    try:
        page = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise Wrong(f"{path} cannot be read.", "Copy deploy/partners.yaml and write your partners into it.") from error
    except yaml.YAMLError as error:
        raise Wrong(f"{path.name} is no YAML: {error}", "Mind the spaces at the beginning of its lines.") from error
    listed = (page or {}).get("partners") if isinstance(page, dict) else None
    if not isinstance(listed, dict):
        raise Wrong(f"{path.name} names no partners.", "Begin with the line `partners:`.")
    open_topics = {topic.name for topic in topics.load() if topic.partners}
    return {str(code): _partner(str(code), entry, open_topics) for code, entry in listed.items()}


def _partner(code: str, entry: Any, open_topics: Collection[str]) -> Partner:
    if not _NAME.fullmatch(code):
        raise Wrong(f"{code!r} is no code of a partner.", "Use 2 to 40 small letters, digits and hyphens.")
    if not isinstance(entry, dict):
        raise Wrong(f"{code} says nothing.", f"Give it at least {', '.join(_NEEDED)}.")
    if missing := [name for name in _NEEDED if entry.get(name) is None]:
        raise Wrong(f"{code} has no {missing[0]}.", "See the first lines of deploy/partners.yaml for what it means.")
    if strange := sorted(str(name) for name in entry if name not in _FIELDS):
        raise Wrong(f"{code}: {strange[0]} is not known.", f"Known: {', '.join(sorted(_FIELDS))}.")
    for topic in entry["topics"]:
        if topic not in open_topics:
            raise Wrong(f"{code}: {topic} is not for partners.", f"Choose from {', '.join(sorted(open_topics))}.")
    until = entry.get("until")
    if until is not None and not isinstance(until, date):
        raise Wrong(f"{code}: until is {until!r}.", "Write a day without quotes, like 2035-12-31, or null.")
    return Partner(
        code=code,
        **{name: str(entry[name]) for name in ("name", "kind", "legal_basis", "contact")},
        topics=tuple(entry["topics"]),
        regions=tuple(str(one) for one in entry.get("regions") or ()),
        level=str(entry.get("level") or "MINIMAL"),
        until=until,
        suspended=bool(entry.get("suspended", False)),
        bytes_per_second=int(entry.get("bytes_per_second") or BYTES_PER_SECOND),
        provider_id=entry.get("provider_id"),
    )


def admit(client: KafkaAdminClient, partner: Partner, password: str | None) -> None:
    """Let a partner in with exactly the rights of its entry; `password` None keeps the one it has.

    Raises:
        Disagrees: the broker refuses something.
    """
    if password is not None:
        _credentials(
            client,
            UserScramCredentialUpsertion(partner.principal, mechanism_of(client), password, iterations=SCRAM_ROUNDS),
        )
    set_quota(client, partner.principal, partner.bytes_per_second)
    there = rights_of(client).get(partner.principal, set())
    _change(client, partner.principal, give=partner.rights - there, take=there - partner.rights)


def shut_out(client: KafkaAdminClient, principal: str) -> None:
    """Take every right away at once, and then the sign-in, so that an open connection brings nothing more either.

    Raises:
        Disagrees: the broker refuses something.
    """
    _change(client, principal, give=(), take=rights_of(client).get(principal, set()))
    if principal in signing_in(client):
        _credentials(client, UserScramCredentialDeletion(principal, mechanism_of(client)))


def apply(
    client: KafkaAdminClient, partners: Mapping[str, Partner], passwords: Mapping[str, str], today: date
) -> tuple[int, int]:
    """Make a broker agree with the file. Returns how many partners may read now, and how many were shut out."""
    wanted = {one.principal: one for one in partners.values() if one.topics and one.may_read(today)}
    for partner in wanted.values():
        admit(client, partner, passwords.get(partner.code))
    known = {*rights_of(client), *signing_in(client)}
    strangers = [principal for principal in known if principal.startswith(PREFIX) and principal not in wanted]
    for principal in strangers:
        shut_out(client, principal)
    return len(wanted), len(strangers)


def signing_in(client: KafkaAdminClient) -> set[str]:
    """The partners' principals that have a password at this broker."""
    return {user for user in client.describe_user_scram_credentials() if user.startswith(PREFIX)}


def rights_of(client: KafkaAdminClient) -> dict[str, set[_Right]]:
    """What partners' principals may read at this broker now."""
    anything = ResourcePatternFilter(ResourceType.ANY, None, ACLResourcePatternType.ANY)
    acls, _ = client.describe_acls(ACLFilter(None, None, ACLOperation.ANY, ACLPermissionType.ALLOW, anything))
    found: dict[str, set[_Right]] = {}
    for acl in acls:
        principal = acl.principal.removeprefix("User:")
        if principal.startswith(PREFIX):
            pattern = acl.resource_pattern
            begins = pattern.pattern_type == ACLResourcePatternType.PREFIXED
            found.setdefault(principal, set()).add((pattern.resource_type.name, pattern.resource_name, begins))
    return found


def set_quota(client: KafkaAdminClient, principal: str, bytes_per_second: int) -> None:
    """How fast a principal may read. The library knows the message and has no method for it.

    Raises:
        Disagrees: the broker refuses it.
    """
    operation = ("consumer_byte_rate", float(bytes_per_second), False)
    request = AlterClientQuotasRequest(entries=[([("user", principal)], [operation])], validate_only=False)

    async def ask() -> Any:
        return await client._manager.send(request)

    for entry in client._manager.run(ask).entries:
        if entry.error_code:
            raise Disagrees(f"The broker refused the quota of {principal}: {entry.error_message}.")


def _credentials(client: KafkaAdminClient, alteration: Any) -> None:
    for principal, refusal in client.alter_user_scram_credentials([alteration]).items():
        if refusal:
            raise Disagrees(f"The broker refused the principal {principal}: {refusal}.")


def _change(client: KafkaAdminClient, principal: str, *, give: Collection[_Right], take: Collection[_Right]) -> None:
    if give:
        answer = client.create_acls([_acl(principal, right) for right in give])
        if answer["failed"]:
            raise Disagrees(f"The broker refused rights of {principal}: {answer['failed'][0].__name__}.")
    if take:
        client.delete_acls([_acl(principal, right) for right in take])
    if give or take:
        wait_until(lambda: _holds(client, principal, give, take))


def _holds(client: KafkaAdminClient, principal: str, given: Collection[_Right], taken: Collection[_Right]) -> bool:
    there = rights_of(client).get(principal, set())
    return set(given) <= there and not set(taken) & there


def _acl(principal: str, right: _Right) -> ACL:
    kind, name, begins = right
    pattern = ACLResourcePatternType.PREFIXED if begins else ACLResourcePatternType.LITERAL
    return ACL(
        principal=f"User:{principal}",
        host="*",
        operation=ACLOperation.READ,
        permission_type=ACLPermissionType.ALLOW,
        resource_pattern=ResourcePattern(ResourceType[kind], name, pattern),
    )


def variable(code: str) -> str:
    """The variable that holds a partner's password in production: KAFKA_PASSWORD_PARTNER_SI_SAGA."""
    return f"KAFKA_PASSWORD_PARTNER_{code.upper().replace('-', '_')}"


def passwords(partners: Sequence[str], environ: Mapping[str, str]) -> dict[str, str]:
    """The passwords of these partners that the environment holds."""
    return {code: environ[variable(code)] for code in partners if environ.get(variable(code))}
