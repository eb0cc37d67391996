#!/bin/sh
# The period 12M is twelve minutes, and the period 1 is a second, a month or a part of a second
#
# Packages   duckdb 2.0.1, datafusion 55.0.0, polars 2.1.0, pandas 3.1.1, pyarrow 26.0.1
# Believed   A cast of the text of a period to INTERVAL fails, or gives a period that people would
#            recognise: 1Y is a year, so 12M is twelve months. A bare number has no unit, and is
#            rejected.
# Seen       1Y is a year in DuckDB and DataFusion, and for both 12M is 12 minutes. The period 1 of
#            a registration is a second in DuckDB, a month in DataFusion, a microsecond in polars and
#            a nanosecond in pandas. polars and pandas reject 1Y and 12M in a column; written into the
#            query, as INTERVAL '12M', it is 12 minutes in polars too. pandas calls M ambiguous, but
#            reads P12M, which is a year in ISO 8601, as 12 minutes, and rejects P1Y. With the unit
#            added, as in period || ' years', DuckDB and DataFusion agree.
# Matters    Expiration dates that are computed from the period: each of them is wrong, by another
#            amount in each engine, and nothing fails.
# Input      Periods as CentralNic Reseller (1, 2) and HEXONET (1Y, 12M) write them, added to the last
#            day of January.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check \
    duckdb==2.0.1 datafusion==55.0.0 polars==2.1.0 pandas==3.1.1 pyarrow==26.0.1

cat >"$work/run.py" <<'PY'
import datafusion
import duckdb
import pandas
import polars
import pyarrow

QUERY = "SELECT TIMESTAMP '2027-01-31 00:00:00' + {} AS due FROM periods"


def by_duckdb(periods, interval):
    return duckdb.sql(QUERY.format(interval)).fetchall()[0][0]


def by_datafusion(periods, interval):
    context = datafusion.SessionContext()
    context.register_record_batches("periods", [periods.to_batches()])
    return context.sql(QUERY.format(interval)).to_pydict()["due"][0]


def by_polars(periods, interval):
    context = polars.SQLContext(periods=polars.from_arrow(periods))
    return context.execute(QUERY.format(interval), eager=True)["due"][0]


def by_pandas(periods, interval):
    return pandas.Timestamp("2027-01-31") + pandas.to_timedelta(periods.to_pandas()["period"])[0]


def attempt(run, *arguments):
    try:
        return str(run(*arguments))
    except Exception:
        return "an error"


for period in "1", "2", "1Y", "12M", "P1Y", "P12M":
    periods = pyarrow.table({"period": [period]})
    print(period)
    for run in by_duckdb, by_datafusion, by_polars, by_pandas:
        name = run.__name__.removeprefix("by_")
        print(f"  {name}:", attempt(run, periods, "CAST(period AS INTERVAL)"))
for interval in "INTERVAL '1Y'", "INTERVAL '12M'":
    print(f"{interval} in polars:", attempt(by_polars, periods, interval))

print("2, with the unit added")
periods = pyarrow.table({"period": ["2"]})
for run in by_duckdb, by_datafusion, by_polars:
    name = run.__name__.removeprefix("by_")
    print(f"  {name}:", attempt(run, periods, "CAST(period || ' years' AS INTERVAL)"))
due = polars.datetime(2027, 1, 31).dt.offset_by(polars.col("period") + "y")
print("  polars, offset_by:", polars.from_arrow(periods).select(due).item())
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
1
  duckdb: 2027-01-31 00:00:01
  datafusion: 2027-02-28 00:00:00
  polars: 2027-01-31 00:00:00.000001
  pandas: 2027-01-31 00:00:00.000000001
2
  duckdb: 2027-01-31 00:00:02
  datafusion: 2027-03-31 00:00:00
  polars: 2027-01-31 00:00:00.000002
  pandas: 2027-01-31 00:00:00.000000002
1Y
  duckdb: 2028-01-31 00:00:00
  datafusion: 2028-01-31 00:00:00
  polars: an error
  pandas: an error
12M
  duckdb: 2027-01-31 00:12:00
  datafusion: 2027-01-31 00:12:00
  polars: an error
  pandas: an error
P1Y
  duckdb: an error
  datafusion: an error
  polars: an error
  pandas: an error
P12M
  duckdb: an error
  datafusion: an error
  polars: an error
  pandas: 2027-01-31 00:12:00
INTERVAL '1Y' in polars: 2028-01-31 00:00:00
INTERVAL '12M' in polars: 2027-01-31 00:12:00
2, with the unit added
  duckdb: 2029-01-31 00:00:00
  datafusion: 2029-01-31 00:00:00
  polars: an error
  polars, offset_by: 2029-01-31 00:00:00
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
