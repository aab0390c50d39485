import { coerce, lt } from "semver";

import { cliRemedy, oldestCli, readCliVersion } from "../../soracom/cli-version";
import { cliOf } from "../../soracom/connect";
import { DriverError } from "../../soracom/errors";
import { processRunner } from "../../soracom/run-cli";
import type { Finding } from "../core/findings";
import type { CliContext } from "../core/context";

const minNode = "20.19.0";
const minPulumi = "3.0.0";

/** The programs that an update runs. */
export function checkPrograms(context: CliContext): Promise<Finding[]> {
  return Promise.all([
    checkNode(process.versions.node),
    checkPulumi(context),
    checkSoracom(context),
  ]);
}

export function checkNode(version: string): Finding {
  const check = "Node";
  if (!lt(version, minNode)) return { check, state: "ok", found: version };
  const expected = `${minNode} or newer`;
  const remedy = `Install Node ${expected} from https://nodejs.org/.`;
  return { check, state: "failed", found: version, expected, remedy };
}

async function checkPulumi({ runProgram }: CliContext): Promise<Finding> {
  const check = "pulumi";
  const remedy = "Install the Pulumi CLI from https://www.pulumi.com/docs/install/.";
  const { code, stdout } = await runProgram("pulumi", ["version"]);
  if (code === undefined) return { check, state: "failed", found: "not on PATH", remedy };
  const found = stdout.trim();
  if (!lt(coerce(found) ?? minPulumi, minPulumi)) return { check, state: "ok", found };
  return { check, state: "failed", found, expected: `${minPulumi} or newer`, remedy };
}

async function checkSoracom({
  env,
  runCli = processRunner(cliOf(env)),
}: CliContext): Promise<Finding> {
  const check = "soracom";
  const remedy = cliRemedy;
  try {
    const { printed: found, state } = await readCliVersion(runCli, env);
    if (state === "unknown") return { check, state: "note", found: found || "prints no version" };
    if (state === "ok") return { check, state, found };
    return { check, state: "failed", found, expected: `${oldestCli} or newer`, remedy };
  } catch (error) {
    if (!(error instanceof DriverError)) throw error;
    return { check, state: "failed", found: "cannot be started", remedy };
  }
}
