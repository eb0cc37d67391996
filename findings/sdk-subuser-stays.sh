#!/bin/sh
# After resetUserView() the next command still goes to the sub user
#
# Packages   centralnicreseller-apiconnector 6.0.0, idna 3.18
# Believed   setUserView(id) and resetUserView() are a switch of the client: after the reset, the
#            same command acts on the main account again.
# Seen       request() adds SUBUSER to the dict of the caller, not to a copy. A command that is kept
#            and sent again carries SUBUSER after the reset. After setUserView("other") it is
#            overwritten; only the way back to the main account is lost.
# Matters    A program that lists the domains of each sub user and then its own prints the list of
#            the last sub user twice.
# Input      One QueryDomainList, kept in a variable; a server on loopback notes what arrives.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    centralnicreseller-apiconnector==6.0.0 idna==3.18

cat >"$work/run.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from centralnicreseller.apiconnector.apiclient import APIClient

seen = []


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        seen.append(form["s_command"][0].replace("\n", " "))
        body = b"[RESPONSE]\ncode = 200\ndescription = Command completed successfully\nEOF\n"
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = APIClient()
client.setURL(f"http://127.0.0.1:{server.server_port}/").setCredentials("user", "secret")
command = {"COMMAND": "QueryDomainList"}
for view in "one", "two", None:
    if view:
        client.setUserView(view)
    else:
        client.resetUserView()
    client.request(command)
    print(view, "->", seen.pop())
print("the dict:", command)
client.request({"COMMAND": "QueryDomainList"})
print("a new dict ->", seen.pop())
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
one -> COMMAND=QueryDomainList SUBUSER=one
two -> COMMAND=QueryDomainList SUBUSER=two
None -> COMMAND=QueryDomainList SUBUSER=two
the dict: {'COMMAND': 'QueryDomainList', 'SUBUSER': 'two'}
a new dict -> COMMAND=QueryDomainList
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
