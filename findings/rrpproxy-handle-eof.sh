#!/bin/sh
# A handle that ends in EOF moves the next column up by one row
#
# Packages   rrpproxy 0.2.0, requests 2.34.2
# Believed   The client takes the last line, EOF, off a reply and reads the others line by line.
# Seen       It deletes each EOF that stands before a line end. A cell that ends in these letters loses
#            them and the line end too, so the next line becomes part of it: the contact P-GEOF reads
#            as "P-Gproperty[domain][0]", the first domain is gone, and the second domain stands in
#            row 0, next to the dates of the first.
# Matters    Contact handles and authorisation codes are made of letters and digits by a machine.
# Input      A reply with two domains, from a server on loopback. With the handle P-GEOM it is read
#            as it should be.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    rrpproxy==0.2.0 requests==2.34.2 urllib3==2.8.0 idna==3.20 \
    certifi==2026.10.19.post1 charset-normalizer==3.5.3

cat >"$work/run.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from rrpproxy import RRPProxy

REPLY = """[RESPONSE]
code = 200
description = Command completed successfully
property[billingcontact][0] = HANDLE
property[domain][0] = a.uk.com
property[domain][1] = b.uk.com
property[expires][0] = 2027-03-01
property[expires][1] = 2031-12-31
EOF
"""


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        body = REPLY.replace("HANDLE", handle).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = RRPProxy("user", "secret")
client.api_url = f"http://127.0.0.1:{server.server_port}/"
for handle in "P-GEOM", "P-GEOF":
    for name, cells in client.call("QueryDomainList")["property"].items():
        print(handle, name, cells)
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
P-GEOM billingcontact ['P-GEOM']
P-GEOM domain ['a.uk.com', 'b.uk.com']
P-GEOM expires ['2027-03-01', '2031-12-31']
P-GEOF billingcontact ['P-Gproperty[domain][0]']
P-GEOF domain ['b.uk.com']
P-GEOF expires ['2027-03-01', '2031-12-31']
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
