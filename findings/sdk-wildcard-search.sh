#!/bin/sh
# A wildcard in a domain search: two commands with one SDK, an encoded asterisk with the other
#
# Packages   hexonet-apiconnector 4.0.2, @hexonet/ispapi-apiconnector 9.0.8
# Believed   QueryDomainList with DOMAIN=*.uk.com is one command, and a pattern stays a pattern.
# Seen       Python: the asterisk makes the value look internationalised, so each search is preceded
#            by a second command, ConvertIDN DOMAIN0=*.uk.com.
#            Node: ASCII patterns are left alone, but *müller* is converted as if it were a label. The
#            asterisks move into the A-label, xn--*mller*-o2a. müller.* is sent as
#            xn--mller-kva.*, with the asterisk where it was.
# Matters    The pattern that arrives is not the one that was asked for.
# Input      Patterns for QueryDomainList; a server on loopback prints what arrives.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps hexonet-apiconnector==4.0.2
(cd "$work" && npm install --silent --no-audit --no-fund --no-update-notifier \
    @hexonet/ispapi-apiconnector@9.0.8 >/dev/null)

cat >"$work/run.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from hexonet.apiconnector.apiclient import APIClient


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        lines = form["s_command"][0].split("\n")
        print("python:", *lines)
        body = "[RESPONSE]\r\nCODE=200\r\nDESCRIPTION=Command completed successfully\r\n"
        if lines[0] == "COMMAND=ConvertIDN":
            body += "PROPERTY[ACE][0]=" + lines[1].split("=")[1] + "\r\n"
        body = (body + "EOF\r\n").encode()
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
for pattern in "example.uk.com", "*.uk.com":
    client.request({"COMMAND": "QueryDomainList", "DOMAIN": pattern})
PY
cat >"$work/run.mjs" <<'JS'
import http from "node:http";
import { APIClient } from "@hexonet/ispapi-apiconnector";

const reply = "[RESPONSE]\r\nCODE=200\r\nDESCRIPTION=Command completed successfully\r\nEOF\r\n";
const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
        console.error("node:", new URLSearchParams(body).get("s_command").replaceAll("\n", " "));
        response.end(reply);
    });
});
server.listen(0, "127.0.0.1", async () => {
    const client = new APIClient();
    client.setURL(`http://127.0.0.1:${server.address().port}/`).setCredentials("user", "secret");
    for (const pattern of ["*.uk.com", "müller.*", "*müller*"]) {
        await client.request({ COMMAND: "QueryDomainList", DOMAIN: pattern });
    }
    server.close();
});
JS
"$work/env/bin/python" "$work/run.py" >"$work/seen"
(cd "$work" && node run.mjs 2>>seen >/dev/null)

cat >"$work/expected" <<'TEXT'
python: COMMAND=QueryDomainList DOMAIN=example.uk.com
python: COMMAND=ConvertIDN DOMAIN0=*.uk.com
python: COMMAND=QueryDomainList DOMAIN=*.uk.com
node: COMMAND=QueryDomainList DOMAIN=*.uk.com
node: COMMAND=QueryDomainList DOMAIN=xn--mller-kva.*
node: COMMAND=QueryDomainList DOMAIN=xn--*mller*-o2a
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
