import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import { Client, FTPError } from "basic-ftp";

import { Change, copyProgram } from "../../support/program-copy";
import { RunningTwin, runTwin } from "../../support/running-twin";
import { addUser, dataFolder, fetchText, mustLogIn, store } from "./support";

const secret = "what only the other may know";

/** Spellings of `/users/other` from a home at `/users/mine`. */
const folders = [
  "/users/other",
  "../other",
  "/../other",
  "/../../users/other",
  "./../other",
  "//users//other",
  "/users/mine/../other",
  "../../users/other",
  "..%2fother",
  "%2e%2e/other",
  "..\\other",
  "\\users\\other",
  "/mine/../../other",
  "/./users/./other",
  "~other",
  "../OTHER",
  "/*/other",
  "/users/o?her",
  "..;/other",
  "\u2024\u2024/other",
  ".../other",
  "/${transfer:UserName}/../other",
];

describe("twin, another user's folder", () => {
  /** A twin of the changed program with a file of another user, and a user who tries to reach it. */
  async function withIntruder(
    changes: readonly Change[],
    check: (client: Client, running: RunningTwin) => Promise<void>,
  ): Promise<void> {
    const data = dataFolder();
    const copy = copyProgram(changes);
    const running = await runTwin({ root: copy.folder, data: data.path });
    try {
      const other = path.join(running.twin.files, "users", "other");
      fs.mkdirSync(other, { recursive: true });
      fs.writeFileSync(path.join(other, "secret.txt"), secret);
      const password = await addUser(data.path, "mine");
      const client = await mustLogIn(running.twin.ftp, "mine", password);
      await store(client, "/own.txt", "own").catch(() =>
        store(client, "/users/mine/own.txt", "own"),
      );
      await check(client, running);
      client.close();
      assert.deepEqual(fs.readdirSync(other), ["secret.txt"], "the other's folder was changed");
      assert.equal(fs.readFileSync(path.join(other, "secret.txt"), "utf8"), secret);
    } finally {
      await running.stop();
      copy.remove();
      data.remove();
    }
  }

  /** Tries every operation on one spelling of the folder. None may read or change the other user's file. */
  async function attack(client: Client, folder: string): Promise<void> {
    const spelling = JSON.stringify(folder);
    const quietly = <T>(attempt: Promise<T>) =>
      attempt.catch((error: Error) => {
        if (!(error instanceof FTPError)) throw error;
        return undefined;
      });
    const text = await quietly(fetchText(client, `${folder}/secret.txt`));
    assert.ok(!text?.includes("only the other"), `RETR by ${spelling}`);
    const listed = await quietly(client.list(folder));
    assert.ok(!listed?.some(({ name }) => name === "secret.txt"), `LIST of ${spelling}`);
    assert.equal(await quietly(client.size(`${folder}/secret.txt`)), undefined, `SIZE ${spelling}`);
    await quietly(store(client, `${folder}/planted.txt`, "planted"));
    await quietly(store(client, `${folder}/secret.txt`, "overwritten"));
    await quietly(client.remove(`${folder}/secret.txt`));
    await quietly(client.rename(`${folder}/secret.txt`, "taken.txt"));
    await quietly(client.rename("own.txt", `${folder}/moved.txt`));
    await quietly(client.send(`MKD ${folder}/made`));
    const moved = await quietly(client.cd(folder));
    if (moved) {
      const here = await quietly(client.list());
      assert.ok(!here?.some(({ name }) => name === "secret.txt"), `CWD ${spelling}`);
      await client.cd("/");
    }
  }

  const anythingGoes: Change = [
    "lambdas/identity-provider/session-policy.ts",
    /  return JSON\.stringify\(\{ Version.*\n/,
    '  return JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "s3:*", Resource: "*" }] });\n',
  ];
  const wholeBucket: Change = [
    "lambdas/identity-provider/home.ts",
    /folders\.map\(\(\{ entry, target \}\) => .*\),\n/,
    "folders.slice(0, 1).map(({ entry }) => ({ Entry: entry, Target: `/${bucketName}` })),\n",
  ];

  it("cannot be reached by mapping alone, with a session policy that allows everything", async () => {
    await withIntruder([anythingGoes], async (client, running) => {
      for (const folder of folders) await attack(client, folder);
      assert.doesNotMatch(running.log(), /session policy/, "IAM was to have no part in this");
    });
  });

  it("cannot be reached by IAM alone, with a mapping that shows the whole bucket", async () => {
    await withIntruder([wholeBucket], async (client, running) => {
      assert.equal(await fetchText(client, "/users/mine/own.txt"), "own");
      for (const folder of folders) await attack(client, folder);
      assert.match(running.log(), /session policy/);
      assert.match(running.log(), /users\/other\/secret\.txt/);
    });
  });

  it("is reachable when both are switched off, so the two tests before can fail", async () => {
    const attempt = withIntruder([anythingGoes, wholeBucket], async (client) => {
      assert.equal(await fetchText(client, "/users/other/secret.txt"), secret);
      await client.remove("/users/other/secret.txt");
    });
    await assert.rejects(attempt, /the other's folder was changed/);
  });
});
