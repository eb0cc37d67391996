#!/bin/sh
# The label infinity is a date in DuckDB, and four tools read seven labels in four ways
#
# Packages   duckdb 2.0.1, polars 2.1.0, pyarrow 26.0.1, pandas 3.1.1
# Believed   Tools that guess the types of a CSV guess alike, and a column of labels or suffixes is
#            text.
# Seen       infinity is a DATE in DuckDB (9999-12-31 in Python), a float in pyarrow and pandas, text
#            in polars; inf is text in none. 0x10 is the number 16 in DuckDB and pyarrow, text in the
#            others. 0b11 is 3 in DuckDB alone. The suffix of a portfolio of Norwegian domains, no, is
#            false in DuckDB alone, and yes is true. The customer number 007 stays text in DuckDB
#            alone.
# Matters    A join of a domain list that two tools have read finds no partner, or the wrong one.
# Input      For each label, a CSV of one column with the label in two rows.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check \
    duckdb==2.0.1 polars==2.1.0 pyarrow==26.0.1 pandas==3.1.1

cat >"$work/run.py" <<'PY'
import sys

import duckdb
import pandas
import polars
import pyarrow.csv

path = sys.argv[1] + "/labels.csv"
for label in "0x10", "0b11", "no", "yes", "infinity", "inf", "007":
    with open(path, "w") as file:
        file.write(f"label\n{label}\n{label}\n")
    cells = [
        duckdb.read_csv(path).fetchall()[0][0],
        polars.read_csv(path)["label"][0],
        pyarrow.csv.read_csv(path)["label"][0].as_py(),
        pandas.read_csv(path)["label"].tolist()[0],
    ]
    print(label, *(f"{type(cell).__name__}:{cell}" for cell in cells))
PY
"$work/env/bin/python" "$work/run.py" "$work" >"$work/seen"

cat >"$work/expected" <<'TEXT'
0x10 int:16 str:0x10 int:16 str:0x10
0b11 int:3 str:0b11 str:0b11 str:0b11
no bool:False str:no str:no str:no
yes bool:True str:yes str:yes str:yes
infinity date:9999-12-31 str:infinity float:inf float:inf
inf date:9999-12-31 float:inf float:inf float:inf
007 str:007 int:7 int:7 int:7
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
