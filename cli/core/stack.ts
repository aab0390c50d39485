import { readStackConfig } from "../../lib/stack/stack-config";
import { Failure } from "./failure";
import type { Surroundings } from "./surroundings";

/** What `pulumi stack output` tells of a stack with Canal. */
export interface CanalOutputs {
  readonly vpcId: string;
  readonly routeTableIds: readonly string[];
  readonly vpgId: string;
  readonly peeringConnectionId: string;
  readonly simGroupId: string;
}

/** A stack as its files configure it; encrypted values are left out, and nothing here needs them. */
export interface StackFile {
  readonly project: string;
  readonly stack: string;
  /** Values of the project's own keys, without their namespace. */
  readonly values: Readonly<Record<string, string>>;
  readonly region: string | undefined;
  /** Profile and accounts of the AWS provider. */
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

const WANTED = ["vpcId", "routeTableIds", "vpgId", "peeringConnectionId", "simGroupId"] as const;

/** All outputs of the stack. Throws a Failure when Pulumi does not tell them. */
export async function readAllOutputs(
  stack: string,
  { runTool }: Pick<Surroundings, "runTool">,
): Promise<Record<string, unknown>> {
  const { code, stdout, stderr } = await runTool("pulumi", [
    ...["stack", "output", "--json", "--stack", stack],
  ]);
  if (code === undefined) {
    throw new Failure(
      "There is no pulumi on PATH to ask for the stack's outputs: install it from https://www.pulumi.com/docs/install/.",
    );
  }
  if (code !== 0) {
    const said = stderr.trim().split("\n").at(-1);
    throw new Failure(`pulumi does not tell the outputs of stack ${stack}: ${said}`);
  }
  return JSON.parse(stdout) as Record<string, unknown>;
}

/** The stack's outputs of Canal. Throws a Failure when Pulumi does not tell them, or there are none. */
export async function readOutputs(
  stack: string,
  surroundings: Pick<Surroundings, "runTool">,
): Promise<CanalOutputs> {
  const outputs = (await readAllOutputs(stack, surroundings)) as Partial<CanalOutputs>;
  return canalOutputs(stack, outputs);
}

/** The outputs of Canal among all. Throws a Failure when there are none, or some are missing. */
export function canalOutputs(stack: string, outputs: Partial<CanalOutputs>): CanalOutputs {
  const missing = WANTED.filter((name) => outputs[name] === undefined);
  if (missing.length === 0) return outputs as CanalOutputs;
  throw new Failure(
    missing.length === WANTED.length
      ? `Stack ${stack} has no outputs of Canal: it is not deployed yet, or its canal-ftp:canal is none.`
      : `Stack ${stack} has no output ${missing.join(", ")}: it was deployed by an older program. Run pulumi up -s ${stack} once.`,
  );
}
