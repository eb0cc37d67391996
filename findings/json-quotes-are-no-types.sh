#!/bin/sh
# Two phone numbers in quotes are equal in pandas, and the time in quotes depends on its column's name
#
# Packages   pandas 3.1.1, duckdb 2.0.1, pyarrow 26.0.1, polars 2.1.0
# Believed   Types are guessed in a CSV, where all is text. In JSON lines a value in quotes is text.
# Seen       pandas reads the strings "+49.3012345670" and "+49.301234567" as one number, the auth code
#            "0000000000" as 0 and the label "1e5" as 100000.0. The same time is a time in a column
#            `date`, and text in `created date`. DuckDB leaves all of these numbers alone, but takes the
#            label "infinity" for the date 9999-12-31. pyarrow takes a time for one unless it ends in
#            .0, as it does in responses. polars keeps every string.
# Matters    A contact list that is written as JSON lines, so that nothing is guessed, comes back with
#            phone numbers that cannot be dialled and domains that cannot be transferred.
# Input      Two JSON lines, all values in quotes.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check \
    pandas==3.1.1 duckdb==2.0.1 pyarrow==26.0.1 polars==2.1.0

cat >"$work/run.py" <<'PY'
import json
import sys

import duckdb
import pandas
import polars
import pyarrow.json

path = sys.argv[1]
first = {
    "phone": "+49.3012345670",
    "auth": "0000000000",
    "label": "1e5",
    "other label": "infinity",
    "date": "2027-03-01 12:00:00.0",
    "created date": "2027-03-01 12:00:00.0",
    "updated": "2027-03-01 12:00:00",
}
with open(path, "w") as file:
    for row in (first, first | {"phone": "+49.301234567"}):
        print(json.dumps(row), file=file)

by_pandas = pandas.read_json(path, lines=True)
by_duckdb = duckdb.sql(f"SELECT * FROM '{path}'")
by_pyarrow = pyarrow.json.read_json(path)
by_polars = polars.read_ndjson(path)
print("phones equal in pandas:", by_pandas["phone"].nunique() == 1)
for name in first:
    types = [
        by_pandas[name].dtype,
        by_duckdb.types[by_duckdb.columns.index(name)],
        by_pyarrow[name].type,
        by_polars[name].dtype,
    ]
    print(f"{name}:", *types, by_pandas[name][0])
print("infinity in DuckDB:", by_duckdb.limit(1).fetchall()[0][3])
PY
"$work/env/bin/python" "$work/run.py" "$work/list.jsonl" >"$work/seen"

cat >"$work/expected" <<'TEXT'
phones equal in pandas: True
phone: float64 VARCHAR string String 49.301234567
auth: int64 VARCHAR string String 0
label: float64 VARCHAR string String 100000.0
other label: float64 DATE string String inf
date: datetime64[us] TIMESTAMP string String 2027-03-01 12:00:00
created date: str TIMESTAMP string String 2027-03-01 12:00:00.0
updated: str TIMESTAMP timestamp[s] String 2027-03-01 12:00:00
infinity in DuckDB: 9999-12-31
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
