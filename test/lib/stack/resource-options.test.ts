import assert from "node:assert/strict";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { make } from "../../support/evaluate-component";

const topic = (name: string, opts?: pulumi.CustomResourceOptions) =>
  new aws.sns.Topic(name, {}, opts);

describe("lib/stack/resource-options", () => {
  it("records dependencies in order, as an Input or a single one, too", async () => {
    const { child } = await make("t", () => {
      const [b, a] = [topic("t-b"), topic("t-a")];
      topic("t-list", { dependsOn: [b, a] });
      topic("t-one", { dependsOn: b });
      topic("t-output", { dependsOn: pulumi.output([a]) });
    });
    const [a, b] = ["a", "b"].map((name) => child(name).key);
    assert.deepEqual(child("list").options?.dependsOn, [a, b]);
    assert.deepEqual(child("one").options?.dependsOn, [b]);
    assert.deepEqual(child("output").options?.dependsOn, [a]);
    assert.deepEqual(child("a").options, {});
  });

  it("records protection with what the parent passes on", async () => {
    const { child } = await make("t", () => {
      const parent = topic("t-parent", { protect: true });
      topic("t-inherits", { parent });
      topic("t-own", { parent, protect: false });
      topic("t-other");
    });
    const isProtected = (name: string) => child(name).protect;
    assert.deepEqual(["parent", "inherits", "own", "other"].map(isProtected), [
      true,
      true,
      false,
      false,
    ]);
    assert.equal(child("inherits").parent, child("parent").key);
  });

  it("records other options where they are set", async () => {
    const { child } = await make("t", () => {
      const first = topic("t-first");
      topic("t-second", {
        deleteBeforeReplace: true,
        ignoreChanges: ["tags"],
        retainOnDelete: true,
        aliases: [{ name: "t-old" }],
        deletedWith: first,
      });
    });
    assert.deepEqual(child("second").options, {
      deleteBeforeReplace: true,
      ignoreChanges: ["tags"],
      retainOnDelete: true,
      aliases: 1,
      deletedWith: child("first").key,
    });
  });
});
