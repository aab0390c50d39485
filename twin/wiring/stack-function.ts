import * as path from "node:path";

import { EvaluatedStack, label, Resource, variablesOf } from "../../lib/stack/resource";
import { FunctionRunner } from "../function/function-runner";
import { canAssume } from "../../lib/iam";
import { findRole, RoleResource } from "./roles";
import { WiringError } from "./wiring-error";

/**
 * The role of a function of the stack.
 *
 * @throws WiringError when the stack makes no such role, or Lambda may not assume it
 */
export function roleOfFunction(stack: EvaluatedStack, resource: Resource): RoleResource {
  const role = findRole(stack, resource.outputs.role);
  if (!role) throw new WiringError(`${label(resource)} has a role that the stack does not make.`);
  const trust = canAssume({ trustPolicy: role.trust, service: "lambda.amazonaws.com" });
  if (!trust.allowed) {
    throw new WiringError(
      `${label(resource)} cannot run under ${label(role.resource)}: ${trust.reason}`,
    );
  }
  return role;
}

export interface RunOptions {
  readonly region: string;
  /** Folder for unpacked archives; each function has its own folder in it. */
  readonly folder: string;
  /** Variables that replace those of the stack: the endpoints of AWS services. */
  readonly environment: Readonly<Record<string, string>>;
  readonly log: (text: string) => void;
  /** Maximum of concurrent instances. Default: by the machine's cores. */
  readonly instances?: number;
}

/**
 * A runner for a function of the stack: its own bundle, with its environment.
 *
 * @throws WiringError when the program does not give its code as text
 */
export async function runStackFunction(
  resource: Resource,
  { region, folder, environment, log, instances }: RunOptions,
): Promise<FunctionRunner> {
  const { outputs } = resource;
  const name = String(outputs.name);
  return new FunctionRunner({
    name,
    files: await filesOf(resource),
    handler: String(outputs.handler),
    environment: {
      ...variablesOf(resource),
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_REGION: region,
      // Signatures are not checked: the endpoints serve this function only.
      AWS_ACCESS_KEY_ID: "TWIN",
      AWS_SECRET_ACCESS_KEY: "twin",
      ...environment,
    },
    timeoutSeconds: Number(outputs.timeout ?? 3),
    folder: path.join(folder, name),
    log,
    instances,
  });
}

/** The files of the function's archive that the program gives as text. */
async function filesOf(resource: Resource): Promise<Record<string, string>> {
  const archive = (await resource.inputs.code) as { assets?: unknown } | undefined;
  const assets = (await archive?.assets) as Record<string, Promise<{ text?: unknown }>> | undefined;
  const files: Record<string, string> = {};
  for (const [file, asset] of Object.entries(assets ?? {})) {
    const text = await (await asset).text;
    if (typeof text === "string") files[file] = text;
  }
  if (Object.keys(files).length === 0) {
    throw new WiringError(
      `${label(resource)} has no code that the twin can run: its archive has no file given as text.`,
    );
  }
  return files;
}
