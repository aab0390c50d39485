import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

import { commandProvider as provider } from "../../../fakes/pulumi/command/provider";
import type { Properties } from "../../../fakes/pulumi/values";
import { existing, subject } from "./support";

const type = "command:local:Command";
const create = (inputs: Properties) => provider.create(subject(type), inputs, false);

describe("twin as command provider", () => {
  it("runs create with the provider's environment and its own, and removes one newline", async () => {
    process.env.CANAL_FTP_TEST = "from outside";
    const { outputs } = await create({
      create: 'printf "%s, %s\\n\\n" "$CANAL_FTP_TEST" "$INSIDE"; echo progress >&2',
      environment: { INSIDE: "from inside" },
    });
    delete process.env.CANAL_FTP_TEST;
    assert.equal(outputs.stdout, "from outside, from inside\n");
    assert.equal(outputs.stderr, "progress");
  });

  it("returns only the requested streams", async () => {
    const lines: string[] = [];
    const text = "echo out; echo err >&2";
    const listener = { ...subject(type), log: (line: string) => void lines.push(line) };
    await provider.create(listener, { create: text, logging: "stderr" }, false);
    assert.deepEqual(lines, ["err"]);
    await provider.create(listener, { create: text, logging: "none" }, false);
    assert.deepEqual(lines, ["err"]);
    await provider.create(listener, { create: text }, false);
    assert.deepEqual(lines.slice(1).sort(), ["err", "out"]);
  });

  it("reports what went wrong, with the exit code and what was printed", async () => {
    await assert.rejects(
      create({ create: "echo because >&2; exit 3" }),
      /exit status 3.*\n.*because/s,
    );
  });

  it("updates with update, else with create, and passes the previous output", async () => {
    const old = { stdout: "old", stderr: "older" };
    const show = 'echo "$PULUMI_COMMAND_STDOUT $PULUMI_COMMAND_STDERR $0"';
    const update = (inputs: Properties) =>
      provider.update(existing(type, "id", {}, old), inputs, false);
    assert.match(String((await update({ create: "false", update: show })).stdout), /^old older /);
    assert.match(String((await update({ create: show })).stdout), /^old older /);
    const kept = await update({ create: show, addPreviousOutputInEnv: false });
    assert.doesNotMatch(String(kept.stdout), /old/);
  });

  it("deletes with the script and the environment of the state", async () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), "canal-ftp-")), "deleted");
    const state = {
      delete: 'echo "$PULUMI_COMMAND_STDOUT $WHO" > "$FILE"',
      environment: { WHO: "state", FILE: file },
      stdout: "id-1",
    };
    await provider.delete(existing(type, "id", { environment: { FILE: "/nowhere" } }, state));
    assert.equal(fs.readFileSync(file, "utf8"), "id-1 state\n");
    fs.rmSync(path.dirname(file), { recursive: true });
  });

  it("replaces for triggers only", () => {
    const old = { create: "a", triggers: ["1"] };
    const diff = (change: Properties) =>
      provider.diff(existing(type, "id", old), { ...old, ...change }).replaces;
    assert.deepEqual(diff({ triggers: ["2"] }), ["triggers"]);
    assert.deepEqual(diff({ create: "b", delete: "c", environment: { A: "1" } }), []);
  });

  it("runs nothing in a preview", async () => {
    const { outputs } = await provider.create(subject(type), { create: "exit 1" }, true);
    assert.notEqual(outputs.stdout, "");
  });

  it("makes everything secret when any input is secret", () => {
    assert.deepEqual(provider.secretOutputs({ stdout: "", create: "" }, ["stdin"]), [
      "stdout",
      "create",
    ]);
    assert.deepEqual(provider.secretOutputs({ stdout: "" }, []), []);
  });

  it("takes no input the package does not have, and gives back no files", () => {
    const check = (inputs: Properties) => provider.check(subject(type), inputs);
    assert.deepEqual(check({ create: "true", triggers: [] }), []);
    assert.equal(check({ crate: "true" }).length, 1);
    assert.equal(check({ assetPaths: ["*"] }).length, 1);
  });
});
