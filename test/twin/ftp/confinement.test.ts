/** Every command that takes a path, with every way out of the user's folder that a path or a link may offer. */
import assert from "node:assert/strict";
import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { RawClient } from "./raw-client";
import { startEndpoint, type TestEndpoint } from "./support";

const secretText = "no session may read or change this";

/** Commands that only read; for them, paths outside the home do not exist. */
const looking = ["CWD", "SIZE", "MDTM", "MLST", "STAT", "RETR", "LIST", "NLST", "MLSD", "XCWD"];
const changing = ["DELE", "MKD", "RMD", "STOR", "STOU", "RNTO", "MFMT", "XMKD", "XRMD"];
const withData = ["RETR", "LIST", "NLST", "MLSD"];

/** Links in the home: two lead out, one of them dangling at times; "loop" leads back to the home. */
const parts = ["out", "outfile", "loop", "..", ".", "", "~", "sub", "secret", "outside", "new"];

describe("paths that lead out of the user's folder", function () {
  this.timeout(120_000);
  let endpoint: TestEndpoint;
  let outside: string;

  before(async () => {
    endpoint = await startEndpoint({ timeouts: { dataMs: 5000 } });
    outside = join(endpoint.folder, "outside");
    mkdirSync(join(outside, "sub"), { recursive: true });
    writeFileSync(join(outside, "secret"), secretText);
  });
  after(() => endpoint.stop());

  /** The home as it is before each command. */
  function lay(): void {
    for (const name of readdirSync(endpoint.root)) {
      rmSync(join(endpoint.root, name), { recursive: true, force: true });
    }
    mkdirSync(join(endpoint.root, "sub"));
    writeFileSync(join(endpoint.root, "sub", "inside"), "inside");
    symlinkSync(outside, join(endpoint.root, "out"));
    symlinkSync(join(outside, "secret"), join(endpoint.root, "outfile"));
    symlinkSync(endpoint.root, join(endpoint.root, "loop"));
  }

  /** All that could be changed outside: names, contents, times. */
  const fingerprint = (): string =>
    JSON.stringify([
      ...["", "sub", "secret"].map((name) => statSync(join(outside, name)).mtimeMs),
      readdirSync(outside, { recursive: true }),
      readFileSync(join(outside, "secret"), "utf8"),
      readdirSync(endpoint.folder),
    ]);

  async function say(client: RawClient, command: string, path: string): Promise<string> {
    if (withData.includes(command)) {
      const { bytes, reply } = await client.get(`${command} ${path}`);
      return `${reply}\n${bytes.toString()}`;
    }
    if (command === "STOR" || command === "STOU") return client.put(`${command} ${path}`, "mine");
    if (command === "MFMT") return client.send(`MFMT 20200101000000 ${path}`);
    if (command === "RNTO") await client.send("RNFR sub/inside");
    return client.send(`${command} ${path}`);
  }

  /** Whether a path passes a link that leads out, once ".." is taken as text, as the server takes it. */
  function passesOut(path: string): boolean {
    const parts: string[] = [];
    for (const part of path.split("/")) {
      if (part === "..") parts.pop();
      else if (part === "~") parts.length = 0;
      else if (part !== "" && part !== ".") parts.push(part);
    }
    return ["out", "outfile"].includes(parts.find((part) => part !== "loop") ?? "");
  }

  it("are followed by no command, links included", async () => {
    const before = fingerprint();
    const path = fc
      .tuple(
        fc.constantFrom("", "/", "/../", "out/", "loop/out/", "loop/loop/"),
        fc.array(fc.constantFrom(...parts), { minLength: 1, maxLength: 5 }),
      )
      .map(([start, parts]) => start + parts.join("/"));
    let passed = 0;
    const client = await RawClient.login(endpoint.port);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...looking, ...changing),
        path.filter((text) => text.trim() !== ""),
        async (command, where) => {
          lay();
          await client.send("CWD /");
          const answer = await say(client, command, where);
          assert.ok(!answer.includes(secretText), answer);
          assert.equal(fingerprint(), before);
          if (looking.includes(command) && passesOut(where)) {
            passed++;
            // NLST and MLSD of what is not there are empty lists.
            assert.match(answer, /^(?:[45]\d\d .*|226 Closing data connection\.)\n?$/);
          }
        },
      ),
      { numRuns: 600 },
    );
    assert.ok(passed > 50, `only ${passed} paths led out`);
    client.close();
  });

  it("replace a link by a file of the user's, and leave what it led to", async () => {
    lay();
    const before = fingerprint();
    const client = await RawClient.login(endpoint.port);
    assert.match(await client.put("STOR outfile", "mine"), /^226/);
    assert.ok(lstatSync(join(endpoint.root, "outfile")).isFile());
    assert.equal((await client.get("RETR outfile")).bytes.toString(), "mine");
    assert.equal(fingerprint(), before);
    client.close();
  });
});
