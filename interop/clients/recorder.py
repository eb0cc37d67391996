"""A server on loopback that passes each request on to the mock server, and keeps it."""

import http.client
import re
import threading
from collections import namedtuple
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

# `form` is the body of a POST or the query of a GET, as it was sent, but with `***` for secrets.
Request = namedtuple("Request", "method path type agent form")

SECRET = re.compile(r"(s_pw|s_session|s_sessionid)=[^&]*")


class Recorder:
    def __init__(self, mock):
        """Starts. `mock` is the host and port of the mock server."""
        self._requests = []
        recorder = self

        class Handler(BaseHTTPRequestHandler):
            def pass_on(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                path, _, query = self.path.partition("?")
                form = SECRET.sub(r"\1=***", body.decode() or query)
                agent = self.headers.get("User-Agent", "")
                recorder._requests.append(
                    Request(self.command, path, self.headers.get("Content-Type"), agent, form)
                )
                connection = http.client.HTTPConnection(mock)
                connection.request(self.command, self.path, body or None)
                response = connection.getresponse()
                try:
                    text = response.read()
                except http.client.IncompleteRead as error:
                    # What breaks off there breaks off here: the length is that of the whole.
                    text = error.partial
                connection.close()
                self.send_response(response.status)
                for name in "Content-Type", "Content-Length":
                    self.send_header(name, response.headers[name])
                self.end_headers()
                self.wfile.write(text)

            do_GET = do_POST = pass_on

            def log_message(self, *args):
                pass

        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.base = f"http://127.0.0.1:{server.server_port}"

    def take(self):
        """Returns the requests since the last call."""
        requests, self._requests = self._requests, []
        return requests
