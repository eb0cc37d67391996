#!/bin/sh
# A CSV of one column with descriptions: DuckDB drops the header and makes the first row the header
#
# Packages   duckdb 1.5.6 and 2.0.1, polars 2.1.0, pyarrow 26.0.1
# Believed   A CSV of one column has no separator to guess, and a first line that is unlike the others
#            is the header.
# Seen       Each description has its detail after "; ". DuckDB takes the semicolon for the separator,
#            skips the line "description" because it has too few fields, and uses the first
#            description as names of two columns. Three replies become two rows. With a second column it
#            is right. polars and pyarrow read three rows of one column.
# Matters    SELECT count(*) over the errors of a batch is one short, without a warning.
# Input      Three descriptions from failed commands, under one header.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
pip="$work/env/bin/python -m pip install -q --disable-pip-version-check"
$pip duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1
$pip --no-deps --target "$work/old" duckdb==1.5.6

cat >"$work/one.csv" <<'CSV'
description
Invalid attribute name; LIMIT
Missing required attribute; DOMAIN
Invalid attribute value; PERIOD
CSV
sed 's/^/x,/' "$work/one.csv" >"$work/two.csv"
cat >"$work/duck.py" <<'PY'
import sys

import duckdb

for name in "one.csv", "two.csv":
    table = duckdb.read_csv(f"{sys.argv[1]}/{name}")
    print("duckdb", duckdb.__version__, name, table.columns, table.fetchall())
PY
cat >"$work/others.py" <<'PY'
import sys

import polars
import pyarrow.csv

path = f"{sys.argv[1]}/one.csv"
print("polars", polars.__version__, polars.read_csv(path).rows())
print("pyarrow", pyarrow.__version__, pyarrow.csv.read_csv(path).to_pydict())
PY
{
    PYTHONPATH="$work/old" "$work/env/bin/python" "$work/duck.py" "$work"
    "$work/env/bin/python" "$work/duck.py" "$work"
    "$work/env/bin/python" "$work/others.py" "$work"
} >"$work/seen"

cat >"$work/expected" <<'TEXT'
duckdb 1.5.6 one.csv ['Invalid attribute name', 'LIMIT'] [('Missing required attribute', ' DOMAIN'), ('Invalid attribute value', ' PERIOD')]
duckdb 1.5.6 two.csv ['x', 'description'] [('x', 'Invalid attribute name; LIMIT'), ('x', 'Missing required attribute; DOMAIN'), ('x', 'Invalid attribute value; PERIOD')]
duckdb 2.0.1 one.csv ['Invalid attribute name', 'LIMIT'] [('Missing required attribute', ' DOMAIN'), ('Invalid attribute value', ' PERIOD')]
duckdb 2.0.1 two.csv ['x', 'description'] [('x', 'Invalid attribute name; LIMIT'), ('x', 'Missing required attribute; DOMAIN'), ('x', 'Invalid attribute value; PERIOD')]
polars 2.1.0 [('Invalid attribute name; LIMIT',), ('Missing required attribute; DOMAIN',), ('Invalid attribute value; PERIOD',)]
pyarrow 26.0.1 {'description': ['Invalid attribute name; LIMIT', 'Missing required attribute; DOMAIN', 'Invalid attribute value; PERIOD']}
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
