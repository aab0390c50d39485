import assert from "node:assert/strict";

import { checkNode, checkPrograms } from "../../../cli/doctor/programs";
import { processRunner, type RunCli } from "../../../soracom/run-cli";
import type { CliContext } from "../../../cli/core/context";
import { cliContext, noProgram } from "../../support/cli-context";

const printing = (stdout: string) => () => Promise.resolve({ code: 0, stdout, stderr: "" });
const soracom =
  (stdout: string): RunCli =>
  () =>
    Promise.resolve({ exitCode: 0, stdout, stderr: "" });

describe("checkPrograms", () => {
  const check = async (name: string, given: Partial<CliContext>) => {
    const all = await checkPrograms(
      cliContext({
        runProgram: printing("v3.248.0\n"),
        runCli: soracom("SORACOM API client v1.7.0\n"),
        ...given,
      }),
    );
    return all.find((finding) => finding.check === name)!;
  };

  const cases: [name: string, given: Partial<CliContext>, state: string, found: RegExp][] = [
    ["pulumi", {}, "ok", /^v3\.248\.0$/],
    ["pulumi", { runProgram: printing("v3.0.0\n") }, "ok", /^v3/],
    ["pulumi", { runProgram: printing("v2.25.2\n") }, "failed", /^v2/],
    ["pulumi", { runProgram: printing("a development build\n") }, "ok", /development/],
    ["pulumi", { runProgram: noProgram }, "failed", /^not on PATH$/],
    ["soracom", {}, "ok", /v1\.7\.0$/],
    ["soracom", { runCli: soracom("SORACOM API client v1.10.0\n") }, "ok", /v1\.10\.0$/],
    ["soracom", { runCli: soracom("SORACOM API client v1.6.9\n") }, "failed", /v1\.6\.9$/],
    ["soracom", { runCli: soracom("SORACOM API client v\n") }, "note", /v$/],
    ["soracom", { runCli: soracom("") }, "note", /^prints no version$/],
    ["soracom", { runCli: processRunner("/nowhere/soracom") }, "failed", /cannot be started/],
  ];
  for (const [name, given, state, found] of cases) {
    it(`${name}: ${state}, ${found.source}`, async () => {
      const finding = await check(name, given);
      assert.equal(finding.state, state);
      assert.match(finding.found, found);
      if (state === "failed") assert.match(finding.remedy ?? "", /^Install /);
    });
  }

  it("passes no SORACOM key to the soracom CLI", async () => {
    const names: string[] = [];
    await check("soracom", {
      env: { SORACOM_AUTH_KEY: "secret", SORACOM_PROFILE: "camera" },
      runCli: (_, env) => {
        names.push(...Object.keys(env));
        return soracom("v1.7.0")([], {});
      },
    });
    assert.deepEqual(names, ["SORACOM_PROFILE"]);
  });
});

describe("checkNode", () => {
  it("accepts 20.19 and newer", () => {
    for (const [version, state] of [
      ["20.18.3", "failed"],
      ["20.19.0", "ok"],
      ["26.1.0", "ok"],
    ]) {
      assert.equal(checkNode(version).state, state, version);
    }
  });
});
