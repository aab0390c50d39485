import assert from "node:assert/strict";

import { processRunner } from "../../soracom/run-cli";

describe("processRunner", () => {
  const run = processRunner(process.execPath);
  const script = (code: string, env: NodeJS.ProcessEnv = {}) => run(["-e", code], env);

  it("returns what the process wrote, and its exit code", async () => {
    assert.deepEqual(await script('console.log("a"); console.error("b"); process.exit(3)'), {
      ...{ exitCode: 3, stdout: "a\n", stderr: "b\n" },
    });
  });

  it("joins characters that are cut between two reads of the pipe", async () => {
    // A read takes at most 64 KiB, which is no multiple of the three bytes of this character.
    const { stdout } = await script('process.stdout.write("線".repeat(100_000))');
    assert.ok(stdout === "線".repeat(100_000));
  });

  it("gives the process this environment only, and a standard input that has ended", async () => {
    const code =
      'process.stdin.resume().on("end", () => console.log(process.env.GIVEN, process.env.HOME))';
    assert.equal((await script(code, { GIVEN: "yes" })).stdout, "yes undefined\n");
  });

  it("has no exit code for a process that a signal ended", async () => {
    assert.equal((await script('process.kill(process.pid, "SIGKILL")')).exitCode, null);
  });

  it("starts it in a process group of its own, which Ctrl-C does not reach", async () => {
    const shell = processRunner("/bin/sh");
    const command = "echo $$; ps -o pgid= -p $$";
    const { stdout } = await shell(["-c", command], { PATH: process.env.PATH });
    const [pid, group] = stdout.trim().split(/\s+/);
    assert.equal(group, pid);
  });

  for (const command of ["no-such-soracom", __filename]) {
    it(`names the program to install in place of ${command === __filename ? "a file that is no program" : command}`, async () => {
      await assert.rejects(processRunner(command)([], { PATH: process.env.PATH }), {
        name: "DriverError",
        message: `The SORACOM CLI "${command}" cannot be started: install soracom-cli v1.7.0 or newer from https://github.com/soracom/soracom-cli/releases and put it on PATH, or name it in SORACOM_CLI.`,
      });
    });
  }
});
