import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { commands } from "../../../twin/ftp/commands";
import { FileRefusal } from "../../../twin/ftp/service";
import { differenceLines, differences } from "../../../cli/conformance/compare";
import { conformanceSuite } from "../../../cli/conformance/suite";
import { transcribe, type Target } from "../../../cli/conformance/transcript";
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
    const said = new Set(
      conformanceSuite.flatMap(({ steps }) =>
        steps.map((step) => String(typeof step === "string" ? step : step[0]).split(" ")[0]),
      ),
    );
    const unsaid = [...commands.keys()].filter((name) => !said.has(name));
    // QUIT ends each session; it has no other answer.
    assert.deepEqual(unsaid, ["QUIT"]);
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

  it("reports a refused login", async () => {
    await assert.rejects(
      transcribe({ ...target(twin), password: "wrong" }, conformanceSuite[3]),
      /login was refused: 530/,
    );
  });
});
