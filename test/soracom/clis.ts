import { spawnSync } from "node:child_process";
import path from "node:path";

export const standIn = path.join(__dirname, "../../fakes/soracom/bin/soracom");

/** The soracom CLI itself, when SORACOM_CLI or PATH offers one; undefined on a machine without it. */
export function realCli(): string | undefined {
  const named = process.env.SORACOM_CLI ?? "soracom";
  const found = spawnSync("/bin/sh", ["-c", 'command -v "$0"', named], { encoding: "utf8" });
  const real = found.stdout.trim();
  return real === "" || real === standIn ? undefined : real;
}

/** Why a test with the soracom CLI itself is skipped. */
export const noRealCli = "no soracom CLI on PATH or in SORACOM_CLI";
