import assert from "node:assert/strict";

import { fieldAt, usedBy } from "../../resources/rejections";
import { resource } from "../twin/queue/support";

describe("resources/rejections", () => {
  it("a path leads into objects and through lists", () => {
    const values = { a: { b: "1" }, list: [{ id: "x" }, { id: "y" }] };
    assert.equal(fieldAt(values, "a.b"), "1");
    assert.deepEqual(fieldAt(values, "list.id"), ["x", "y"]);
    assert.equal(fieldAt(values, "a.c.d"), undefined);
  });

  it("a resource is used when an input of another one holds its id", () => {
    const rejection = usedBy("InUse", ["user", "target"], ["list", "items.id"]);
    const given = { id: "one", inputs: {} };
    const account = (type: string, inputs: object) => ({
      resources: [{ ...resource(type, "name", {}), inputs: { ...inputs } }],
      hasObjects: () => false,
    });
    assert.equal(
      rejection(given, account("user", { target: "one" })),
      "deleting one: InUse (user name)",
    );
    assert.ok(rejection(given, account("list", { items: [{ id: "two" }, { id: "one" }] })));
    assert.equal(rejection(given, account("user", { target: "two" })), undefined);
    assert.equal(rejection(given, account("other", { target: "one" })), undefined);
  });
});
