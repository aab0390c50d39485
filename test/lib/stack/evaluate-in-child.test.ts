import assert from "node:assert/strict";
import * as path from "node:path";

import { type ChildRequest, evaluateInChild } from "../../../lib/stack/evaluate-in-child";
import { readStackConfig } from "../../../lib/stack/stack-config";
import { root } from "../../support/golden";
import { copyProgram } from "../../support/program-copy";
import { evaluateHere } from "../../support/running-twin";

const { project, values } = readStackConfig(root, "dev");
const request: ChildRequest = {
  providersModule: path.join(root, "resources", "index"),
  root,
  project,
  stack: "dev",
  config: { ...values, [`${project}:users`]: '[{"name":"camera01","password":"k3Jd82hsQp0xYtz"}]' },
  secretKeys: [`${project}:users`],
};

describe("lib/stack/evaluate-in-child", () => {
  it("gives the resources, outputs and secrets that an evaluation in this process gives", async () => {
    const [apart, here] = await Promise.all([evaluateInChild(request), evaluateHere(request)]);
    const outline = ({ resources, outputs }: typeof here) => ({
      outputs,
      // In which order they are made depends on what is waited for: a hash, a bundle.
      resources: resources
        .map(({ key, id, parent, protect, secrets }) =>
          [key, id, parent, protect, ...secrets].join(" "),
        )
        .sort(),
    });
    assert.ok(apart.resources.length > 50);
    assert.deepEqual(outline(apart), outline(here));
  });

  it("hands over the function's code as plain text", async () => {
    const { resources } = await evaluateInChild(request);
    const codes = resources
      .map(({ inputs }) => inputs.code as { assets?: Record<string, { text?: string }> })
      .filter((code) => code?.assets);
    assert.ok(codes.length > 0);
    for (const { assets } of codes) {
      for (const { text } of Object.values(assets!)) assert.match(text!, /handler/);
    }
  });

  it("throws what a configuration that cannot be used is refused with", async () => {
    const config = { ...request.config, [`${project}:vpcCidr`]: "10.0.0.0/40" };
    await assert.rejects(evaluateInChild({ ...request, config }), /vpcCidr.*10\.0\.0\.0\/40/s);
  });

  it("keeps the class of a fault of the program's own, and where it was", async () => {
    const copy = copyProgram([["index.ts", /^/, "const none = undefined as any; none.field;\n"]]);
    try {
      await assert.rejects(evaluateInChild({ ...request, root: copy.folder }), (error: Error) => {
        assert.ok(error instanceof TypeError);
        assert.match(error.stack!, /index\.ts/);
        return true;
      });
    } finally {
      copy.remove();
    }
  });

  it("fails when the program ends its process", async () => {
    const copy = copyProgram([["index.ts", /^/, "process.exit(7);\n"]]);
    try {
      await assert.rejects(evaluateInChild({ ...request, root: copy.folder }), /ended early \(7\)/);
    } finally {
      copy.remove();
    }
  });
});
