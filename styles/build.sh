#!/bin/sh
# Compiles clinic.scss into the stylesheet that the patient pages load.
set -eu
cd "$(dirname "$0")"
[ -d node_modules/sass ] || npm ci --ignore-scripts --no-audit --no-fund
target=../intake/static/intake/clinic.css
mkdir -p "$(dirname "$target")"
# Left and right become start and end, so that one stylesheet serves both writing directions.
# @charset goes, because the file is served as UTF-8 and holds ASCII only.
node_modules/.bin/sass --style=compressed --no-source-map --charset --quiet-deps --load-path=node_modules clinic.scss |
  sed -E \
    -e 's/([{;])(margin|padding)-left:/\1\2-inline-start:/g' \
    -e 's/([{;])(margin|padding)-right:/\1\2-inline-end:/g' \
    -e 's/([{;])border-left(-color|-width|-style)?:/\1border-inline-start\2:/g' \
    -e 's/([{;])border-right(-color|-width|-style)?:/\1border-inline-end\2:/g' \
    -e 's/([{;])left:/\1inset-inline-start:/g' \
    -e 's/([{;])right:/\1inset-inline-end:/g' \
    -e 's/(text-align|justify-content):left/\1:start/g' \
    -e 's/(text-align|justify-content):right/\1:end/g' \
    -e 's/float:left/float:inline-start/g' \
    -e 's/float:right/float:inline-end/g' >"$target.new"
if grep -Eq 'url\(|@font-face|@import' "$target.new"; then
  rm "$target.new"
  echo "The stylesheet must load nothing else: no url(), @font-face or @import." >&2
  exit 1
fi
mv "$target.new" "$target"
printf '%s: %s bytes, %s gzipped\n' "$(basename "$target")" "$(wc -c <"$target")" "$(gzip -9c "$target" | wc -c)"
