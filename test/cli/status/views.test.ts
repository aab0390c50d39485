import assert from "node:assert/strict";

import { AwsApiError } from "../../../cli/core/aws";
import { ownersOf, readAws, readSoracom } from "../../../cli/status/views";
import { LeapingClock } from "../../support/leaping-clock";
import { testKeys } from "../../soracom/lab";
import { cliContext } from "../../support/cli-context";
import { desired } from "./support";

describe("ownersOf", () => {
  it("returns the values of the owner tag", () => {
    assert.deepEqual(ownersOf(desired.file, desired.outputs), {
      vpg: "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-vpg",
      group: "canal-ftp/dev/k3j9x2ab4m/canal-ftp-dev-sims",
    });
  });
});

describe("readSoracom", () => {
  it("returns the reason when the soracom CLI fails", async () => {
    const runCli = () => Promise.resolve({ exitCode: 1, stdout: "", stderr: "Error: no route" });
    const result = await readSoracom(
      desired,
      cliContext({ env: { ...testKeys }, runCli, clock: new LeapingClock() }),
    );
    assert.match("reason" in result ? result.reason : "", /no route/);
  });
});

describe("readAws", () => {
  it("calls AWS in the stack's region with its profile", async () => {
    const targets: object[] = [];
    const file = { ...desired.file, awsProfile: "camera" };
    const aws = (target: object) => {
      targets.push(target);
      return { call: <T>() => Promise.resolve({} as T) };
    };
    const result = await readAws({ ...desired, file }, cliContext({ aws }));
    assert.deepEqual(targets, [{ region: "ap-northeast-1", profile: "camera" }]);
    assert.deepEqual(result, { view: { peering: undefined, routeTables: [] } });
  });

  it("returns the reason when AWS returns an error", async () => {
    const error = new AwsApiError("EC2", "DescribeRouteTables", "UnauthorizedOperation", "no");
    const aws = () => ({ call: () => Promise.reject(error) });
    assert.deepEqual(await readAws(desired, cliContext({ aws })), { reason: error.message });
  });
});
