import { describeMistakes } from "../../stacks/mistakes";
import type { CanalConfig } from "../../stacks/canal-config";
import { checkConfig } from "../../stacks/site-config";
import { Failure } from "../core/failure";
import { type CanalOutputs, type StackFile, readOutputs, readStackFile } from "../core/stack";
import type { Surroundings } from "../core/surroundings";

/** What a stack says it has: its configuration, and the outputs of its last update. */
export interface Wanted {
  readonly file: StackFile;
  readonly region: string;
  readonly canal: CanalConfig;
  readonly outputs: CanalOutputs;
}

/** Throws a Failure when the configuration cannot be used, is without Canal, or was not deployed. */
export async function readWanted(stack: string, surroundings: Surroundings): Promise<Wanted> {
  const file = readStackFile(surroundings.root, stack);
  const checked = checkConfig(stack, file.region, file.values);
  if ("mistakes" in checked) throw new Failure(describeMistakes(stack, checked.mistakes));
  const { canal, region } = checked.config;
  if (!canal) throw new Failure(`Stack ${stack} is without Canal (canal-ftp:canal is none).`);
  return { file, region, canal, outputs: await readOutputs(stack, surroundings) };
}
