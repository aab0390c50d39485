import assert from "node:assert/strict";

import { plainProperties } from "../../../twin/source/state-values";
import { secretOf } from "./support";

describe("twin/source/state-values", () => {
  it("decodes plain values at any depth", () => {
    const values = { a: 1, b: [null, { c: "x" }], d: false };
    assert.deepEqual(plainProperties(values), { values, secrets: [], unreadable: [] });
    assert.deepEqual(plainProperties(undefined), { values: {}, secrets: [], unreadable: [] });
  });

  it("decodes secrets in plain text at any depth", () => {
    const found = plainProperties({
      password: secretOf("x", "plaintext"),
      list: [{ inner: secretOf({ deep: secretOf(1, "plaintext") }, "plaintext") }],
      open: "y",
    });
    assert.deepEqual(found.values, { password: "x", list: [{ inner: { deep: 1 } }], open: "y" });
    assert.deepEqual([found.secrets, found.unreadable], [["password", "list"], []]);
  });

  it("names encrypted properties, which have no value", () => {
    const found = plainProperties({
      password: secretOf("x", "ciphertext"),
      list: ["a", secretOf("b", "ciphertext")],
    });
    assert.deepEqual(found.values, { password: undefined, list: ["a", undefined] });
    assert.deepEqual(found.unreadable, ["password", "list"]);
  });

  it("decodes archives and assets as objects with their contents", () => {
    const mark = "4dabf18193072939515e22adb298388d";
    const code = { [mark]: "archive", assets: { "index.js": { [mark]: "asset", text: "1" } } };
    assert.deepEqual(plainProperties({ code }).values, {
      code: { assets: { "index.js": { text: "1" } } },
    });
  });
});
