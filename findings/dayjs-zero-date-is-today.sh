#!/bin/sh
# Day.js in strict mode rejects 2027-03-01 12:00:00.0; without it, a domain without a date expires today
#
# Packages   dayjs 1.11.23 with its plugins customParseFormat and utc, date-fns 4.4.0, Node 20
# Believed   The format YYYY-MM-DD HH:mm:ss.S describes a time such as 2027-03-01 12:00:00.0, and
#            strict mode accepts what the format describes. A zero date is no date.
# Seen       The format reads the time, but not in strict mode: that writes the result with the same
#            format and compares the texts, and S is a letter that can be read only. SSS, which can be
#            written, wants three digits. Only [.0], the fraction as a literal, reads them strictly.
#            Without strict mode 0000-00-00 00:00:00.0 is valid and means today at midnight,
#            0000-00-00 10:00:00.0 today at ten: parts that are 0 are taken from the clock. Without a
#            format it is 1899-11-30, valid as well. date-fns: parseISO rejects it, parseJSON
#            reads 1899-11-30.
# Matters    A list of domains that expire today has those without a date, on each day. The option that
#            would reject them rejects all times of the list.
# Input      A time as responses have it, and zero dates. The clock is set to two days, one after the
#            other.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
(cd "$work" && npm install --silent --no-audit --no-fund --no-update-notifier \
    dayjs@1.11.23 date-fns@4.4.0 >/dev/null)

cat >"$work/run.mjs" <<'JS'
import { parseISO, parseJSON } from "date-fns";
import dayjs from "dayjs";
import customParseFormat from "dayjs/plugin/customParseFormat.js";
import utc from "dayjs/plugin/utc.js";

dayjs.extend(utc);
dayjs.extend(customParseFormat);
const format = "YYYY-MM-DD HH:mm:ss.S";
const show = (time) => (isNaN(time) ? "invalid" : new Date(time).toISOString());
const time = "2027-03-01 12:00:00.0";
const zero = "0000-00-00 00:00:00.0";

console.log("S:", show(dayjs.utc(time, format)));
console.log("S, strict:", show(dayjs.utc(time, format, true)));
console.log("SSS:", show(dayjs.utc(time, format + "SS")));
console.log("SSS, strict:", show(dayjs.utc(time, format + "SS", true)));
console.log("literal, strict:", show(dayjs.utc(time, "YYYY-MM-DD HH:mm:ss[.0]", true)));

const RealDate = Date;
for (const now of ["2026-11-28T10:00:00Z", "2027-01-02T10:00:00Z"]) {
    globalThis.Date = class extends RealDate {
        constructor(...parts) {
            super(...(parts.length === 0 ? [now] : parts));
        }
    };
    console.log("clock:", now);
    console.log("  zero date:", show(dayjs.utc(zero, format)));
    console.log("  zero date, at ten:", show(dayjs.utc("0000-00-00 10:00:00.0", format)));
    console.log("  zero date, date only:", show(dayjs.utc("0000-00-00", "YYYY-MM-DD")));
    console.log("  zero date, strict:", show(dayjs.utc(zero, format, true)));
    globalThis.Date = RealDate;
}
console.log("zero date, no format:", show(dayjs.utc(zero)));
console.log("parseISO:", show(parseISO(zero)));
console.log("parseJSON:", show(parseJSON(zero)));
JS
(cd "$work" && TZ=UTC node run.mjs >seen)

cat >"$work/expected" <<'TEXT'
S: 2027-03-01T12:00:00.000Z
S, strict: invalid
SSS: invalid
SSS, strict: invalid
literal, strict: 2027-03-01T12:00:00.000Z
clock: 2026-11-28T10:00:00Z
  zero date: 2026-11-28T00:00:00.000Z
  zero date, at ten: 2026-11-28T10:00:00.000Z
  zero date, date only: 2026-11-28T00:00:00.000Z
  zero date, strict: invalid
clock: 2027-01-02T10:00:00Z
  zero date: 2027-01-02T00:00:00.000Z
  zero date, at ten: 2027-01-02T10:00:00.000Z
  zero date, date only: 2027-01-02T00:00:00.000Z
  zero date, strict: invalid
zero date, no format: 1899-11-30T00:00:00.000Z
parseISO: invalid
parseJSON: 1899-11-30T00:00:00.000Z
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
