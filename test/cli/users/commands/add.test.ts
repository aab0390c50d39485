import assert from "node:assert/strict";
import * as fs from "node:fs";

import { verifyPassword } from "../../../../lambdas/identity-provider/password";
import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { shownPassword, users, usersOnTable } from "../support";

describe("users add", () => {
  const at = usersOnTable();
  const { run, record, folder } = at;

  it("generates a password that devices accept, prints it once, and stores only its hash", async () => {
    const ended = await run("add", "cam-01");
    assert.equal(ended.code, 0, ended.stderr);
    const password = shownPassword(ended);
    assert.match(password, /^[A-Za-z0-9]{15}$/);
    assert.equal(ended.stdout.split(password).length, 2);
    assert.equal(ended.stderr, "");
    const { passwordHashes, enabled, access } = await record("cam-01");
    assert.equal(passwordHashes.length, 1);
    assert.match(passwordHashes[0], /^\$scrypt\$ln=14,r=8,p=1\$/);
    assert.ok(await verifyPassword(password, passwordHashes[0]));
    assert.deepEqual([enabled, access], [true, "read-write"]);
  });

  it("never overwrites, and shows no password that never works", async () => {
    const before = await record("cam-01");
    const ended = await run("add", "cam-01");
    assert.equal(ended.code, 1);
    assert.match(ended.stderr, /There is already a user cam-01 in stack dev\./);
    assert.equal(ended.stdout, "");
    assert.deepEqual(await record("cam-01"), before);
  });

  it("of two at the same moment, adds one", async () => {
    const ended = await Promise.all([run("add", "twice-1"), run("add", "twice-1")]);
    assert.deepEqual(ended.map(({ code }) => code).sort(), [0, 1]);
    const won = ended.find(({ code }) => code === 0)!;
    const { passwordHashes } = await record("twice-1");
    assert.ok(await verifyPassword(shownPassword(won), passwordHashes[0]));
    assert.equal(ended.find(({ code }) => code === 1)!.stdout, "");
  });

  it("accepts every field of a record", async () => {
    const ended = await run(
      ...["add", "full-1", "--access", "read-only", "--until", "2027-03-31", "--disabled"],
      ...["--from", "100.64.0.0/16", "--from", "100.65.0.1"],
      ...["--map", "/config=shared/config", "--map", "/in=shared/in:drop-box"],
    );
    assert.equal(ended.code, 0, ended.stderr);
    const { enabled, access, validUntil, allowedCidrs, mappings } = await record("full-1");
    assert.deepEqual([enabled, access], [false, "read-only"]);
    assert.equal(validUntil, Date.UTC(2027, 2, 31) / 1000);
    assert.deepEqual(allowedCidrs, ["100.64.0.0/16", "100.65.0.1/32"]);
    assert.deepEqual(
      mappings.map((mapping) => mapping.access),
      ["read-only", "drop-box"],
    );
  });

  it("takes a password of one's own from standard input, and repeats it nowhere", async () => {
    const ended = await users(["add", "own-1", "--password-stdin", ...at.table.args], {
      input: "k3Jd82hsQp0xYtz\nrest\n",
    });
    assert.equal(ended.code, 0, ended.stderr);
    const { passwordHashes } = await record("own-1");
    assert.ok(await verifyPassword("k3Jd82hsQp0xYtz", passwordHashes[0]));
    assert.doesNotMatch(ended.stdout + ended.stderr, /k3Jd82/);
  });

  it("takes one from the command line with the option for it, with a warning", async () => {
    const ended = await run("add", "own-2", "--password", "k3Jd82hsQp0xYtz");
    assert.equal(ended.code, 0);
    assert.match(ended.stderr, /Warning: --password is visible in the process list/);
    assert.doesNotMatch(ended.stdout + ended.stderr, /k3Jd82/);
  });

  it("warns of names and passwords that not every device takes", async () => {
    const ended = await users(["add", "Camera@Site", "--password-stdin", ...at.table.args], {
      input: "p%ss",
    });
    assert.equal(ended.code, 0);
    assert.match(ended.stderr, /names of 3 to 12 characters out of a-z/);
    assert.match(ended.stderr, /passwords of up to 15 letters and digits/);
    assert.match(ended.stderr, /fewer than 8 characters/);
  });

  it("writes a made-up password into a file that only its owner can read", async () => {
    const file = folder.path("passwords.csv");
    const ended = await run("add", "filed-1", "--passwords", file);
    assert.equal(ended.code, 0, ended.stderr);
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    const [, line] = fs.readFileSync(file, "utf8").split("\n");
    const [name, password] = line.split(",");
    assert.equal(name, "filed-1");
    assert.ok(await verifyPassword(password, (await record("filed-1")).passwordHashes[0]));
    assert.ok(!ended.stdout.includes(password));
  });

  it("refuses what the function would refuse at a login", async () => {
    for (const [argv, message] of [
      [["../cam"], /not 3 to 100/],
      [["ab"], /not 3 to 100/],
      [["cam-09", "--map", "/x=users/other"], /is not in "shared"/],
      [["cam-09", "--map", "/home=shared/x"], /overlaps another mapping/],
      [["cam-09", "--from", "anywhere"], /not an IPv4 block/],
      [["cam-09", "--access", "all"], /read-write, read-only, drop-box/],
      [["cam-09", "--password", "x".repeat(1025)], /1 to 1024/],
    ] as const) {
      const ended = await run("add", ...argv);
      assert.equal(ended.code, 2, ended.stderr);
      assert.match(ended.stderr, message);
    }
    assert.equal(await at.table.get(keys.user("cam-09")), undefined);
  });
});
