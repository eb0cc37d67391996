"""The clients for Python, as a program would use them.

Each class does the scenarios of main.py. What is returned is what the program is told: values of the client, unchanged, or
counts of them.
"""

import importlib
import logging
from collections import namedtuple

import ispapi
import rrpproxy
import rrpproxypy

# One of them logs what it raises.
logging.disable()

PASSWORD = "not-a-secret"

# Codes of the responses, records and domains of a walk. `records` is None if the client does not count them.
Walk = namedtuple("Walk", "codes records domains")


class Sdk:
    """The two of the vendor, which have the same methods."""

    roles = True

    def __init__(self, base, vendor):
        self.base = base
        self.module = importlib.import_module(f"{vendor}.apiconnector.apiclient")

    def client(self, login):
        client = self.module.APIClient()
        return client.setURL(f"{self.base}/api/call.cgi").setCredentials(login, PASSWORD)

    def session(self):
        client = self.client("mock")
        codes = [client.login(), client.request({"COMMAND": "StatusAccount"}), client.logout()]
        return [response.getCode() for response in codes]

    def role(self):
        client = self.client("mock").setRoleCredentials("mock", "clerk", PASSWORD)
        return client.request({"COMMAND": "StatusAccount"}).getCode()

    def sub_user(self):
        client = self.client("mock").setUserView("below")
        return client.request({"COMMAND": "StatusAccount"}).getCode()

    def send(self, command, login="mock"):
        return self.client(login).request(command)

    def walk(self, login):
        pages = self.client(login).requestAllResponsePages({"COMMAND": "QueryDomainList"})
        columns = [page.getColumn("DOMAIN") for page in pages]
        return Walk(
            [page.getCode() for page in pages],
            sum(page.getRecordsCount() for page in pages),
            sum(len(column.getData()) for column in columns if column),
        )

    def check(self, domains):
        response = self.send({"COMMAND": "CheckDomains", "DOMAIN": domains})
        return response.getColumn("DOMAINCHECK").getData()

    def rows(self, login):
        response = self.client(login).request({"COMMAND": "QueryDomainList"})
        return [record.getData() for record in response.getRecords()]

    def status(self, domain):
        response = self.send({"COMMAND": "StatusDomain", "DOMAIN": domain})
        return response.getCode(), response.getDescription()


class Ispapi:
    roles = True

    def __init__(self, base):
        self.base = base

    def client(self, login, **options):
        url = f"{self.base}/api/call.cgi"
        return ispapi.connect(login=login, password=PASSWORD, url=url, entity="54cd", **options)

    def role(self):
        return self.client("mock", role="clerk").call({"COMMAND": "StatusAccount"}).code()

    def sub_user(self):
        return self.client("mock", user="below").call({"COMMAND": "StatusAccount"}).code()

    def send(self, command, login="mock"):
        return self.client(login).call(command)

    def walk(self, login):
        client, first, pages = self.client(login), 0, []
        while first is not None:
            pages.append(client.call({"COMMAND": "QueryDomainList", "FIRST": first}))
            try:
                first = pages[-1].nextpagefirst()
            except KeyError:
                # The page has no LIMIT: nothing says that there is another.
                break
        return Walk(
            [page.code() for page in pages],
            sum(len(page) for page in pages),
            sum(len(page.property("DOMAIN") or []) for page in pages),
        )

    def check(self, domains):
        return self.send({"COMMAND": "CheckDomains", "DOMAIN": domains}).property("DOMAINCHECK")

    def rows(self, login):
        return self.client(login).call({"COMMAND": "QueryDomainList"}).as_list()

    def status(self, domain):
        response = self.send({"COMMAND": "StatusDomain", "DOMAIN": domain})
        return response.code(), response.description()


class Rrpproxy:
    roles = False

    def __init__(self, base):
        self.base = base

    def client(self, login):
        client = rrpproxy.RRPProxy(login, PASSWORD)
        client.api_url = f"{self.base}/api/call.cgi"
        return client

    def send(self, command, login="mock"):
        command = dict(command)
        return self.client(login).call(command.pop("COMMAND"), **command)

    def details(self, login):
        client = self.client(login)
        return client.get_last_updated_domains_with_details(retrieve_all=True, time_between_calls_in_seconds=0)

    def walk(self, login):
        # The client does not tell what the codes were, only that there was no error.
        domains = self.details(login)
        return Walk(None, None, len(domains))

    def check(self, domains):
        numbered = {f"domain{at}": domain for at, domain in enumerate(domains)}
        return self.client("mock").call("CheckDomains", **numbered)["property"]["domaincheck"]

    def rows(self, login):
        return self.details(login)

    def status(self, domain):
        response = self.client("mock").status_domain(domain)
        return response["code"], response["description"]


class Rrpproxypy:
    roles = False

    def __init__(self, base):
        self.base = base

    def client(self, login):
        client = rrpproxypy.RRPproxy(login, PASSWORD)
        client.url = self.base
        return client

    def send(self, command, login="mock"):
        command = dict(command)
        return self.client(login).request(command.pop("COMMAND"), **command)

    def walk(self, login):
        client, pages, domains, total = self.client(login), [], 0, 1
        while domains < total:
            page = client.query_domain_list() if not pages else client.request("QueryDomainList", first=domains)
            pages.append(page)
            total = int(page["properties"]["total"])
            domains += len(page["properties"]["domain"])
        return Walk([int(page["code"]) for page in pages], None, domains)

    def check(self, domains):
        numbered = {f"domain{at}": domain for at, domain in enumerate(domains)}
        return self.client("mock").request("CheckDomains", **numbered)["properties"]["domaincheck"]

    def rows(self, login):
        # There are no rows, only columns.
        properties = self.client(login).query_domain_list()["properties"]
        columns = {name: properties[name] for name in ("domain", "admincontact") if name in properties}
        return [columns] if columns else []

    def status(self, domain):
        response = self.client("mock").status_domain(domain)
        return int(response["code"]), response["description"]
