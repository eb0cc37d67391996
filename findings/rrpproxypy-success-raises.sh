#!/bin/sh
# A command that was done raises KeyError: 'properties', and so does each one that was not
#
# Packages   rrpproxypy 0.1.2, requests 2.34.2
# Believed   request() returns the response with its code and description; an exception means that
#            there was no response.
# Seen       If a response has no cell, the client raises KeyError: 'properties' while it reads it.
#            ModifyDomain with "code = 200" and StatusDomain with "code = 545" raise the same
#            exception, and neither the code nor the description can be had. A success with one cell
#            is returned.
# Matters    The domain was modified, the program believes that it was not and tries again. Errors
#            of the server cannot be told apart: 421 (try again) looks like 530 (wrong password).
# Input      Three responses from a server on loopback.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    rrpproxypy==0.1.2 requests==2.34.2 urllib3==2.8.0 idna==3.20 \
    certifi==2026.10.19.post1 charset-normalizer==3.5.3

cat >"$work/run.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from rrpproxypy import RRPproxy

REPLIES = {
    "ModifyDomain": "code = 200\ndescription = Command completed successfully\n",
    "AddDomain": "code = 200\ndescription = Command completed successfully\nproperty[domain][0] = a.uk.com\n",
    "StatusDomain": "code = 545\ndescription = Entity reference not found\n",
}


class Server(BaseHTTPRequestHandler):
    def do_GET(self):
        command = parse_qs(urlsplit(self.path).query)["command"][0]
        body = f"[RESPONSE]\n{REPLIES[command]}EOF\n".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = RRPproxy("user", "secret")
client.url = f"http://127.0.0.1:{server.server_port}/"
for command in REPLIES:
    try:
        print(command, client.request(command, domain="a.uk.com"))
    except Exception as error:
        print(command, repr(error))
PY
"$work/env/bin/python" -W ignore "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
ModifyDomain KeyError('properties')
AddDomain {'code': '200', 'description': 'Command completed successfully', 'properties': {'domain': 'a.uk.com'}}
StatusDomain KeyError('properties')
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
