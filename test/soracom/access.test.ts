import assert from "node:assert/strict";

import { connect } from "../../soracom/connect";
import { Lab, testKeys } from "./lab";

describe("Access", () => {
  let lab: Lab;
  before(async () => {
    lab = await Lab.open();
  });
  after(() => lab.close());
  beforeEach(() => lab.reset());

  const access = (more: { endpoint?: string; fetch?: typeof fetch } = {}) =>
    connect("jp", {
      env: { ...testKeys, SORACOM_ENDPOINT: more.endpoint ?? lab.api.endpoint },
      stop: new AbortController().signal,
      log: () => undefined,
      runCli: lab.runCli(),
      fetch: more.fetch,
      clock: lab.clock,
    }).job.access;

  it("knows the root user, and reads nothing for it", async () => {
    assert.deepEqual(await access().permissions(), { state: "root" });
    assert.deepEqual(
      lab.api.calls.map(({ operationId }) => operationId),
      ["auth"],
    );
  });

  it("puts together what user, roles and defaults permit", async () => {
    const allow = (...api: string[]) => JSON.stringify({ statements: [{ effect: "allow", api }] });
    const roles = { plain: allow("Group:*"), "srn:soracom:::Role:x": allow("Sim:getSim") };
    const permission = allow("VirtualPrivateGateway:*", "Sim:*");
    lab.api.world.user = { name: "ci", permission, roles };
    assert.deepEqual(await access().permissions(), { state: "user", userName: "ci", missing: [] });
    const byDefault = JSON.stringify({ statements: [{ effect: "deny", api: "Sim:deleteTag" }] });
    lab.api.world.user = { name: "ci", permission, roles, byDefault };
    assert.deepEqual(await access().permissions(), {
      ...{ state: "user", userName: "ci", missing: ["Sim:deleteTag"] },
    });
  });

  it("reports permissions that the user may not read, and ones that are not JSON, as unread", async () => {
    lab.api.world.user = { name: "ci", permission: "{" };
    assert.equal((await access().permissions()).state, "unread");
    const refuse: typeof fetch = (url, init) =>
      String(url).includes("/permission")
        ? Promise.resolve(Response.json({ code: "AUM1", message: "no" }, { status: 403 }))
        : fetch(url, init);
    const unread = await access({ fetch: refuse }).permissions();
    assert.deepEqual(unread, {
      ...{ state: "unread", userName: "ci" },
      reason: 'SORACOM refused "getUserPermission": AUM1 no',
    });
  });

  it("fails at the first request that has no answer within 15 s, with what to check", async () => {
    let sent = 0;
    let timeout: unknown;
    const original = AbortSignal.timeout;
    AbortSignal.timeout = (ms) => original.call(AbortSignal, (timeout = ms) && 1);
    const hang: typeof fetch = (_url, init) =>
      new Promise((_, reject) => {
        sent++;
        init?.signal?.addEventListener("abort", () => reject(new Error("timed out")));
      });
    try {
      await assert.rejects(access({ fetch: hang, endpoint: "https://api.example" }).permissions(), {
        name: "DriverError",
        message:
          /^SORACOM's API did not answer within 15 s at https:\/\/api\.example \(timed out\), so nothing was created\. Check the network/,
      });
    } finally {
      AbortSignal.timeout = original;
    }
    assert.deepEqual([sent, timeout], [1, 15_000]);
  });
});
