// One scenario with the vendor's client for Node: node node.mjs BASE SCENARIO [ARGUMENT]..
// Prints what a program is told, as one line of JSON, on standard error: the client writes on standard output.
import { APIClient } from "@hexonet/ispapi-apiconnector";

const [base, scenario, ...given] = process.argv.slice(2);
// It does not notice that a connection breaks off until this time is over. Without this it is 300 seconds.
APIClient.socketTimeout = 2000;

const password = "not-a-secret";

const connect = (login) => new APIClient().setURL(`${base}/api/call.cgi`).setCredentials(login, password);
const send = (command, login = "mock") => connect(login).request(command);

const scenarios = {
    async session() {
        const client = connect("mock");
        const responses = [await client.login(), await client.request({ COMMAND: "StatusAccount" }), await client.logout()];
        return responses.map((response) => response.getCode());
    },
    async role() {
        const client = connect("mock").setRoleCredentials("mock", "clerk", password);
        return (await client.request({ COMMAND: "StatusAccount" })).getCode();
    },
    async sub_user() {
        const client = connect("mock").setUserView("below");
        return (await client.request({ COMMAND: "StatusAccount" })).getCode();
    },
    async send(command, login) {
        await send(command, login);
    },
    async walk(login) {
        const pages = await connect(login).requestAllResponsePages({ COMMAND: "QueryDomainList" });
        const sum = (count) => pages.map(count).reduce((one, other) => one + other, 0);
        return [
            pages.map((page) => page.getCode()),
            sum((page) => page.getRecordsCount()),
            sum((page) => page.getColumn("DOMAIN")?.getData().length ?? 0),
        ];
    },
    async check(domains) {
        const response = await send({ COMMAND: "CheckDomains", DOMAIN: domains });
        return response.getColumn("DOMAINCHECK").getData();
    },
    async rows(login) {
        const response = await connect(login).request({ COMMAND: "QueryDomainList" });
        return response.getRecords().map((record) => record.getData());
    },
    async status(domain) {
        const response = await send({ COMMAND: "StatusDomain", DOMAIN: domain });
        return [response.getCode(), response.getDescription()];
    },
};

let told;
try {
    told = { value: await scenarios[scenario](...given.map((it) => JSON.parse(it))) };
} catch (error) {
    told = { raised: `${error.name}: ${error.message}` };
}
console.error(JSON.stringify(told));
