import { type Finding, printFindings } from "../core/findings";
import { readStackFile } from "../core/stack";
import type { CliContext } from "../core/context";
import { checkAwsSide } from "./aws-checks";
import { checkPrograms } from "./programs";
import { checkBackend, checkFile } from "./site";
import { checkSoracomSide } from "./soracom-checks";

/** Checks what an update of the stack needs. Resolves with the exit code. */
export async function doctor(
  { stack, json }: { stack: string; json?: boolean },
  context: CliContext,
): Promise<number> {
  const file = readStackFile(context.root, stack);
  const { findings: ofFile, config } = checkFile(file);
  const findings: Finding[] = [...(await checkPrograms(context)), ...ofFile];
  const backend = await checkBackend(stack, context);
  findings.push(...backend.findings);
  // Without a usable configuration nobody knows which region and coverage to ask.
  if (config) {
    const site = { file, config, outputs: backend.outputs };
    const soracom = await checkSoracomSide(site, context);
    const range = soracom.vpg?.vpgSubnetCidrRange;
    findings.push(...soracom.findings, ...(await checkAwsSide(site, range, context)));
  }
  return printFindings(stack, findings, json, context);
}
