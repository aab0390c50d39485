import assert from "node:assert/strict";

import { readCredentials } from "../../../lambdas/shared/credentials";
import { BadSettings, EnvironmentReader } from "../../../lambdas/shared/environment";

describe("lambdas/shared/environment", () => {
  it("reads texts and whole numbers, with a standard for what is not set or empty", () => {
    const read = new EnvironmentReader({ NAME: "files", EMPTY: "", LEAST: "2", MOST: "9" });
    assert.equal(read.required("NAME"), "files");
    assert.equal(read.optional("EMPTY"), undefined);
    const numbers = ["LEAST", "MOST", "EMPTY", "MISSING"].map((name) =>
      read.wholeNumber(name, 5, 2, 9),
    );
    assert.deepEqual(numbers, [2, 9, 5, 5]);
    read.check();
  });

  it("names everything missing or not valid, each once and no value", () => {
    const read = new EnvironmentReader({ LOW: "1", HIGH: "10", HALF: "2.5", WORD: "secret" });
    for (const name of ["WORD", "LOW", "HIGH", "HALF"]) read.wholeNumber(name, 5, 2, 9);
    read.required("TABLE");
    read.required("TABLE");
    read.refuse("LIST");
    assert.throws(
      () => read.check(),
      (error: unknown) =>
        error instanceof BadSettings &&
        error.message === "Missing or not valid: HALF, HIGH, LIST, LOW, TABLE, WORD",
    );
  });
});

describe("lambdas/shared/credentials", () => {
  it("are the keys of the role, with a token where there is one", () => {
    const keys = { AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "not-a-real-key" };
    const expected = {
      accessKeyId: "AKID",
      secretAccessKey: "not-a-real-key",
      sessionToken: undefined as string | undefined,
    };
    assert.deepEqual(readCredentials(new EnvironmentReader(keys)), expected);
    const withToken = new EnvironmentReader({ ...keys, AWS_SESSION_TOKEN: "token" });
    assert.deepEqual(readCredentials(withToken), { ...expected, sessionToken: "token" });
  });
});
