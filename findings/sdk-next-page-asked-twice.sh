#!/bin/sh
# Asking for the page after page 1 twice gives page 2, then page 3
#
# Packages   centralnicreseller-apiconnector 6.0.0, hexonet-apiconnector 4.0.2, idna 3.18
# Believed   requestNextResponsePage(r) depends on r alone: a program that loses the page on its way
#            (a time-out, a 421) may ask again with the same r.
# Seen       The method writes FIRST and LIMIT of the next page into the command that r holds. The
#            first call returns page 2, the second call with the same r returns page 3, the third
#            returns None. Page 2 is never asked for again, and nothing fails. r.getCommand() says
#            FIRST = 4 in the end, for the reply that has the rows 0 and 1.
# Matters    A loop with a retry in it leaves out a page of domains.
# Input      A list of six domains in windows of two, from a server on loopback.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    centralnicreseller-apiconnector==6.0.0 hexonet-apiconnector==4.0.2 idna==3.18

cat >"$work/run.py" <<'PY'
import importlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

DOMAINS = [f"{letter}.uk.com" for letter in "abcdef"]


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        command = dict(line.split("=", 1) for line in form["s_command"][0].split("\n"))
        first = int(command.get("FIRST", 0))
        rows = DOMAINS[first:first + 2]
        lines = ["[RESPONSE]", "code = 200", "description = Command completed successfully"]
        lines += [f"property[domain][{n}] = {name}" for n, name in enumerate(rows)]
        meta = dict(count=len(rows), first=first, last=first + len(rows) - 1, limit=2, total=6)
        lines += [f"property[{name}][0] = {value}" for name, value in meta.items()]
        body = "\n".join(lines + ["EOF", ""]).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Server)
threading.Thread(target=server.serve_forever, daemon=True).start()
for vendor in "centralnicreseller", "hexonet":
    client = importlib.import_module(vendor + ".apiconnector.apiclient").APIClient()
    client.setURL(f"http://127.0.0.1:{server.server_port}/").setCredentials("user", "secret")
    page = client.request({"COMMAND": "QueryDomainList", "LIMIT": 2})
    print(vendor, client.getVersion())
    print("page 1:", *page.getColumn("DOMAIN").getData())
    for call in "once", "twice", "thrice":
        after = client.requestNextResponsePage(page)
        print(f"after page 1, asked {call}:", *(after.getColumn("DOMAIN").getData() if after else ["None"]))
    print("FIRST of page 1 says", page.getCommand()["FIRST"])
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

cat >"$work/expected" <<'TEXT'
centralnicreseller 6.0.0
page 1: a.uk.com b.uk.com
after page 1, asked once: c.uk.com d.uk.com
after page 1, asked twice: e.uk.com f.uk.com
after page 1, asked thrice: None
FIRST of page 1 says 4
hexonet 4.0.2
page 1: a.uk.com b.uk.com
after page 1, asked once: c.uk.com d.uk.com
after page 1, asked twice: e.uk.com f.uk.com
after page 1, asked thrice: None
FIRST of page 1 says 4
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
