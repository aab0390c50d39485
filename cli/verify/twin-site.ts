import { findRunning, type Running } from "../../twin/running";
import { AwsApiError, type AwsApi } from "../core/aws";
import type { CliContext } from "../core/context";
import { UserError } from "../core/errors";
import type { ProgramResult } from "../core/run-program";

const timeoutMs = 30_000;

/**
 * A context in which the twin that runs in a folder answers AWS, soracom and pulumi, so that the same checks run.
 *
 * @throws UserError when no twin runs there
 */
export async function twinSite(
  data: string,
  context: CliContext,
): Promise<{ running: Running; context: CliContext }> {
  const running = await findRunning(data);
  if (!running) {
    throw new UserError(`No twin runs in ${data}. Start one: npx canal-ftp start --data ${data}`);
  }
  const runProgram = (program: string, args: readonly string[]) =>
    request<ProgramResult>(running.reads, "Run", { program, args });
  const aws: AwsApi = {
    call: async <T>(...[service, operation, input = {}]: Parameters<AwsApi["call"]>) => {
      const { output, error } = await request<{
        output?: T;
        error?: { code: string; message: string };
      }>(running.reads, "Call", { service, operation, input });
      if (error) throw new AwsApiError(service, operation, error.code, error.message);
      return output as T;
    },
  };
  return {
    running,
    context: {
      ...context,
      // The twin needs no SORACOM key, and gets none.
      env: { SORACOM_AUTH_KEY_ID: "keyId-of-the-twin", SORACOM_AUTH_KEY: "secret-of-the-twin" },
      // The twin's tables have an endpoint of their own.
      aws: (target) => (target.endpoint === undefined ? aws : context.aws(target)),
      runProgram,
      runCli: async (args) => {
        const { code, stdout, stderr } = await runProgram("soracom", args.filter(isNoKey));
        return { exitCode: code ?? 1, stdout, stderr };
      },
      fetch: async (input) => {
        const { pathname } = new URL(String(input));
        if (pathname === "/v1/auth") return Response.json({ apiKey: "twin", token: "twin" });
        const groupId = /^\/v1\/groups\/([^/]+)\/subscribers$/.exec(pathname)?.[1];
        if (groupId === undefined) throw new UserError(`The twin does not answer ${pathname}.`);
        const words = ["groups", "list-subscribers", "--group-id", groupId];
        return new Response((await runProgram("soracom", words)).stdout);
      },
    },
  };
}

const isNoKey = (arg: string) => !/secret|profile/i.test(arg);

async function request<T>(url: string, operation: string, body: object): Promise<T> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "X-Amz-Target": `Twin.${operation}` },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (!response.ok) {
    throw new UserError(`The twin returned HTTP ${response.status}: ${await response.text()}`);
  }
  return (await response.json()) as T;
}
