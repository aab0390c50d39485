import { readStackConfig } from "../../lib/stack/stack-config";
import type { CliContext } from "./context";
import { UserError } from "./errors";

/** The outputs of a stack with Canal. */
export interface CanalOutputs {
  readonly soracomOwner: string;
  readonly vpcId: string;
  readonly routeTableIds: readonly string[];
  readonly vpgId: string;
  readonly peeringConnectionId: string;
  readonly simGroupId: string;
  /** Only with a device name: the resolvers of the group. */
  readonly resolverIps?: readonly string[];
}

/** The configuration of a stack in its files, without encrypted values. */
export interface StackFile {
  readonly project: string;
  readonly stack: string;
  /** Values of the project's own keys, without their namespace. */
  readonly values: Readonly<Record<string, string>>;
  readonly region: string | undefined;
  /** Profile and accounts of the AWS provider's configuration. */
  readonly awsProfile: string | undefined;
  readonly allowedAccountIds: readonly string[];
}

export function readStackFile(root: string, stack: string): StackFile {
  const { project, values } = readStackConfig(root, stack);
  const own = Object.entries(values)
    .filter(([key]) => key.startsWith(`${project}:`))
    .map(([key, value]) => [key.slice(project.length + 1), value]);
  return {
    project,
    stack,
    values: Object.fromEntries(own) as Record<string, string>,
    region: values["aws:region"],
    awsProfile: values["aws:profile"],
    allowedAccountIds: JSON.parse(values["aws:allowedAccountIds"] ?? "[]") as string[],
  };
}

const canalOutputNames = [
  "soracomOwner",
  "vpcId",
  "routeTableIds",
  "vpgId",
  "peeringConnectionId",
  "simGroupId",
] as const;

/** All outputs of the stack. Throws a UserError when Pulumi does not return them. */
export async function readAllOutputs(
  stack: string,
  { runProgram }: Pick<CliContext, "runProgram">,
): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runProgram("pulumi", [
    ...["stack", "output", "--json", "--stack", stack],
  ]);
  if (code === undefined) {
    throw new UserError(
      "pulumi is not on the PATH, so the stack's outputs cannot be read: install it from https://www.pulumi.com/docs/install/.",
    );
  }
  if (code !== 0) {
    const message = stderr.trim().split("\n").at(-1);
    throw new UserError(`pulumi does not return the outputs of stack ${stack}: ${message}`);
  }
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The stack's outputs of Canal. Throws a UserError when Pulumi does not return them, or there are none. */
export async function readOutputs(
  stack: string,
  context: Pick<CliContext, "runProgram">,
): Promise<CanalOutputs> {
  const outputs = (await readAllOutputs(stack, context)) as Partial<CanalOutputs>;
  return canalOutputs(stack, outputs);
}

/** The outputs of Canal among all outputs. Throws a UserError when some are missing. */
export function canalOutputs(stack: string, outputs: Partial<CanalOutputs>): CanalOutputs {
  const missing = canalOutputNames.filter((name) => outputs[name] === undefined);
  if (missing.length === 0) return outputs as CanalOutputs;
  throw new UserError(
    missing.length === canalOutputNames.length
      ? `Stack ${stack} has no outputs of Canal: it is not deployed yet, or its canal-ftp:canal is none.`
      : `Stack ${stack} has no output ${missing.join(", ")}: it was deployed by an older program. Run pulumi up -s ${stack} once.`,
  );
}
