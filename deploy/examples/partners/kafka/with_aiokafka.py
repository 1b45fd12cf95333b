"""Follow the courses on Kafka with aiokafka. The environment is what `./lumbung partner add` prints."""

import asyncio
import json
import os

from aiokafka import AIOKafkaConsumer


async def main():
    held = {}
    consumer = AIOKafkaConsumer(
        "training.courses.v1",
        bootstrap_servers=os.environ["KAFKA_BOOTSTRAP"],
        security_protocol=os.environ["KAFKA_SECURITY"],
        sasl_mechanism="SCRAM-SHA-256",
        sasl_plain_username=os.environ["KAFKA_USERNAME"],
        sasl_plain_password=os.environ["KAFKA_PASSWORD"],
        group_id=os.environ["KAFKA_GROUP_PREFIX"] + "aiokafka",
        isolation_level="read_committed",
        auto_offset_reset="earliest",
        enable_auto_commit=False,
    )
    await consumer.start()
    try:
        async for record in consumer:
            headers = {name: value.decode() for name, value in record.headers}
            id, version = record.key.decode(), int(headers["ce_sequence"])
            if version > held.get(id, 0):  # duplicates and replays change nothing
                held[id] = version
                state = json.loads(record.value) if record.value else None  # no value: forget this id
                print(id, version, headers["ce_type"], state and state["status"], flush=True)
            await consumer.commit()
    finally:
        await consumer.stop()


asyncio.run(main())
