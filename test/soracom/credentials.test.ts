import assert from "node:assert/strict";

import { credentialsHint, identityFrom, keyFrom } from "../../soracom/credentials";

const key = { SORACOM_AUTH_KEY_ID: "keyId-x", SORACOM_AUTH_KEY: "secret-x" };

describe("keyFrom", () => {
  it("prefers a key to a profile", () => {
    assert.deepEqual(keyFrom({ ...key, SORACOM_PROFILE: "mine" }), {
      keyId: "keyId-x",
      key: "secret-x",
    });
    assert.deepEqual(keyFrom({ SORACOM_PROFILE: "mine" }), { profile: "mine" });
  });

  it("rejects half a key, and neither", () => {
    assert.throws(() => keyFrom({ SORACOM_AUTH_KEY: "x" }), /SORACOM_AUTH_KEY_ID is not set/);
    assert.throws(() => keyFrom({ SORACOM_AUTH_KEY_ID: "x" }), /SORACOM_AUTH_KEY is not set/);
    assert.throws(() => keyFrom({}), /^DriverError: No SORACOM credentials: set/);
  });
});

describe("identityFrom", () => {
  it("gives the CLI the key in no argument", () => {
    const { flags, secrets } = identityFrom(key);
    assert.ok(!flags.join(" ").includes("secret-x"));
    assert.deepEqual([...secrets].sort(), ["keyId-x", "secret-x"]);
  });

  it("gives the CLI the profile by its name, and no variable of ours", () => {
    const env = { SORACOM_PROFILE: "mine", SORACOM_VERBOSE: "1", CANAL_FTP_SPEC: "{}", PATH: "p" };
    const identity = identityFrom(env);
    assert.deepEqual(identity.flags, ["--profile", "mine"]);
    assert.deepEqual(identity.env, { PATH: "p", LC_ALL: "C" });
  });
});

describe("credentialsHint", () => {
  it("names the coverage", () => {
    assert.match(credentialsHint("g"), /operator with coverage "g"/);
  });
});
