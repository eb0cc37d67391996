#!/bin/sh
# A zero date is the first of January of the running year in chdb, or 1970, or 1900, or an error
#
# Packages   chdb 4.4.0, chdb-core 26.9.0
# Believed   0000-00-00 00:00:00 is no date: it is an error, and null where the name of the function
#            ends in OrNull.
# Seen       toDateTime64, a cast and parseDateTime64BestEffortOrNull give midnight of the first of
#            January, in the year in which the query runs. toDateTime64OrNull gives 1970-01-01, not
#            null and not what toDateTime64 gives. As a Date it is 1970-01-01, as a Date32 1900-01-01.
#            Without the time, 0000-00-00, a cast is an error and parseDateTime64BestEffortOrNull null;
#            toDateTime64OrNull gives 1970-01-01 again.
# Matters    Domains without an expiration date have expired in January, and next year in the January
#            of that year. The function that was chosen because it gives null does not.
# Input      The two zero dates of responses, in the functions that read a time.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check chdb==4.4.0 chdb-core==26.9.0

cat >"$work/run.py" <<'PY'
from datetime import datetime, timezone

import chdb

FUNCTIONS = [
    "toDateTime64({}, 3)",
    "CAST({} AS DateTime64(3))",
    "accurateCastOrNull({}, 'DateTime64(3)')",
    "parseDateTime64BestEffortOrNull({}, 3)",
    "toDateTime64OrNull({}, 3)",
    "toDate({})",
    "toDate32({})",
]


def january(year):
    return f"{year}-01-01 00:00:00.000"


for text in "2027-03-01 12:00:00.0", "0000-00-00 00:00:00", "0000-00-00":
    print(text)
    for function in FUNCTIONS:
        years = {datetime.now(timezone.utc).year}
        try:
            query = f"SELECT toString({function.format(repr(text))})"
            seen = str(chdb.query(query, "TSV")).strip().replace(r"\N", "null")
        except Exception:
            seen = "an error"
        years.add(datetime.now(timezone.utc).year)
        if seen in map(january, years):
            seen = "the first of January of this year"
        print(f"  {function.format('..')}:", seen)
PY
TZ=UTC "$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
2027-03-01 12:00:00.0
  toDateTime64(.., 3): 2027-03-01 12:00:00.000
  CAST(.. AS DateTime64(3)): 2027-03-01 12:00:00.000
  accurateCastOrNull(.., 'DateTime64(3)'): 2027-03-01 12:00:00.000
  parseDateTime64BestEffortOrNull(.., 3): 2027-03-01 12:00:00.000
  toDateTime64OrNull(.., 3): 2027-03-01 12:00:00.000
  toDate(..): 2027-03-01
  toDate32(..): 2027-03-01
0000-00-00 00:00:00
  toDateTime64(.., 3): the first of January of this year
  CAST(.. AS DateTime64(3)): the first of January of this year
  accurateCastOrNull(.., 'DateTime64(3)'): the first of January of this year
  parseDateTime64BestEffortOrNull(.., 3): the first of January of this year
  toDateTime64OrNull(.., 3): 1970-01-01 00:00:00.000
  toDate(..): 1970-01-01
  toDate32(..): 1900-01-01
0000-00-00
  toDateTime64(.., 3): an error
  CAST(.. AS DateTime64(3)): an error
  accurateCastOrNull(.., 'DateTime64(3)'): null
  parseDateTime64BestEffortOrNull(.., 3): null
  toDateTime64OrNull(.., 3): 1970-01-01 00:00:00.000
  toDate(..): 1970-01-01
  toDate32(..): 1900-01-01
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
