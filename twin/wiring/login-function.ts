import * as path from "node:path";

import { EvaluatedStack, label, ofType, Resource } from "../evaluation/resource";
import { FunctionRunner } from "../function/function-runner";
import { canAssume } from "../iam";
import { Gate } from "../table/gate";
import type { Tables } from "../table/tables";
import { WiringError } from "./find-server";
import { findRole } from "./roles";

export interface LoginFunctionOptions {
  readonly stack: EvaluatedStack;
  /** The aws.lambda.Function to run. */
  readonly resource: Resource;
  readonly tables: Tables;
  readonly region: string;
  /** Folder for the unpacked archive. */
  readonly folder: string;
  readonly log: (text: string) => void;
  readonly onRefusal: (reason: string) => void;
}

/** The identity provider's function, ready to be invoked, with DynamoDB behind its role's permissions. */
export class LoginFunction {
  private constructor(
    private readonly runner: FunctionRunner,
    private readonly gate: Gate,
  ) {}

  /** @throws WiringError when Lambda could not run the function at all */
  static async start(options: LoginFunctionOptions): Promise<LoginFunction> {
    const { stack, resource, tables, region, folder, log, onRefusal } = options;
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
    const gate = new Gate({
      tables,
      roleArn: role.arn,
      policies: role.policies,
      tableArn: (name) => arns.get(name) ?? `arn:aws:dynamodb:${region}:*:table/${name}`,
      onRefusal: (reason) => onRefusal(`${label(resource)} may not use its table: ${reason}`),
    });
    const environment = (outputs.environment as { variables?: Record<string, string> }) ?? {};
    const name = String(outputs.name);
    const runner = new FunctionRunner({
      name,
      files: await filesOf(resource),
      handler: String(outputs.handler),
      environment: {
        ...environment.variables,
        AWS_LAMBDA_FUNCTION_NAME: name,
        AWS_REGION: region,
        // The gate stands for the signature: whoever reaches it is this function.
        AWS_ACCESS_KEY_ID: "TWIN",
        AWS_SECRET_ACCESS_KEY: "twin",
        AWS_ENDPOINT_URL_DYNAMODB: await gate.listen(),
      },
      timeoutSeconds: Number(outputs.timeout ?? 3),
      folder: path.join(folder, name),
      log,
    });
    return new LoginFunction(runner, gate);
  }

  invoke(event: unknown): Promise<unknown> {
    return this.runner.invoke(event);
  }

  async close(): Promise<void> {
    await this.runner.close();
    await this.gate.close();
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
