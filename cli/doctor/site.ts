import { subscriberNotice } from "../../stacks/alarm-subscribers";
import { checkConfig, type SiteConfig } from "../../stacks/site-config";
import { UserError } from "../core/errors";
import type { Finding } from "../core/findings";
import { type CanalOutputs, type StackFile, readOutputs } from "../core/stack";
import type { CliContext } from "../core/context";

/** A stack as far as it is known before an update. */
export interface PlannedSite {
  readonly file: StackFile;
  readonly config: SiteConfig;
  /** Of the last update; undefined before the first. */
  readonly outputs: CanalOutputs | undefined;
}

/** Checks the configuration by the program's own rules. Encrypted values are not checked. */
export function checkFile(file: StackFile): { findings: Finding[]; config?: SiteConfig } {
  const checked = checkConfig(file.stack, file.region, file.values, file.project);
  const check = `Pulumi.${file.stack}.yaml`;
  if ("config" in checked) {
    const { config } = checked;
    const remedy = subscriberNotice(config);
    const findings: Finding[] = [{ check, state: "ok", found: "valid" }];
    if (remedy !== undefined) {
      findings.push({ check: "alarms", state: "note", found: "no alarmEmails", remedy });
    }
    return { findings, config };
  }
  const remedy = `Correct Pulumi.${file.stack}.yaml; Pulumi.yaml describes every key.`;
  return {
    findings: checked.mistakes.map((found) => ({ check, state: "failed", found, remedy })),
  };
}

/** Whether Pulumi is logged in and has the stack, and the outputs of its last update. */
export async function checkBackend(
  stack: string,
  context: CliContext,
): Promise<{ findings: Finding[]; outputs?: CanalOutputs }> {
  const { code, stdout } = await context.runProgram("pulumi", ["whoami"]);
  // A missing program is reported with the programs.
  if (code === undefined) return { findings: [] };
  const check = "pulumi login";
  if (code !== 0) {
    const remedy = "Log in to the backend that holds the state: pulumi login.";
    return { findings: [{ check, state: "failed", found: "not logged in", remedy }] };
  }
  const login: Finding = { check, state: "ok", found: stdout.trim() };
  try {
    const outputs = await readOutputs(stack, context);
    return { findings: [login, { check: "stack", state: "ok", found: "deployed" }], outputs };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { findings: [login, { check: "stack", state: "note", found: error.message }] };
  }
}
