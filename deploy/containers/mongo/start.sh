#!/bin/sh
# Starts mongod as a member of the replica set rs0, with users and a key file. The key comes as a secret that anybody in
# the container could read; mongod refuses such a file, so it gets a copy of its own.
set -eu
install -m 0400 -o mongodb -g mongodb /run/secrets/mongo_keyfile /data/keyfile
exec docker-entrypoint.sh mongod --replSet rs0 --keyFile /data/keyfile --bind_ip_all
