"""Write docs/asyncapi.yaml, the page from which a partner's Kafka client can be written without asking anybody.

`python -m deploy.asyncapi` makes it from deploy/topics.yaml and the schemas in shared/contracts. Before that it puts
into each contract what stands once elsewhere, so that a contract is whole by itself: the tree of requirements
(shared/contracts/tree.schema.json) and the lists of codes (shared/codes). Tests compare what is committed with what
would be made.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from shared.codes import certificates, education, languages, offers

ROOT = Path(__file__).resolve().parent.parent
TOPICS = ROOT / "deploy" / "topics.yaml"
CONTRACTS = ROOT / "shared" / "contracts"
TREE = CONTRACTS / "tree.schema.json"
PAGE = ROOT / "docs" / "asyncapi.yaml"

CODES: list[tuple[str, str, Collection[str]]] = [
    ("tree", "certificate", certificates.KINDS),
    ("tree", "level", education.LADDER),
    ("tree", "class", certificates.DRIVING_CLASSES),
    ("placement/job-orders.v1", "scheme", offers.SCHEMES),
    ("placement/job-orders.v1", "channel", offers.CHANNELS),
    ("placement/job-orders.v1", "visa_type", offers.VISA_TYPES),
    ("placement/job-orders.v1", "payer", offers.PAYERS),
    ("placement/job-orders.v1", "verification", offers.VERIFICATIONS),
    ("registry/candidates.v1", "kind", certificates.KINDS),
    ("registry/candidates.v1", "level", education.LADDER),
    ("registry/candidates.v1", "cefr", languages.CEFR),
    ("training/enrolments.v1", "kind", certificates.KINDS),
    ("training/courses.v1", "certificate", certificates.KINDS),
    ("training/courses.v1", "cefr", languages.CEFR),
]
"""(contract, field, codes): lists in contracts that are lists of shared/codes. A new code comes to their end."""

HEADERS: dict[str, Any] = {
    "type": "object",
    "description": "CloudEvents 1.0, Kafka binary content mode. Header values are UTF-8 text.",
    "required": ["ce_specversion", "ce_id", "ce_source", "ce_type", "ce_time", "ce_subject", "ce_sequence"],
    "properties": {
        "ce_specversion": {"const": "1.0"},
        "ce_id": {
            "type": "string",
            "description": "Of this telling. An announcement tells a version again under a new id: compare versions.",
        },
        "ce_source": {"type": "string", "examples": ["/lumbung/training"]},
        "ce_type": {"type": "string", "description": "Why the state changed; one of the message's x-types."},
        "ce_time": {"type": "string", "format": "date-time"},
        "ce_subject": {"type": "string", "description": "The aggregate's id; equal to the record's key."},
        "ce_sequence": {
            "type": "string",
            "description": "The aggregate's version as a decimal number. Keep a record only when it is greater than the"
            " one you hold: then duplicates and replays change nothing.",
        },
        "ce_sequencetype": {"const": "Integer"},
        "ce_dataschema": {"type": "string"},
        "ce_traceparent": {"type": "string", "description": "W3C trace context of the request that caused the change."},
        "content-type": {"const": "application/json; charset=utf-8"},
    },
}

DESCRIPTION = """\
Every record carries the whole public state of one aggregate; the header ce_type says why it changed. The key is the
aggregate's random id. A record without a value is a tombstone: forget that id. Topics are compacted, so reading from
the earliest offset always gives the present state. Read committed records only (isolation.level=read_committed).
A type that ends in .announced tells a version again because an operator asked for it: nothing has happened.
Nothing that names a person travels here; topics marked x-partners: false are for the houses themselves.
A partner signs in as the principal `partner.CODE` with SCRAM-SHA-256 (SASL_PLAINTEXT on a laptop, SASL_SSL elsewhere),
may read the topics of its agreement, and names its consumer groups with the prefix `partner.CODE.` (the dot included;
any other group is refused). `./lumbung partner add CODE` prints all of it. Reading faster than agreed is slowed down,
never cut off. Partners outside the province's network use the feed, the stream or webhooks of the partners house.
"""

PARTNER_SETTINGS: dict[str, Any] = {
    "sasl.mechanism": "SCRAM-SHA-256",
    "security.protocol": {"laptop": "SASL_PLAINTEXT", "production": "SASL_SSL"},
    "username": "partner.CODE",
    "group.prefix": "partner.CODE.",
    "isolation.level": "read_committed",
    "auto.offset.reset": "earliest",
}


SCRAM = {"$ref": "#/components/securitySchemes/scram"}
GROUP: dict[str, Any] = {"groupId": {"type": "string", "pattern": r"^partner\.[a-z0-9-]+\..+$"}}


def document() -> dict[str, Any]:
    """The whole AsyncAPI 3.0 document as plain data."""
    spec = yaml.safe_load(TOPICS.read_text(encoding="utf-8"))
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    schemas: dict[str, Any] = {}
    for topic, entry in spec["topics"].items():
        owner, name = entry["contract"].split("/")
        label = f"{owner}.{name}"
        schema = json.loads((CONTRACTS / owner / f"{name}.schema.json").read_text(encoding="utf-8"))
        good = json.loads((CONTRACTS / owner / f"{name}.good.json").read_text(encoding="utf-8"))
        schemas[label] = _relocated(schema, label)
        messages[label] = {
            "name": label,
            "title": schema["title"],
            "summary": entry["about"],
            "contentType": "application/json",
            "headers": {"$ref": "#/components/schemas/headers"},
            "payload": {"$ref": f"#/components/schemas/{label}"},
            "bindings": {"kafka": {"key": {"type": "string", "description": entry["key"]}}},
            "examples": [{"payload": good}],
            "x-types": entry["types"],
        }
        channels[topic] = {
            "address": topic,
            "description": entry["about"],
            "messages": {label: {"$ref": f"#/components/messages/{label}"}},
            "bindings": {"kafka": {"topic": topic, "partitions": spec["defaults"]["partitions"]}},
            "x-owner": owner,
            "x-listeners": entry["listeners"],
            "x-partners": entry["partners"],
        }
        operations[f"hear.{topic}"] = {"action": "receive", "channel": {"$ref": f"#/channels/{topic}"}}
        if entry["partners"]:
            operations[f"hear.{topic}"] |= {"security": [dict(SCRAM)], "bindings": {"kafka": dict(GROUP)}}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Lumbung events",
            "version": "1.0.0",
            "description": DESCRIPTION,
            "license": {"name": "Apache-2.0"},
        },
        "servers": {
            "embedded": {
                "host": "127.0.0.1:9092",
                "protocol": "kafka",
                "description": "The embedded stack of a laptop. `lumbung status` prints the address in use.",
                "security": [dict(SCRAM)],
                "x-partner-settings": PARTNER_SETTINGS,
            }
        },
        "defaultContentType": "application/json",
        "channels": channels,
        "operations": operations,
        "components": {
            "schemas": {"headers": HEADERS, **schemas},
            "messages": messages,
            "securitySchemes": {
                "scram": {
                    "type": "scramSha256",
                    "description": "SCRAM-SHA-256. One principal a partner (partner.CODE), with read rights on its"
                    " topics and on consumer groups that begin with partner.CODE.",
                }
            },
        },
    }


def _relocated(schema: dict[str, Any], label: str) -> dict[str, Any]:
    """The schema with its local `#/$defs/…` pointers turned into pointers of this document."""
    text = json.dumps(schema).replace('"#/$defs/', f'"#/components/schemas/{label}/$defs/')
    relocated: dict[str, Any] = json.loads(text)
    relocated.pop("$id")  # an id would change the base of the pointers
    return relocated


def contracts() -> dict[Path, str]:
    """Each schema that carries a list of codes or a tree of requirements → its text with both as they stand today."""
    paths = {str(path.relative_to(CONTRACTS)): path for path in [TREE, *sorted(CONTRACTS.glob("*/*.schema.json"))]}
    schemas = {name: json.loads(path.read_text(encoding="utf-8")) for name, path in paths.items()}
    for contract, field, codes in CODES:
        for listed in lists_of(schemas[f"{contract}.schema.json"], field):
            listed += [code for code in codes if code not in listed]
    for schema in schemas.values():
        if "tree" in schema.get("$defs", {}):
            schema["$defs"]["tree"] = schemas[TREE.name]
    return {paths[name]: json.dumps(schema, indent=1, ensure_ascii=False) + "\n" for name, schema in schemas.items()}


def lists_of(schema: Any, field: str, inside: bool = False) -> Iterator[list[str]]:
    """Every list of codes below a property of this name."""
    if isinstance(schema, Mapping):
        if inside and "enum" in schema:
            yield schema["enum"]
        for key, part in schema.items():
            yield from lists_of(part, field, (inside and key in ("anyOf", "items")) or key == field)
    elif isinstance(schema, list):
        for part in schema:
            yield from lists_of(part, field, inside)


def page() -> str:
    """The document as YAML, in the order in which it reads best."""
    head = "# Made by `python -m deploy.asyncapi` from deploy/topics.yaml and shared/contracts. Do not edit.\n"
    return head + yaml.safe_dump(document(), sort_keys=False, allow_unicode=True, width=120)


if __name__ == "__main__":
    for contract, text in contracts().items():
        contract.write_text(text, encoding="utf-8")
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
    print(f"wrote {PAGE.relative_to(ROOT)}")
