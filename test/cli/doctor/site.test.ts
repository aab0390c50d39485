import assert from "node:assert/strict";

import { checkBackend, checkFile } from "../../../cli/doctor/site";
import { readStackFile } from "../../../cli/core/stack";
import type { RunProgram } from "../../../cli/core/run-program";
import { cliContext, noProgram } from "../../support/cli-context";
import { root } from "../../support/stack-values";
import { desired } from "../status/support";

describe("checkFile", () => {
  const defaults = readStackFile(root, "dev").values;
  const check = (values: Record<string, string>, region = "ap-northeast-1") =>
    checkFile({ ...desired.file, values: { ...defaults, ...values }, region });

  it("returns a valid configuration", () => {
    const { findings, config } = check({});
    assert.ok(config ?? assert.fail(JSON.stringify(findings)));
    assert.deepEqual(findings, [{ check: "Pulumi.dev.yaml", state: "ok", found: "valid" }]);
  });

  it("notes prod without a recipient of alarms, and only that", () => {
    const alarms = (values: Record<string, string>) =>
      check(values).findings.filter(({ check: name }) => name === "alarms");
    const [note] = alarms({ base: "prod" });
    assert.deepEqual([note.state, note.found], ["note", "no alarmEmails"]);
    assert.match(note.remedy ?? "", /canal-ftp:alarmEmails/);
    assert.deepEqual(alarms({ base: "prod", alarmEmails: '["ops@example.com"]' }), []);
    assert.deepEqual(alarms({ base: "dev" }), []);
  });

  it("returns every mistake of an invalid one", () => {
    const { findings, config } = check({ vpcCidr: "x", deviceCidr: "y" });
    assert.equal(config, undefined);
    assert.equal(findings.length, 2);
    for (const { state, remedy } of findings) {
      assert.equal(state, "failed");
      assert.match(remedy ?? "", /^Correct Pulumi\.dev\.yaml/);
    }
  });
});

describe("checkBackend", () => {
  const backend = (whoami: number, output: Record<string, unknown> | undefined) => {
    const runProgram: RunProgram = (_, [command]) =>
      Promise.resolve(
        command === "whoami"
          ? { code: whoami, stdout: "operator\n", stderr: "" }
          : output
            ? { code: 0, stdout: JSON.stringify(output), stderr: "" }
            : { code: 255, stdout: "", stderr: "error: no stack named 'dev' found\n" },
      );
    return checkBackend("dev", cliContext({ runProgram }));
  };
  const states = ({ findings }: Awaited<ReturnType<typeof backend>>) =>
    findings.map(({ check, state }) => `${check}: ${state}`);

  it("returns the outputs of a deployed stack", async () => {
    const result = await backend(0, { ...desired.outputs });
    assert.deepEqual(states(result), ["pulumi login: ok", "stack: ok"]);
    assert.deepEqual(result.outputs, desired.outputs);
  });

  it("notes a stack that is not deployed", async () => {
    const result = await backend(0, undefined);
    assert.deepEqual(states(result), ["pulumi login: ok", "stack: note"]);
    assert.equal(result.outputs, undefined);
  });

  it("fails without a login", async () => {
    const result = await backend(255, undefined);
    assert.deepEqual(states(result), ["pulumi login: failed"]);
    assert.match(result.findings[0].remedy ?? "", /pulumi login/);
  });

  it("leaves a missing pulumi to the check of programs", async () => {
    const context = cliContext({ runProgram: noProgram });
    assert.deepEqual(await checkBackend("dev", context), { findings: [] });
  });
});
