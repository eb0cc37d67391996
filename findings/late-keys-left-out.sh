#!/bin/sh
# A key that comes late in JSON lines: SELECT * fails, SELECT columns leaves it out, polars as well
#
# Packages   duckdb 2.0.1, polars 2.1.0, pyarrow 26.0.1
# Believed   A reader of JSON lines that learned its columns from the first lines fails at a key that
#            it has not seen. At least its answer does not depend on how the columns are asked for.
# Seen       The key is inside the object of the last of 101 lines. DuckDB, with a sample of 100 lines,
#            fails and names the key for SELECT *, and for both columns by name if there is a WHERE; for
#            one column by name it answers without the key. polars, which takes 100 lines if not told
#            otherwise, answers without it, but fails at a value of another type. pyarrow has the key.
# Matters    A log of responses as JSON lines, one a line: columns of the rare ones are gone from the
#            analysis, and the number of rows is right.
# Input      A hundred lines with one column, then one with two.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check polars==2.1.0 duckdb==2.0.1 pyarrow==26.0.1
cat >"$work/seen.py" <<'PY'
import json

import duckdb
import polars
import pyarrow.json

lines = [{"n": n, "columns": {"domain": ["a.example"]}} for n in range(100)]


def write(last):
    with open("log.jsonl", "w") as file:
        file.writelines(json.dumps(line) + "\n" for line in [*lines, last])


def outcome(tool, read):
    try:
        print(tool, *read())
    except Exception as error:
        print(tool, "fails and names status" if "status" in str(error) else "fails")


def names(schema):
    return [field.name for field in schema.field("columns").type]


write({"n": 100, "columns": {"domain": ["b.example"], "status": ["ACTIVE"]}})
shape = lambda table: (table.height, [field.name for field in table.schema["columns"].fields])
outcome("polars", lambda: shape(polars.read_ndjson("log.jsonl")))
outcome("polars, all lines", lambda: shape(polars.read_ndjson("log.jsonl", infer_schema_length=None)))
source = "FROM read_json('log.jsonl', sample_size = 100)"
for query in (f"SELECT * {source}", f"SELECT columns {source}", f"SELECT n, columns {source} WHERE n = 100"):
    asked = "duckdb, " + query.replace(source, "FROM log")
    outcome(asked, lambda: [list(duckdb.sql(query).fetchall()[-1][-1])])
outcome("pyarrow", lambda: [names(pyarrow.json.read_json("log.jsonl").schema)])
write({"n": "one hundred", "columns": {"domain": ["b.example"]}})
outcome("polars, another type", lambda: shape(polars.read_ndjson("log.jsonl")))
PY
(cd "$work" && venv/bin/python seen.py >seen)

cat >"$work/expected" <<'TEXT'
polars 101 ['domain']
polars, all lines 101 ['domain', 'status']
duckdb, SELECT * FROM log fails and names status
duckdb, SELECT columns FROM log ['domain']
duckdb, SELECT n, columns FROM log WHERE n = 100 fails and names status
pyarrow ['domain', 'status']
polars, another type fails
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
