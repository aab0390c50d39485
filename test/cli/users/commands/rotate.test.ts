import assert from "node:assert/strict";
import * as fs from "node:fs";

import { verifyPassword } from "../../../../lambdas/identity-provider/password";
import { failingTable, shownPassword, usersOnTable } from "../support";

describe("users rotate", () => {
  const at = usersOnTable();
  const { run, record, folder } = at;

  it("adds a second password, then drops the first", async () => {
    const first = shownPassword(await run("add", "rot-1"));
    const second = shownPassword(await run("rotate", "rot-1"));
    const works = async (password: string) => {
      const { passwordHashes } = await record("rot-1");
      const found = await Promise.all(passwordHashes.map((h) => verifyPassword(password, h)));
      return found.includes(true);
    };
    assert.deepEqual([await works(first), await works(second)], [true, true]);
    assert.match((await run("show", "rot-1")).stdout, /2 passwords/);

    const again = await run("rotate", "rot-1");
    assert.equal(again.code, 1);
    assert.match(again.stderr, /two passwords already/);
    assert.equal((await run("rotate", "rot-1", "--finish")).code, 0);
    assert.deepEqual([await works(first), await works(second)], [false, true]);
    assert.equal((await run("rotate", "rot-1", "--finish")).code, 1);
  });

  it("--cancel keeps the first", async () => {
    const first = shownPassword(await run("add", "rot-2"));
    await run("rotate", "rot-2");
    assert.equal((await run("rotate", "rot-2", "--cancel")).code, 0);
    const { passwordHashes } = await record("rot-2");
    assert.equal(passwordHashes.length, 1);
    assert.ok(await verifyPassword(first, passwordHashes[0]));
  });

  it("of several users, does those it can and reports the others", async () => {
    await run("add", "rot-3");
    const file = folder.path("rotated.csv");
    const ended = await run("rotate", "rot-3", "nobody", "--passwords", file, "--json");
    assert.equal(ended.code, 1);
    const [done, refused] = ended.document().users as Record<string, unknown>[];
    assert.deepEqual(done, { name: "rot-3", passwords: 2, passwordsFile: file });
    assert.equal((refused.error as { code: string }).code, "no-such-user");
    assert.doesNotMatch(fs.readFileSync(file, "utf8"), /nobody/);
  });

  it("has every password in the file when the table fails midway", async () => {
    const names = ["rot-4", "rot-5", "rot-6"];
    for (const name of names) await run("add", name);
    const file = folder.path("midway.csv");
    let updates = 0;
    const repair = await failingTable(at.table.endpoint, "UpdateItem", () => ++updates > 1);
    const ended = await run("rotate", ...names, "--passwords", file, "--json");
    repair();
    assert.equal(ended.code, 1);
    const written = new Map(
      fs
        .readFileSync(file, "utf8")
        .split("\n")
        .map((line) => line.split(",") as [string, string]),
    );
    const second = async (name: string) => (await record(name)).passwordHashes[1];
    let rotated = 0;
    for (const name of names) {
      const hash = await second(name);
      if (hash === undefined) continue;
      rotated++;
      assert.ok(await verifyPassword(written.get(name)!, hash), name);
    }
    assert.equal(rotated, 1);
  });

  it("refuses several users without a file for their passwords", async () => {
    for (const name of ["rot-7", "rot-8"]) await run("add", name);
    const ended = await run("rotate", "rot-7", "rot-8");
    assert.equal(ended.code, 2);
    assert.match(ended.stderr, /--passwords FILE/);
    assert.equal((await record("rot-8")).passwordHashes.length, 1);
  });

  it("takes names from a file, and finishes with the same file", async () => {
    const names = Array.from({ length: 12 }, (_, n) => `fleet-${n}`);
    for (const name of names) await run("add", name);
    const list = folder.path("names.csv");
    fs.writeFileSync(list, `name,place\n${names.map((name) => `${name},hall`).join("\n")}\n`);
    const file = folder.path("fleet-passwords.csv");
    const ended = await run("rotate", "--file", list, "--passwords", file);
    assert.equal(ended.code, 0, ended.stderr);
    assert.match(ended.stderr, /users: 12 of 12/);
    assert.equal((await run("rotate", "--file", list, "--finish")).code, 0);
    const lines = fs.readFileSync(file, "utf8").trim().split("\n").slice(1);
    assert.equal(lines.length, 12);
    for (const line of lines) {
      const [name, password] = line.split(",");
      const { passwordHashes } = await record(name);
      assert.equal(passwordHashes.length, 1);
      assert.ok(await verifyPassword(password, passwordHashes[0]));
    }
    assert.equal((await run("rotate")).code, 2);
  });

  it("makes no sense of options that contradict each other", async () => {
    for (const argv of [
      ["rot-3", "--finish", "--cancel"],
      ["rot-3", "--finish", "--password", "abcdefgh1"],
      ["rot-3", "rot-2", "--password", "abcdefgh1"],
      ["rot-3", "--password", "abcdefgh1", "--passwords", folder.path("x.csv")],
    ]) {
      assert.equal((await run("rotate", ...argv)).code, 2, argv.join(" "));
    }
  });
});
