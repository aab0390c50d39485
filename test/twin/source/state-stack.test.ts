import assert from "node:assert/strict";

import type { EvaluatedStack } from "../../../lib/stack/resource";
import { settle } from "../../../lib/stack/settle";
import type { StateResource } from "../../../twin/source/export-file";
import { stackOfState } from "../../../twin/source/state-stack";
import { evaluateStack } from "../../support/golden";
import { exportOf, secretOf } from "./support";

const resourcesOf = async (stack: EvaluatedStack, secrets: "ciphertext" | "plaintext") =>
  (await exportOf(stack, secrets)).deployment.resources as unknown as StateResource[];

describe("twin/source/state-stack", () => {
  for (const name of ["dev", "prod"]) {
    it(`equals the evaluation of ${name} when no value is encrypted`, async () => {
      const evaluated = await evaluateStack(name);
      const { stack, unreadable } = stackOfState(await resourcesOf(evaluated, "plaintext"));
      assert.deepEqual(unreadable, []);
      // JSON removes undefined properties, which differ.
      const same = async (value: EvaluatedStack) =>
        JSON.parse(JSON.stringify(await settle(value))) as EvaluatedStack;
      const [actual, expected] = [await same(stack), await same(evaluated)];
      // A state has no code hashes that an evaluation has, and an evaluation options that a state does not have.
      const comparable = (all: EvaluatedStack["resources"]) =>
        all.map(({ inputs, outputs: { code: _, ...outputs }, options: __, ...rest }) => ({
          ...rest,
          outputs: Object.fromEntries(
            Object.entries(outputs).filter(([, value]) => value !== "" && value !== null),
          ),
          inputs: { ...inputs, code: undefined },
        }));
      assert.deepEqual(comparable(actual.resources), comparable(expected.resources));
      assert.deepEqual(
        [actual.project, actual.stack, actual.outputs],
        [expected.project, expected.stack, expected.outputs],
      );
    });
  }

  it("leaves out encrypted user records and names each", async () => {
    const evaluated = await evaluateStack("dev");
    const { stack, unreadable } = stackOfState(await resourcesOf(evaluated, "ciphertext"));
    assert.deepEqual(unreadable.sort(), [
      "Function canal-ftp-dev-identity-login-function (environment)",
      "TableItem canal-ftp-dev-identity-user-camera01 (item)",
    ]);
    const names = (all: EvaluatedStack["resources"]) => all.map(({ name }) => name);
    assert.deepEqual(
      names(evaluated.resources).filter((name) => !names(stack.resources).includes(name)),
      ["canal-ftp-dev-identity-user-camera01"],
    );
  });

  const urn = (type: string, name: string) => `urn:pulumi:s::p::${type}::${name}`;
  const one = (more: Partial<StateResource>): StateResource => ({
    urn: urn("canal-ftp:index:Site$aws:sns/topic:Topic", "a::b"),
    type: "aws:sns/topic:Topic",
    id: "arn",
    ...more,
  });

  it("keeps names that contain :: and parents other than the stack", () => {
    const { stack } = stackOfState([
      one({ parent: urn("canal-ftp:index:Site", "site"), protect: true }),
      one({ urn: urn("aws:sns/topic:Topic", "c"), parent: urn("pulumi:pulumi:Stack", "p-s") }),
    ]);
    assert.deepEqual([stack.project, stack.stack], ["p", "s"]);
    const [first, second] = stack.resources;
    assert.deepEqual(
      [first.name, first.key, first.parent, first.protect],
      ["a::b", "aws:sns/topic:Topic::a::b", "canal-ftp:index:Site::site", true],
    );
    assert.deepEqual([second.parent, second.protect], [undefined, false]);
  });

  it("leaves out replaced resources and Pulumi's own", () => {
    const { stack } = stackOfState([
      one({ delete: true }),
      one({ type: "pulumi:providers:aws", urn: urn("pulumi:providers:aws", "default") }),
    ]);
    assert.deepEqual(stack.resources, []);
  });

  it("leaves out unset outputs and keeps empty strings that were set", () => {
    const outputs = { a: "", b: null, c: [], d: "", e: 0, f: false };
    const { stack } = stackOfState([one({ inputs: { d: "" }, outputs })]);
    assert.deepEqual(stack.resources[0].outputs, { c: [], d: "", e: 0, f: false });
  });

  it("keeps the readable values of a resource with a secret", () => {
    const stackUrn = urn("pulumi:pulumi:Stack", "p-s");
    const { stack, unreadable } = stackOfState([
      { urn: stackUrn, type: "pulumi:pulumi:Stack", outputs: { bucket: "files" } },
      one({ inputs: { displayName: secretOf("x", "ciphertext") }, outputs: { arn: "arn" } }),
    ]);
    assert.deepEqual(stack.outputs, { bucket: "files" });
    assert.deepEqual(stack.resources[0].outputs, { arn: "arn" });
    assert.deepEqual(unreadable, ["Topic a::b (displayName)"]);
  });

  it("takes what the input has readable of an output that is encrypted as a whole", () => {
    const { stack } = stackOfState([
      one({
        inputs: { environment: { a: "1", key: secretOf("x", "ciphertext") } },
        outputs: { environment: secretOf({ a: "1", key: "x" }, "ciphertext") },
      }),
    ]);
    assert.deepEqual(stack.resources[0].outputs, { environment: { a: "1", key: undefined } });
  });
});
