import assert from "node:assert/strict";

import { cliOf, connect, type ConnectOptions } from "../../soracom/connect";
import { ApiError, NoResponseError } from "../../soracom/errors";
import { LeapingClock } from "../support/leaping-clock";
import { testKeys } from "./lab";

/** A connection whose CLI answers with an empty list; `coverages` are those it was given. */
function connection(env: NodeJS.ProcessEnv = testKeys) {
  const coverages: string[] = [];
  const outside: ConnectOptions = {
    env,
    stop: new AbortController().signal,
    log: () => undefined,
    clock: new LeapingClock(),
    runCli: (args) => {
      coverages.push(args[args.indexOf("--coverage-type") + 1]);
      return Promise.resolve({ exitCode: 0, stdout: "[]", stderr: "" });
    },
  };
  return { ...connect("jp", outside), coverages };
}

describe("cliOf", () => {
  it("is the one that SORACOM_CLI names, else soracom on PATH", () => {
    assert.equal(cliOf({ SORACOM_CLI: "/opt/soracom" }), "/opt/soracom");
    assert.equal(cliOf({ SORACOM_CLI: "" }), "soracom");
    assert.equal(cliOf({}), "soracom");
  });
});

describe("connect", () => {
  it("refuses an environment without credentials, or with a wrong interval", () => {
    assert.throws(() => connection({}), /^DriverError: No SORACOM credentials/);
    const env = { ...testKeys, CANAL_FTP_POLL_SECONDS: "x" };
    assert.throws(() => connection(env), /^DriverError: CANAL_FTP_POLL_SECONDS must be/);
  });

  it("takes the interval and the time of waits from the environment", () => {
    const env = { CANAL_FTP_POLL_SECONDS: "2", CANAL_FTP_TIMEOUT_MINUTES: "3" };
    const { pollMs, timeoutSeconds } = connection({ ...testKeys, ...env }).job.control;
    assert.deepEqual([pollMs, timeoutSeconds], [2000, 180]);
  });

  it("calls another coverage with the same settings, and its own by the same job", async () => {
    const { job, coverages } = connection();
    assert.equal(job.inCoverage("jp"), job);
    await job.inCoverage("g").soracom.listVpgs();
    await job.inCoverage("g").inCoverage("jp").soracom.listGroups();
    assert.deepEqual(coverages, ["g", "jp"]);
  });

  it("explains failed calls, by the credentials until one was answered, and leaves other errors", async () => {
    const { job, explain } = connection();
    const other = new TypeError("x");
    assert.equal(explain(other), other);
    const refusal = new ApiError("vpg list", "VPG0001", "no");
    const messageOf = (error: Error) => {
      const explained = explain(error) as Error;
      assert.equal(explained.name, "DriverError");
      return explained.message;
    };
    assert.match(messageOf(refusal), /VPG0001 no\. If the key is refused, check/);
    assert.match(messageOf(new NoResponseError("vpg list", "time-out")), /SORACOM: time-out\.$/);
    await job.soracom.listVpgs();
    assert.match(messageOf(refusal), /VPG0001 no\.$/);
  });
});
