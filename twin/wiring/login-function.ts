import * as path from "node:path";

import { EvaluatedStack, label, ofType, Resource } from "../evaluation/resource";
import { FunctionRunner } from "../function/function-runner";
import { canAssume } from "../iam";
import type { ServiceEndpoint } from "../function/service-endpoint";
import { secretsGate } from "../secrets/gate";
import type { Secrets } from "../secrets/secrets";
import { Gate } from "../table/gate";
import type { Tables } from "../table/tables";
import { WiringError } from "./find-server";
import { findRole } from "./roles";

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
    const { outputs } = resource;
    const role = findRole(stack, outputs.role);
    if (!role) throw new WiringError(`${label(resource)} has a role that the stack does not make.`);
    const trust = canAssume({
      trustPolicy: role.trust,
      service: "lambda.amazonaws.com",
      context: {},
    });
    if (!trust.allowed) {
      throw new WiringError(
        `${label(resource)} cannot run under ${label(role.resource)}: ${trust.reason}`,
      );
    }
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
    const environment = (outputs.environment as { variables?: Record<string, string> }) ?? {};
    const name = String(outputs.name);
    const runner = new FunctionRunner({
      name,
      files: await filesOf(resource),
      handler: String(outputs.handler),
      environment: {
        ...environment.variables,
        ...options.environment,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_REGION: region,
        // The gates stand for the signature: whoever reaches them is this function.
        AWS_ACCESS_KEY_ID: "TWIN",
        AWS_SECRET_ACCESS_KEY: "twin",
        AWS_ENDPOINT_URL_DYNAMODB: await tableGate.listen(),
        AWS_ENDPOINT_URL_SECRETS_MANAGER: await secretGate.listen(),
      },
      timeoutSeconds: Number(outputs.timeout ?? 3),
      folder: path.join(folder, name),
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

/** Contents of the function's archive, as far as the program gives them as text. */
async function filesOf(resource: Resource): Promise<Record<string, string>> {
  const archive = (await resource.inputs.code) as { assets?: unknown } | undefined;
  const assets = (await archive?.assets) as Record<string, Promise<{ text?: unknown }>> | undefined;
  const files: Record<string, string> = {};
  for (const [file, asset] of Object.entries(assets ?? {})) {
    const text = await (await asset).text;
    if (typeof text === "string") files[file] = text;
  }
  if (Object.keys(files).length === 0) {
    throw new WiringError(`${label(resource)} has no code the twin could run.`);
  }
  return files;
}
