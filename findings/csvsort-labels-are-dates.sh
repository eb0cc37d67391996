#!/bin/sh
# csvsort makes dates of the year 1 from domain labels, and nothing from a null MX
#
# Packages   csvkit 2.2.0, agate 1.14.2, parsedatetime 2.6, pytimeparse 1.1.10
# Believed   Sorting a CSV changes the order of its rows. A column is a date if it looks like one.
# Seen       The labels today, tomorrow and monday become 0001-01-01, 0001-01-02 and 0001-01-08, and
#            2-7 becomes a day in February of 2001. A TTL of 1d becomes "1 day, 0:00:00". The
#            single dot, which says in an MX record that a domain takes no mail, becomes an empty
#            cell. All of that is in the output that csvsort writes.
# Matters    A list of labels that goes through csvsort on its way to a bulk check is a list of
#            other labels.
# Input      Labels, TTLs and mail exchangers. Sorted by the column id, which stays as it is.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check \
    csvkit==2.2.0 agate==1.14.2 parsedatetime==2.6 pytimeparse==1.1.10

cat >"$work/labels.csv" <<'CSV'
id,label,number,ttl,mx
c,monday,1-24,1h,.
b,tomorrow,2-7,1d,.
a,today,3-2,5m,.
CSV
"$work/env/bin/csvsort" -c id "$work/labels.csv" >"$work/seen"

cat >"$work/expected" <<'TEXT'
id,label,number,ttl,mx
a,0001-01-01,2001-03-02,0:05:00,
b,0001-01-02,2001-02-07,"1 day, 0:00:00",
c,0001-01-08,2001-01-24,1:00:00,
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
