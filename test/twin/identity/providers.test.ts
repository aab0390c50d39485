import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Change, copyProgram } from "../../support/program-copy";
import { RunningTwin, runTwin, testUser } from "../../support/running-twin";
import {
  addUser,
  dataFolder,
  fetchText,
  mustLogIn,
  reasonsOf,
  store,
  tryLogIn,
  usersOf,
} from "./support";

describe("twin, kinds of identity provider and user store", () => {
  async function withConfig(
    settings: Record<string, string>,
    check: (running: RunningTwin, data: string, root: string) => Promise<void>,
    changes: readonly Change[] = [],
  ): Promise<void> {
    const lines = Object.entries(settings).map(([key, value]) => `  canal-ftp:${key}: ${value}\n`);
    const config: Change = ["Pulumi.dev.yaml", /$/, lines.join("")];
    const copy = copyProgram([config, ...changes]);
    const data = dataFolder();
    const running = await runTwin({ root: copy.folder, data: data.path });
    try {
      await check(running, data.path, copy.folder);
    } finally {
      await running.stop();
      data.remove();
      copy.remove();
    }
  }

  for (const identityProvider of ["apiGateway", "lambda"]) {
    it(`${identityProvider}: the same users, files and lockout`, async () => {
      await withConfig({ identityProvider, lockoutFailures: "2" }, async (running, data) => {
        const { stack, ftp } = running.twin;
        const apis = stack.resources.filter(({ type }) => type.includes("restApi"));
        assert.equal(apis.length, identityProvider === "lambda" ? 0 : 1);
        const password = await addUser(data, "cam-01");
        const client = await mustLogIn(ftp, "cam-01", password);
        await store(client, "a.txt", "data");
        assert.equal(await fetchText(client, "a.txt"), "data");
        client.close();
        for (let wrong = 1; wrong <= 3; wrong++) {
          assert.equal(await tryLogIn(ftp, "cam-01", "wrong-one"), 530);
        }
        // Two attempts are enough: the stack configures the number.
        assert.deepEqual(reasonsOf(data, "cam-01").slice(-2), ["wrong-password", "locked"]);
        assert.deepEqual(running.faults, []);
      });
    });
  }

  describe("users as secrets", () => {
    it("log in with the fields of AWS's template; the lockout is in the table", async () => {
      await withConfig({ userStore: "secretsmanager" }, async (running, data) => {
        const { ftp, server } = running.twin;
        assert.equal(await tryLogIn(ftp, testUser.name, testUser.password), 230);
        const secrets = path.join(data, "secrets", "aws", "transfer", server.serverId);
        const own = path.join(secrets, `${testUser.name}.json`);
        assert.equal(fs.statSync(own).mode & 0o777, 0o600);
        assert.ok(!fs.readFileSync(own, "utf8").includes(testUser.password));

        const template = { Password: "Zt7mQx2KwB9bLc4", Role: "arn:aws:iam::1:role/admin" };
        fs.writeFileSync(path.join(secrets, "cam-01.json"), JSON.stringify(template));
        const client = await mustLogIn(ftp, "cam-01", template.Password);
        await store(client, "a.txt", "data");
        client.close();
        assert.ok(fs.existsSync(path.join(running.twin.files, "users", "cam-01", "a.txt")));

        assert.equal(await tryLogIn(ftp, "nobody", template.Password), 530);
        for (let wrong = 1; wrong <= 6; wrong++) await tryLogIn(ftp, "cam-01", "wrong-one");
        assert.equal(reasonsOf(data, "cam-01").at(-1), "locked");
        assert.equal(await tryLogIn(ftp, "cam-01", template.Password), 230);
        assert.deepEqual(running.faults, []);
      });
    });

    it("cannot be read without permission: the login fails, and the policy is named", async () => {
      const other: Change = [
        "components/identity-function.ts",
        "secret:${names}",
        "secret:elsewhere/${names}",
      ];
      await withConfig(
        { userStore: "secretsmanager" },
        async (running) => {
          const { ftp } = running.twin;
          assert.equal(await tryLogIn(ftp, testUser.name, testUser.password), 530);
          assert.match(running.faults.join("\n"), /may not use a secret.*login-access/);
        },
        [other],
      );
    });
  });

  it("users in Secrets Manager: the command only unlocks", async () => {
    await withConfig({ userStore: "secretsmanager" }, async (running, data, root) => {
      const run = (...argv: string[]) => usersOf(root, data, argv);
      for (const argv of [["list"], ["add", "cam-01"], ["remove", "cam-01"], ["export"]]) {
        const { code, stderr } = await run(...argv);
        assert.equal(code, 1, argv.join(" "));
        assert.match(stderr, /keeps its users in Secrets Manager/);
      }
      const { ftp } = running.twin;
      for (let wrong = 1; wrong <= 6; wrong++) await tryLogIn(ftp, testUser.name, "wrong-one");
      assert.equal(await tryLogIn(ftp, testUser.name, testUser.password), 530);
      assert.equal((await run("unlock", testUser.name)).code, 0);
      assert.equal(await tryLogIn(ftp, testUser.name, testUser.password), 230);
    });
  });
});
