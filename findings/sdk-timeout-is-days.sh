#!/bin/sh
# The time limit of both SDKs for Python is three days and eleven hours
#
# Packages   centralnicreseller-apiconnector 6.0.0, hexonet-apiconnector 4.0.2, idna 3.18
# Believed   The SDKs give up after 300 seconds, as the one for Node does.
# Seen       The limit is 300,000, which would be 300 seconds in milliseconds. It is passed to
#            urllib.request.urlopen, which takes seconds: the socket waits for 300,000 of them. No
#            method changes it.
# Matters    A server that accepts the connection and says nothing holds up a nightly job until the
#            night after the next two.
# Input      One StatusAccount. urlopen is replaced by a function that prints what it is given; nothing
#            is sent.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    centralnicreseller-apiconnector==6.0.0 hexonet-apiconnector==4.0.2 idna==3.18

cat >"$work/run.py" <<'PY'
import importlib
import io
from datetime import timedelta

RESPONSE = b"[RESPONSE]\r\nCODE=200\r\nDESCRIPTION=Command completed successfully\r\nEOF\r\n"

for vendor in "centralnicreseller", "hexonet":
    module = importlib.import_module(vendor + ".apiconnector.apiclient")

    def urlopen(request, timeout=None):
        print(vendor, "timeout", timeout, "which is", timedelta(seconds=timeout))
        return io.BytesIO(RESPONSE)

    module.urlopen = urlopen
    client = module.APIClient()
    print(vendor, "code", client.request({"COMMAND": "StatusAccount"}).getCode())
    print(vendor, "methods about time:", [name for name in dir(client) if "time" in name.lower() and name[0] != "_"])
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
centralnicreseller timeout 300000 which is 3 days, 11:20:00
centralnicreseller code 200
centralnicreseller methods about time: []
hexonet timeout 300000 which is 3 days, 11:20:00
hexonet code 200
hexonet methods about time: []
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
