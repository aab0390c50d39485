import { EvaluatedStack, label, ofType, Resource } from "../../lib/stack/resource";
import type { FunctionRunner } from "../function/function-runner";
import type { ServiceEndpoint } from "../function/service-endpoint";
import { secretsGate } from "../secrets/gate";
import type { Secrets } from "../secrets/secrets";
import { Gate } from "../table/gate";
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
  /** Epoch milliseconds. Default: this machine's. */
  readonly clock?: () => number;
  /** Variables that come over those of the stack. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly log: (text: string) => void;
  readonly onRefusal: (reason: string) => void;
}

/** The identity provider's function, ready to be invoked, with DynamoDB and Secrets Manager behind its role's permissions. */
export class LoginFunction {
  private constructor(
    private readonly runner: FunctionRunner,
    private readonly gates: readonly (Gate | ServiceEndpoint)[],
  ) {}

  /** @throws WiringError when Lambda could not run the function at all */
  static async start(options: LoginFunctionOptions): Promise<LoginFunction> {
    const { stack, resource, tables, secrets, region, folder, clock, log, onRefusal } = options;
    const role = roleOfFunction(stack, resource);
    const arns = new Map(
      ofType(stack.resources, "aws:dynamodb/table:Table").map((table) => [
        String(table.outputs.name),
        String(table.outputs.arn),
      ]),
    );
    const callerOf = (what: string) => ({
      roleArn: role.arn,
      policies: role.policies,
      onRefusal: (reason: string) => onRefusal(`${label(resource)} may not use ${what}: ${reason}`),
    });
    const tableGate = new Gate({
      tables,
      caller: callerOf("its table"),
      tableArn: (name) => arns.get(name) ?? `arn:aws:dynamodb:${region}:*:table/${name}`,
    });
    const [, partition, , , accountId] = role.arn.split(":");
    const secretGate = secretsGate({
      secrets,
      caller: callerOf("a secret"),
      // AWS adds a hyphen and six characters of its own to a secret's name.
      secretArn: (name) =>
        `arn:${partition}:secretsmanager:${region}:${accountId}:secret:${name}-a1B2c3`,
    });
    const runner = await runStackFunction(resource, {
      region,
      folder,
      environment: {
        ...options.environment,
        AWS_ENDPOINT_URL_DYNAMODB: await tableGate.listen(),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: await secretGate.listen(),
      },
      clock,
      log,
    });
    return new LoginFunction(runner, [tableGate, secretGate]);
  }

  invoke(event: unknown): Promise<unknown> {
    return this.runner.invoke(event);
  }

  async close(): Promise<void> {
    await this.runner.close();
    for (const gate of this.gates) await gate.close();
  }
}
