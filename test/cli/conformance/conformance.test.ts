import assert from "node:assert/strict";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands } from "../../../twin/ftp/commands";
import { FileRefusal } from "../../../twin/ftp/service";
import { differenceLines, differences } from "../../../cli/conformance/compare";
import { conformanceSuite } from "../../../cli/conformance/suite";
import { transcribe, type Target } from "../../../cli/conformance/transcript";
import { runCli } from "../../support/cli-context";
import { testPassword, startEndpoint, testUser, type TestEndpoint } from "../../twin/ftp/support";

describe("conformance", () => {
  let twin: TestEndpoint;
  let other: TestEndpoint;
  const target = ({ port }: TestEndpoint): Target => ({
    host: "127.0.0.1",
    port,
    user: testUser,
    password: testPassword,
  });

  before(async () => {
    twin = await startEndpoint();
    other = await startEndpoint();
  });
  after(async () => {
    await twin.stop();
    await other.stop();
  });

  it("sends every command that AWS lists", () => {
    const sent = new Set(
      conformanceSuite.flatMap(({ steps }) =>
        steps.map((step) => String(typeof step === "string" ? step : step[0]).split(" ")[0]),
      ),
    );
    const unsent = [...commands.keys()].filter((name) => !sent.has(name));
    // QUIT ends each session; it has no other answer.
    assert.deepEqual(unsent, ["QUIT"]);
  });

  it("finds no difference between two of the same, and leaves nothing behind", async () => {
    for (const dialogue of conformanceSuite) {
      const [first, second] = [
        await transcribe(target(twin), dialogue),
        await transcribe(target(other), dialogue),
      ];
      assert.equal(first.length, dialogue.steps.length + 1);
      assert.deepEqual(differences(first, second), [], dialogue.name);
    }
    assert.deepEqual(readdirSync(twin.root), []);
    assert.deepEqual(readdirSync(other.root), []);
  });

  it("reports what a server answers otherwise", async () => {
    const strict = await startEndpoint({
      wrap: (home) =>
        Object.assign(home, {
          rename: async () => {
            throw new FileRefusal("denied", "no renames here");
          },
        }),
    });
    const rename = conformanceSuite.find(({ name }) => name === "rename");
    assert.ok(rename);
    const found = differences(
      await transcribe(target(twin), rename),
      await transcribe(target(strict), rename),
    );
    await strict.stop();
    assert.deepEqual(differenceLines(found[0]), [
      "  > RNTO r3",
      "    twin:   250 Requested file action okay, file renamed. (modelled)",
      "    server: 553 No permission to rename.",
    ]);
  });

  it("compares a file that it has recorded with the twin, as it compares the server", async function () {
    this.timeout(120_000);
    const file = join(other.folder, "server.json");
    const env = { FTP_PASSWORD: testPassword };
    const server = ["--host", "127.0.0.1", "--port", String(other.port), "--user", testUser];
    const recorded = await runCli(["conformance", ...server, "--record", file], { env });
    const text = readFileSync(file, "utf8");
    assert.doesNotMatch(text, new RegExp(`${testPassword}|${testUser}|${other.port}`));
    const replayed = await runCli(["conformance", "--recording", file]);
    assert.equal(replayed.code, recorded.code);
    const results = (stdout: string) => stdout.split("\n").filter((line) => !line.includes(file));
    assert.deepEqual(results(replayed.stdout), results(recorded.stdout));

    writeFileSync(
      file,
      text.replaceAll("250 Requested file action okay, file renamed.", "250 Done."),
    );
    const changed = await runCli(["conformance", "--recording", file]);
    assert.equal(changed.code, 1);
    assert.match(changed.stdout, /^differs rename .*\n {2}> RNTO r3\n.*\n {4}server: 250 Done\.$/m);
  });

  it("rejects a file that is no recording, and a server next to a recording", async () => {
    const file = join(other.folder, "other.json");
    writeFileSync(file, "{}");
    const { code, stderr } = await runCli(["conformance", "--recording", file]);
    assert.notEqual(code, 0);
    assert.match(stderr, /is not a file that canal-ftp conformance --record has written/);
    const both = await runCli(["conformance", "--recording", file, "--host", "10.0.1.10"]);
    assert.equal(both.code, 2);
    assert.match(both.stderr, /Either --host NAME and --user NAME, or --recording FILE/);
  });

  it("reports a refused login", async () => {
    await assert.rejects(
      transcribe({ ...target(twin), password: "wrong" }, conformanceSuite[3]),
      /login was refused: 530/,
    );
  });
});
