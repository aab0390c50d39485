import { describeMistakes } from "../../stacks/mistakes";
import type { CanalConfig } from "../../stacks/canal-config";
import { checkConfig } from "../../stacks/site-config";
import { UserError } from "../core/errors";
import { type CanalOutputs, type StackFile, readOutputs, readStackFile } from "../core/stack";
import type { CliContext } from "../core/context";

/** What a stack is expected to have: its configuration, and the outputs of its last update. */
export interface DesiredState {
  readonly file: StackFile;
  readonly region: string;
  readonly canal: CanalConfig;
  /** The tags that every component gets. */
  readonly tags: Readonly<Record<string, string>>;
  readonly outputs: CanalOutputs;
}

/** The tags that the program gives every component. */
export function tagsOfStack(
  { project, stack }: StackFile,
  environment: string,
): DesiredState["tags"] {
  return { project, stack, environment };
}

/** @throws UserError when the configuration has mistakes or no Canal, or the stack is not deployed. */
export async function readDesiredState(stack: string, context: CliContext): Promise<DesiredState> {
  const file = readStackFile(context.root, stack);
  const checked = checkConfig(stack, file.region, file.values, file.project);
  if ("mistakes" in checked) throw new UserError(describeMistakes(stack, checked.mistakes));
  const { canal, region, environment } = checked.config;
  if (!canal) throw new UserError(`Stack ${stack} has no Canal: its canal-ftp:canal is none.`);
  const tags = tagsOfStack(file, environment);
  return { file, region, canal, tags, outputs: await readOutputs(stack, context) };
}
