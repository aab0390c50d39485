import { type Finding, printFindings } from "../core/findings";
import { readStackFile } from "../core/stack";
import type { CliContext } from "../core/context";
import { checkAwsSide } from "./aws-checks";
import { checkPrograms } from "./programs";
import { checkBackend, checkFile } from "./site";
import { checkSoracomSide } from "./soracom-checks";
import { checkState } from "./state-checks";

/** Checks what an update of the stack needs. Resolves with the exit code. */
export async function doctor(
  { stack, json }: { stack: string; json?: boolean },
  context: CliContext,
): Promise<number> {
  const file = readStackFile(context.root, stack);
  const { findings: ofFile, config } = checkFile(file);
  const backend = await checkBackend(stack, context);
  const findings: Finding[] = [...(await checkPrograms(context)), ...ofFile, ...backend.findings];
  if (backend.outputs) findings.push(...(await checkState(stack, context)));
  // Region and coverage to check are in the configuration.
  if (config) {
    const site = { file, config, outputs: backend.outputs };
    const soracom = await checkSoracomSide(site, context);
    const range = soracom.vpg?.vpgSubnetCidrRange;
    findings.push(...soracom.findings, ...(await checkAwsSide(site, range, context)));
  }
  return printFindings(stack, findings, json, context);
}
