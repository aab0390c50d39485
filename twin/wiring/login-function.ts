import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import type { FunctionRunner } from "../function/function-runner";
import type { LoopbackServer } from "../loopback-server";
import { secretsEndpoint } from "../secrets/secrets-endpoint";
import type { Secrets } from "../secrets/secrets";
import { tableEndpoint } from "../table/table-endpoint";
import type { Tables } from "../table/tables";
import { roleOfFunction, runStackFunction } from "./stack-function";

export interface LoginFunctionOptions {
  readonly stack: EvaluatedStack;
  /** The aws.lambda.Function to run. */
  readonly resource: Resource;
  readonly tables: Tables;
  readonly secrets: Secrets;
  readonly region: string;
  /** Folder for the unpacked archive. */
  readonly folder: string;
  /** False: no number of failed logins locks a user. */
  readonly lockout: boolean;
  readonly log: (text: string) => void;
  /** Receives why a request of the function to AWS was denied. */
  readonly onDenial: (reason: string) => void;
}

/** More failures than any client causes. */
const neverLocks = "1000000";

/**
 * Replaces the stack's key, which every evaluation generates again and an exported state can hide. With a constant key,
 * the function recognizes its digests in the table.
 */
const loginKey = "the twin's login key";

/** The login function, with DynamoDB and Secrets Manager authorized by its role. */
export class LoginFunction {
  private constructor(
    private readonly runner: FunctionRunner,
    private readonly endpoints: readonly LoopbackServer[],
  ) {}

  /** @throws WiringError when Lambda could not run the function */
  static async start(options: LoginFunctionOptions): Promise<LoginFunction> {
    const { stack, resource, tables, secrets, region, folder, lockout, log, onDenial } = options;
    const role = roleOfFunction(stack, resource);
    const arns = new Map(
      ofType(stack.resources, "aws:dynamodb/table:Table").map((table) => [
        String(table.outputs.name),
        String(table.outputs.arn),
      ]),
    );
    const callerOf = (used: string) => ({
      role,
      onDenial: (reason: string) => onDenial(`${label(resource)} may not use ${used}: ${reason}`),
    });
    const table = tableEndpoint({
      tables,
      caller: callerOf("its table"),
      tableArn: (name) => arns.get(name) ?? `arn:aws:dynamodb:${region}:*:table/${name}`,
    });
    const [, partition, , , accountId] = role.arn.split(":");
    const secret = secretsEndpoint({
      secrets,
      caller: callerOf("a secret"),
      // AWS appends a hyphen and six random characters to a secret's name.
      secretArn: (name) =>
        `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-a1B2c3`,
    });
    const runner = await runStackFunction(resource, {
      region,
      folder,
      environment: {
        LOGIN_KEY: loginKey,
        ...(lockout ? {} : { LOCKOUT_FAILURES: neverLocks, LOCKOUT_USER_FAILURES: neverLocks }),
        AWS_ENDPOINT_URL_DYNAMODB: await table.listen(),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: await secret.listen(),
      },
      log,
    });
    return new LoginFunction(runner, [table, secret]);
  }

  invoke(event: unknown): Promise<unknown> {
    return this.runner.invoke(event);
  }

  async close(): Promise<void> {
    await this.runner.close();
    for (const endpoint of this.endpoints) await endpoint.close();
  }
}
