import assert from "node:assert/strict";
import { readdirSync } from "node:fs";

import { transcribe, type Target } from "../../../cli/conformance/transcript";
import type { ConformanceDialogue, Step } from "../../../cli/conformance/suite";
import { startEndpoint, testPassword, testUser, type TestEndpoint } from "../../twin/ftp/support";

describe("transcribe", () => {
  let server: TestEndpoint;
  before(async () => {
    server = await startEndpoint();
  });
  after(() => server.stop());

  const play = (steps: readonly Step[], loggedIn = true, password = testPassword) => {
    const target: Target = { host: "127.0.0.1", port: server.port, user: testUser, password };
    const dialogue: ConformanceDialogue = { name: "test", loggedIn, steps };
    return transcribe(target, dialogue);
  };

  it("has the greeting and each step with its replies, and nothing that names folder or user", async () => {
    const lines = await play(["PWD", "NOOP"]);
    assert.deepEqual(
      lines.map(({ sent }) => sent),
      ["(connect)", "PWD", "NOOP"],
    );
    assert.match(lines[1].got[0], /^257 .*FOLDER/);
    assert.ok(!JSON.stringify(lines).includes(testUser));
    assert.deepEqual(await play(["PWD", "NOOP"]), lines);
  });

  it("has the data that a connection received", async () => {
    const lines = await play(["PASV", ["STOR a", Buffer.from("text")], "PASV", "RETR a"]);
    assert.equal(lines[4].got.at(-1), "data: text");
  });

  it("sends the first lines of a connection without a login", async () => {
    const [, line] = await play(["PWD"], false);
    assert.match(line.got[0], /^530 /);
  });

  it("removes its folder with folders and files in it", async () => {
    await play(["MKD inner", "CWD inner", "PASV", ["STOR a", Buffer.from("text")]]);
    assert.deepEqual(readdirSync(server.root), []);
  });

  it("rejects when the login is refused, without the password", async () => {
    const error = await play(["PWD"], true, "wrong-secret").catch((reason: Error) => reason);
    assert.match(String(error), /The login was refused: 530 /);
    assert.ok(!String(error).includes("wrong-secret"));
  });
});
