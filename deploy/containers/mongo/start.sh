#!/bin/sh
# Starts mongod as a member of the replica set rs0, with users and a key file. The key comes as a secret that anybody in
# the container could read; mongod refuses such a file, so it gets a copy of its own.
#
# A process that dies leaves its transaction open. On its own machine the next one ends it; a process elsewhere would
# wait for mongod's own limit, a minute by default. Ours take a second; twenty is above the patience of their conflicts.
set -eu
install -m 0400 -o mongodb -g mongodb /run/secrets/mongo_keyfile /data/keyfile
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /data/keyfile --bind_ip_all \
  --setParameter transactionLifetimeLimitSeconds=20
