import * as path from "node:path";

import { EvaluatedStack, label, Resource } from "../../lib/stack/resource";
import { FunctionRunner } from "../function/function-runner";
import { canAssume } from "../../lib/iam";
import { WiringError } from "./find-server";
import { findRole, RoleResource } from "./roles";

/**
 * The role a function of the stack runs under.
 *
 * @throws WiringError when the stack makes no such role, or Lambda may not assume it
 */
export function roleOfFunction(stack: EvaluatedStack, resource: Resource): RoleResource {
  const role = findRole(stack, resource.outputs.role);
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
  return role;
}

export interface RunOptions {
  readonly region: string;
  /** Folder for the unpacked archive, which gets one of its own in it. */
  readonly folder: string;
  /** Variables that come over those of the stack: where AWS is. */
  readonly environment: Readonly<Record<string, string>>;
  /** Epoch milliseconds. Default: this machine's. */
  readonly clock?: () => number;
  readonly log: (text: string) => void;
  /** Instances at most. Default: what the machine has cores for. */
  readonly instances?: number;
}

/**
 * A function of the stack, ready to be invoked: its own bundle, with the environment that the stack gives it.
 *
 * @throws WiringError when it has no code that could be run here
 */
export async function runStackFunction(
  resource: Resource,
  { region, folder, environment, clock, log, instances }: RunOptions,
): Promise<FunctionRunner> {
  const { outputs } = resource;
  const { variables } = (outputs.environment as { variables?: Record<string, string> }) ?? {};
  const name = String(outputs.name);
  return new FunctionRunner({
    name,
    files: await filesOf(resource),
    handler: String(outputs.handler),
    environment: {
      ...variables,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_REGION: region,
      // Gates stand for the signature: whoever reaches them is this function.
      AWS_ACCESS_KEY_ID: "TWIN",
      AWS_SECRET_ACCESS_KEY: "twin",
      ...environment,
    },
    timeoutSeconds: Number(outputs.timeout ?? 3),
    folder: path.join(folder, name),
    clock,
    log,
    instances,
  });
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
