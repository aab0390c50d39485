import assert from "node:assert/strict";
import {
  address,
  Bench,
  documentIn,
  password,
  proxyEvent,
  serverId,
  user,
} from "./support/fixtures";
import { MemoryStore } from "./support/memory-store";

describe("Login, what only a proxy event can hold", () => {
  const bench = async (name = "cam-1") => new Bench(new MemoryStore().add(await user(name)));
  type Event = ReturnType<typeof proxyEvent>;

  async function ends(event: unknown, name?: string): Promise<string> {
    const at = await bench(name);
    const document = documentIn("proxy", await at.handler(event));
    return "Role" in document ? "granted" : at.lines[0].Reason;
  }
  const withPath = (username: string): Event => ({
    ...proxyEvent({ user: "", password }),
    pathParameters: { serverId, username },
  });
  const withHeaders = (headers: Record<string, unknown>) => ({
    ...proxyEvent({ user: "cam-1" }),
    headers,
  });
  const base64 = Buffer.from(password).toString("base64");

  it("%40 in the path is decoded once", async () => {
    assert.equal(await ends(withPath("cam%40site"), "cam@site"), "granted");
    assert.equal(await ends(withPath("cam@site"), "cam@site"), "granted");
    assert.equal(await ends(withPath("cam%2540site"), "cam@site"), "bad-user-name");
  });
  it("%2F in the path is not a name", async () => {
    assert.equal(await ends(withPath("users%2Fcam-1")), "bad-user-name");
    assert.equal(await ends(withPath("..%2Fcam-1")), "bad-user-name");
  });
  it("a damaged percent sign is not a name", async () => {
    assert.equal(await ends(withPath("cam-1%")), "bad-user-name");
    assert.equal(await ends(withPath("cam-1%ff")), "bad-user-name");
  });
  it("a plus sign is not a blank, nor a name", async () => {
    assert.equal(await ends(withPath("cam+1")), "bad-user-name");
  });
  it("damaged base64 is no password, with any other fields", async () => {
    for (const damaged of [`${base64}*`, base64.slice(1), `${base64}====`, "%%%", "/w=="]) {
      assert.equal(await ends(withHeaders({ PasswordBase64: damaged })), "no-password", damaged);
    }
    assert.equal(
      await ends(withHeaders({ PasswordBase64: "%%%", Password: password })),
      "no-password",
    );
  });
  it("every byte of base64 counts, a mark of byte order too", async () => {
    const marked = Buffer.from(`\ufeff${password}`).toString("base64");
    assert.equal(await ends(withHeaders({ PasswordBase64: marked })), "wrong-password");
  });
  it("header names are not case-sensitive", async () => {
    assert.equal(await ends(withHeaders({ passwordbase64: base64 })), "granted");
    assert.equal(await ends(withHeaders({ PASSWORDBASE64: base64 })), "granted");
  });
  it("Password alone is taken, and PasswordBase64 before it", async () => {
    assert.equal(await ends(withHeaders({ Password: password })), "granted");
    assert.equal(await ends(withHeaders({ Password: password, PasswordBase64: "" })), "granted");
    assert.equal(
      await ends(withHeaders({ Password: password, PasswordBase64: "d3Jvbmc=" })),
      "wrong-password",
    );
    assert.equal(await ends(withHeaders({ Password: "", PasswordBase64: "" })), "no-password");
  });
  it("the client's address comes only from the query", async () => {
    const event = proxyEvent({ user: "cam-1", password });
    const elsewhere = {
      ...event,
      headers: { ...event.headers, SourceIP: address, "X-Forwarded-For": address },
      requestContext: { identity: { sourceIp: address } },
    };
    assert.equal(
      await ends({ ...elsewhere, queryStringParameters: { protocol: "FTP" } }),
      "bad-address",
    );
  });
  it("missing parts are refused", async () => {
    const event = proxyEvent({ user: "cam-1", password });
    assert.equal(await ends({ ...event, pathParameters: null }), "bad-user-name");
    assert.equal(await ends({ ...event, queryStringParameters: null }), "wrong-protocol");
    assert.equal(await ends({ ...event, headers: null }), "no-password");
    assert.equal(await ends({ httpMethod: "GET" }), "bad-user-name");
  });
});
