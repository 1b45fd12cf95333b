"""Follow the courses on Kafka with kafka-python. The environment is what `./lumbung partner add` prints."""

import json
import os

from kafka import KafkaConsumer

held = {}
consumer = KafkaConsumer(
    "training.courses.v1",
    bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"],
    security_protocol=os.environ["KAFKA_SECURITY"],
    sasl_mechanism="SCRAM-SHA-256",
    sasl_plain_username=os.environ["KAFKA_USERNAME"],
    sasl_plain_password=os.environ["KAFKA_PASSWORD"],
    group_id=os.environ["KAFKA_GROUP_PREFIX"] + "kafka-python",
    isolation_level="read_committed",
    auto_offset_reset="earliest",
    enable_auto_commit=False,
)
for record in consumer:
    headers = {name: value.decode() for name, value in record.headers}
    id, version = record.key.decode(), int(headers["ce_sequence"])
    if version > held.get(id, 0):  # duplicates and replays change nothing
        held[id] = version
        state = json.loads(record.value) if record.value else None  # no value: forget this id
        print(id, version, headers["ce_type"], state and state["status"], flush=True)
    consumer.commit()
