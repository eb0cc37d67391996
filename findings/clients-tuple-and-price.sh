#!/bin/sh
# One dict, five clients that send five things: a tuple of hosts and a Decimal price
#
# Packages   centralnicreseller-apiconnector 6.0.0, hexonet-apiconnector 4.0.2, ispapi 2.2.0,
#            rrpproxy 0.2.0, rrpproxypy 0.1.2, requests 2.34.2
# Believed   A tuple is as good as a list, a price is best kept as a Decimal, and None means that the
#            parameter is not sent.
# Seen       Two SDKs send the repr of the tuple as one NAMESERVER; hexonet asks the server to convert
#            that text to an A-label first. ispapi leaves out both the hosts and the price without a
#            word. rrpproxy sends nameserver twice, without an index. rrpproxypy sends the repr of the
#            tuple, and the text None as the authorisation code.
# Matters    A domain without its hosts, a premium price that was never confirmed, an auth code "None".
# Input      AddDomain with two hosts; a server on loopback prints the command as it arrives.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    centralnicreseller-apiconnector==6.0.0 hexonet-apiconnector==4.0.2 idna==3.18 \
    ispapi==2.2.0 rrpproxy==0.2.0 rrpproxypy==0.1.2 requests==2.34.2 urllib3==2.8.0 \
    certifi==2026.10.19.post1 charset-normalizer==3.5.3

cat >"$work/run.py" <<'PY'
import importlib
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

import ispapi
import rrpproxy
import rrpproxypy

REPLY = b"""[RESPONSE]
code = 200
description = Command completed successfully
property[roid][0] = 1
EOF
"""


class Server(BaseHTTPRequestHandler):
    def answer(self, pairs):
        for key, value in pairs:
            if key == "s_command":
                print("   ", value.replace("\n", "; "))
        if "s_command" not in dict(pairs):
            print("   ", "; ".join(f"{key}={value}" for key, value in pairs if not key.startswith("s_")))
        self.send_response(200)
        self.send_header("Content-Length", str(len(REPLY)))
        self.end_headers()
        self.wfile.write(REPLY)

    def do_GET(self):
        self.answer(parse_qsl(urlsplit(self.path).query))

    def do_POST(self):
        self.answer(parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
base = f"http://127.0.0.1:{server.server_port}/"
command = {
    "DOMAIN": "a.uk.com",
    "NAMESERVER": ("ns1.example.net", "ns2.example.net"),
    "X-FEE-AMOUNT": Decimal("12.50"),
    "AUTH": None,
}
for vendor in "centralnicreseller", "hexonet":
    print(vendor)
    client = importlib.import_module(vendor + ".apiconnector.apiclient").APIClient()
    client.setURL(base).setCredentials("user", "secret")
    client.request({"COMMAND": "AddDomain", **command})
print("ispapi")
ispapi.connect(login="user", password="secret", url=base).call({"COMMAND": "AddDomain", **command})
print("rrpproxy")
client = rrpproxy.RRPProxy("user", "secret")
client.api_url = base
client.call("AddDomain", **command)
print("rrpproxypy")
client = rrpproxypy.RRPproxy("user", "secret")
client.url = base
client.request("AddDomain", **command)
PY
"$work/env/bin/python" -W ignore "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
centralnicreseller
    COMMAND=AddDomain; DOMAIN=a.uk.com; NAMESERVER=('ns1.example.net', 'ns2.example.net'); X-FEE-AMOUNT=12.50
hexonet
    COMMAND=ConvertIDN; DOMAIN0=('ns1.example.net', 'ns2.example.net')
    COMMAND=AddDomain; DOMAIN=a.uk.com; NAMESERVER=('ns1.example.net', 'ns2.example.net'); X-FEE-AMOUNT=12.50
ispapi
    COMMAND=AddDomain; DOMAIN=a.uk.com
rrpproxy
    DOMAIN=a.uk.com; NAMESERVER=ns1.example.net; NAMESERVER=ns2.example.net; X-FEE-AMOUNT=12.50; command=AddDomain
rrpproxypy
    command=AddDomain; DOMAIN=a.uk.com; NAMESERVER=('ns1.example.net', 'ns2.example.net'); X-FEE-AMOUNT=12.50; AUTH=None
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
