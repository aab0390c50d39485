import assert from "node:assert/strict";
import * as fs from "node:fs";

import { verifyPassword } from "../../../lambdas/identity-provider/password";
import { fromItem, keys, type Item } from "../../../lambdas/identity-provider/stores/user-record";
import {
  clock,
  deployedTable,
  failingTable,
  shownPassword,
  temporaryFolder,
  users,
  type Ended,
} from "./support";

describe("users, the commands", () => {
  const folder = temporaryFolder();
  let table: Awaited<ReturnType<typeof deployedTable>>;
  const run = (...argv: string[]) => users([...argv, ...table.args]);
  const record = async (name: string) => fromItem((await table.get(keys.user(name))) as Item);
  const errorOf = ({ document }: Ended) => document().error as { code: string; message: string };

  before(async () => {
    table = await deployedTable();
  });
  after(async () => {
    folder.remove();
    await table.close();
  });

  describe("add", () => {
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
      const ended = await users(["add", "own-1", "--password-stdin", ...table.args], {
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
      const ended = await users(["add", "Camera@Site", "--password-stdin", ...table.args], {
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
        [["cam-09", "--map", "/home=shared/x"], /is inside another/],
        [["cam-09", "--from", "anywhere"], /not an IPv4 block/],
        [["cam-09", "--access", "all"], /read-write, read-only, drop-box/],
        [["cam-09", "--password", "x".repeat(1025)], /1 to 1024/],
      ] as const) {
        const ended = await run("add", ...argv);
        assert.equal(ended.code, 2, ended.stderr);
        assert.match(ended.stderr, message);
      }
      assert.equal(await table.get(keys.user("cam-09")), undefined);
    });
  });

  describe("set", () => {
    it("changes what is named, and nothing else", async () => {
      await run("add", "set-1", "--access", "read-only", "--from", "100.64.0.0/16");
      const { passwordHashes } = await record("set-1");
      const change = ["--access", "drop-box", "--until", "2030-01-01", "--note", "hall 3"];
      const mapping = ["--mapping", "/config=shared/config"];
      const ended = await run("set", "set-1", ...change, ...mapping);
      assert.equal(ended.code, 0, ended.stderr);
      assert.match(ended.stdout, /access +drop-box[^]*note +hall 3/);
      assert.deepEqual(await record("set-1"), {
        name: "set-1",
        passwordHashes,
        enabled: true,
        access: "drop-box",
        validUntil: Date.UTC(2030, 0) / 1000,
        allowedCidrs: ["100.64.0.0/16"],
        mappings: [{ entry: "/config", target: "shared/config", access: "read-only" }],
        note: "hall 3",
      });
      const back = ["--until", "none", "--from", "default", "--mapping", "none", "--note", ""];
      assert.equal((await run("set", "set-1", ...back)).code, 0);
      const { validUntil, allowedCidrs, mappings, note } = await record("set-1");
      assert.deepEqual(
        [validUntil, allowedCidrs, mappings, note],
        [undefined, undefined, [], undefined],
      );
    });

    it("refuses what a login would refuse, an end in the past, and nothing to change", async () => {
      await run("add", "set-2");
      for (const [argv, message] of [
        [["--mapping", "/x=users/other"], /is not in "shared"/],
        [["--until", "2020-01-01"], /in the past.*--force/],
        [[], /Name what to change/],
      ] as const) {
        const ended = await run("set", "set-2", ...argv);
        assert.equal(ended.code, 2, ended.stdout);
        assert.match(ended.stderr, message);
      }
      assert.equal((await run("set", "set-2", "--until", "2020-01-01", "--force")).code, 0);
      assert.equal((await record("set-2")).validUntil, Date.UTC(2020, 0) / 1000);
      assert.equal((await run("set", "nobody", "--note", "x")).code, 1);
      const past = await run("add", "set-3", "--until", "2020-01-01");
      assert.equal(past.code, 2);
      assert.equal(await table.get(keys.user("set-3")), undefined);
    });
  });

  describe("rotate", () => {
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
      const repair = await failingTable(table.endpoint, "UpdateItem", () => ++updates > 1);
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

  it("remove and rotate leave the stack's canary alone, but no user who is only called so", async () => {
    assert.equal((await run("add", "canary")).code, 0);
    const before = await record("canary");
    for (const verb of ["remove", "rotate"]) {
      const prod = ["--stack", "prod", "--table", table.name];
      const ended = await users([verb, "canary", ...prod]);
      assert.equal(ended.code, 1, ended.stdout);
      assert.match(ended.stderr, /canary is the canary of stack prod.* canal-ftp:canary to false/);
      assert.equal(ended.stdout, "");
    }
    assert.deepEqual(await record("canary"), before);
    // dev has no canary.
    assert.equal((await run("rotate", "canary")).code, 0);
    assert.equal((await run("remove", "canary")).code, 0);
  });

  it("disable, enable and remove change users, and report users who do not exist", async () => {
    await run("add", "gone-1");
    assert.equal((await run("disable", "gone-1")).code, 0);
    assert.equal((await record("gone-1")).enabled, false);
    assert.match((await run("list")).stdout, /^gone-1 .*disabled$/m);
    assert.equal((await run("enable", "gone-1")).code, 0);
    assert.equal((await record("gone-1")).enabled, true);
    assert.equal((await run("remove", "gone-1")).code, 0);
    assert.equal(await table.get(keys.user("gone-1")), undefined);
    for (const verb of ["disable", "enable", "remove", "show", "rotate", "unlock"]) {
      const ended = await run(verb, "gone-1");
      assert.equal(ended.code, 1, verb);
      assert.match(ended.stderr, /There is no user gone-1 in stack dev\./);
    }
  });

  it("unlock forgives what the function has counted, and list shows a lock until then", async () => {
    await run("add", "lock-1");
    const at = { N: String(clock.now - 10) };
    const count = { firstAt: at, lastAt: at };
    const byAddress = keys.failures("lock-1", "100.64.0.10");
    await table.put({ pk: { S: byAddress }, failures: { N: "5" }, ...count });
    await table.put({
      pk: { S: keys.failures("lock-1") },
      failures: { N: "5" },
      addresses: { SS: ["100.64.0.10"] },
      ...count,
    });
    assert.match((await run("list")).stdout, /^lock-1 .*locked from 100\.64\.0\.10$/m);
    assert.match((await run("show", "lock-1")).stdout, /locked from 100\.64\.0\.10/);
    assert.equal((await run("unlock", "lock-1")).code, 0);
    assert.match((await run("show", "lock-1")).stdout, /state +active/);
    await table.put({
      pk: { S: keys.failures("lock-1") },
      failures: { N: "100" },
      addresses: { SS: ["100.64.0.10"] },
      firstAt: { N: String(clock.now + 1) },
      lastAt: { N: String(clock.now + 1) },
    });
    const { locked } = (await run("show", "lock-1", "--json")).document();
    assert.deepEqual(locked, { everywhere: true, addresses: ["100.64.0.10"] });
    clock.now += 1000;
    const later = (await run("show", "lock-1", "--json")).document();
    assert.deepEqual(later.locked, { everywhere: false, addresses: [] });
  });

  it("doctor reports what is odd, and ends with 1 when a login would be refused", async () => {
    await run("add", "doc-1", "--until", "2020-01-01", "--force");
    const ended = await run("doctor");
    assert.equal(ended.code, 1, ended.stderr);
    assert.match(ended.stdout, /^\d+ users, \d+ problems, \d+ notes\.$/m);
    assert.match(ended.stdout, /problem: doc-1: Access has ended/);
    assert.match(ended.stdout, /note: doc-1: No login was accepted in the last 7 days/);
    await run("remove", "doc-1");
  });

  it("list and export show every user and no hash, and a damaged record for what it is", async () => {
    await table.put({ pk: { S: keys.user("odd-1") }, enabled: { S: "yes" } });
    const said = ["--disabled", "--access", "read-only", "--until", "2027-03-31"];
    await run("add", "listed-1", ...said);
    const [list, json, exported] = [
      await run("list"),
      await run("list", "--json"),
      await run("export"),
    ];
    assert.match(list.stdout, /^odd-1 .*damaged$/m);
    const names = (json.document().users as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, [...names].sort());
    assert.ok(names.includes("listed-1") && names.includes("odd-1"));
    assert.match(exported.stderr, /odd-1 is left out/);
    assert.match(exported.stdout, /^name,enabled,access,until,from,mappings,note\n/);
    assert.match(exported.stdout, /^listed-1,false,read-only,2027-03-31T00:00:00Z,/m);
    assert.doesNotMatch(list.stdout + json.stdout + exported.stdout, /scrypt/);
    await table.call("DeleteItem", { TableName: table.name, Key: { pk: { S: "user#odd-1" } } });
  });

  it("answers machines with one JSON document, also when it fails", async () => {
    const added = await run("add", "json-1", "--json");
    assert.match(String(added.document().password), /^[A-Za-z0-9]{15}$/);
    assert.equal(errorOf(await run("add", "json-1", "--json")).code, "user-exists");
    assert.equal(errorOf(await run("add", "json-2", "--json", "--nonsense")).code, "usage");
    const elsewhere = ["list", "--stack", "dev", "--table", "elsewhere", "--json"];
    const missing = await users(elsewhere);
    assert.equal(missing.code, 1);
    assert.equal(errorOf(missing).code, "ResourceNotFoundException");
    assert.match(errorOf(missing).message, /no table elsewhere in this region and account/);
  });

  it("explains itself, and names the option that was meant", async () => {
    const help = await users(["--help"]);
    assert.equal(help.code, 0);
    assert.match(help.stdout, /Examples:[^]*rotate camera-01 --finish/);
    const misspelt = await run("add", "cam-77", "--pasword-stdin");
    assert.equal(misspelt.code, 2);
    assert.match(misspelt.stderr, /Did you mean --password-stdin/);
    const command = await run("lst");
    assert.equal(command.code, 2);
    assert.match(command.stderr, /Did you mean list/);
  });
});
