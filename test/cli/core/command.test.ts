import assert from "node:assert/strict";

import { Command } from "commander";

import { UserError } from "../../../cli/core/errors";
import {
  addJsonOption,
  addStackOption,
  numberFrom,
  runCommandLine,
  selectedStack,
} from "../../../cli/core/command";
import { cliContext, noProgram } from "../../support/cli-context";

const selecting = (stdout: string, code = 0) =>
  cliContext({ runProgram: () => Promise.resolve({ code, stdout, stderr: "" }) });

describe("selectedStack", () => {
  const cases: [name: string, stdout: string, code: number, stack: string][] = [
    ["the selected stack", "prod\n", 0, "prod"],
    ["one with organization and project", "acme/canal-ftp/prod\n", 0, "prod"],
    ["dev for a stack without a file here", "osaka\n", 0, "dev"],
    ["dev when no stack is selected", "", 255, "dev"],
  ];
  for (const [name, stdout, code, stack] of cases) {
    it(`is ${name}`, async () => {
      assert.equal(await selectedStack(selecting(stdout, code)), stack);
    });
  }

  it("is dev without pulumi", async () => {
    assert.equal(await selectedStack(cliContext({ runProgram: noProgram })), "dev");
  });

  it("waits for pulumi at most 10 seconds", async () => {
    let timeout: number | undefined;
    const runProgram = (_: string, args: readonly string[], timeoutMs?: number) => {
      assert.deepEqual(args, ["stack", "--show-name", "--non-interactive"]);
      timeout = timeoutMs;
      return noProgram("pulumi", args);
    };
    await selectedStack(cliContext({ runProgram }));
    assert.equal(timeout, 10_000);
  });
});

describe("runCommandLine", () => {
  /** Runs a program with the options --stack and --json. */
  async function run(argv: readonly string[], act: (options: object) => number | void) {
    let [stdout, stderr] = ["", ""];
    const context = {
      ...selecting("prod\n"),
      out: (text: string) => void (stdout += text),
      error: (text: string) => void (stderr += text),
    };
    const code = await runCommandLine(argv, context, (end) =>
      addJsonOption(addStackOption(new Command("canal-ftp"), context)).action((options: object) => {
        const exitCode = act(options);
        if (exitCode !== undefined) end(exitCode);
      }),
    );
    return { code, stdout, stderr };
  }

  it("returns 0, or the exit code that the action sets", async () => {
    assert.equal((await run([], () => undefined)).code, 0);
    assert.equal((await run([], () => 3)).code, 3);
  });

  it("passes the given stack, else the selected one", async () => {
    const stacks: object[] = [];
    await run(["--stack", "dev"], (options) => void stacks.push(options));
    await run([], (options) => void stacks.push(options));
    assert.deepEqual(stacks, [{ stack: "dev" }, { stack: "prod" }]);
  });

  it("prints the message and returns the exit code of a UserError", async () => {
    const act = () => {
      throw new UserError("No such user.", 1, "no-such-user");
    };
    assert.deepEqual(await run([], act), { code: 1, stdout: "", stderr: "No such user.\n" });
    const { code, stdout, stderr } = await run(["--json"], act);
    assert.deepEqual([code, stderr], [1, ""]);
    assert.deepEqual(JSON.parse(stdout), {
      error: { code: "no-such-user", message: "No such user." },
    });
  });

  it("returns 2 for a wrong command line, with the nearest option", async () => {
    const { code, stderr } = await run(["--jsno"], () => undefined);
    assert.equal(code, 2);
    assert.match(stderr, /unknown option '--jsno'\n\(Did you mean --json\?\)/);
    const asJson = await run(["--json", "--stack", "nowhere"], () => undefined);
    assert.match(asJson.stdout, /"code":"usage".*Allowed choices are dev, prod/);
  });

  it("returns 0 for --help", async () => {
    const { code, stdout } = await run(["--help"], () => 1);
    assert.equal(code, 0);
    assert.match(stdout, /^Usage: canal-ftp/);
  });
});

describe("numberFrom", () => {
  it("accepts numbers in the range, whole ones on request", () => {
    const [any, whole] = [numberFrom(0.5, 4, false), numberFrom(1, 4, true)];
    assert.deepEqual([any("0.5"), any("4"), whole("1")], [0.5, 4, 1]);
    for (const text of ["0.4", "5", "", " ", "x", "NaN"]) {
      assert.throws(() => any(text), /A number from 0\.5 to 4\./, text);
    }
    assert.throws(() => whole("1.5"), /A whole number from 1 to 4\./);
  });
});
