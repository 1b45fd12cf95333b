#!/bin/bash
# Starts one KRaft node with SCRAM on the client side and the access rules of StandardAuthorizer. The first start formats
# the data folder with the superuser's password; topics, principals and rights are made by the service kafka-setup.
set -euo pipefail
: "${KAFKA_ADMIN_PASSWORD:?}" "${KAFKA_CONTROLLER_PASSWORD:?}" "${KAFKA_CLUSTER_ID:?}"
config=/tmp/server.properties
scram=org.apache.kafka.common.security.scram.ScramLoginModule
plain=org.apache.kafka.common.security.plain.PlainLoginModule
# With a certificate both listeners speak TLS and nothing else (docker-compose.tls.yml).
protocol=SASL_PLAINTEXT
tls=
if [ -n "${TLS_PAIR:-}" ]; then
  protocol=SASL_SSL
  tls=$(printf '%s\n' ssl.keystore.type=PEM "ssl.keystore.location=$TLS_PAIR" \
    ssl.truststore.type=PEM "ssl.truststore.location=${TLS_CA:?}")
fi
umask 077
cat > "$config" <<PROPERTIES
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@kafka:9093
listeners=CLIENT://0.0.0.0:9092,CONTROLLER://0.0.0.0:9093
advertised.listeners=CLIENT://kafka:9092
inter.broker.listener.name=CLIENT
controller.listener.names=CONTROLLER
listener.security.protocol.map=CLIENT:$protocol,CONTROLLER:$protocol
listener.name.client.sasl.enabled.mechanisms=SCRAM-SHA-256
listener.name.controller.sasl.enabled.mechanisms=PLAIN
sasl.mechanism.inter.broker.protocol=SCRAM-SHA-256
sasl.mechanism.controller.protocol=PLAIN
listener.name.client.scram-sha-256.sasl.jaas.config=$scram required username="admin" password="$KAFKA_ADMIN_PASSWORD";
listener.name.controller.plain.sasl.jaas.config=$plain required username="controller" password="$KAFKA_CONTROLLER_PASSWORD" user_controller="$KAFKA_CONTROLLER_PASSWORD";
authorizer.class.name=org.apache.kafka.metadata.authorizer.StandardAuthorizer
allow.everyone.if.no.acl.found=false
super.users=User:admin;User:controller
auto.create.topics.enable=false
default.replication.factor=1
min.insync.replicas=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
log.dirs=/var/lib/kafka/data/log
$tls
PROPERTIES
if [ ! -f /var/lib/kafka/data/log/meta.properties ]; then
  # One argument a line in a file of our own: a command line is everybody's to read. It prints the hashes of the
  # credentials; nobody needs them in a log.
  wanted=/tmp/format.arguments
  printf '%s\n' format -t "$KAFKA_CLUSTER_ID" -c "$config" \
    -S "SCRAM-SHA-256=[name=admin,password=$KAFKA_ADMIN_PASSWORD]" > "$wanted"
  /opt/kafka/bin/kafka-storage.sh "@$wanted" > /dev/null
  rm "$wanted"
fi
exec /opt/kafka/bin/kafka-server-start.sh "$config"
