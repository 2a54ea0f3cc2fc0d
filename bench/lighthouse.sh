#!/usr/bin/env bash
# Lighthouse on the start page, the mood page and a medicine page, as a phone sees them, against a server of its own.
# Needs Node.js and Debian's Chromium (CHROMIUM=...). Exits with status 1 when a score is too low.
set -euo pipefail
cd "$(dirname "$0")/.."
CHROMIUM=${CHROMIUM:-/usr/bin/chromium}
PORT=${PORT:-8765}
BIN=${BIN:-.venv/bin}
[ -d bench/node_modules/lighthouse ] || (cd bench && npm ci --ignore-scripts --no-audit --no-fund)

work=$(mktemp -d)
server=
stop() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; rm -rf "$work"; }
trap stop EXIT

# As in production but for HTTPS, which a browser does not ask for on this machine.
export SECRET_KEY=only-for-lighthouse-only-for-lighthouse-only-for-lighthouse DATABASE_URL="sqlite:///$work/clinic.sqlite3"
export SEALING_KEYS=AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=
export ALLOWED_HOSTS=localhost HTTPS=0 STATIC_ROOT="$work/static" SITE_URL="http://localhost:$PORT"
touch "$work/clinic.sqlite3"
"$BIN/python" manage.py migrate --verbosity 0
"$BIN/python" manage.py collectstatic --noinput --verbosity 0
"$BIN/python" -m clinic.serve --host 127.0.0.1 --port "$PORT" --workers 1 &
server=$!
for _ in $(seq 50); do curl -fs "http://localhost:$PORT/" -o /dev/null && break; sleep 0.2; done

# One draft, so that the pages behind the start page open.
jar=$work/cookies
curl -fs -c "$jar" -b "$jar" "http://localhost:$PORT/" -o /dev/null
token=$(awk '$6 ~ /csrf/ {print $7}' "$jar")
curl -fs -c "$jar" -b "$jar" -d "csrfmiddlewaretoken=$token" "http://localhost:$PORT/" -o /dev/null
cookie=$(awk '$6 ~ /session/ {print $6 "=" $7}' "$jar")
printf '{"Cookie": "%s"}' "$cookie" >"$work/headers.json"

missed=0
for page in "" intake/mood/ intake/medicines-tried/0123456789abcdef/; do
  CHROME_PATH=$CHROMIUM bench/node_modules/.bin/lighthouse "http://localhost:$PORT/$page" --quiet \
    --only-categories=performance,accessibility,best-practices --extra-headers="$work/headers.json" \
    --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-dev-shm-usage" \
    --output=json --output-path="$work/report.json"
  "$BIN/python" - "$work/report.json" "/$page" <<'PY' || missed=1
import json, sys
report = json.load(open(sys.argv[1]))
least = {"accessibility": 100, "best-practices": 100, "performance": 95}
scores = {name: round((report["categories"][name]["score"] or 0) * 100) for name in least}
print(f"{sys.argv[2]:45}", *(f"{name} {score}" for name, score in scores.items()), sep="  ")
if report["finalDisplayedUrl"].split("?")[0].partition("//")[2].partition("/")[2] != sys.argv[2][1:]:
    sys.exit(f"  the page led elsewhere: {report['finalDisplayedUrl']}")
low = [name for name in least if scores[name] < least[name]]
for name in low:
    for ref in report["categories"][name]["auditRefs"]:
        audit = report["audits"][ref["id"]]
        if audit["score"] is not None and audit["score"] < 1 and ref["weight"]:
            print(f"  {name}: {audit['title']} {audit.get('displayValue', '')}")
sys.exit(bool(low))
PY
done
exit "$missed"
