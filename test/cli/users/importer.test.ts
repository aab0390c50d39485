import assert from "node:assert/strict";
import * as fs from "node:fs";

import { UserError } from "../../../cli/core/errors";
import { importUsers } from "../../../cli/users/importer";
import type { Site } from "../../../cli/users/site";
import { defaultParameters, verifyPassword } from "../../../lambdas/identity-provider/password";
import { fromItem, keys, type Item } from "../../../lambdas/identity-provider/stores/user-record";
import { clock, deployedTable, failingTable, temporaryFolder, users } from "./support";

describe("users, import", () => {
  const folder = temporaryFolder();
  const passwords = folder.path("passwords.csv");
  let table: Awaited<ReturnType<typeof deployedTable>>;
  const record = async (name: string) => fromItem((await table.get(keys.user(name))) as Item);
  const write = (name: string, text: string) => {
    fs.writeFileSync(folder.path(name), text);
    return folder.path(name);
  };
  const run = (file: string, ...more: string[]) =>
    users(["import", file, ...more, "--json", ...table.args]);
  const written = () =>
    new Map(
      fs
        .readFileSync(passwords, "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",") as [string, string]),
    );

  before(async () => {
    table = await deployedTable();
  });
  after(async () => {
    folder.remove();
    await table.close();
  });

  it("adds what can be added, and reports the rest by line", async () => {
    const file = write(
      "fleet.csv",
      "name,password,access,mappings\n" +
        "imp-1,,,\n" +
        "imp-2,k3Jd82hsQp0xYtz,read-only,/config=shared/config\n" +
        "imp-3,,admin,\n" +
        "imp-4,,,/x=users/imp-1\n" +
        "..,,,\n" +
        "imp-1,,,\n",
    );
    const ended = await run(file, "--passwords", passwords);
    assert.equal(ended.code, 1, ended.stderr);
    const { added, present, failed, passwordsFile } = ended.document();
    assert.deepEqual([added, present, passwordsFile], [2, 0, passwords]);
    assert.deepEqual(
      (failed as { line: number; name: string }[]).map(({ line, name }) => [line, name]),
      [
        [4, "imp-3"],
        [5, "imp-4"],
        [6, ".."],
        [7, "imp-1"],
      ],
    );
    assert.match(ended.stderr, /^added: 2 of 4, 2 failed, /m);
    const first = await record("imp-1");
    assert.ok(await verifyPassword(written().get("imp-1")!, first.passwordHashes[0]));
    const second = await record("imp-2");
    assert.ok(await verifyPassword("k3Jd82hsQp0xYtz", second.passwordHashes[0]));
    assert.deepEqual([second.access, second.mappings.length], ["read-only", 1]);
    assert.equal(fs.statSync(passwords).mode & 0o777, 0o600);
    // A password of one's own is no made-up one, and a user who was refused has none.
    assert.deepEqual([...written().keys()], ["imp-1"]);
    assert.doesNotMatch(ended.stdout + ended.stderr, /k3Jd82/);
  });

  it("leaves users who are there as they are", async () => {
    const before = await record("imp-1");
    const ended = await run(
      write("again.csv", "name,enabled\nimp-1,false\nimp-5,\n"),
      "--passwords",
      passwords,
    );
    assert.equal(ended.code, 0, ended.stderr);
    assert.deepEqual([ended.document().added, ended.document().present], [1, 1]);
    assert.deepEqual(await record("imp-1"), before);
  });

  it("goes on after an interruption, with the passwords it had written down", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `res-${index}`);
    const file = write("resume.csv", `name\n${names.join("\n")}\n`);
    // The table stops answering after some writes, as when a laptop leaves the network.
    let writes = 0;
    const close = await failingTable(table.endpoint, "PutItem", () => ++writes > 4);
    const broken = await users(["import", file, "--passwords", passwords, "--json", ...table.args]);
    close();
    assert.equal(broken.code, 1, broken.stdout);
    const before = written();
    assert.equal(broken.document().added, 4);
    assert.ok(before.has("res-5"), "the password of a user who is not there yet is known");

    const ended = await run(file, "--passwords", passwords);
    assert.equal(ended.code, 0, ended.stdout);
    assert.deepEqual([ended.document().added, ended.document().present], [8, 4]);
    for (const name of names) {
      const { passwordHashes } = await record(name);
      assert.ok(await verifyPassword(written().get(name)!, passwordHashes[0]), name);
      if (before.has(name)) assert.equal(written().get(name), before.get(name));
    }
  });

  it("stops between two users when it is interrupted", async () => {
    const stop = new AbortController();
    stop.abort();
    const file = write("stopped.csv", "name,password\nstop-1,k3Jd82hsQp0xYtz\n");
    const argv = ["import", file, "--json", ...table.args];
    const ended = await users(argv, { stop: stop.signal });
    assert.equal(ended.code, 1);
    assert.deepEqual([ended.document().added, ended.document().stopped], [0, "it was interrupted"]);
    assert.equal(await table.get(keys.user("stop-1")), undefined);
  });

  it("wants to know where made-up passwords go, before it does anything", async () => {
    const ended = await run(write("none.csv", "name\nnone-1\n"));
    assert.equal(ended.code, 2);
    assert.match(ended.stdout, /--passwords FILE/);
    assert.equal(await table.get(keys.user("none-1")), undefined);
  });

  it("stops after eight consecutive failures of the table, and not after eight in all", async () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      line: i + 2,
      name: `row-${i}`,
      password: "k3Jd82hsQp0xYtz",
      fields: {},
    }));
    const importWith = (fails: (call: number) => boolean) => {
      let calls = 0;
      const table = {
        existing: () => Promise.resolve(new Set<string>()),
        add: () =>
          fails(calls++) ? Promise.reject(new UserError("by the test")) : Promise.resolve(true),
      };
      const space = { bucketName: "b", bucketArn: "arn:aws:s3:::b", homePrefix: "users" };
      const site = {
        table,
        space: { ...space, sharedPrefix: "shared" },
        scrypt: { ...defaultParameters, N: 4096 },
      } as unknown as Site;
      const stop = new AbortController().signal;
      return importUsers(rows, site, { concurrency: 1, stop, report: () => undefined });
    };
    const alternating = await importWith((call) => call % 2 === 0);
    assert.deepEqual([alternating.added, alternating.stopped], [10, undefined]);
    const broken = await importWith((call) => call >= 3);
    assert.deepEqual([broken.added, broken.failed.length], [3, 8]);
    assert.equal(broken.stopped, "by the test");
  });

  it("says what is wrong with a file as a whole", async () => {
    const cases: [string, RegExp][] = [
      [folder.path("missing.csv"), /cannot be read/],
      [write("header.csv", "user\ncam-1\n"), /no column/],
      [write("quote.csv", 'name\n"cam-1\n'), /Line 2: a quote/],
    ];
    for (const [file, message] of cases) {
      const ended = await run(file, "--passwords", passwords);
      assert.equal(ended.code, 1, file);
      assert.match(ended.stdout, message);
    }
  });

  it("reads what export writes", async () => {
    const exported = await users(["export", ...table.args]);
    const other = await deployedTable();
    try {
      const file = write("moved.csv", exported.stdout);
      const args = ["--passwords", folder.path("moved-passwords.csv"), ...other.args];
      const ended = await users(["import", file, ...args]);
      assert.equal(ended.code, 0, ended.stderr);
      const again = await users(["export", ...other.args]);
      assert.equal(again.stdout, exported.stdout);
      assert.ok(exported.stdout.split("\n").length > 10 && clock.now > 0);
    } finally {
      await other.close();
    }
  });
});
