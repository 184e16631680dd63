#!/bin/sh
# Restarts shangliang@1, @2 … one after the other; the next only when nginx gives work to the one before again.
# Usage, as root: deploy/rolling-restart.sh 2
set -eu
for n in $(seq 1 "${1:?how many processes?}"); do
  systemctl restart "shangliang@$n"
  tries=0
  until curl -fsS -o /dev/null "http://127.0.0.1:300$n/readyz"; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || { echo "process $n did not come back; the others were left alone" >&2; exit 1; }
    sleep 1
  done
  # fail_timeout of nginx
  sleep 3
done
