import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as path from "node:path";

import {
  type SoracomNoun,
  field,
  soracomCommand,
  soracomSettings,
} from "../../../components/internal/soracom-command";
import { make } from "../../support/evaluate-component";
import { root } from "../../support/stack-values";

describe("components/internal/soracom-command", () => {
  const spec = { coverage: "jp", prefix: "p", groupId: "g", simIds: ["1"], vpgId: "v" };
  const commandOf = async (noun: SoracomNoun) => {
    const { child } = await make("x", () => soracomCommand("x-it", noun, spec, ["jp"], {}));
    return child("it");
  };

  for (const [noun, verb, unmake] of [
    ["claim", "ensure", "remove"],
    ["vpg", "ensure", "remove"],
    ["peering", "ensure", "remove"],
    ["group", "ensure", "remove"],
    ["sims", "attach", "detach"],
  ] as const) {
    it(`${noun}: ${verb} for create and update, ${unmake} for delete`, async () => {
      const { create, update, delete: remove } = (await commandOf(noun)).inputs;
      const lines = [`${noun} ${verb}`, `${noun} ${verb}`, `${noun} ${unmake}`];
      assert.deepEqual([create, update, remove], lines);
    });
  }

  it("runs the driver without a shell, by a line that is the same on every system and machine", async () => {
    const { inputs, options } = await commandOf("vpg");
    assert.deepEqual(inputs.interpreter, ["node", "soracom/start.cjs"]);
    assert.ok(fs.existsSync(path.join(root, "soracom/start.cjs")));
    for (const line of [inputs.create, inputs.update, inputs.delete]) {
      assert.match(String(line), /^[a-z]+ [a-z]+$/, "no shell built-in, no quoting, no path");
    }
    assert.equal(options?.deleteBeforeReplace, true);
  });

  it("passes the specification in one variable, no key, and logs only the progress", async () => {
    const { inputs } = await commandOf("vpg");
    assert.deepEqual(inputs.environment, { CANAL_FTP_SPEC: JSON.stringify(spec) });
    assert.equal(inputs.logging, "stderr");
    assert.deepEqual(inputs.triggers, ["jp"]);
  });

  it("settings have no delete, depend on the creating Command, and are replaced with it", async () => {
    const { child } = await make("x", () => {
      const created = soracomCommand("x-created", "vpg", spec, [], {});
      soracomSettings("x-settings", "vpg", { ...spec, tags: {} }, created, {});
    });
    const { inputs, options } = child("settings");
    assert.deepEqual(
      [inputs.create, inputs.update, inputs.delete],
      ["vpg ensure", "vpg ensure", undefined],
    );
    assert.match(String(inputs.triggers), /::x-created$/);
    assert.deepEqual(options?.dependsOn, [child("created").key]);
  });

  it("a field is that of the driver's line, and a missing one is an error that quotes the line", async () => {
    let vpgId: unknown;
    await make("x", () => {
      field(soracomCommand("x-it", "vpg", spec, [], {}), "vpgId").apply((id) => (vpgId = id));
    });
    assert.equal(vpgId, "v");
    const missing = make("x", () => {
      const wrong: unknown = field(soracomCommand("x-it", "vpg", spec, [], {}), "nothing");
      return (wrong as { promise(): Promise<unknown> }).promise();
    });
    await assert.rejects(missing, /The SORACOM driver's answer has no "nothing": \{"vpgId":"v"/);
  });
});
