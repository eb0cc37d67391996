#!/bin/sh
# The Node SDK prints each reply on standard output, so a pipe into jq breaks
#
# Packages   @hexonet/ispapi-apiconnector 9.0.8
# Believed   A library writes to standard output in debug mode at most; debug mode is off unless
#            enableDebugMode() is called.
# Seen       Each Response that is made writes the text of the reply to standard output 23 times (twice
#            for each description that the SDK would translate, and once more), then a line of
#            dashes. A program whose only output is one line of JSON writes 117 lines.
# Matters    node list.mjs | jq, or > domains.json, holds the wire text in front of the JSON.
# Input      One reply, read with the class that the package exports. Nothing is sent.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --no-update-notifier \
    @hexonet/ispapi-apiconnector@9.0.8 >/dev/null)

cat >"$work/run.mjs" <<'JS'
import { Response } from "@hexonet/ispapi-apiconnector";

const lines = ["[RESPONSE]", "CODE=200", "DESCRIPTION=Done", "PROPERTY[DOMAIN][0]=a.uk.com", "EOF"];
const reply = new Response(lines.join("\r\n"), { COMMAND: "QueryDomainList" });
console.log(JSON.stringify(reply.getColumn("DOMAIN").getData()));
JS
(cd "$work" && node run.mjs | tr -d '\r' >out)
{
    echo "lines: $(wc -l <"$work/out")"
    echo "times the reply is there: $(grep -c '^\[RESPONSE\]$' "$work/out")"
    tail -n 7 "$work/out"
} >"$work/seen"

cat >"$work/expected" <<'TEXT'
lines: 117
times the reply is there: 23
[RESPONSE]
CODE=200
DESCRIPTION=Done
PROPERTY[DOMAIN][0]=a.uk.com
EOF
-----------------------------------------
["a.uk.com"]
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
