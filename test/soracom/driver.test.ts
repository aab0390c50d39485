import assert from "node:assert/strict";

import { runCommand } from "../../soracom/driver";
import type { ClaimResult } from "../../soracom/spec";
import { LeapingClock } from "../support/leaping-clock";
import { specs, testKeys } from "./lab";

/** Runs a command on a CLI that prints this for every call. */
async function run(argv: readonly string[], stdout: string, env: NodeJS.ProcessEnv = {}) {
  const lines: string[] = [];
  const calls: string[] = [];
  const outside = {
    env: { ...testKeys, CANAL_FTP_SPEC: JSON.stringify(specs.claim), ...env },
    stop: new AbortController().signal,
    log: (line: string) => void lines.push(line),
    clock: new LeapingClock(),
    // The log-in before the first change.
    fetch: () => Promise.resolve(Response.json({ apiKey: "a", token: "t", operatorId: "OP1" })),
    runCli: (args: readonly string[]) => {
      calls.push(args.slice(0, 2).join(" "));
      return Promise.resolve({ exitCode: 0, stdout, stderr: "" });
    },
  };
  const outcome = await runCommand(argv, outside).then(
    (result) => ({ result: result as Partial<ClaimResult>, error: undefined }),
    (error: Error) => ({ result: undefined, error }),
  );
  return { ...outcome, lines, calls };
}

describe("drive", () => {
  const usages = [
    [],
    ["claim"],
    ["claim", "attach"],
    ["claim", "ensure", "--force"],
    ["sims", "ensure"],
    ["constructor", "name"],
    ["claim", "toString"],
    ["vpg ensure"],
  ];
  for (const argv of usages) {
    it(`prints the usage for "${argv.join(" ")}", and calls nothing`, async () => {
      const { error, calls } = await run(argv, "[]");
      assert.match(
        String(error),
        /^DriverError: usage: .*claim\|vpg\|peering\|group ensure\|remove/,
      );
      assert.deepEqual(calls, []);
    });
  }

  it("returns the command's result", async () => {
    const { result, calls } = await run(["claim", "ensure"], "[]");
    assert.match(result?.owner ?? "", /^canal-ftp\/test\/\w{10}$/);
    assert.deepEqual(calls, ["version", "vpg list"]);
  });

  it("gives the command what its last run printed", async () => {
    const last = { owner: "canal-ftp/test/abcdefghij", coverages: ["g"] };
    const env = { PULUMI_COMMAND_STDOUT: JSON.stringify(last) };
    const { result, calls } = await run(["claim", "ensure"], "[]", env);
    assert.deepEqual(result, { ...last, coverages: ["g", "jp"] });
    assert.deepEqual(calls, []);
  });

  for (const spec of ["", "{", '{"coverage":"eu","prefix":"x"}']) {
    it(`refuses the spec ${spec || "that is missing"} before any call`, async () => {
      const { error, calls } = await run(["claim", "ensure"], "[]", { CANAL_FTP_SPEC: spec });
      assert.equal(error?.name, "DriverError");
      assert.deepEqual(calls, []);
    });
  }

  it("names the resource in each line of progress", async () => {
    const last = { owner: "canal-ftp/test/abcdefghij", coverages: ["jp"] };
    const env = { PULUMI_COMMAND_STDOUT: JSON.stringify(last) };
    const { error, lines } = await run(["claim", "remove"], "[]", env);
    assert.equal(error, undefined);
    assert.deepEqual(lines, [
      "claim: waiting for creations of canal-ftp/test/abcdefghij that may appear late",
    ]);
  });
});
