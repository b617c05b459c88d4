#!/bin/sh
# schemathesis.sh HUB: invents some thousand requests from the hub's own description, without and with a token.
# No answer may be a 5xx or other than described, and every operation must really have been reached.
set -eu

hub=$1
tool=$SCHEMATHESIS_HOME/bin
examples=60
# No 5xx; answers are as described; nothing invalid is accepted; nothing protected opens without a token.
checks=not_a_server_error,response_schema_conformance,content_type_conformance,status_code_conformance
checks=$checks,negative_data_rejection,ignored_auth,unsupported_method,allow_header_conformance
seed=20260117

tmp=$(mktemp -d)
hub_pid=
trap '[ -z "$hub_pid" ] || kill "$hub_pid" 2>/dev/null || :; rm -rf "$tmp"' EXIT
trap 'exit 130' INT TERM HUP
cd "$tmp" # what schemathesis notes for itself lands here

mkfifo said
LOBI_LIMITS=off "$hub" --data data --listen 127.0.0.1:0 --demo >said 2>hub.log &
hub_pid=$!
exec 3<said
read -r line <&3 || { cat hub.log >&2; exit 1; }
address=${line#lobi-hub ready }

# post PATH JSON [TOKEN]
post() {
  curl -fsS --max-time 10 -H 'Content-Type: application/json' ${3:+-H "Authorization: Bearer $3"} -d "$2" "$address$1"
}
sign_in() { post /api/login '{"username":"admin","password":"lobi-demo"}' | sed 's/.*"token":"\([^"]*\)".*/\1/'; }

# Before the attack on signing in, which the hub answers with a pause.
token=$(sign_in)
token_to_end=$(sign_in)

# People are waiting, so that the queue's buttons have something to work on.
ids='' numbers=''
for poli in umum gigi kia lansia; do
  for _ in 1 2 3 4 5 6; do
    ticket=$(post /api/register "{\"poli\":\"$poli\"}")
    ids="$ids$(echo "$ticket" | sed 's/.*"id":\([0-9]*\).*/\1/'), "
    numbers="$numbers$(echo "$ticket" | sed 's/.*"nomor_antrean":\("[^"]*"\).*/\1/'), "
  done
done

# Half of the values exist, half are invented.
cat >schemathesis.toml <<TOML
[dictionaries]
ids = { values = [$ids] }
numbers = { values = [$numbers] }
services = { values = ["umum", "gigi", "kia", "lansia"] }

[parameters]
"path.id" = { dictionary = "ids", probability = 0.5 }
"path.nomor" = { dictionary = "numbers", probability = 0.5 }
"path.poli" = { dictionary = "services", probability = 0.5 }
TOML

# attack NAME OPTIONS…
attack() {
  name=$1
  shift
  echo "-- $name"
  timeout 240 "$tool/schemathesis" --config-file schemathesis.toml run "$address/api/openapi.json" \
    --checks "$checks" --max-examples "$examples" --seed "$seed" --generation-database none \
    --request-timeout 10 --exclude-path-regex '^/ws|^/api/settings|^/api/webhooks' --warnings off --no-color \
    --report json,ndjson --report-json-path "$name.json" --report-ndjson-path "$name.ndjson" "$@" >"$name.log" 2>&1 ||
    { cat "$name.log"; tail -n 20 hub.log; return 1; }
  grep -E '^  (Selected|Tested|[0-9]+ generated)' "$name.log"
}

attack without-token
# Signing out would end the token that the rest needs: it gets one of its own.
# A guessed id may be that of the attacker's own account, whose sessions then end, and a counter that was given up calls nobody:
# without a token these doors are tried like all others, behind them tests/api/accounts.rs, manage.rs and hangups.rs go.
attack with-token -H "Authorization: Bearer $token" --exclude-path /api/logout \
  --exclude-path /api/users --exclude-path '/api/users/{id}' --exclude-path '/api/users/{id}/password' \
  --exclude-path /api/sessions --exclude-path '/api/sessions/{id}' --exclude-path /api/auth/change-password \
  --exclude-path /api/api-keys --exclude-path '/api/api-keys/{id}' \
  --exclude-path /api/admin/services --exclude-path '/api/admin/services/{slug}' \
  --exclude-path /api/admin/counters --exclude-path '/api/admin/counters/{n}'
attack sign-out -H "Authorization: Bearer $token_to_end" --include-path /api/logout

curl -fsS --max-time 10 "$address/health" >/dev/null
curl -fsS --max-time 10 "$address/api/openapi.json" >openapi.json
kill "$hub_pid"
wait "$hub_pid" || { echo "the hub did not end cleanly" >&2; exit 1; }
hub_pid=

"$tool/python" - <<'PYTHON'
"""Every operation must have been reached, and no answer may be a 5xx, whatever the tool's own verdict."""
import collections, json, sys

# Not tried with a token, see above.
people = ("/api/users", "/api/sessions", "/api/auth/", "/api/api-keys", "/api/admin/")
answers = collections.defaultdict(collections.Counter)
for name in "without-token", "with-token", "sign-out":
    if not json.load(open(f"{name}.json"))["complete"]:
        sys.exit(f"{name}: did not finish")
    for line in open(f"{name}.ndjson"):
        done = json.loads(line).get("ScenarioFinished")
        for case in (done or {}).get("recorder", {}).get("interactions", {}).values():
            answers[done["recorder"]["label"]][(case.get("response") or {}).get("status_code", 0)] += 1

wrong = []
for path, methods in json.load(open("openapi.json"))["paths"].items():
    for method in methods:
        operation = f"{method.upper()} {path}"
        # The description itself is what was read to get here; WebSockets are not for this tool.
        # Settings name a printer on the network, webhooks any machine: a test must not make the hub knock there. tests/api/webhooks.rs
        # has another program of its own.
        # No guessed name is a clip; tests/api/voices.rs plays the right ones.
        if path.startswith(("/ws", "/api/settings", "/api/webhooks")) or path in ("/api/openapi.json", "/api/voices/{bahasa}/{berkas}"):
            continue
        seen = answers[operation]
        print(f"  {operation:36}", ", ".join(f"{status}: {times}" for status, times in sorted(seen.items())))
        if any(status >= 500 or status == 0 for status in seen):
            wrong.append(f"{operation}: a 5xx or no answer")
        # 409 is a rule that said no: the request was understood and the ticket was looked at.
        # Nobody guesses a password: at the sign-in 401 is as far as one gets.
        # A fresh hub gave nothing up: 404 says that the job was looked for; tests/api/upkeep.rs decides about real ones.
        # Nobody guesses two patients at once: 404 says that they were looked for; tests/api/patients.rs makes two of them one.
        # No guess is a recorded word; tests/api/recordings.rs brings real ones.
        # Nobody guesses two services that are there, a counter with somebody at it, or the code of a visit that is over: 404 says that
        # they were looked for; tests/api/journeys.rs, hand_over.rs and portal.rs have real ones. Nor a code of the portal: 401. Nor
        # a TV that was ever on; tests/api/screens.rs has one.
        guessed = ("/api/patients/{id}/merge", "/api/counters/{n}/handover", "/api/queue/{id}/journey", "/api/reviews",
                   "/api/screens/{machine}")
        own = path.startswith("/api/portal")
        if path.startswith(people) or operation == "POST /api/recordings/{bahasa}/{poli}":
            continue
        looked_for = path.startswith(("/api/jobs/", "/api/journeys")) or path in guessed
        inside = {401, 409} if path == "/api/login" or own else {404} if looked_for else {409}
        if not any(200 <= status < 300 or status in inside for status in seen):
            wrong.append(f"{operation}: never got past the door")
print(sum(sum(seen.values()) for seen in answers.values()), "requests")
sys.exit("\n".join(wrong) or 0)
PYTHON
