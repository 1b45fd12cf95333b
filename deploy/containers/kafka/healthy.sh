#!/bin/bash
# Asks the broker which versions of its protocol it speaks: it tells before anybody signs in (ApiVersions 0, no client).
# An open port is not enough, because the kernel takes connections for a process that is stopped, too.
# One that speaks TLS refuses those words with an alert (a record of type 0x15), which a stopped process does not either.
set -euo pipefail
exec 3<> "/dev/tcp/${1:-127.0.0.1}/${2:-9092}"
printf '\x00\x00\x00\x0a\x00\x12\x00\x00\x00\x00\x00\x01\xff\xff' >&3
if [ -n "${TLS_PAIR:-}" ]; then
  [ "$(timeout 4 head -c 1 <&3)" = $'\x15' ]
else
  [ "$(timeout 4 head -c 8 <&3 | wc -c)" -eq 8 ]
fi
