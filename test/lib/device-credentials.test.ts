import assert from "node:assert/strict";

import { devicePassword, nameWarnings, passwordWarnings } from "../../lib/device-credentials";

describe("device credentials", () => {
  it("generates passwords of 15 letters and digits that differ and cause no warning", () => {
    const passwords = Array.from({ length: 50 }, devicePassword);
    assert.equal(new Set(passwords).size, passwords.length);
    for (const password of passwords) {
      assert.match(password, /^[A-Za-z0-9]{15}$/);
      assert.deepEqual(passwordWarnings("camera01", password), []);
    }
  });

  it("accepts user names of 3 to 12 lower-case letters, digits and hyphens", () => {
    for (const name of ["abc", "camera-00001"]) assert.deepEqual(nameWarnings(name), []);
    for (const name of ["ab", "camera-000001", "Camera", "cam_1"]) {
      assert.match(nameWarnings(name).join(), new RegExp(`^User ${name}: .* 3 to 12`));
    }
  });

  it("warns of a password that is too long, of other characters, or too short", () => {
    assert.match(passwordWarnings("a", "a".repeat(16)).join(), /^User a: .* 15 letters and digits/);
    assert.match(passwordWarnings("a", "pass word").join(), /15 letters and digits/);
    assert.match(passwordWarnings("a", "abcdefg").join(), /^User a: .* fewer than 8 characters/);
    assert.equal(passwordWarnings("a", "a-b").length, 2);
    assert.deepEqual(passwordWarnings("a", "abcdefgh"), []);
  });
});
