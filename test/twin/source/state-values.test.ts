import assert from "node:assert/strict";

import { plainProperties } from "../../../twin/source/state-values";
import { secretOf } from "./support";

describe("properties of a state", () => {
  it("are plain, whatever their depth", () => {
    const values = { a: 1, b: [null, { c: "x" }], d: false };
    assert.deepEqual(plainProperties(values), { values, secrets: [], unreadable: [] });
    assert.deepEqual(plainProperties(undefined), { values: {}, secrets: [], unreadable: [] });
  });

  it("that are secret are read where they are in plain, at any depth", () => {
    const found = plainProperties({
      password: secretOf("x", "plaintext"),
      list: [{ inner: secretOf({ deep: secretOf(1, "plaintext") }, "plaintext") }],
      open: "y",
    });
    assert.deepEqual(found.values, { password: "x", list: [{ inner: { deep: 1 } }], open: "y" });
    assert.deepEqual([found.secrets, found.unreadable], [["password", "list"], []]);
  });

  it("that are ciphertext are named, and nothing of it is taken for a value", () => {
    const found = plainProperties({
      password: secretOf("x", "ciphertext"),
      list: ["a", secretOf("b", "ciphertext")],
    });
    assert.deepEqual(found.values, { password: undefined, list: ["a", undefined] });
    assert.deepEqual(found.unreadable, ["password", "list"]);
  });

  it("that are archives and assets are objects with what is in them", () => {
    const mark = "4dabf18193072939515e22adb298388d";
    const code = { [mark]: "archive", assets: { "index.js": { [mark]: "asset", text: "1" } } };
    assert.deepEqual(plainProperties({ code }).values, {
      code: { assets: { "index.js": { text: "1" } } },
    });
  });
});
