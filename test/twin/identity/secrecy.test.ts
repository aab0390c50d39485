import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

import { root } from "../../support/golden";
import { startTwinProcess, TwinProcess } from "../../support/twin-process";
import { mustLogIn, store, tryLogIn, users as usersInProcess } from "./support";

/** The secrets that may appear only in their own places. */
class SecretsInUse {
  private readonly texts = new Set<string>();

  add(password: string): string {
    this.texts.add(password);
    this.texts.add(Buffer.from(password).toString("base64"));
    return password;
  }

  assertAbsentFrom(text: string, where: string): void {
    for (const secret of this.texts) assert.ok(!text.includes(secret), `a password in ${where}`);
    assert.doesNotMatch(text, /\$scrypt\$/, `a hash in ${where}`);
  }
}

describe("twin and users, as processes: no password, hash or key in the wrong place", () => {
  const secrets = new SecretsInUse();
  let twin: TwinProcess;

  /** Runs `canal-ftp users` as a process. Passwords that it prints on purpose are removed from its output. */
  async function users(argv: readonly string[], input = ""): Promise<string> {
    const script = ["cli/canal-ftp.cjs", "users"];
    const place = ["--twin", "--data", twin.data];
    const child = spawn(process.execPath, [...script, ...argv, ...place], { cwd: root });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.stdin.end(input);
    await new Promise((resolve) => child.on("close", resolve));
    return search(argv, { stdout, stderr });
  }

  /** The same in this process, which is faster. */
  async function quickly(...argv: string[]): Promise<string> {
    return search(argv, await usersInProcess(twin.data, ...argv));
  }

  function search(
    argv: readonly string[],
    { stdout, stderr }: { stdout: string; stderr: string },
  ): string {
    const shown = /password {2}([A-Za-z0-9]{15})/.exec(stdout)?.[1];
    const rest = stdout.replace(/password {2}[A-Za-z0-9]{15}/, "");
    if (shown !== undefined) secrets.add(shown);
    secrets.assertAbsentFrom(rest + stderr, `output of ${argv[0]}`);
    return shown ?? stdout;
  }

  function* filesBelow(folder: string): Generator<string> {
    for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
      const file = path.join(folder, entry.name);
      if (entry.isDirectory()) yield* filesBelow(file);
      else yield file;
    }
  }

  before(async () => {
    const own = secrets.add("Rq7mZt2KxW9bLc4");
    twin = await startTwinProcess(["--user", `named-1:${own}`]);
  });
  after(() => twin.stop());

  it("in output, logs and data, for all operations of users and devices", async function () {
    this.timeout(60_000);
    const { ftp } = twin.ready;
    const first = await users(["add", "cam-01"]);
    await users(["add", "cam-02", "--password-stdin"], secrets.add("Hn3vYd8PsJ6gFu5"));
    const csv = path.join(twin.data, "fleet.csv");
    fs.writeFileSync(csv, `name,password\ncam-03,${secrets.add("Vb5nMa1LkJ7hGf3")}\ncam-01,\nx,\n`);
    await users(["import", csv, "--passwords", path.join(twin.data, "made-up.csv")]);
    fs.rmSync(csv);
    for (const argv of [["list"], ["list", "--json"], ["export"], ["show", "cam-01"]]) {
      assert.match(await quickly(...argv), /cam-01/);
    }

    const client = await mustLogIn(ftp, "cam-01", first);
    await store(client, "a.txt", "data");
    client.close();
    for (const wrong of ["wrong-pass-word-1", "$scrypt$ln=14,r=8,p=1$c2FsdA$aGFzaA"]) {
      assert.equal(await tryLogIn(ftp, "cam-01", secrets.add(wrong)), 530);
    }
    // Users sometimes type the password as the name.
    await tryLogIn(ftp, secrets.add("Typed!In!The!Wrong!Field"), "any");
    const second = await users(["rotate", "cam-01"]);
    assert.equal(await tryLogIn(ftp, "cam-01", second), 230);
    await quickly("rotate", "cam-01", "--finish");
    assert.equal(await tryLogIn(ftp, "cam-01", first), 530);
    for (const verb of ["disable", "enable", "unlock", "remove"]) await quickly(verb, "cam-01");

    // Only the ready line shows the passwords of users given on the command line.
    const [ready, ...rest] = twin.stdout().trim().split("\n");
    assert.match(ready, /"ready":true/);
    secrets.assertAbsentFrom(rest.join("\n"), "standard output");
    secrets.assertAbsentFrom(twin.stderr().replaceAll(/Typed!In!The!Wrong!Field/g, ""), "the log");
    let searched = 0;
    for (const file of filesBelow(twin.data)) {
      const name = path.relative(twin.data, file);
      if (name === "made-up.csv") {
        assert.equal(fs.statSync(file).mode & 0o777, 0o600);
        continue;
      }
      const text = fs.readFileSync(file, "latin1");
      if (name.startsWith("tables/") || name === "former-passwords.json") {
        // Hashes belong in these files, passwords do not.
        for (const password of [first, second]) assert.ok(!text.includes(password), name);
        continue;
      }
      if (path.basename(file) === "ERRORS.jsonl") {
        // Transfer Family's log has the name of a refused login as the client sent it.
        secrets.assertAbsentFrom(text.replaceAll(/Typed!In!The!Wrong!Field/g, ""), name);
        continue;
      }
      // The function's code contains the format of a hash.
      secrets.assertAbsentFrom(
        name.startsWith("functions/") ? text.replaceAll("$scrypt$", "") : text,
        name,
      );
      searched++;
    }
    assert.equal(fs.statSync(path.join(twin.data, "tables")).mode & 0o777, 0o700);
    assert.ok(searched >= 4, `only ${searched} files`);
    const log = fs.readFileSync(path.join(twin.data, "logs", "identity-provider.log"), "utf8");
    assert.ok(log.trim().split("\n").length >= 5);
    assert.doesNotMatch(log, /TWIN|AKIA|SECRET/i);
  });
});
