#!/bin/sh
# A response that breaks off keeps the Node SDK waiting for its whole time limit; then await returns an Error
#
# Packages   @hexonet/ispapi-apiconnector 9.0.8, cross-fetch 4.1.0, node-fetch 2.7.0, Node 20
# Believed   request() returns a Response, with the code 421 where HTTP failed, or its promise is
#            rejected. A connection that the server closes is noticed when it closes.
# Seen       If the connection closes in the middle of the body, nothing happens until the time limit
#            of the SDK is over, which is 300 seconds. If there is no server, it fails at once. In both
#            cases the promise is resolved, with the Error in place of a Response: try/catch around
#            the request sees nothing, and isSuccess() is "not a function" afterwards. Only an HTTP
#            status such as 502 becomes a Response with the code 421.
# Matters    A restart of the server stalls a job for five minutes for each request. Code that was
#            tested with a status of 502 fails elsewhere than in its error handling.
# Input      One StatusAccount, to a server on loopback; the limit is set to two seconds.
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export no_proxy=127.0.0.1 NO_PROXY=127.0.0.1
cat >"$work/package.json" <<'JSON'
{
  "private": true,
  "dependencies": { "@hexonet/ispapi-apiconnector": "9.0.8" },
  "overrides": { "cross-fetch": "4.1.0", "node-fetch": "2.7.0" }
}
JSON
(cd "$work" && npm install --silent --no-audit --no-fund --no-update-notifier >/dev/null)

cat >"$work/run.mjs" <<'JS'
import http from "node:http";
import { APIClient } from "@hexonet/ispapi-apiconnector";

const seconds = APIClient.socketTimeout / 1000;
APIClient.socketTimeout = 2000;
const server = http.createServer((request, response) => {
    if (request.url === "/status") {
        response.writeHead(502).end();
        return;
    }
    response.writeHead(200, { "Content-Length": "100" });
    response.write("[RESPONSE]\r\nCODE=200\r\n");
    // The client has the head and a part of the body when the connection closes.
    setTimeout(() => response.socket.end(), 200);
});
server.listen(0, "127.0.0.1", async () => {
    const base = `http://127.0.0.1:${server.address().port}`;
    const attempt = async (name, url) => {
        const client = new APIClient();
        client.setURL(url).setCredentials("user", "secret");
        const start = Date.now();
        try {
            const response = await client.request({ COMMAND: "StatusAccount" });
            const waited = Date.now() - start >= 1900 ? "after the limit" : "at once";
            const kind = response instanceof Error ? `Error (${response.type})` : `Response ${response.getCode()}`;
            console.error(`${name}: ${waited}, await returns ${kind}, isSuccess is ${typeof response.isSuccess}`);
        } catch (error) {
            console.error(`${name}: rejected`);
        }
    };
    console.error(`limit: ${seconds} s`);
    await attempt("status 502", `${base}/status`);
    await attempt("breaks off", `${base}/`);
    server.close();
    await attempt("no server", base);
});
JS
(cd "$work" && node run.mjs 2>seen >/dev/null)

cat >"$work/expected" <<'TEXT'
limit: 300 s
status 502: at once, await returns Response 421, isSuccess is function
breaks off: after the limit, await returns Error (body-timeout), isSuccess is undefined
no server: at once, await returns Error (system), isSuccess is undefined
TEXT
diff -u "$work/expected" "$work/seen"
cat "$work/seen"
