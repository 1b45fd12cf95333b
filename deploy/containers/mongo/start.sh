#!/bin/sh
# Starts mongod as a member of the replica set rs0, with users and a key file. The key comes as a secret that anybody in
# the container could read; mongod refuses such a file, so it gets a copy of its own.
#
# A process that dies leaves its transaction open. On its own machine the next one ends it; a process elsewhere would
# wait for mongod's own limit, a minute by default. Ours take a second; twenty is above the patience of their conflicts.
set -eu
install -m 0400 -o mongodb -g mongodb /run/secrets/mongo_keyfile /data/keyfile
# With a certificate it speaks TLS and nothing else (docker-compose.tls.yml); the houses show a password, no certificate.
if [ -n "${TLS_PAIR:-}" ]; then
  install -m 0400 -o mongodb -g mongodb "$TLS_PAIR" /data/tls.pem
  set -- --tlsMode requireTLS --tlsCertificateKeyFile /data/tls.pem --tlsCAFile "${TLS_CA:?}" \
    --tlsAllowConnectionsWithoutCertificates
fi
# The operations log is as small as mongod takes it (erased data stands in it until as much was written again), and no
# line tells of a slow question: it would repeat what was searched for, and that may be a name.
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /data/keyfile --bind_ip_all --oplogSize 990 --slowms 86400000 \
  --setParameter transactionLifetimeLimitSeconds=20 "$@"
