import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Client } from "basic-ftp";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import { evaluateStack, goldenUser } from "../../support/golden";
import { runTwin, type RunningTwin } from "../../support/running-twin";
import { runToExit } from "../../support/twin-process";
import { temporaryFolder } from "../queue/support";
import { store, tryLogIn } from "../identity/support";
import { exportOf, written, type Exported, type Secrets } from "./support";

/** The twin of an exported state. An export of the engine itself is served in test/engine/state.test.ts. */
describe("a twin of a deployed stack", function () {
  let folder: ReturnType<typeof temporaryFolder>;
  let prod: EvaluatedStack;
  let running: RunningTwin | undefined;

  before(async () => {
    folder = temporaryFolder();
    prod = await evaluateStack("prod");
  });
  after(() => folder.remove());
  afterEach(async () => {
    await running?.stop();
    running = undefined;
  });

  async function serve(
    secrets: Secrets,
    { users = [] as { name: string; password: string }[], change = (_: Exported) => {} } = {},
  ): Promise<RunningTwin> {
    const exported = await exportOf(prod, secrets);
    change(exported);
    const state = written(folder.path, "state.json", exported);
    return (running = await runTwin({ state, users }));
  }
  const logIn = (user: { name: string; password: string }) =>
    tryLogIn(running!.twin.ftp, user.name, user.password);

  it("serves the stack under its name without evaluating its program", async () => {
    const { twin } = await serve("plaintext");
    assert.deepEqual(
      [twin.stack.project, twin.stack.stack, twin.bucket],
      ["canal-ftp", "prod", prod.outputs.bucket],
    );
    assert.equal(twin.stack.resources.length, prod.resources.length);
  });

  it("accepts the deployed users when their hashes are not encrypted", async () => {
    const { notices } = await serve("plaintext");
    assert.deepEqual(running!.twin.users, []);
    assert.match(
      notices.join("\n"),
      /Users with the password of the deployed stack: .*\bcamera01\b/,
    );
    assert.equal(await logIn(goldenUser), 230);
    assert.equal(await logIn({ ...goldenUser, password: "k3Jd82hsQp0xAAA" }), 530);
  });

  it("generates a user when all are encrypted, and reports what it left out", async () => {
    const { twin, notices } = await serve("ciphertext");
    const [user] = twin.users;
    assert.deepEqual([twin.users.length, user.name], [1, "myuser"]);
    assert.match(
      notices.join("\n"),
      /left out: .*TableItem canal-ftp-prod-identity-user-camera01 \(item\).*\. Export with --show-secrets/,
    );
    assert.match(notices.join("\n"), /Users of the twin only, not of the deployed stack: myuser/);
    assert.deepEqual([await logIn(user), await logIn(goldenUser)], [230, 530]);
  });

  it("stores a file under the deployed stack's key", async () => {
    const user = { name: "plc02", password: "k3Jd82hsQp0xAAA" };
    const { twin } = await serve("ciphertext", { users: [user] });
    const client = new Client(5000);
    try {
      const { host, port } = twin.ftp;
      await client.access({ host, port, user: user.name, password: user.password });
      await store(client, "a.txt", "hello");
    } finally {
      client.close();
    }
    const file = path.join(twin.files, "users", "plc02", "a.txt");
    assert.equal(fs.readFileSync(file, "utf8"), "hello");
  });

  it("follows the state, not the program: a missing route prevents the connection", async () => {
    await serve("plaintext", {
      change({ deployment }) {
        deployment.resources = deployment.resources.filter(
          ({ type }) => type !== "aws:ec2/route:Route",
        );
      },
    });
    await assert.rejects(logIn(goldenUser));
    assert.match(running!.log(), /no route/);
  });

  it("rejects a stack without a server", async () => {
    await assert.rejects(
      serve("plaintext", {
        change({ deployment }) {
          deployment.resources = deployment.resources.filter(
            ({ type }) => type !== "aws:transfer/server:Server",
          );
        },
      }),
      /aws\.transfer\.Server/,
    );
  });

  it("npm start: reports an invalid file in one sentence, and creates no folder", async () => {
    const data = path.join(folder.path, "never");
    for (const [contents, message] of [
      ["", /is not JSON, so it is not an exported stack\. The twin reads what pulumi stack export/],
      [{ version: 3, deployment: {} }, /is a stack without resources\. The twin reads/],
    ] as const) {
      const state = written(folder.path, "wrong.json", contents);
      const { code, stdout, stderr } = await runToExit(["--state", state, "--data", data]);
      assert.deepEqual([code, stdout], [1, "Reading the state …\n"]);
      assert.match(stderr, message);
      assert.equal(stderr.trimEnd().split("\n").length, 1, stderr);
    }
    assert.ok(!fs.existsSync(data));
  });

  it("npm start: accepts either a stack or a state", async () => {
    const { code, stderr } = await runToExit(["--state", "x.json", "--stack", "prod"]);
    assert.equal(code, 2);
    assert.match(stderr, /--state.*cannot be used with.*--stack/);
  });
});
