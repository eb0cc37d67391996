#!/bin/sh
# In one AddDomain, the host below the new domain goes out under another domain
#
# Packages   centralnicreseller-apiconnector 6.0.0 and idna 3.18; idna 3.20 for comparison
# Believed   The SDK converts internationalised names in commands, all in the same way, and leaves
#            capitals to the conversion.
# Seen       DOMAIN is not among the keys that are converted, so it goes out as UTF-8. NAMESERVER is
#            converted: below .uk.com the sharp s becomes "ss", so ns1.straße.uk.com is sent as a
#            host of strasse.uk.com, a domain that may belong to somebody else. Below .de the sharp s
#            is kept (xn--strae-oqa), but there one capital letter stops the conversion without a
#            word, and the name goes out as UTF-8. The same capital does no harm below .uk.com.
#            The SDK admits idna from 3.18 and below 3.19. From 3.19 on, idna ignores the argument
#            that the SDK passes: the same call gives another domain.
# Matters    Glue records for the wrong domain; names in one command that do not fit each other.
# Input      Names that are valid in IDNA 2008 (those with a capital after mapping).
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1 PYTHONIOENCODING=utf-8
python3 -m venv "$work/env"
"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps \
    centralnicreseller-apiconnector==6.0.0 idna==3.18

cat >"$work/run.py" <<'PY'
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from centralnicreseller.apiconnector.apiclient import APIClient


class Server(BaseHTTPRequestHandler):
    def do_POST(self):
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        print(form["s_command"][0])
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
hosts = ["ns1.straße.uk.com", "ns1.straße.de", "ns1.Straße.de", "ns1.Straße.uk.com", "ns1.straße.de.com"]
client.request({"COMMAND": "AddDomain", "DOMAIN": "straße.uk.com", "NAMESERVER": hosts})
PY
"$work/env/bin/python" "$work/run.py" >"$work/seen"

"$work/env/bin/python" -m pip install -q --disable-pip-version-check --no-deps --target "$work/new" idna==3.20
for path in "" "$work/new"; do
    PYTHONPATH=$path "$work/env/bin/python" -W ignore -c "
import idna
print('idna', idna.__version__, idna.encode('straße.uk.com', uts46=True, transitional=True).decode())"
done >>"$work/seen"

cat >"$work/expected" <<'TEXT'
COMMAND=AddDomain
DOMAIN=straße.uk.com
NAMESERVER0=ns1.strasse.uk.com
NAMESERVER1=ns1.xn--strae-oqa.de
NAMESERVER2=ns1.Straße.de
NAMESERVER3=ns1.strasse.uk.com
NAMESERVER4=ns1.strasse.de.com
idna 3.18 strasse.uk.com
idna 3.20 xn--strae-oqa.uk.com
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
