import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { functionEnvironment } from "../../../bench/identity/function-environment";
import { attempt, invoke } from "../../../bench/identity/invoke";
import { TableServer } from "../../../bench/identity/table";
import { root, scratch } from "../../../bench/measure";
import { bundleFunction } from "../../../lambdas/bundle";
import { hashPassword } from "../../../lambdas/identity-provider/password";

describe("bench/identity/invoke", function () {
  this.timeout(60_000);
  const password = "k3Jd82hsQp0xYtz";
  const bundle = path.join(scratch(), "identity-provider.js");
  let tables: TableServer;
  let environment: Record<string, string>;

  before(async () => {
    const handler = path.join(root, "lambdas/identity-provider/handler.ts");
    fs.writeFileSync(bundle, await bundleFunction(handler));
    tables = await TableServer.start();
    await tables.fill("users", 2, await hashPassword(password, { N: 2 ** 12 }));
    environment = functionEnvironment(tables, "users");
  });
  after(() => tables?.stop());

  it("times every event, and the baseline work after it if requested", async () => {
    const bare = JSON.stringify({ lookUp: tables.lookUp("users"), withHash: false });
    const events = [attempt("dev-0", password), attempt("dev-1", "wrong")];
    const asked = { ...environment, BENCH_ALONE: bare };
    const { times, alone, reasons, peakMiB } = await invoke(bundle, events, asked, true);
    assert.deepEqual([times.length, alone.length], [2, 2]);
    assert.deepEqual(reasons, ["password", "wrong-password"]);
    assert.ok(peakMiB > 20 && peakMiB < 200, String(peakMiB));
    assert.deepEqual((await invoke(bundle, events, environment, true)).alone, []);
  });

  it("is no figure when the first reply is not the expected one", async () => {
    await assert.rejects(
      invoke(bundle, [attempt("locked", password)], environment, true),
      /returned an unexpected reply/,
    );
  });
});
