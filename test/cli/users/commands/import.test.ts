import assert from "node:assert/strict";
import { execFile, spawnSync } from "node:child_process";
import * as fs from "node:fs";

import { argon2id } from "hash-wasm";

import { hashPassword, verifyPassword } from "../../../../lambdas/identity-provider/password";
import { keys } from "../../../../lambdas/identity-provider/stores/user-record";
import { root } from "../../../support/stack-values";
import { clock, deployedTable, failingTable, users, usersOnTable } from "../support";

describe("users import", () => {
  const site = usersOnTable();
  const { folder, record } = site;
  const passwords = folder.path("passwords.csv");
  const write = (name: string, text: string) => {
    fs.writeFileSync(folder.path(name), text);
    return folder.path(name);
  };
  const run = (file: string, ...more: string[]) =>
    users(["import", file, ...more, "--json", ...site.table.args]);
  const written = () =>
    new Map(
      fs
        .readFileSync(passwords, "utf8")
        .trim()
        .split("\n")
        .slice(1)
        .map((line) => line.split(",") as [string, string]),
    );

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

  it("continues after an interruption; with --reuse-passwords it uses the passwords in the file", async () => {
    const names = Array.from({ length: 12 }, (_, index) => `res-${index}`);
    const file = write("resume.csv", `name\n${names.join("\n")}\n`);
    // The table stops answering after some writes, as when a laptop leaves the network.
    let writes = 0;
    const close = await failingTable(site.table.endpoint, "PutItem", () => ++writes > 4);
    const broken = await users([
      "import",
      file,
      "--passwords",
      passwords,
      "--json",
      ...site.table.args,
    ]);
    close();
    assert.equal(broken.code, 1, broken.stdout);
    const before = written();
    assert.equal(broken.document().added, 4);
    assert.ok(before.has("res-5"), "the password of a user who is not there yet is known");

    const ended = await run(file, "--passwords", passwords, "--reuse-passwords");
    assert.equal(ended.code, 0, ended.stdout);
    assert.deepEqual([ended.document().added, ended.document().present], [8, 4]);
    for (const name of names) {
      const { passwordHashes } = await record(name);
      assert.ok(await verifyPassword(written().get(name)!, passwordHashes[0]), name);
      if (before.has(name)) assert.equal(written().get(name), before.get(name));
    }
  });

  it("with --update reports each row, and changes what the file has", async () => {
    const first =
      "name,password,access,from\nup-1,k3Jd82hsQp0xYtz,read-only,nowhere\nup-2,k3Jd82hsQp0xYtz,,\n";
    assert.equal((await run(write("up.csv", first))).code, 0);
    assert.deepEqual((await record("up-1")).allowedCidrs, []);
    const text =
      "name,password,access,note\n" +
      "up-1,k3Jd82hsQp0xYtz,drop-box,hall 3\n" +
      "up-2,k3Jd82hsQp0xYtz,,\n" +
      "up-3,k3Jd82hsQp0xYtz,,\n" +
      "up-4,k3Jd82hsQp0xYtz,admin,\n" +
      "up-x,n3wPassw0rd15ab,,\n";
    await run(write("up-x.csv", "name,password\nup-x,k3Jd82hsQp0xYtz\n"));
    const results = (ended: Awaited<ReturnType<typeof run>>) => {
      const { rows, failed } = ended.document<{
        rows: { name: string; result: string; changes?: string[] }[];
        failed: { name: string }[];
      }>();
      return [
        rows.map(({ name, result, changes = [] }) => [name, result, ...changes].join(" ")),
        failed.map(({ name }) => name),
      ];
    };
    const expected = [
      ["up-1 changed access note", "up-2 same", "up-3 new", "up-x changed password"],
      ["up-4"],
    ];
    const dry = await run(write("up2.csv", text), "--update", "--dry-run");
    assert.deepEqual(results(dry), expected);
    assert.equal(await site.table.get(keys.user("up-3")), undefined);
    assert.equal((await record("up-1")).access, "read-only");

    const ended = await run(folder.path("up2.csv"), "--update");
    assert.deepEqual(results(ended), expected);
    const { access, note, allowedCidrs } = await record("up-1");
    assert.deepEqual([access, note, allowedCidrs], ["drop-box", "hall 3", []]);
    assert.ok(await verifyPassword("n3wPassw0rd15ab", (await record("up-x")).passwordHashes[0]));
    const again = results(await run(folder.path("up2.csv"), "--update"));
    assert.deepEqual(again[0], ["up-1 same", "up-2 same", "up-3 same", "up-x same"]);
  });

  it("reads back an export, with users that may log in from nowhere and with notes", async () => {
    const exported = await users(["export", ...site.table.args]);
    const ended = await run(write("export.csv", exported.stdout), "--update");
    assert.equal(ended.code, 0, ended.stdout);
    const { rows } = ended.document<{ rows: { result: string }[] }>();
    assert.deepEqual(new Set(rows.map(({ result }) => result)), new Set(["same"]));
  });

  it("with --hashes keeps scrypt's, and verifies argon2's before it makes its own", async () => {
    const scrypt = await hashPassword("k3Jd82hsQp0xYtz", { N: 2 ** 14 });
    // Of the password "correct horse", by the library's own example parameters.
    const argon2 = await argon2id({
      password: "correct horse",
      salt: new Uint8Array(16).fill(7),
      parallelism: 1,
      iterations: 2,
      memorySize: 512,
      hashLength: 32,
      outputType: "encoded",
    });
    const file = write(
      "hashes.csv",
      "name,password,hash\n" +
        `"h-1",,"${scrypt}"\n` +
        `"h-2",correct horse,"${argon2}"\n` +
        `"h-3",,"${argon2}"\n` +
        `"h-4",wrong,"${argon2}"\n` +
        `"h-5",,"$2b$12$abcdefghijklmnopqrstuv"\n` +
        `"h-6",correct horse,"$argon2id$v=19$m=512,t=2,p=1$x$y"\n`,
    );
    assert.equal((await run(file)).code, 2, "hashes are taken only when asked");
    const ended = await run(file, "--hashes");
    assert.deepEqual([ended.code, ended.document().added], [1, 2]);
    assert.equal((await record("h-1")).passwordHashes[0], scrypt);
    assert.ok(await verifyPassword("correct horse", (await record("h-2")).passwordHashes[0]));
    const reasons = ended.document<{ failed: { reason: string }[] }>().failed;
    for (const [index, message] of [
      /does not verify argon2/,
      /not of the password/,
      /neither scrypt/,
      /damaged/,
    ].entries()) {
      assert.match(reasons[index].reason, message);
      assert.doesNotMatch(reasons[index].reason, /m=512/);
    }
  });

  it("refuses Shift_JIS with a message, and reads it on request", async () => {
    // The note is two Japanese characters in cp932.
    const bytes = Buffer.concat([
      Buffer.from("name,password,note\nsjis-1,k3Jd82hsQp0xYtz,"),
      Buffer.from([0x8d, 0x48, 0x8f, 0xea]),
      Buffer.from("\n"),
    ]);
    const file = folder.path("sjis.csv");
    fs.writeFileSync(file, bytes);
    const refused = await run(file);
    assert.equal(refused.code, 1);
    assert.match(refused.stdout, /not UTF-8[^]*--encoding shift_jis/);
    assert.equal((await run(file, "--encoding", "klingon")).code, 1);
    assert.equal((await run(file, "--encoding", "shift_jis")).code, 0);
    assert.equal((await record("sjis-1")).note, "\u5de5\u5834");
    const utf16 = Buffer.from("\ufeffname,password\nutf16-1,k3Jd82hsQp0xYtz\n", "utf16le");
    fs.writeFileSync(file, utf16);
    assert.equal((await run(file)).code, 0);
    assert.ok(await record("utf16-1"));
  });

  it("generates a new password for a removed user, unless the old one is requested", async () => {
    const file = write("again-1.csv", "name\nback-1\n");
    await run(file, "--passwords", passwords);
    const first = written().get("back-1");
    await users(["remove", "back-1", ...site.table.args]);
    await run(file, "--passwords", passwords);
    const second = written().get("back-1")!;
    assert.notEqual(second, first);
    assert.ok(await verifyPassword(second, (await record("back-1")).passwordHashes[0]));
    await users(["remove", "back-1", ...site.table.args]);
    await run(file, "--passwords", passwords, "--reuse-passwords");
    assert.equal(written().get("back-1"), second);
  });

  it("on a full disk, every valid password is complete in the file", async function () {
    const disk = folder.path("disk");
    fs.mkdirSync(disk);
    const mount = `mount -t tmpfs -o size=4k none "${disk}"`;
    if (spawnSync("unshare", ["-rm", "sh", "-c", mount]).status !== 0) {
      // Reported by the runner: there are no mounts for users here.
      this.skip();
    }
    const names = Array.from({ length: 60 }, (_, n) => `disk-${n}-${"x".repeat(80)}`);
    const file = write("disk.csv", `name\n${names.join("\n")}\n`);
    const [full, copy] = [`${disk}/full.csv`, folder.path("full.csv")];
    const argv = ["users", "import", file, "--passwords", full, "--json", ...site.table.args];
    const script = `${mount}; "$@"; ended=$?; cp "${full}" "${copy}"; exit $ended`;
    const command = ["sh", "-c", script, "sh", process.execPath, "cli/canal-ftp.cjs", ...argv];
    const { stdout, code } = await new Promise<{ stdout: string; code: number }>((resolve) =>
      execFile("unshare", ["-rm", ...command], { cwd: root }, (error, out) =>
        resolve({ stdout: out, code: Number(error?.code ?? 0) }),
      ),
    );
    assert.equal(code, 1, stdout);
    const { stopped, added } = JSON.parse(stdout) as { stopped: string; added: number };
    assert.match(stopped ?? stdout, /full\.csv cannot be written/);
    const text = fs.readFileSync(copy, "utf8");
    assert.ok(text.length <= 4096 && text.endsWith("\n"), text.slice(-60));
    const whole = new Map(text.split("\n").map((row) => row.split(",") as [string, string]));
    let inForce = 0;
    for (const name of names) {
      if ((await site.table.get(keys.user(name))) === undefined) continue;
      inForce++;
      const { passwordHashes } = await record(name);
      assert.ok(await verifyPassword(whole.get(name)!, passwordHashes[0]), name);
    }
    assert.equal(inForce, added);
    assert.ok(inForce > 20, String(inForce));
  });

  it("stops between two users when it is interrupted", async () => {
    const stop = new AbortController();
    stop.abort();
    const file = write("stopped.csv", "name,password\nstop-1,k3Jd82hsQp0xYtz\n");
    const argv = ["import", file, "--json", ...site.table.args];
    const ended = await users(argv, { stop: stop.signal });
    assert.equal(ended.code, 1);
    assert.deepEqual([ended.document().added, ended.document().stopped], [0, "it was interrupted"]);
    assert.equal(await site.table.get(keys.user("stop-1")), undefined);
  });

  it("requires a file for generated passwords before it changes anything", async () => {
    const ended = await run(write("none.csv", "name\nnone-1\n"));
    assert.equal(ended.code, 2);
    assert.match(ended.stdout, /--passwords FILE/);
    assert.equal(await site.table.get(keys.user("none-1")), undefined);
  });

  it("reports a mistake of the whole file", async () => {
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
    const exported = await users(["export", ...site.table.args]);
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
