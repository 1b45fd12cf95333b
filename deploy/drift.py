"""Where a broker differs from topics.yaml: what `deploy.broker` would change, and what it cannot. It only looks."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kafka.admin import ConfigResource, ConfigResourceType, KafkaAdminClient

from deploy import broker
from deploy.broker import Admin
from deploy.topics import Right, Topic, houses, rights


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as declared. ``mends``: applying topics.yaml once more puts it right."""

    subject: str  # a topic, or a house as principal
    text: str
    mends: bool = True


def differences(admin: Admin, topics: Sequence[Topic], *, principals: Collection[str] = ()) -> list[Difference]:
    """All of them, topics first. ``principals`` are the houses that sign in as themselves here.

    Raises:
        KafkaError: the broker cannot be asked.
    """
    with broker.connected(admin) as client:
        return [
            *_of_topics(client, topics),
            *_of_principals(client, principals),
            *_of_rights(client, rights(topics), houses(topics)),
        ]


def _of_topics(client: KafkaAdminClient, topics: Sequence[Topic]) -> list[Difference]:
    there = {entry["name"]: len(entry["partitions"]) for entry in client.describe_topics()}
    found = [Difference(topic.name, "is not there") for topic in topics if topic.name not in there]
    present = [topic for topic in topics if topic.name in there]
    found += [
        Difference(topic.name, f"has {there[topic.name]} partitions, declared are {topic.partitions}", mends=False)
        for topic in present
        if there[topic.name] != topic.partitions
    ]
    asked = [ConfigResource(ConfigResourceType.TOPIC, topic.name) for topic in present]
    real = client.describe_configs(asked, config_filter="all")["topic"] if asked else {}
    for topic in present:
        for key, wanted in topic.config.items():
            value = real[topic.name].get(key, {}).get("value")
            if value != wanted:
                found.append(Difference(topic.name, f"has {key}={value}, declared is {wanted}"))
    return found


def _of_principals(client: KafkaAdminClient, principals: Collection[str]) -> list[Difference]:
    known = client.describe_user_scram_credentials() if principals else {}
    return [Difference(house, "cannot sign in: it has no password there") for house in principals if house not in known]


def _of_rights(client: KafkaAdminClient, wanted: set[Right], of: Sequence[str]) -> list[Difference]:
    there = broker.rights_of(client, of)
    lacking = [Difference(right.house, f"may not {_spoken(right)}") for right in sorted(wanted - there, key=str)]
    beyond = [
        Difference(right.house, f"may {_spoken(right)}, which is not declared")
        for right in sorted(there - wanted, key=str)
    ]
    return lacking + beyond


def _spoken(right: Right) -> str:
    return f"{right.operation} {right.resource.lower().replace('_', ' ')} {right.name}"
