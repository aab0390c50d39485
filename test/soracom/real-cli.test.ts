/** The soracom CLI itself compared with its stand-in: what the other tests prove with the one has to hold with the other. */
import assert from "node:assert/strict";
import type { RunControl } from "../../soracom/run-control";
import { LeapingClock } from "../support/leaping-clock";
import { Caller } from "../../soracom/caller";
import { identityFrom } from "../../soracom/credentials";
import { processRunner } from "../../soracom/run-cli";
import { FaultKind } from "../../fakes/soracom/faults";
import { noRealCli, standIn, realCli } from "./clis";
import { testKeys, Lab, printed } from "./lab";
import { Step, rehearse } from "./rehearsal";

interface Printed {
  readonly code: number | null;
  readonly out: string;
  /** The first line of stderr. */
  readonly err: string;
}

const listCommand = ["groups", "list", "--coverage-type", "jp"];
const byCommand = ["--profile-command", `"${process.execPath}" -p process.env.PROFILE`];

describe("the soracom CLI and its stand-in", function () {
  // Each of some hundred calls of a life is a process.
  this.timeout(300_000);
  const real = realCli();
  if (real === undefined) {
    it.skip(`differ in nothing that the driver sees (${noRealCli})`);
    return;
  }
  let lab: Lab;

  before(async () => {
    lab = await Lab.open({ pageSize: 2 });
  });
  after(() => lab.close());
  beforeEach(() => {
    lab.cli = undefined;
    lab.reset();
  });

  it("make the same calls from creation to removal, with the same result at every step", async () => {
    const withStandIn = await rehearse(lab);
    lab.reset();
    lab.cli = real;
    const withReal = await rehearse(lab);
    const outcomes = (steps: readonly Step[]): object[] =>
      steps.map(({ command, calls, after, result }) => ({
        ...{ command, after, result: printed(result) },
        calls: calls.map(({ operationId }) => operationId).filter((name) => name !== "auth"),
      }));
    assert.deepEqual(outcomes(withReal), outcomes(withStandIn));
  });

  /** Runs a line with one of them. */
  async function runWords(
    cli: string,
    line: readonly string[],
    more: NodeJS.ProcessEnv,
  ): Promise<Printed> {
    const { exitCode, stdout, stderr } = await processRunner(cli)(line, {
      ...{ PATH: process.env.PATH, SORACOM_ENDPOINT: lab.api.endpoint, LC_ALL: "C" },
      PROFILE: JSON.stringify({ authKeyId: "keyId-x", authKey: "secret-x" }),
      // No profiles of the user.
      SORACOM_PROFILE_DIR: "/nonexistent",
      ...more,
    });
    return { code: exitCode, out: stdout, err: stderr.split("\n")[0] };
  }

  const lines: readonly [what: string, line: readonly string[], env?: NodeJS.ProcessEnv][] = [
    ["a list", [...listCommand, ...byCommand]],
    ["all pages of a list", [...listCommand, "--fetch-all", ...byCommand]],
    ["an unknown command", ["frobnicate"]],
    ["an unknown flag", ["vpg", "get", "--vpg", "x", ...byCommand]],
    ["a flag too few", ["vpg", "get", ...byCommand]],
    ["what is not there", ["vpg", "get", "--vpg-id", "none", ...byCommand]],
    ["no profile", listCommand],
    ["a profile that is not there", [...listCommand, "--profile", "none"]],
    ["a profile command that fails", [...listCommand, "--profile-command", "false"]],
    ["half a key", [...listCommand, "--auth-key-id", "keyId-x"]],
    [
      "a vanished VPG's tag",
      ["vpg", "delete-tag", "--vpg-id", "a", "--tag-name", "b", ...byCommand],
    ],
  ];
  for (const [what, line, env = {}] of lines) {
    it(`send and return the same for ${what}`, async () => {
      for (const name of ["a", "b", "c"]) {
        const group = { groupId: name, tags: { name }, configuration: {}, createdTime: 0 };
        lab.api.world.groups.set(name, group);
      }
      assert.deepEqual(await runWords(real, line, env), await runWords(standIn, line, env));
    });
  }

  it("end with 0 and help on an unknown subcommand", async () => {
    for (const cli of [real, standIn]) {
      const { code, out, err } = await runWords(cli, ["vpg", "frobnicate"], {});
      assert.deepEqual([code, err], [0, ""], cli);
      assert.match(out, /^Usage:\n {2}soracom vpg \[command\]$/m, cli);
    }
  });

  it("print the key when SORACOM_VERBOSE is anything at all", async () => {
    for (const cli of [real, standIn]) {
      const { stderr } = await processRunner(cli)([...listCommand, ...byCommand], {
        ...{ PATH: process.env.PATH, SORACOM_ENDPOINT: lab.api.endpoint, SORACOM_VERBOSE: "0" },
        PROFILE: JSON.stringify({ authKeyId: "keyId-x", authKey: "secret-x" }),
        SORACOM_PROFILE_DIR: "/nonexistent",
      });
      assert.match(stderr, /secret-x/, cli);
    }
  });

  // Not `hang`: the CLI itself waits two minutes.
  const faults: FaultKind[] = ["429", "500", "502", "cut", "500-after", "502-after", "cut-after"];
  for (const kind of faults) {
    it(`lead the driver to the same conclusion from ${kind}`, async () => {
      const conclusions = [];
      for (const cli of [undefined, real]) {
        lab.reset();
        lab.cli = cli;
        lab.api.setFaults([{ kind, operationId: "createGroup" }]);
        const control: RunControl = {
          pollMs: 1,
          timeoutSeconds: 900,
          clock: new LeapingClock(),
          stop: new AbortController().signal,
          log: () => undefined,
        };
        const caller = new Caller(lab.runCli(), identityFrom(testKeys), "jp", control, 60);
        const creating = caller.call(["groups", "create"], ["--body", "{}"], "once");
        const error = await creating.then(
          () => assert.fail("went well"),
          (failed: Error) => failed,
        );
        conclusions.push({
          kind: error.name,
          // What a transport error is called differs.
          sentence: error.message.replace(/(": ).*(EOF|reset|hang up).*/, "$1cut"),
          groups: lab.api.world.groups.size,
        });
      }
      assert.deepEqual(conclusions[1], conclusions[0]);
    });
  }
});
