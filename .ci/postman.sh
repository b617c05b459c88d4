#!/bin/sh
# postman.sh HUB: runs the Postman collection (docs/postman) with newman, from top to bottom, against a demonstration.
# Every route must answer, none with a 5xx, and what is refused must say why.
set -eu

hub=$1
root=$(cd "$(dirname "$0")/.." && pwd)
tmp=$(mktemp -d)
hub_pid=
trap '[ -z "$hub_pid" ] || kill "$hub_pid" 2>/dev/null || :; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP

mkfifo "$tmp/said"
LOBI_LIMITS=off "$hub" --data "$tmp/data" --listen 127.0.0.1:0 --demo >"$tmp/said" 2>"$tmp/hub.log" &
hub_pid=$!
exec 3<"$tmp/said"
read -r line <&3 || { cat "$tmp/hub.log" >&2; exit 1; }

"$NEWMAN_HOME/node_modules/.bin/newman" run "$root/docs/postman/lobi.postman_collection.json" \
  --environment "$root/docs/postman/lobi.postman_environment.json" \
  --env-var "address=${line#lobi-hub ready }" --timeout-request 20000 --color off \
  --reporters cli --reporter-cli-no-success-assertions --reporter-cli-no-banner
