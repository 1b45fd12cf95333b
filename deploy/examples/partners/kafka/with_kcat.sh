#!/bin/sh
# Follow the courses on Kafka with kcat (Debian: apt-get install kcat). The environment is what `./lumbung partner add`
# prints. One line a record: key, headers (ce_sequence is the version, ce_type the reason), state.
#
# kcat needs librdkafka 2.6.1 or newer: SCRAM of older ones, such as Debian 12's 2.0.2, is refused by every present Kafka
# (CVE-2024-56128; confluentinc/librdkafka#4895). RDKAFKA names a newer library, for instance the one inside the Python
# package confluent-kafka (confluent_kafka.libs/librdkafka-*.so.1).
[ -z "$RDKAFKA" ] || export LD_PRELOAD="$RDKAFKA"
exec kcat -b "$KAFKA_BOOTSTRAP" -u -q \
  -X security.protocol="$KAFKA_SECURITY" -X sasl.mechanism=SCRAM-SHA-256 \
  -X sasl.username="$KAFKA_USERNAME" -X sasl.password="$KAFKA_PASSWORD" \
  -X isolation.level=read_committed -X auto.offset.reset=earliest \
  -G "${KAFKA_GROUP_PREFIX}kcat" -f '%k %h %s\n' training.courses.v1
