import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as path from "node:path";

import { bundleFunction } from "../../../lambdas/bundle";
import type { Resource } from "../../../lib/stack/resource";
import { withFunctionCode } from "../../../twin/source/state-code";
import { root } from "../../support/golden";
import { resource } from "../queue/support";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

/** A function made by this component, with this code in the state. */
const made = (component: string | undefined, code: unknown): Resource => ({
  ...resource("aws:lambda/function:Function", "worker", {}),
  parent: component && `canal-ftp:index:${component}::x`,
  inputs: { code },
});
const textOf = ({ inputs }: Resource) =>
  (inputs.code as { assets?: Record<string, { text?: string }> }).assets?.["index.js"]?.text;

describe("twin/source/state-code", () => {
  let notices: string[];
  let bundle: string;
  before(async () => {
    bundle = await bundleFunction(path.join(root, "lambdas/upload-events/handler.ts"));
  });
  beforeEach(() => (notices = []));
  const look = async (given: Resource) => {
    const [found] = await withFunctionCode([given], root, (text) => notices.push(text));
    return found;
  };

  it("keeps the code in the state", async () => {
    const given = made("UploadFunction", { assets: { "index.js": { text: "own", hash: "1" } } });
    assert.equal(await look(given), given);
    assert.deepEqual(notices, []);
  });

  const without: [what: string, code: unknown, verdict: RegExp][] = [
    [
      "the same",
      (hash: string) => ({ assets: { "index.js": { hash } } }),
      /in its place, the same by its hash\.$/,
    ],
    ["another", { assets: { "index.js": { hash: "0".repeat(64) } } }, /DIFFERENT by its hash\.$/],
    ["unknown code", { assets: {} }, /which may differ: the state has no hash\.$/],
    ["no archive", undefined, /which may differ: the state has no hash\.$/],
  ];
  for (const [what, code, verdict] of without) {
    it(`adds the code of the checkout and reports it: ${what}`, async () => {
      const deployed = typeof code === "function" ? code(hashOf(bundle)) : code;
      assert.equal(textOf(await look(made("UploadFunction", deployed))), bundle);
      assert.equal(notices.length, 1);
      assert.match(notices[0], /^Function worker has no code in the state; the function of this/);
      assert.match(notices[0], verdict);
    });
  }

  it("adds the code of the component's function", async () => {
    const login = await bundleFunction(path.join(root, "lambdas/identity-provider/handler.ts"));
    assert.equal(textOf(await look(made("IdentityFunction", undefined))), login);
  });

  it("ignores functions of other programs", async () => {
    for (const component of ["Other", undefined]) {
      const given = made(component, undefined);
      assert.equal(await look(given), given);
    }
    const role = resource("aws:iam/role:Role", "role", {});
    assert.equal(await look(role), role);
    assert.deepEqual(notices, []);
  });
});
