import assert from "node:assert/strict";

import { Caller, type RetryPolicy } from "../../soracom/caller";
import { ApiError, NoResponseError } from "../../soracom/errors";
import type { CliResult, RunCli } from "../../soracom/run-cli";
import { testControl } from "./control";

const ok = (stdout: string): CliResult => ({ exitCode: 0, stdout, stderr: "" });
const failed = (stderr: string): CliResult => ({ exitCode: 1, stdout: "", stderr });
const refusal = (code: string, message: string) =>
  failed(`Error: ${JSON.stringify({ code, message })}\n`);

/** A caller whose CLI leaves these results in turn, the last one from then on. */
function callerOf(...results: readonly CliResult[]) {
  const { control, clock, lines, abort } = testControl();
  const runs: { args: readonly string[]; env: NodeJS.ProcessEnv }[] = [];
  const run: RunCli = (args, env) => {
    runs.push({ args, env });
    return Promise.resolve(results[Math.min(runs.length, results.length) - 1]);
  };
  const identity = { flags: ["--profile", "mine"], env: { LC_ALL: "C" }, secrets: ["secret-x"] };
  const caller = new Caller(run, identity, "g", control, 1000);
  const call = (retry: RetryPolicy = "once", fine?: readonly string[]) =>
    caller.call(["vpg", "get"], ["--vpg-id", "v"], retry, fine);
  return { caller, call, runs, clock, lines, abort };
}

describe("Caller", () => {
  it("passes the command, the coverage and the identity to the CLI, without the CLI's retries", async () => {
    const { call, runs } = callerOf(ok("{}"));
    await call();
    assert.deepEqual(runs, [
      {
        args: [
          ...["vpg", "get", "--vpg-id", "v", "--coverage-type", "g", "--no-retry-on-error"],
          ...["--profile", "mine"],
        ],
        env: { LC_ALL: "C" },
      },
    ]);
  });

  it("returns the printed JSON, and undefined for nothing", async () => {
    assert.deepEqual(await callerOf(ok('{"vpgId":"v"}\n')).call(), { vpgId: "v" });
    assert.equal(await callerOf(ok(" \n")).call(), undefined);
  });

  const failures: [string, CliResult, string, RegExp][] = [
    ["help with exit code 0", ok("Usage: soracom"), "DriverError", /help .*"vpg get".* v1\.7\.0/],
    ["an error body", refusal("VPG0001", "in use"), "ApiError", /"vpg get": VPG0001 in use/],
    [
      "an error body after a notice",
      failed('A new version is available\nError: {"code":"VPG0001","message":"x"}'),
      "ApiError",
      /VPG0001 x/,
    ],
    ["a refused key", refusal("AUM0002", "no"), "DriverError", /refused the key: AUM0002 no\. If/],
    ["an old CLI", failed("Error: unknown flag: --x"), "DriverError", /too old or another program/],
    [
      "a missing profile",
      failed("Error: open p: no such file"),
      "DriverError",
      /Check the profile/,
    ],
    ["an error page", failed("Error: <html>502</html>"), "NoResponseError", /<html>502<\/html>/],
    ["JSON without a code", failed('Error: {"x":1}'), "NoResponseError", /"vpg get" got no answer/],
    ["a signal", { exitCode: null, stdout: "", stderr: "" }, "NoResponseError", /exit code null/],
  ];
  for (const [what, result, name, message] of failures) {
    it(`reads ${what} as ${name}`, async () => {
      await assert.rejects(callerOf(result).call(), { name, message });
    });
  }

  it("prints no secret that the CLI printed", async () => {
    const { call } = callerOf(failed("Error: sent secret-x twice: secret-x"));
    await assert.rejects(call(), { message: /: sent \*\*\* twice: \*\*\*$/ });
  });

  it("counts a refusal with an expected code as done", async () => {
    const { call, runs } = callerOf(refusal("VPG0404", "no such tag"));
    assert.equal(await call("untilDone", ["VPG0404"]), undefined);
    assert.equal(runs.length, 1);
  });

  const noAnswer = failed("Error: time-out");
  const refused = refusal("VPG0001", "in use");
  const tooMany = refusal("COM0001", "Too many requests");
  const tries: [RetryPolicy, CliResult, string, number][] = [
    ["once", noAnswer, "no answer", 1],
    ["once", refused, "a refusal", 1],
    ["once", tooMany, "too many calls", 7],
    ["untilAnswered", noAnswer, "no answer", 7],
    ["untilAnswered", refused, "a refusal", 1],
    ["untilAnswered", tooMany, "too many calls", 7],
    ["untilDone", noAnswer, "no answer", 7],
    ["untilDone", refused, "a refusal", 7],
    ["untilDone", tooMany, "too many calls", 7],
  ];
  for (const [policy, result, what, count] of tries) {
    it(`calls ${count} times after ${what} with the policy ${policy}`, async () => {
      const { call, runs, lines } = callerOf(result);
      await assert.rejects(call(policy));
      assert.equal(runs.length, count);
      assert.equal(lines.length, count - 1);
    });
  }

  it("waits longer each time, with up to half of the wait at random", async () => {
    const { call, clock } = callerOf(noAnswer);
    await assert.rejects(call("untilDone"));
    for (const [index, longest] of [2000, 4000, 8000, 16_000, 32_000, 64_000].entries()) {
      const wait = clock.waits[index];
      assert.ok(wait >= longest / 2 && wait <= longest, `wait ${index} is ${wait} ms`);
    }
  });

  it("waits as long as a refusal for too many calls names, and no other's numbers", async () => {
    const limited = callerOf(refusal("COM0001", "Rate limit: retry after 90 seconds"), ok("1"));
    assert.equal(await limited.call(), 1);
    assert.deepEqual(limited.clock.waits, [90_000]);
    const other = callerOf(refusal("VPG0001", "busy for 90 seconds"), ok("1"));
    assert.equal(await other.call("untilDone"), 1);
    assert.ok(other.clock.waits[0] <= 2000);
  });

  it("makes no call after a request to stop", async () => {
    const { call, runs, abort } = callerOf(ok("1"));
    abort();
    await assert.rejects(call(), { name: "Stopped" });
    assert.deepEqual(runs, []);
  });

  it("explains a refusal by the credentials until a call was answered", async () => {
    const { caller, call } = callerOf(ok("1"));
    const error = new ApiError("vpg list", "VPG0001", "no");
    assert.match(
      caller.describeFailure(error),
      /VPG0001 no\. If the key is refused, .*coverage "g"/,
    );
    const none = new NoResponseError("vpg list", "time-out");
    assert.equal(caller.describeFailure(none), '"vpg list" got no answer from SORACOM: time-out.');
    await call();
    assert.equal(caller.describeFailure(error), 'SORACOM refused "vpg list": VPG0001 no.');
  });
});
