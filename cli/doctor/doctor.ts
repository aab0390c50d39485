import { type Finding, tellFindings } from "../core/finding";
import { readStackFile } from "../core/stack";
import type { Surroundings } from "../core/surroundings";
import { checkAwsSide } from "./aws-checks";
import { checkPrograms } from "./programs";
import { checkBackend, checkFile } from "./site";
import { checkSoracomSide } from "./soracom-checks";

/** Checks what an update of the stack needs. Resolves with the exit code. */
export async function doctor(
  { stack, json }: { stack: string; json: boolean },
  surroundings: Surroundings,
): Promise<number> {
  const file = readStackFile(surroundings.root, stack);
  const { findings: ofFile, config } = checkFile(file);
  const findings: Finding[] = [...(await checkPrograms(surroundings)), ...ofFile];
  const backend = await checkBackend(stack, surroundings);
  findings.push(...backend.findings);
  // Without a usable configuration nobody knows which region and coverage to ask.
  if (config) {
    const site = { file, config, outputs: backend.outputs };
    const soracom = await checkSoracomSide(site, surroundings);
    const range = soracom.vpg?.vpgSubnetCidrRange;
    findings.push(...soracom.findings, ...(await checkAwsSide(site, range, surroundings)));
  }
  return tellFindings(stack, findings, json, surroundings);
}
