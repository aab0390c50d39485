import { coerce, lt } from "semver";

import { installHint, type RunCli } from "./run-cli";

/** The oldest version of the soracom CLI that has all of the commands used here. */
export const oldestCli = "1.7.0";

/** The version of the soracom CLI. Rejects with a DriverError when it cannot be started. */
export async function readCliVersion(
  runCli: RunCli,
  env: NodeJS.ProcessEnv,
): Promise<{ printed: string; state: "ok" | "unknown" | "tooOld" }> {
  // It needs no credentials, and must print none.
  const withoutKeys = Object.entries(env).filter(([name]) => !/^SORACOM_(AUTH|VERB)/.test(name));
  const { stdout } = await runCli(["version"], Object.fromEntries(withoutKeys));
  const printed = stdout.trim();
  const version = coerce(printed);
  // A CLI that was built with `go install` prints no version.
  if (!version) return { printed, state: "unknown" };
  return { printed, state: lt(version, oldestCli) ? "tooOld" : "ok" };
}

/** What to do about a CLI that is missing or too old. */
export const cliRemedy = `${installHint[0].toUpperCase()}${installHint.slice(1)}.`;
