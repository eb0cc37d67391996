#!/bin/sh
# Reading the rows of a reply doubles its columns, and the last page starts at row 24 of 25
#
# Packages   ispapi 2.2.0, Python 3
# Believed   as_list() is a view: the hash of the reply stays as it was received. With 25 rows in
#            windows of 10 there are 3 pages, and the last one starts at row 20.
# Seen       as_list() appends the names of the columns to the cells of PROPERTY[COLUMN], which it
#            shares with the hash, so the hash then has four cells where the server sent two. pages()
#            is 3.4 and lastpagefirst() is 24.0: both divisions were written for Python 2.
# Matters    A column list that depends on what was read before; a last page with one of its five
#            rows; "24.0" as the value of FIRST.
# Input      A list of two columns, as text. Nothing is sent.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps ispapi==2.2.0

cat >"$work/run.py" <<'PY'
from ispapi.response import Response

lines = ["[RESPONSE]", "CODE=200", "DESCRIPTION=Command completed successfully"]
for name, cells in {
    "COLUMN": ["DOMAIN", "STATUS"],
    "DOMAIN": ["a.uk.com", "b.uk.com"],
    "STATUS": ["ACTIVE", "HOLD"],
    "FIRST": [0], "LIMIT": [10], "TOTAL": [25],
}.items():
    lines += [f"PROPERTY[{name}][{n}]={cell}" for n, cell in enumerate(cells)]
reply = Response("\n".join(lines + ["EOF", ""]).encode())
print("as received:", reply.property("COLUMN"))
print("rows:", reply.as_list())
print("after that:", reply.property("COLUMN"))
print("pages", reply.pages(), "next", reply.nextpagefirst(), "last", reply.lastpagefirst())
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
as received: ['DOMAIN', 'STATUS']
rows: [{'DOMAIN': 'a.uk.com', 'STATUS': 'ACTIVE'}, {'DOMAIN': 'b.uk.com', 'STATUS': 'HOLD'}]
after that: ['DOMAIN', 'STATUS', 'DOMAIN', 'STATUS']
pages 3.4 next 10 last 24.0
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
