import { Failure } from "../core/failure";
import type { Surroundings } from "../core/surroundings";
import type { ToolResult } from "../core/tool";
import { findRunning, type Running } from "../../twin/running";

/**
 * Surroundings in which aws, soracom and pulumi are answered by the twin that is running in a folder: the checks
 * themselves are the same.
 *
 * @throws Failure when none is running there.
 */
export async function twinSite(
  data: string,
  surroundings: Surroundings,
): Promise<{ running: Running; surroundings: Surroundings }> {
  const running = await findRunning(data);
  if (!running?.reads) {
    const remedy = running ? "stop it and start it again" : `npm start -- --data ${data}`;
    const what = running ? "The twin that is running in" : "No twin is running in";
    const why = running ? " is of an older program" : "";
    throw new Failure(`${what} ${data}${why}: ${remedy}.`);
  }
  const run = (program: string, args: readonly string[]) => ask(running.reads, program, args);
  return {
    running,
    surroundings: {
      ...surroundings,
      // No key of SORACOM goes to the twin, and none is needed.
      env: { SORACOM_AUTH_KEY_ID: "keyId-of-the-twin", SORACOM_AUTH_KEY: "secret-of-the-twin" },
      runTool: run,
      runCli: async (args) => {
        const { code, stdout, stderr } = await run("soracom", args.filter(isNoKey));
        return { exitCode: code ?? 1, stdout, stderr };
      },
    },
  };
}

const isNoKey = (arg: string) => !/secret|profile/i.test(arg);

async function ask(url: string, program: string, args: readonly string[]): Promise<ToolResult> {
  const answer = await fetch(url, {
    method: "POST",
    headers: { "X-Amz-Target": "Twin.Run" },
    body: JSON.stringify({ program, args }),
    signal: AbortSignal.timeout(30_000),
  });
  if (!answer.ok)
    throw new Failure(`The twin answered HTTP ${answer.status}: ${await answer.text()}`);
  return (await answer.json()) as ToolResult;
}
