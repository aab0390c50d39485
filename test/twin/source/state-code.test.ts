import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import * as path from "node:path";

import { bundleFunction } from "../../../lambdas/bundle";
import type { Resource } from "../../../lib/stack/resource";
import { withCode } from "../../../twin/source/state-code";
import { root } from "../../support/golden";
import { resource } from "../queue/support";

const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

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
  let bundle: string;
  before(async () => {
    bundle = await bundleFunction(path.join(root, "lambdas/upload-events/handler.ts"));
  });
  beforeEach(() => (notices = []));
  const look = async (given: Resource) => {
    const [found] = await withCode([given], root, (text) => notices.push(text));
    return found;
  };

  it("is that of the state, where the state has it", async () => {
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
    ["another", { assets: { "index.js": { hash: "0".repeat(64) } } }, /ANOTHER ONE by its hash\.$/],
    ["nobody knows which", { assets: {} }, /whether it is the same cannot be told\.$/],
    ["not even an archive", undefined, /whether it is the same cannot be told\.$/],
  ];
  for (const [what, code, verdict] of without) {
    it(`is that of the checkout where the state has none, and says so: ${what}`, async () => {
      const deployed = typeof code === "function" ? code(hashOf(bundle)) : code;
      assert.equal(textOf(await look(made("UploadFunction", deployed))), bundle);
      assert.equal(notices.length, 1);
      assert.match(notices[0], /^Function worker has no code in the state; the function of this/);
      assert.match(notices[0], verdict);
    });
  }

  it("is the right one of the checkout's functions", async () => {
    const login = await bundleFunction(path.join(root, "lambdas/identity-provider/handler.ts"));
    assert.equal(textOf(await look(made("IdentityFunction", undefined))), login);
  });

  it("is nobody's business where another program made the function", async () => {
    for (const component of ["Other", undefined]) {
      const given = made(component, undefined);
      assert.equal(await look(given), given);
    }
    const role = resource("aws:iam/role:Role", "role", {});
    assert.equal(await look(role), role);
    assert.deepEqual(notices, []);
  });
});
