import assert from "node:assert/strict";

import { readCliVersion } from "../../soracom/cli-version";

describe("readCliVersion", () => {
  const read = (stdout: string) =>
    readCliVersion(() => Promise.resolve({ exitCode: 0, stdout, stderr: "" }), {});

  for (const [printed, state] of [
    ["SORACOM API client v1.7.0\n", "ok"],
    ["v2.0.1", "ok"],
    ["v1.6.9", "tooOld"],
    // Built with `go install`.
    ["SORACOM API client v\n", "unknown"],
  ] as const) {
    it(`${JSON.stringify(printed)} is ${state}`, async () => {
      assert.deepEqual(await read(printed), { printed: printed.trim(), state });
    });
  }

  it("gives the CLI no key", async () => {
    let given: NodeJS.ProcessEnv = {};
    const env = { SORACOM_AUTH_KEY: "secret", SORACOM_VERBOSE: "1", PATH: "/bin" };
    await readCliVersion((_args, passed) => {
      given = passed;
      return Promise.resolve({ exitCode: 0, stdout: "v1.7.0", stderr: "" });
    }, env);
    assert.deepEqual(given, { PATH: "/bin" });
  });
});
