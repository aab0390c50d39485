import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as path from "node:path";

import { bundleFunction } from "../../../lambdas/bundle";
import type { Resource } from "../../../twin/evaluation/resource";
import { withCode } from "../../../twin/source/state-code";
import { root } from "../../support/golden";
import { resource } from "../queue/support";

const bundle = bundleFunction(path.join(root, "lambdas/upload-events/handler.ts")).code;
const hash = createHash("sha256").update(bundle).digest("hex");

/** A function that this component made, whose code the state tells like this. */
const made = (component: string | undefined, code: unknown): Resource => ({
  ...resource("aws:lambda/function:Function", "worker", {}),
  parent: component && `canal-ftp:index:${component}::x`,
  inputs: { code },
});
const textOf = ({ inputs }: Resource) =>
  (inputs.code as { assets?: Record<string, { text?: string }> }).assets?.["index.js"]?.text;

describe("code of a deployed stack's functions", () => {
  let notices: string[];
  beforeEach(() => (notices = []));
  const look = (given: Resource) => {
    const [found] = withCode([given], root, (text) => notices.push(text));
    return found;
  };

  it("is that of the state, where the state has it", () => {
    const given = made("UploadFunction", { assets: { "index.js": { text: "own", hash: "1" } } });
    assert.equal(look(given), given);
    assert.deepEqual(notices, []);
  });

  const without: [what: string, code: unknown, verdict: RegExp][] = [
    ["the same", { assets: { "index.js": { hash } } }, /in its place, the same by its hash\.$/],
    ["another", { assets: { "index.js": { hash: "0".repeat(64) } } }, /ANOTHER ONE by its hash\.$/],
    ["nobody knows which", { assets: {} }, /whether it is the same cannot be told\.$/],
    ["not even an archive", undefined, /whether it is the same cannot be told\.$/],
  ];
  for (const [what, code, verdict] of without) {
    it(`is that of the checkout where the state has none, and says so: ${what}`, () => {
      assert.equal(textOf(look(made("UploadFunction", code))), bundle);
      assert.equal(notices.length, 1);
      assert.match(notices[0], /^Function worker has no code in the state; the function of this/);
      assert.match(notices[0], verdict);
    });
  }

  it("is the right one of the checkout's functions", () => {
    const login = bundleFunction(path.join(root, "lambdas/identity-provider/handler.ts")).code;
    assert.equal(textOf(look(made("IdentityFunction", undefined))), login);
  });

  it("is nobody's business where another program made the function", () => {
    for (const component of ["Other", undefined]) {
      const given = made(component, undefined);
      assert.equal(look(given), given);
    }
    const role = resource("aws:iam/role:Role", "role", {});
    assert.equal(look(role), role);
    assert.deepEqual(notices, []);
  });
});
