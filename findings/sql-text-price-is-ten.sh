#!/bin/sh
# WHERE price = 10 finds 9.50 in DuckDB; price < 50.0 finds 100.00 and not 9.50 in the SQL of polars
#
# Packages   duckdb 2.0.1, polars 2.1.0, datafusion 55.0.0, pyarrow 26.0.1
# Believed   Where a column is text, an engine either rejects the comparison with a number, or compares
#            numbers. If price < 10 is rejected, price = 10 is so as well.
# Seen       DuckDB rejects price < 10, because the column is text, but not price = 10: there each cell
#            is rounded to an integer first, so 9.50 and 10.49 are equal to 10. In 10.0 the digits that
#            were written are a type with one place: 100.00 does not fit and the query fails.
#            polars rejects < 50 but not < 50.0, for which it compares the letters: 10.00 and 100.00 are
#            below 50.0, and 9.50 is not. = 10 and = 10.0 find nothing, = 10.00 finds the price; in an
#            expression a float is rejected, a Decimal compares letters. DataFusion is the other way
#            round: = 10 fails at 9.50, and what has a point is right.
#            With a cast, all three agree.
# Matters    The Parquet file of a response has text in all columns. A price list that is filtered
#            without a cast gives the wrong domains, and no error.
# Input      Five prices as text in a Parquet file.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check \
    duckdb==2.0.1 polars==2.1.0 datafusion==55.0.0 pyarrow==26.0.1

cat >"$work/run.py" <<'PY'
import sys
from decimal import Decimal

import datafusion
import duckdb
import polars
import pyarrow
import pyarrow.parquet

path = sys.argv[1]
prices = ["8.99", "9.50", "10.00", "10.49", "100.00"]
pyarrow.parquet.write_table(pyarrow.table({"price": prices}), path)

context = datafusion.SessionContext()
context.register_parquet("list", path)
frame = polars.read_parquet(path)


def by_duckdb(query):
    return [price for (price,) in duckdb.sql(query.replace("list", f"'{path}'")).fetchall()]


def by_polars(query):
    return polars.SQLContext(list=frame).execute(query, eager=True)["price"].to_list()


def by_datafusion(query):
    return context.sql(query).to_pydict().get("price", [])


def attempt(run, *arguments):
    try:
        return " ".join(sorted(run(*arguments), key=float)) or "nothing"
    except Exception:
        return "an error"


for condition in (
    "price < 10",
    "price = 10",
    "price <> 10",
    "price = 10.0",
    "price = 10.00",
    "price < 50",
    "price < 50.0",
    "CAST(price AS DECIMAL(10, 2)) = 10",
    "CAST(price AS DECIMAL(10, 2)) < 50",
):
    print(condition)
    for run in by_duckdb, by_polars, by_datafusion:
        name = run.__name__.removeprefix("by_")
        print(f"  {name}:", attempt(run, f"SELECT price FROM list WHERE {condition}"))

print("expressions of polars")
for bound in 50.0, Decimal("50.0"):
    found = attempt(lambda: frame.filter(polars.col("price") < bound)["price"])
    print(f"  {type(bound).__name__}:", found)
PY
"$work/env/bin/python" "$work/run.py" "$work/list.parquet" >"$work/seen"

cat >"$work/expected" <<'TEXT'
price < 10
  duckdb: an error
  polars: an error
  datafusion: an error
price = 10
  duckdb: 9.50 10.00 10.49
  polars: nothing
  datafusion: an error
price <> 10
  duckdb: 8.99 100.00
  polars: 8.99 9.50 10.00 10.49 100.00
  datafusion: an error
price = 10.0
  duckdb: an error
  polars: nothing
  datafusion: 10.00
price = 10.00
  duckdb: an error
  polars: 10.00
  datafusion: 10.00
price < 50
  duckdb: an error
  polars: an error
  datafusion: an error
price < 50.0
  duckdb: an error
  polars: 10.00 10.49 100.00
  datafusion: 8.99 9.50 10.00 10.49
CAST(price AS DECIMAL(10, 2)) = 10
  duckdb: 10.00
  polars: 10.00
  datafusion: 10.00
CAST(price AS DECIMAL(10, 2)) < 50
  duckdb: 8.99 9.50 10.00 10.49
  polars: 8.99 9.50 10.00 10.49
  datafusion: 8.99 9.50 10.00 10.49
expressions of polars
  float: an error
  Decimal: 10.00 10.49 100.00
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
