#!/bin/sh
# Follow the courses on Kafka with kcat (Debian: apt-get install kcat). The environment is what `./lumbung partner add`
# prints. One line a record: key, headers (ce_sequence is the version, ce_type the reason), state.
exec kcat -b "$KAFKA_BOOTSTRAP" -u -q \
  -X security.protocol="$KAFKA_SECURITY" -X sasl.mechanism=SCRAM-SHA-256 \
  -X sasl.username="$KAFKA_USERNAME" -X sasl.password="$KAFKA_PASSWORD" \
  -X isolation.level=read_committed -X auto.offset.reset=earliest \
  -G "${KAFKA_GROUP_PREFIX}kcat" -f '%k %h %s\n' training.courses.v1
