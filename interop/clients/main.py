"""Runs the clients of others against the mock server, and writes what they send and tell into docs/clients.md.

Without --bless it fails if the page says anything else.
"""

import difflib
import json
import re
import subprocess
import sys
from collections import namedtuple
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import python_clients
from recorder import SECRET, Recorder

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "target/debug/examples"
PAGE = ROOT / "docs/clients.md"
GENERATED = re.compile(r"(<!-- clients -->\n).*(<!-- end of clients -->)", re.DOTALL)

# What a scenario came to: `value`, or the exception as text; and the requests.
Outcome = namedtuple("Outcome", "value raised requests")

CONTACT = {
    "COMMAND": "AddContact",
    "LASTNAME": "O'Hara",
    "FIRSTNAME": "Ada Ann",
    "STREET": ["1 Main St", "2nd floor"],
    "CITY": "Zürich",
}
HOSTS = {"COMMAND": "AddDomain", "DOMAIN": "straße.uk.com", "NAMESERVER": ["ns1.straße.uk.com"]}
DOMAINS = ["d000001.example", "free.example", "d000001.nowhere"]


class Node:
    """The client for Node, in a process for each scenario."""

    roles = True

    def __init__(self, base, folder):
        self.base, self.folder = base, folder

    def __getattr__(self, scenario):
        def run(*argument):
            arguments = [json.dumps(it) for it in argument]
            script = ["node", "node.mjs", self.base, scenario, *arguments]
            process = subprocess.run(script, cwd=self.folder, capture_output=True, text=True, check=True)
            told = json.loads(process.stderr.splitlines()[-1])
            if "raised" in told:
                raise RuntimeError(told["raised"])
            value = told.get("value")
            return python_clients.Walk(*value) if scenario == "walk" else value

        if scenario not in ("session", "role", "sub_user", "send", "walk", "check", "rows", "status"):
            raise AttributeError(scenario)
        return run


class Cnic:
    """The example `walk` of cnic-mock. What it tells is text."""

    def __init__(self, base):
        self.base = base

    def run(self, login, command):
        lines = []
        for key, value in command.items():
            values = {f"{key}{at}": it for at, it in enumerate(value)} if isinstance(value, list) else {key: value}
            lines += [f"{key}={value}" for key, value in values.items()]
        arguments = [EXAMPLES / "walk", f"{self.base}/api/call.cgi", login, python_clients.PASSWORD, "\n".join(lines)]
        return subprocess.run(arguments, capture_output=True, text=True).stdout.splitlines()

    def session(self):
        return self.run("mock", {"COMMAND": "StatusAccount"})

    def role(self):
        return self.run("mock:clerk", {"COMMAND": "StatusAccount"})

    def sub_user(self):
        return self.run("mock", {"COMMAND": "StatusAccount", "SUBUSER": "below"})

    def send(self, command, login="mock"):
        return self.run(login, command)

    def walk(self, login):
        return self.run(login, {"COMMAND": "QueryDomainList"})[-1:]

    def check(self, domains):
        return self.run("mock", {"COMMAND": "CheckDomains", "DOMAIN": domains})

    def rows(self, login):
        return self.run(login, {"COMMAND": "QueryDomainList"})

    def status(self, domain):
        return self.run("mock", {"COMMAND": "StatusDomain", "DOMAIN": domain})


def attempt(recorder, client, scenario, *arguments):
    """Runs a scenario, or returns None if the client has nothing for it."""
    function = getattr(client, scenario, None)
    if function is None:
        return None
    recorder.take()
    value = raised = None
    try:
        value = function(*arguments)
    except RuntimeError as error:
        raised = str(error)
    except Exception as error:
        raised = f"{type(error).__name__}: {error}".rstrip(": ")
    return Outcome(value, raised, recorder.take())


def code(text):
    """Writes a text as code in a cell of a table."""
    text = text.replace("|", "\\|").replace("\r", "\\r").replace("\n", " ")
    return f"`` {text} ``" if "`" in text else f"`{text}`"


def table(titles, rows):
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def shortened(text, base):
    """Leaves out what differs from run to run, secrets, and the end of long texts."""
    text = SECRET.sub(r"\1=***", text.replace(base, ".."))
    return text if len(text) <= 240 else text[:240] + ".."


def command_of(request):
    """Returns the lines of the command in a form, decoded."""
    pairs = parse_qsl(request.form, keep_blank_values=True)
    for key, value in pairs:
        if key == "s_command":
            return value.splitlines()
    return [f"{key}={value}" for key, value in pairs if not key.startswith("s_")]


def fields(request):
    """Returns the fields of a form that are not of the command."""
    wrapped = "s_command=" in request.form
    pairs = [pair for pair in request.form.split("&") if pair]
    kept = [pair for pair in pairs if wrapped or pair.startswith("s_")]
    kept = [pair for pair in kept if not pair.startswith("s_command=")]
    return "&".join(kept)


def sends(name, outcomes, base):
    """Makes a row of the first table."""
    contact, session = outcomes["contact"].requests[-1], outcomes["session"]
    opening = "on each command" if session is None else code(session.requests[0].form)
    during = "-" if session is None else code(fields(session.requests[1]))
    closing = "-" if session is None else code(command_of(session.requests[-1])[0].removeprefix("COMMAND="))
    of_type = code(contact.type) if contact.type else "none"
    return [name, f"{contact.method} `{contact.path}`", of_type, opening, during, closing]


def acts_for(name, outcomes):
    """Makes a row of the table of users."""

    def shown(outcome):
        if outcome is None:
            return "-"
        request = outcome.requests[-1 if name != CNIC else 1]
        command = [line for line in command_of(request) if line.startswith("SUBUSER")]
        return code(fields(request)) + "".join(f", in the command {code(line)}" for line in command)

    role = outcomes["role"]
    if name == CNIC and role:
        role = role._replace(requests=role.requests[:1])
        role_cell = code(role.requests[0].form)
    else:
        role_cell = shown(role)
    return [name, role_cell, shown(outcomes["sub_user"])]


def noticed(outcome):
    """Says how a program learns that a list is not all."""
    if outcome.raised:
        return "an exception"
    if isinstance(outcome.value, list):
        return "an error" if "not all" in outcome.value[-1] else "**nothing**"
    if outcome.value.codes and any(code >= 300 for code in outcome.value.codes):
        return "the code of the last response"
    return "**nothing**"


def told_of_walk(outcome, base):
    if outcome.raised:
        return code(shortened(outcome.raised, base))
    if isinstance(outcome.value, list):
        return code(outcome.value[-1])
    codes, records, domains = outcome.value
    parts = [f"codes {', '.join(map(str, codes))}"] if codes else []
    parts += [f"{records:,} records"] if records is not None else []
    return ", ".join([*parts, f"{domains:,} domains"])


def told_of_rows(outcome, base):
    if outcome.raised:
        return code(shortened(outcome.raised, base))
    if not outcome.value:
        return "no row"
    if isinstance(outcome.value[0], str):
        return "; ".join(map(code, outcome.value))
    rows = ["{" + ", ".join(f"{key}: {value}" for key, value in row.items()) + "}" for row in outcome.value]
    return "; ".join(map(code, rows))


def told_of_status(outcome, base):
    if outcome.raised:
        return code(shortened(outcome.raised, base))
    return " ".join(code(str(it)) for it in outcome.value)


def told_of_check(outcome, base):
    if outcome.raised:
        return code(shortened(outcome.raised, base))
    return "; ".join(map(code, outcome.value))


CNIC = "cnic"
LATER = "2,500 domains; from the second page on,"
WALKS = [
    ("mock", "The whole list", "2,500 domains in three pages."),
    ("cut", "Pages that are cut off", f"{LATER} each response ends in the middle, in a sound HTTP response."),
    ("gone", "A connection that breaks off", f"{LATER} the connection closes in the middle of the response."),
    (
        "busy",
        "Code 421 on page 2",
        f"{LATER} each response is `421 Command failed due to server error. Client should try again`.",
    ),
    ("broken", "HTTP 500 on page 2", f"{LATER} the server sends an HTML page with the status 500."),
]

def generated(clients, recorder):
    base = recorder.base
    outcomes = {}
    for name, client in clients.items():
        run = lambda scenario, *arguments: attempt(recorder, client, scenario, *arguments)
        outcomes[name] = {
            "session": run("session"),
            "role": run("role"),
            "sub_user": run("sub_user"),
            "contact": run("send", CONTACT),
            "hosts": run("send", HOSTS, "below"),
            "check": run("check", DOMAINS),
            "sparse": run("rows", "sparse"),
            "none": run("rows", "none"),
            "status": run("status", "odd.example"),
            **{login: run("walk", login) for login, *_ in WALKS},
        }
        print(f"ok: {name} ran", flush=True)
    each = outcomes.items()
    command = lambda request: code("; ".join(command_of(request)))
    of_cnic = lambda name, requests: requests[1:-1] if name == CNIC else requests

    text = "## What each sends\n\n"
    text += table(
        ["Client", "Method and path", "`Content-Type`", "Session opened by", "Fields in the session", "Closed by"],
        [sends(name, it, base) for name, it in each],
    )
    text += "\nA role user `clerk`, and a sub user `below`:\n\n"
    text += table(["Client", "Role user", "Sub user"], [acts_for(name, it) for name, it in each])
    text += "\nA command with a list, a blank, an apostrophe and an umlaut, byte for byte. It is given in the order\n"
    text += "`COMMAND`, `LASTNAME`, `FIRSTNAME`, `STREET`, `CITY`.\n\n"
    text += table(
        ["Client", "Form"],
        [[name, code(of_cnic(name, it["contact"].requests)[-1].form)] for name, it in each],
    )
    text += "\nAddDomain of `straße.uk.com` with the host `ns1.straße.uk.com`, decoded:\n\n"
    text += table(
        ["Client", "Commands"],
        [[name, ", then ".join(map(command, of_cnic(name, it["hosts"].requests)))] for name, it in each],
    )
    text += "\n## What each client reports\n"
    for login, title, what in WALKS:
        text += f"\n### {title}\n\n{what}\n\n"
        rows = []
        for name, it in each:
            requests = of_cnic(name, it[login].requests)
            row = [name, str(len(requests)), told_of_walk(it[login], base)]
            rows.append(row if login == "mock" else [*row, noticed(it[login])])
        text += table(["Client", "Requests", "Told"] + ([] if login == "mock" else ["Says that it is not all"]), rows)
    for scenario, title, what, told in [
        (
            "none",
            "An empty list",
            "`count` and `total` are 0. In the dialect of CentralNic Reseller `column` names three columns.",
            told_of_rows,
        ),
        ("sparse", "A list with a hole", "Three domains; the second has no `admincontact`.", told_of_rows),
        (
            "check",
            "Three domains in one CheckDomains",
            "One is taken, one is free, one is in a zone that is not sold.",
            told_of_check,
        ),
        (
            "status",
            "An error whose description has a number, `=`, `:` and `;`",
            "`code = 549`, `description = Command failed; code=2306: policy error (PERIOD=11)`.",
            told_of_status,
        ),
    ]:
        text += f"\n### {title}\n\n{what}\n\n"
        tell = lambda name: told_of_rows if name == CNIC else told
        text += table(["Client", "Told"], [[name, tell(name)(it[scenario], base)] for name, it in each])
    return text


def versions():
    pins = dict(line.split("==") for line in (ROOT / "interop/clients/requirements.txt").read_text().split())
    pins |= json.loads((ROOT / "interop/clients/package.json").read_text())["dependencies"]
    return pins


def main():
    folder = Path(sys.argv[1])
    server = subprocess.Popen([EXAMPLES / "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        recorder = Recorder(urlsplit(server.stdout.readline().strip()).netloc)
        base = recorder.base
        named = lambda name: f"{name} {versions()[name]}"
        clients = {
            named("centralnicreseller-apiconnector"): python_clients.Sdk(base, "centralnicreseller"),
            named("hexonet-apiconnector"): python_clients.Sdk(base, "hexonet"),
            named("@hexonet/ispapi-apiconnector"): Node(base, folder),
            named("ispapi"): python_clients.Ispapi(base),
            named("rrpproxy"): python_clients.Rrpproxy(base),
            named("rrpproxypy"): python_clients.Rrpproxypy(base),
            CNIC: Cnic(base),
        }
        text = generated(clients, recorder)
    finally:
        # The server runs until its standard input ends.
        server.stdin.close()
        server.wait()
    page = PAGE.read_text()
    blessed = GENERATED.sub(lambda match: match[1] + text + match[2], page)
    if "--bless" in sys.argv:
        PAGE.write_text(blessed)
    elif blessed != page:
        old, new = page.splitlines(True), blessed.splitlines(True)
        sys.stdout.writelines(difflib.unified_diff(old, new, "docs/clients.md", "seen"))
        sys.exit("docs/clients.md: a client does something else; see interop/clients/run --bless")
    print(f"ok: {len(clients)} clients do what docs/clients.md says")


main()
