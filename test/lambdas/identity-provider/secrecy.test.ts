import assert from "node:assert/strict";
import { hashPassword } from "../../../lambdas/identity-provider/password";
import { createHandler } from "../../../lambdas/identity-provider/provider";
import type { UserRecord } from "../../../lambdas/identity-provider/stores/user-store";
import { Bench, cheap, events, hashes, nextPassword, password, user } from "./support/fixtures";
import { MemoryStore } from "./support/memory-store";

describe("What is logged", () => {
  it("is who, where and how it ended, and never a password or a hash", async () => {
    const passwordHashes = [await hashes.first, await hashes.next];
    const odd = "$scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA";
    const store = new MemoryStore().add(await user("cam-1", { passwordHashes }));
    const bench = new Bench(store, { rememberSeconds: 60, parameters: { N: 32, r: 8, p: 1 } });
    const shapes = ["proxy", "direct"] as const;
    for (const shape of shapes) {
      for (const secret of [password, password, nextPassword, "a-wrong-one", odd, ""]) {
        await bench.handler(events[shape]({ user: "cam-1", password: secret }));
        await bench.handler(events[shape]({ user: "cam-2", password: secret }));
        // A password typed where the name belongs.
        await bench.handler(events[shape]({ user: `${secret}!`, password: secret }));
      }
    }
    store.broken.add("look");
    for (const shape of shapes) {
      await bench.handler(events[shape]({ user: "cam-1", password })).catch(() => undefined);
    }
    const upgraded = (store.users.get("cam-1") as UserRecord).passwordHashes;
    const secrets = [password, nextPassword, "a-wrong-one", odd, ...passwordHashes, ...upgraded];
    const base64 = secrets.map((secret) => Buffer.from(secret).toString("base64"));
    const log = bench.written.join("");
    assert.equal(bench.lines.length, 38);
    for (const secret of [...secrets, ...base64]) assert.equal(log.includes(secret), false, secret);
    assert.match(log, /"user":"cam-1","address":"100.64.0.10"/);
    assert.equal(
      bench.lines.every(({ Latency }) => typeof Latency === "number"),
      true,
    );
  });

  it("of an unforeseen error is where, and not what: messages quote their input", async () => {
    const written: string[] = [];
    const handler = createHandler(
      () => JSON.parse(`{"Password": ${password}`),
      "test",
      (line) => written.push(line),
    );
    const event = events.direct({ user: "cam-1", password });
    await assert.rejects(handler(event, { awsRequestId: "r-1" }), (error: Error) => {
      assert.equal(error.message, "The identity provider could not decide.");
      assert.equal(error.cause, undefined);
      return true;
    });
    assert.match(written[0], /"Reason":"SyntaxError at /);
    assert.match(written[0], /"requestId":"r-1"/);
    assert.doesNotMatch(written[0], new RegExp(password.slice(0, 6)));
  });

  it("of a hash that cannot be upgraded quotes nothing", async () => {
    const store = new MemoryStore().add(
      await user("cam-1", { passwordHashes: [await hashPassword(password, cheap)] }),
    );
    store.broken.add("replaceHash");
    const bench = new Bench(store, { parameters: { N: 32, r: 8, p: 1 } });
    await bench.try({ user: "cam-1", password });
    assert.doesNotMatch(bench.written.join(""), /scrypt|broken/);
  });
});
