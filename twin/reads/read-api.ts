import { ServiceEndpoint, serviceError, type ServiceReply } from "../function/service-endpoint";
import type { IdentityResult, Login } from "../wiring/identity";
import { readAws } from "./aws-reads";
import { printed, type Estate, type Printed } from "./estate";
import { readSoracom } from "./soracom-reads";

export interface ReadApiOptions {
  readonly estate: Estate;
  /** Asks the identity provider, by the way the stack built. */
  readonly ask: (login: Login) => Promise<IdentityResult>;
}

/**
 * What a running twin tells of its site on loopback, to the same checks that look at a deployed one:
 *
 * - `Run`, with `{"program": "aws", "args": […]}`: what that command of `aws`, `soracom` or `pulumi` would print of the
 *   site. Only what reads is answered.
 * - `TestIdentityProvider`, as Transfer Family has it (API reference).
 *
 * The operation is named in the header X-Amz-Target, which no web page of another origin can set.
 */
export function readApi(options: ReadApiOptions): ServiceEndpoint {
  return new ServiceEndpoint(async ({ operation, body }): Promise<ServiceReply> => {
    const input = JSON.parse(body.toString()) as Record<string, unknown>;
    switch (operation) {
      case "Run":
        return ok(run(String(input.program), input.args as string[], options.estate));
      case "TestIdentityProvider":
        return ok(await testIdentityProvider(input, options));
      default:
        return serviceError("InvalidAction", `The twin has no ${operation}.`);
    }
  });
}

const ok = (document: unknown): ServiceReply => ({ status: 200, body: JSON.stringify(document) });

function run(program: string, args: readonly string[], estate: Estate): Printed {
  if (program === "aws") return readAws(args, estate);
  if (program === "soracom") return readSoracom(args, estate);
  if (program === "pulumi" && args.slice(0, 2).join(" ") === "stack output") {
    return printed(estate.stack.outputs);
  }
  const stderr = `The twin has no answer for ${program} ${args.slice(0, 2).join(" ")}.\n`;
  return { code: 1, stdout: "", stderr };
}

async function testIdentityProvider(
  input: Record<string, unknown>,
  { estate, ask }: ReadApiOptions,
): Promise<object> {
  const result = await ask({
    user: String(input.UserName),
    password: String(input.UserPassword),
    sourceIp: String(input.SourceIp),
  });
  const Url = String(estate.server.resource.outputs.url ?? "");
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
