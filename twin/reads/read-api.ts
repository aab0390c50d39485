import { serviceEndpoint, serviceError, type ServiceReply } from "../function/service-endpoint";
import type { LoopbackServer } from "../loopback-server";
import type { IdentityResult, Login } from "../wiring/identity";
import { readAws } from "./aws-reads";
import { commandResult, type CommandResult, ReadError, type SiteState } from "./site-state";
import { readSoracom } from "./soracom-reads";

type Input = Readonly<Record<string, unknown>>;

export interface ReadApiOptions {
  readonly site: SiteState;
  /** Calls the identity provider through the stack's wiring. */
  readonly callIdentityProvider: (login: Login) => Promise<IdentityResult>;
}

/**
 * The endpoint on loopback that lets the checks of a deployed site read a running twin:
 *
 * - `Call` with `{service, operation, input}`: the output of an AWS operation that only reads, or of Transfer Family's
 *   TestIdentityProvider, as `{output}` or `{error: {code, message}}`.
 * - `Run` with `{program, args}`: what `soracom` or `pulumi` would print.
 *
 * The operation is in the header X-Amz-Target, which no web page of another origin can set.
 */
export function readApi(options: ReadApiOptions): LoopbackServer {
  return serviceEndpoint(async ({ operation, body }): Promise<ServiceReply> => {
    const input = JSON.parse(body.toString()) as Record<string, unknown>;
    switch (operation) {
      case "Call":
        return ok(await call(input, options));
      case "Run":
        return ok(run(String(input.program), input.args as string[], options.site));
      default:
        return serviceError("InvalidAction", `The twin does not answer ${operation}.`);
    }
  });
}

const ok = (document: unknown): ServiceReply => ({ status: 200, body: JSON.stringify(document) });

async function call({ service, operation, input }: Input, options: ReadApiOptions) {
  try {
    const output =
      service === "Transfer" && operation === "TestIdentityProvider"
        ? await testIdentityProvider(input as Input, options)
        : readAws(String(service), String(operation), input as Input, options.site);
    return { output };
  } catch (error) {
    if (!(error instanceof ReadError)) throw error;
    return { error: { code: error.code, message: error.message } };
  }
}

function run(program: string, args: readonly string[], site: SiteState): CommandResult {
  if (program === "soracom") return readSoracom(args, site);
  if (program === "pulumi" && args.slice(0, 2).join(" ") === "stack output") {
    return commandResult(site.stack.outputs);
  }
  const stderr = `The twin does not answer ${program} ${args.slice(0, 2).join(" ")}.\n`;
  return { code: 1, stdout: "", stderr };
}

async function testIdentityProvider(
  input: Input,
  { site, callIdentityProvider }: ReadApiOptions,
): Promise<object> {
  const result = await callIdentityProvider({
    user: String(input.UserName),
    password: String(input.UserPassword),
    sourceIp: String(input.SourceIp),
  });
  const Url = String(site.server.resource.outputs.url ?? "");
  if (result.kind === "broken") {
    return { Response: "", StatusCode: 500, Message: result.reason, Url };
  }
  if (result.kind === "refused") return { Response: "", StatusCode: 200, Message: "", Url };
  const { role, homeDirectoryType, homeDirectory, homeDirectoryDetails, policy } = result.answer;
  const answer = {
    Role: role,
    HomeDirectoryType: homeDirectoryType,
    HomeDirectory: homeDirectory,
    HomeDirectoryDetails: homeDirectoryDetails,
    Policy: policy,
  };
  return { Response: JSON.stringify(answer), StatusCode: 200, Message: "", Url };
}
